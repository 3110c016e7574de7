//! Ports given by a comparison: `>= 3478`, `1024:`, `!= 25`.

use std::ops::Range;

use super::Reader;
use crate::list::Group;
use crate::read::ReadError;
use crate::scan::Item;
use crate::transports::Transports;

/// How ports are compared with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Above,
    AtLeast,
    Below,
    AtMost,
    Not,
}

impl Comparison {
    /// The comparison that a sign or a word of firewalls is: `>=`, `gt`.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Some(match word {
            ">" | "gt" => Self::Above,
            ">=" | "ge" => Self::AtLeast,
            "<" | "lt" => Self::Below,
            "<=" | "le" => Self::AtMost,
            "!=" | "!" | "ne" | "neq" => Self::Not,
            _ => return None,
        })
    }

    /// The sign at the start of a text, and its length: `>=443`.
    pub(crate) fn at_start(text: &str) -> Option<(Self, usize)> {
        let signs = [">=", "<=", "!=", ">", "<", "!"].into_iter();
        let mut signs = signs.filter(|sign| text.starts_with(sign));
        let sign = signs.next()?;
        Some((Self::of(sign)?, sign.len()))
    }

    /// The first and the last port.
    fn ends(self, number: u32) -> (u32, u32) {
        let last = u32::from(u16::MAX);
        match self {
            Self::Above => (number + 1, last),
            Self::AtLeast => (number, last),
            Self::Below => (1, number.saturating_sub(1)),
            Self::AtMost | Self::Not => (1, number),
        }
    }
}

/// The range of a part of a list that lacks an end, as the comparison with the other one.
fn open_end<'t>(part: &'t str, sign: &str) -> Option<(Comparison, &'t str)> {
    let inner = part.trim_matches(['"', '\'']);
    let is_number = |number: &&str| number.bytes().all(|byte| byte.is_ascii_digit());
    let first = inner.strip_suffix(sign).filter(is_number);
    let last = inner.strip_prefix(sign).filter(is_number);
    let first = first.map(|number| (Comparison::AtLeast, number));
    first.or_else(|| last.map(|number| (Comparison::AtMost, number)))
}

impl Reader<'_> {
    /// Adds the range that a comparison is, written at `span`; what is no range is reported.
    pub(crate) fn compared(
        &mut self,
        span: Range<usize>,
        comparison: Comparison,
        number: &Range<usize>,
        transports: Transports,
        group: usize,
    ) -> Result<(), ReadError> {
        if comparison == Comparison::Not {
            self.excluded(span, transports);
            return Ok(());
        }
        let item = Item::of_cell(self.text, number).filter(|item| item.last.is_none());
        let port = item.as_ref().and_then(|item| item.first.parse().ok());
        let (Some(mut item), Some(port)) = (item, port) else {
            let reason = "it does not compare with one port";
            self.unknown(span, transports, reason.to_owned());
            return Ok(());
        };
        if u16::try_from(port).is_ok() {
            let (first, last) = comparison.ends(port);
            if first > last || last == 0 {
                self.unread(span, "no port matches it".to_owned());
                return Ok(());
            }
            (item.first, item.last) = (first.to_string(), Some(last.to_string()));
        }
        item.span = span;
        self.add(item, transports, group)?;
        Ok(())
    }

    /// Reports a negation: it opens all other ports, and which of them are meant is not known.
    pub(crate) fn excluded(&mut self, span: Range<usize>, transports: Transports) {
        let reason = "it matches every port but these; list the ports that are meant";
        self.unknown(span, transports, reason.to_owned());
    }

    /// Reads a list with commas in which a range may lack an end: `80,1024:` or `-1023`.
    pub(crate) fn open_list(
        &mut self,
        span: Range<usize>,
        transports: Transports,
        group: Group,
    ) -> Result<(), ReadError> {
        let (text, sign) = (self.text, group.range_sign.clone());
        let list = &text[span.clone()];
        let open_end = |part| open_end(part, &sign);
        if !list.split(',').any(|part| open_end(part).is_some()) {
            self.expression(span, transports, group)?;
            return Ok(());
        }
        let group_index = self.new_group(group);
        let place = |part: &str| {
            let start = part.as_ptr() as usize - text.as_ptr() as usize;
            start..start + part.len()
        };
        for part in list.split(',') {
            match open_end(part) {
                Some((_, "")) => {
                    let all = Item {
                        first: "1".to_owned(),
                        last: Some(u16::MAX.to_string()),
                        span: place(part.trim_matches(['"', '\''])),
                        suffix: None,
                        oddity: None,
                    };
                    self.add(all, transports, group_index)?;
                }
                Some((comparison, number)) => {
                    let whole = place(part.trim_matches(['"', '\'']));
                    self.compared(whole, comparison, &place(number), transports, group_index)?;
                }
                None => self.scan(place(part), transports, group_index)?,
            }
        }
        Ok(())
    }
}
