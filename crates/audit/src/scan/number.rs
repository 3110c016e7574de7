//! The numbers of an expression, in digits of any script and in groups of three.

use appleports_model::{is_grouped_number, plain_form};

use super::{JOINED, Scanner};
use crate::list::Oddity;

/// Footnote marks; the superscript digits are digits in plain form, so they are looked for first.
pub(super) const MARKS: &str = "*†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰ªº";

/// Signs between groups of three digits. A list has none of them between its ports: narrow and thin
/// spaces come from pages in languages that part thousands so.
const GROUPERS: [char; 7] = ['.', '\'', '’', '_', '\u{202f}', '\u{2009}', '\u{2007}'];

/// Whether a character is not seen where it stands in a number.
pub(crate) const fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// The digit that a character is, and whether it is one of ASCII.
pub(super) fn digit(c: char) -> Option<(char, bool)> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some((c, true));
    }
    if MARKS.contains(c) || !c.is_numeric() {
        return None;
    }
    let text = plain_form(c.encode_utf8(&mut [0; 4])).into_owned();
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(plain), None) if plain.is_ascii_digit() => Some((plain, false)),
        _ => None,
    }
}

impl Scanner<'_> {
    /// Digits, also in groups of three and of any script.
    pub(super) fn number(&mut self, oddity: &mut Option<Oddity>) -> Option<String> {
        let start = self.at;
        let mut digits = String::new();
        while let Some(c) = self.peek() {
            if is_unseen(c) {
                *oddity = (*oddity).max(Some(Oddity::Unseen));
                self.at += c.len_utf8();
                continue;
            }
            let Some((plain, is_ascii)) = digit(c) else {
                break;
            };
            if !is_ascii {
                *oddity = (*oddity).max(Some(Oddity::Script));
            }
            if digits.len() <= *JOINED.end() {
                digits.push(plain);
            }
            self.at += c.len_utf8();
        }
        if digits.is_empty() {
            return None;
        }
        // 5.223 and 16'384 are one number; a third group would be too many for a port.
        let is_sign = |c: char| GROUPERS.contains(&c);
        if let Some(sign) = self.peek().filter(|c| is_sign(*c)) {
            let behind = self.at + sign.len_utf8();
            let group = self
                .text
                .get(behind..behind + 3)
                .filter(|_| behind + 3 <= self.end);
            let end = group.map_or(self.at, |_| behind + 3);
            // A quote may end the text: `'5.223'`.
            let rest = &self.text[end..self.end];
            let goes_on = rest
                .trim_start_matches(is_sign)
                .starts_with(|c| digit(c).is_some())
                || rest.starts_with("..");
            // `100_200` is a range; ports have at most two digits before a sign.
            let is_number = sign != '_' || digits.len() < 3;
            if is_number && !goes_on && is_grouped_number(&self.text[start..end]) {
                digits.push_str(group.unwrap_or_default());
                self.at = end;
                *oddity = (*oddity).max(Some(Oddity::Thousands));
            }
        }
        if self.has_fraction(digits.len()) {
            self.at += 2;
            *oddity = (*oddity).max(Some(Oddity::Decimal));
        }
        Some(digits)
    }

    /// Whether a number goes on as that of a spreadsheet does: `5223.0`. `17.0.0.0` and `17.0/8` are
    /// addresses.
    fn has_fraction(&self, digits: usize) -> bool {
        let behind = self.rest().strip_prefix(".0").filter(|_| digits > 1);
        behind.is_some_and(|rest| {
            let rest = rest.strip_prefix('/').unwrap_or(rest);
            !rest.starts_with(|c: char| digit(c).is_some() || c == '.')
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scanner, Token};

    fn numbers(text: &str) -> Vec<String> {
        let tokens = Scanner::new(text, 0..text.len());
        let items = tokens.filter_map(|token| match token {
            Token::Item(item) => Some(item),
            _ => None,
        });
        let shown = items.map(|item| match item.last {
            Some(last) => format!("{}-{last}", item.first),
            None => item.first,
        });
        shown.collect()
    }

    #[test]
    fn groups_of_three_digits_are_one_number() {
        for sign in [".", "'", "’", "_", "\u{202f}", "\u{2009}", "\u{2007}"] {
            assert_eq!(numbers(&format!("5{sign}223/tcp")), ["5223"], "{sign:?}");
            let range = format!("16{sign}384-16{sign}387/udp");
            assert_eq!(numbers(&range), ["16384-16387"], "{sign:?}");
        }
        assert_eq!(numbers("5.223. 53."), ["5223", "53"]);
        assert_eq!(numbers("10.0.0.1 192.168.100 1.234.567"), [""; 0]);
        assert_eq!(numbers("3478_3497 100_200"), ["3478-3497", "100-200"]);
    }
}
