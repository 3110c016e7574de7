//! Words that are nearly ports: `5223tcp`, `8O/tcp`, `3478_3497`.

use super::{Item, Scanner};
use crate::list::Oddity;
use crate::transports::Transports;

/// The most digits and letters of a number.
const MAX_LENGTH: usize = 6;

/// The digit that a character is, or looks like.
const fn digit(c: char) -> Option<(char, bool)> {
    match c {
        '0'..='9' => Some((c, true)),
        'O' | 'o' => Some(('0', false)),
        'l' | 'I' => Some(('1', false)),
        _ => None,
    }
}

/// A number with letters that look like digits.
struct Number {
    digits: String,
    /// How many bytes it has in the text.
    length: usize,
    letters: usize,
    is_zero_like: bool,
    starts_with_letter: bool,
}

fn number(text: &str) -> Option<Number> {
    let mut number = Number {
        digits: String::new(),
        length: 0,
        letters: 0,
        is_zero_like: true,
        starts_with_letter: text.starts_with(|c: char| c.is_ascii_alphabetic()),
    };
    for c in text.chars().take(MAX_LENGTH + 1) {
        let Some((plain, is_digit)) = digit(c) else {
            break;
        };
        number.digits.push(plain);
        number.length += 1;
        if !is_digit {
            number.letters += 1;
            number.is_zero_like &= plain == '0';
        }
    }
    let is_number = number.letters < number.length && number.length <= MAX_LENGTH;
    (is_number && !number.digits.starts_with('0')).then_some(number)
}

impl Number {
    /// Whether it is a number also where no transport follows: `10l` and `I5` are other things.
    fn is_certain(&self) -> bool {
        let digits = self.length - self.letters;
        self.letters == 0 || digits > 2 || self.is_zero_like && !self.starts_with_letter
    }
}

/// The signs that are written in a range, and for the slash before a transport.
const JOINERS: [&str; 8] = ["_", "---", "--", "->", "-", "::", ":", ".."];
const SLASHES: [&str; 5] = ["/", "／", ".", ":", ""];

/// Where a part of a word ends with itself, which may stand behind it: `8O:8O`, as for the ports of a
/// container.
fn same_again(word: &str, length: usize) -> usize {
    let inside = word[length..].strip_prefix(':');
    let rest = inside.and_then(|inner| inner.strip_prefix(&word[..length]));
    let is_same =
        rest.is_some_and(|behind| !behind.starts_with(|c: char| c.is_alphanumeric() || c == '-'));
    if is_same { 2 * length + 1 } else { length }
}

