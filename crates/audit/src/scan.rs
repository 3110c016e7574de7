//! Port expressions: numbers, the signs between them, and everything else as words.

mod near;
mod number;
mod suffix;
mod token;

use std::ops::Range;

use appleports_model::is_dash;

use crate::list::Oddity;
use crate::transports::Transports;
use number::digit;
pub(crate) use number::is_unseen;
pub(crate) use token::{Item, Token, braced};

/// The most digits of a number that is looked at: anything longer is no port.
const MAX_DIGITS: usize = 7;

/// The digits of two ports without the hyphen between them.
const JOINED: std::ops::RangeInclusive<usize> = 8..=10;

/// Words between the ends of a range, in the languages of the article's captures and their
/// neighbours.
const BETWEEN: [&str; 14] = [
    "to", "through", "thru", "until", "bis", "à", "au", "a", "al", "hasta", "até", "tot", "til",
    "t/m",
];

/// Whether a word may stand between the ends of a range: `to`, `bis`.
pub(crate) fn is_between(word: &str) -> bool {
    BETWEEN
        .iter()
        .any(|between| word.eq_ignore_ascii_case(between))
}

/// Reads a text from its start to its end, once.
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str, span: Range<usize>) -> Self {
        Self {
            text,
            at: span.start,
            end: span.end,
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..self.end]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, is_skipped: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_skipped).len();
    }

    /// What joins the ends of a range, if it is one, and whether it is an unusual dash.
    fn joiner(&mut self) -> Option<bool> {
        let start = self.at;
        self.skip(|c| c == ' ' || c == '\t' || c == '\u{a0}');
        let is_spaced = self.at > start;
        let rest = self.rest();
        let found = match rest.chars().next() {
            // `--` of LaTeX.
            Some('-') => {
                let length = rest.len() - rest.trim_start_matches('-').len();
                Some((length, length > 1)).filter(|_| length <= 3)
            }
            Some(c) if is_dash(c) || c == '~' || c == '〜' => Some((c.len_utf8(), true)),
            // `80: 443` is a name and a port.
            Some(':') if is_spaced == rest[1..].starts_with([' ', '\t']) => Some((1, false)),
            Some('.') if rest.starts_with("...") => Some((3, false)),
            Some('.') if rest.starts_with("..") => Some((2, false)),
            Some('…') => Some(('…'.len_utf8(), true)),
            Some('→' | '⇒') => Some(('→'.len_utf8(), true)),
            Some(c) if is_spaced && c.is_alphabetic() => {
                let word = rest.split([' ', '\t', '\u{a0}']).next().unwrap_or_default();
                let is_behind = is_between(word) && word.len() < rest.len();
                is_behind.then_some((word.len(), false))
            }
            _ => None,
        };
        let Some((length, is_odd)) = found else {
            self.at = start;
            return None;
        };
        self.at += length;
        self.skip(|c| c == ' ' || c == '\t' || c == '\u{a0}');
        Some(is_odd)
    }

    /// The mark of a footnote behind a number.
    fn footnote(&mut self) -> bool {
        let rest = self.rest();
        let marks = rest.len() - rest.trim_start_matches(|c| number::MARKS.contains(c)).len();
        if marks > 0 {
            self.at += marks;
            return true;
        }
        // Behind a space, a number alone is one: `80 (v6)` has none.
        let is_spaced = rest.starts_with([' ', '\u{a0}']);
        let mark = rest.trim_start_matches([' ', '\u{a0}']);
        let space = rest.len() - mark.len();
        for (open, close) in [('[', ']'), ('(', ')')] {
            let Some(inner) = mark.strip_prefix(open) else {
                continue;
            };
            let length = inner.len()
                - inner
                    .trim_start_matches(|c: char| {
                        c.is_ascii_digit() || !is_spaced && c.is_ascii_alphabetic()
                    })
                    .len();
            if (1..=2).contains(&length) && inner[length..].starts_with(close) {
                self.at += space + length + 2;
                return true;
            }
        }
        // `5223 1)`; in `(443 53)` it is a port.
        let length = mark.bytes().take_while(u8::is_ascii_digit).count();
        let is_mark = is_spaced && (1..=2).contains(&length) && mark[length..].starts_with(')');
        let is_opened = || {
            let before = self.text[..self.at].rfind(['(', ')', '\n']);
            before.is_some_and(|at| self.text[at..].starts_with('('))
        };
        let is_footnote = is_mark && !is_opened();
        if is_footnote {
            self.at += space + length + 1;
        }
        is_footnote
    }

    /// The ports inside a container, where they are those outside: `3478-3497:3478-3497`.
    fn same_again(&mut self, start: usize) {
        let outside = &self.text[start..self.at];
        let inside = self.rest().strip_prefix(':');
        if let Some(rest) = inside.and_then(|inner| inner.strip_prefix(outside))
            && !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | ':' | '.'))
        {
            self.at += 1 + outside.len();
        }
    }

    /// The sign of a range without an end: `42000+`. Before a number it parts two.
    fn goes_on_upwards(&mut self) -> bool {
        let behind = self.rest().strip_prefix('+');
        let is_sign = behind.is_some_and(|next| !next.starts_with(|c: char| c.is_alphanumeric()));
        self.at += usize::from(is_sign);
        is_sign
    }

    fn item(&mut self) -> Option<Item> {
        let start = self.at;
        let mut oddity = None;
        let first = self.number(&mut oddity)?;
        let mut has_mark = self.footnote();
        let behind_first = self.at;
        let mut last = None;
        if self.goes_on_upwards() {
            last = Some(u16::MAX.to_string());
        } else if let Some(is_odd) = self.joiner() {
            if let Some(number) = self.last_number(&mut oddity) {
                if is_odd {
                    oddity = oddity.max(Some(Oddity::Dash));
                }
                last = Some(number);
                has_mark |= self.footnote();
            } else {
                self.at = behind_first;
            }
        }
        if has_mark {
            oddity = oddity.max(Some(Oddity::Footnote));
        }
        self.same_again(start);
        let span = start..self.at;
        let suffix = self.suffix();
        let mut joined = None;
        if last.as_ref().is_none_or(|last| *last == first)
            && JOINED.contains(&first.len())
            && let Some((one, other)) = near::parted(&first)
        {
            joined = Some(one.to_owned());
            oddity = oddity.max(Some(Oddity::Joined));
            last = Some(other.to_owned());
        }
        let first = joined.unwrap_or(first);
        let is_end = match self.peek() {
            None => true,
            // `80.` at the end of a sentence; `10.0.0.1` is none.
            Some('.' | ':') => {
                let mut rest = self.rest().chars().skip(1);
                rest.next().is_none_or(char::is_whitespace)
            }
            Some(c) => {
                c.is_whitespace()
                    || is_separator(c)
                    || is_unseen(c)
                    || matches!(c, ')' | ']' | '}' | '"' | '\'' | '`' | '#' | '\\')
            }
        };
        (is_end && first.len() <= MAX_DIGITS).then_some(Item {
            first,
            last,
            span,
            suffix,
            oddity,
        })
    }
}

const fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '|' | '{' | '}' | '&' | '+' | '、' | '，')
}

impl Iterator for Scanner<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip(|c| {
            c.is_whitespace()
                || is_separator(c)
                || matches!(c, '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '\\')
        });
        let start = self.at;
        let c = self.peek()?;
        if let Some(item) = self.bold() {
            return Some(Token::Item(item));
        }
        // `${ports}`: its braces part nothing.
        if let Some(length) = braced(self.rest()) {
            self.at += length;
            return Some(Token::Word(start..self.at));
        }
        if digit(c).is_some() || is_unseen(c) {
            if let Some(item) = self.item() {
                return Some(Token::Item(item));
            }
            self.at = start;
        }
        // `tcp/5223`, `tcp:5223`.
        let bytes = self.rest().bytes();
        let letters = bytes.take_while(u8::is_ascii_alphabetic).count();
        if let Some(behind) = self.rest()[letters..].strip_prefix(['/', ':'])
            && behind.starts_with(|c| digit(c).is_some())
            && let Some(set) = Transports::of_stated(&self.rest()[..letters])
        {
            self.at += letters + 1;
            return Some(Token::Transport(set, start..start + letters));
        }
        // `ports=80` is a word and a port, `3478=3497` one word.
        let is_key = digit(c).is_none();
        self.skip(|c| {
            let is_end = matches!(c, '"' | '`' | '(' | ')') || is_key && c == '=';
            !(c.is_whitespace() || is_separator(c) || is_end)
        });
        if self.at == start {
            self.at += c.len_utf8();
        }
        let span = start..self.at;
        let word = self.text[span.clone()].trim_end_matches([':', '.', '\'']);
        if let Some(item) = near::near(word, start) {
            return Some(Token::Item(self.with_end(item)));
        }
        let set = |word| Transports::of_port_word(word).or_else(|| Transports::of_typo(word));
        // `**TCP**:`, `**TCP:**`.
        let behind = word.trim_start_matches('*');
        let inner = behind.trim_end_matches(['*', ':']);
        if behind.len() < word.len()
            && let Some(set) = set(inner)
        {
            let from = start + word.len() - behind.len();
            return Some(Token::Transport(set, from..from + inner.len()));
        }
        Some(set(word).map_or_else(
            || Token::Word(span.clone()),
            |set| Token::Transport(set, span.clone()),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<String> {
        Scanner::new(text, 0..text.len())
            .filter_map(|token| match token {
                Token::Item(item) => Some(format!(
                    "{}{}{}",
                    item.first,
                    item.last.map_or(String::new(), |last| format!("-{last}")),
                    item.suffix
                        .map_or(String::new(), |(set, _)| format!("/{set}"))
                )),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn reads_every_way_to_write_a_range() {
        for text in [
            "1-20",
            "1:20",
            "1–20",
            "1..20",
            "1 to 20",
            "1 - 20",
            "1 : 20",
            "1 bis 20",
            "1 à 20",
            "1 → 20",
            "１－２０",
        ] {
            assert_eq!(items(text), ["1-20"], "{text}");
        }
        assert_eq!(items("80/tcp, 443 5223/udp"), ["80/tcp", "443", "5223/udp"]);
        assert_eq!(
            items("tcp:80,443 3478-3497:3478-3497/udp 34783497, 53"),
            ["80", "443", "3478-3497/udp", "3478-3497", "53"]
        );
        assert_eq!(items("1: 20, 21"), ["1", "20", "21"]);
        assert_eq!(items("42000+/tcp 80+443"), ["42000-65535/tcp", "80", "443"]);
        assert_eq!(
            items("80/tcp,udp; 81/tcp,udp/53 443/tcp [1], 53"),
            ["80/tcp+udp", "81/tcp", "53", "443/tcp", "53"]
        );
        assert_eq!(items("1-2:1-20 1-2:1-2:3"), [""; 0]);
        assert_eq!(items("5.223 5223* 5223¹ 5223[2]"), ["5223"; 4]);
    }

    #[test]
    fn other_numbers_are_no_ports() {
        for text in [
            "17.0.0.0/8",
            "2026-10-11",
            "en0",
            "10:30:00",
            "fe80::1",
            "1.2.3",
            "0x50",
            "12345678901",
            "192.168.1.1:80",
            "80%",
            "255.255.255.0",
        ] {
            assert_eq!(items(text), [""; 0], "{text}");
        }
    }
}
