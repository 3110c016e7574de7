//! The parts of an expression.

use std::ops::Range;

use super::Scanner;
use crate::list::Oddity;
use crate::transports::Transports;

/// A part of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A port or a range.
    Item(Item),
    /// A word for transports.
    Transport(Transports, Range<usize>),
    /// Any other word, or a number that is no port: an address, a date.
    Word(Range<usize>),
}

impl Token {
    /// Where it is, with its own transport.
    pub(crate) fn span(&self) -> Range<usize> {
        match self {
            Self::Item(item) => item.whole(),
            Self::Transport(_, span) | Self::Word(span) => span.clone(),
        }
    }

    /// Whether it is a transport, or a port with its own.
    pub(crate) const fn has_transport(&self) -> bool {
        match self {
            Self::Item(item) => item.suffix.is_some(),
            Self::Transport(..) => true,
            Self::Word(_) => false,
        }
    }
}

/// A port or a range, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) first: String,
    pub(crate) last: Option<String>,
    pub(crate) span: Range<usize>,
    pub(crate) suffix: Option<(Transports, Range<usize>)>,
    pub(crate) oddity: Option<Oddity>,
}

/// The longest variable in braces, in bytes.
const MAX_BRACED: usize = 200;

/// How long the variable in braces or the command at the start of a text is: `${ports}`, `$(cat ports)`.
pub(crate) fn braced(text: &str) -> Option<usize> {
    let close = match text.as_bytes() {
        [b'$', b'{', ..] => b'}',
        [b'$', b'(', ..] => b')',
        _ => return None,
    };
    let inner = &text.as_bytes()[..text.len().min(MAX_BRACED)];
    Some(inner.iter().position(|byte| *byte == close)? + 1)
}

impl Item {
    /// Where it is, with its own transport, which may be before it: `tcp5223`.
    pub(crate) fn whole(&self) -> Range<usize> {
        let span = &self.span;
        self.suffix.as_ref().map_or(span.clone(), |(_, suffix)| {
            span.start.min(suffix.start)..span.end.max(suffix.end)
        })
    }

    /// Whether it is a number too long for a port, and a range only if its hyphen was lost.
    pub(crate) fn is_bare_joined(&self, text: &str) -> bool {
        let is_digit = |byte: u8| byte.is_ascii_digit();
        self.suffix.is_none()
            && self.last.is_some()
            && text[self.span.clone()].bytes().all(is_digit)
    }

    /// The one number that a cell has, with a comma between its thousands: `16,384`.
    pub(crate) fn grouped(text: &str, cell: &Range<usize>) -> Option<Self> {
        let inner = text[cell.clone()].trim_matches(['"', '\'']);
        let (head, tail) = inner.split_once([',', '\u{a0}', ' '])?;
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = (1..=2).contains(&head.len()) && tail.len() == 3;
        let start = cell.start + text[cell.clone()].find(inner)?;
        let number = format!("{head}{tail}");
        // `80,443` is two ports.
        let is_number = is_number && number.parse::<u16>().is_ok();
        (is_number && is_digits(head) && is_digits(tail)).then(|| Self {
            first: number,
            last: None,
            span: start..start + inner.len(),
            suffix: None,
            oddity: Some(Oddity::Thousands),
        })
    }

    /// The one port or range of a place that takes no list, with a comma between thousands: `16,384-16387`.
    pub(crate) fn alone(text: &str, place: &Range<usize>) -> Option<Self> {
        let inner = text[place.clone()]
            .contains(',')
            .then_some(&text[place.clone()])?;
        let Some(sign) = inner.find(['-', ':']) else {
            return Self::grouped(text, place);
        };
        let (first, last) = (
            place.start..place.start + sign,
            place.start + sign + 1..place.end,
        );
        let mut item = Self::of_cell(text, &first)?;
        item.end_at(text, &last).then_some(())?;
        item.span.end = last.end;
        (item.oddity == Some(Oddity::Thousands)).then_some(item)
    }

    /// The one number that a cell has, also with a comma between its thousands.
    pub(crate) fn of_cell(text: &str, cell: &Range<usize>) -> Option<Self> {
        Self::grouped(text, cell).or_else(|| {
            let mut tokens = Scanner::new(text, cell.clone());
            match (tokens.next(), tokens.next()) {
                (Some(Token::Item(item)), None) => Some(item),
                _ => None,
            }
        })
    }

    /// Takes the last port from another cell; false where that is no number.
    pub(crate) fn end_at(&mut self, text: &str, cell: &Range<usize>) -> bool {
        let end = Self::of_cell(text, cell);
        let Some(end) = end.filter(|end| self.last.is_none() && end.last.is_none()) else {
            return false;
        };
        self.last = Some(end.first);
        self.oddity = self.oddity.max(end.oddity);
        true
    }
}