/// The port or the range that a word nearly is, and how much of the word; `at` is its place in the
/// text.
pub(super) fn near(word: &str, at: usize) -> Option<Item> {
    // Each number has a digit.
    if !word.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let letters = word.len()
        - word
            .trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .len();
    // `tcp5223`.
    if let Some(set) = Transports::of_word(&word[..letters]) {
        let digits = &word[letters..];
        let is_port = (2..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        return (is_port && !digits.starts_with('0')).then(|| Item {
            first: digits.to_owned(),
            last: None,
            span: at + letters..at + word.len(),
            suffix: Some((set, at..at + letters)),
            oddity: Some(Oddity::Glued),
        });
    }
    let first = number(word)?;
    let mut length = same_again(word, first.length);
    let mut oddity = None;
    let mut last = None;
    for joiner in JOINERS {
        let rest = word[length..].strip_prefix(joiner);
        let Some(second) = rest.and_then(number) else {
            continue;
        };
        let is_plain = matches!(joiner, "-" | ":" | "..");
        if !is_plain {
            oddity = Some(Oddity::Dash);
        }
        length = same_again(word, length + joiner.len() + second.length);
        last = Some(second);
        break;
    }
    let span = at..at + length;
    let rest = &word[length..];
    let suffix = SLASHES.into_iter().find_map(|slash| {
        let transport_word = rest.strip_prefix(slash)?;
        let set = Transports::of_word(transport_word)
            .filter(|_| transport_word.starts_with(char::is_alphabetic))?;
        if slash != "/" {
            oddity = oddity.max(Some(Oddity::Glued));
        }
        Some((set, at + length + slash.len()..at + word.len()))
    });
    let numbers = || [Some(&first), last.as_ref()].into_iter().flatten();
    if numbers().any(|number| number.letters > 0) {
        oddity = Some(Oddity::Letters);
    }
    let is_whole = rest.is_empty() || suffix.is_some();
    let is_certain = suffix.is_some() || numbers().all(Number::is_certain);
    // A name may have numbers as well: `1_2`, `10_5`.
    let is_range = last.as_ref().is_none_or(|last| {
        let ends = first
            .digits
            .parse::<u16>()
            .ok()
            .zip(last.digits.parse().ok());
        let is_upwards = ends.is_some_and(|(first, last): (u16, u16)| first < last);
        let is_long = first.length > 2 && last.length > 2 && !word.contains('_');
        first.length > 1 && is_upwards || is_long
    });
    (oddity.is_some() && is_whole && is_certain && is_range).then(|| Item {
        first: first.digits.clone(),
        last: last.as_ref().map(|last| last.digits.clone()),
        span,
        suffix,
        oddity,
    })
}

impl Scanner<'_> {
    /// A port in bold letters of Markdown: `**5223**`.
    pub(super) fn bold(&mut self) -> Option<Item> {
        let inner = self.rest().strip_prefix("**")?;
        let length = inner.find(['*', '\n'])?;
        inner[length..].strip_prefix("**")?;
        let start = self.at + 2;
        let mut scanner = Self::new(self.text, start..start + length);
        let item = scanner.item().filter(|_| scanner.at == scanner.end);
        let item = item.or_else(|| near(&inner[..length], start))?;
        self.at = start + length + 2;
        Some(item)
    }

    /// The last number of a range, also with letters that look like digits.
    pub(super) fn last_number(&mut self, oddity: &mut Option<Oddity>) -> Option<String> {
        let start = self.at;
        let digits = self.number(oddity);
        if digits.is_some() && !self.rest().starts_with(|c: char| c.is_ascii_alphabetic()) {
            return digits;
        }
        self.at = start;
        let slip =
            number(self.rest()).filter(|number| number.letters > 0 && number.is_certain())?;
        let behind = &self.rest()[slip.length..];
        if behind.starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        self.at += slip.length;
        *oddity = (*oddity).max(Some(Oddity::Letters));
        Some(slip.digits)
    }

    /// A number that is nearly a port, with what goes on behind a space: `8O00 to 8999`.
    pub(super) fn with_end(&mut self, mut item: Item) -> Item {
        if item.last.is_some() || item.suffix.is_some() {
            return item;
        }
        let behind = self.at;
        self.at = item.span.end;
        let last = self
            .joiner()
            .and_then(|_| self.last_number(&mut item.oddity));
        if last.is_some() {
            item.last = last;
            item.span.end = self.at;
            item.suffix = self.suffix();
        } else {
            self.at = behind;
        }
        item
    }
}

/// The ends of a range whose hyphen is lost: both have the same number of digits, or the last
/// one more.
pub(super) fn parted(digits: &str) -> Option<(&str, &str)> {
    let (first, last) = digits.split_at_checked(digits.len() / 2)?;
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| !text.starts_with('0'));
    (number(first)? < number(last)?).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_read_and_another_word_is_not() {
        let shown = |word: &str| {
            let item = near(word, 0)?;
            let last = item.last.map_or(String::new(), |last| format!("-{last}"));
            let suffix = item
                .suffix
                .map_or(String::new(), |(set, _)| format!("/{set}"));
            Some(format!("{}{last}{suffix} {:?}", item.first, item.oddity?))
        };
        for (word, expected) in [
            ("5223tcp", "5223/tcp Glued"),
            ("5223.tcp", "5223/tcp Glued"),
            ("3478-3497udp", "3478-3497/udp Glued"),
            ("tcp5223", "5223/tcp Glued"),
            ("8O/tcp", "80/tcp Letters"),
            ("8O", "80 Letters"),
            ("l443", "1443 Letters"),
            ("I6384-16387/udp", "16384-16387/udp Letters"),
            ("42O00:42999", "42000-42999 Letters"),
            ("42000..4299O", "42000-42990 Letters"),
            ("8O:8O/tcp", "80/tcp Letters"),
            ("8O00-8999:8O00-8999/tcp", "8000-8999/tcp Letters"),
            ("3478_3497", "3478-3497 Dash"),
            ("3478->3497/udp", "3478-3497/udp Dash"),
        ] {
            assert_eq!(shown(word).as_deref(), Some(expected), "{word}");
        }
        for word in [
            "80/tcp",
            "3478-3497",
            "en0",
            "10l",
            "O365",
            "I5",
            "l2",
            "o2",
            "1_2",
            "10_5",
            "80tcpx",
            "tcp",
            "tcp4",
            "tcp6",
            "0x50",
            "500-udp-isakmp",
            "2195-tcp",
            "80_tcp",
            "Oo",
            "12345678O",
        ] {
            assert_eq!(shown(word), None, "{word}");
        }
    }
}
