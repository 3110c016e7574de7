//! The ports that a damaged cell shows.
//!
//! They are evidence, not a reading: every number of the cell counts, and where a digit cannot
//! be read, every digit that it could be.

use std::collections::BTreeSet;

use appleports_model::{PortRange, SEPARATORS, cut, is_dash, is_grouped_number};

/// A longer cell is no list of ports.
const MAX_CHARS: usize = 200;
/// Of more ports or ranges, the rest is left out.
const MAX_RANGES: usize = 64;
/// The most digits of a port.
const MAX_DIGITS: usize = 5;

/// The ports that the cell may have been meant to give: by its numbers as they stand, with
/// letters that look like digits as these digits, and with every digit in the place of a sign
/// that could be one.
pub(super) fn probable_ports(text: &str) -> Vec<PortRange> {
    let text = cut(text, MAX_CHARS);
    let is_end = |c: char| !c.is_ascii_digit();
    let grouped = text.trim_matches(is_end);
    if is_grouped_number(grouped) {
        let digits: String = grouped.chars().filter(char::is_ascii_digit).collect();
        return number(&digits).map(PortRange::single).into_iter().collect();
    }
    let mut found: Vec<PortRange> = Vec::new();
    let pieces = pieces(&text);
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let last = pieces.get(at + 1).filter(|next| next.after_dash);
        let range = last.and_then(|last| range(&piece.word, &last.word));
        let (ranges, taken) = match range {
            Some(range) => (vec![range], 2),
            None => (candidates(&piece.word).all(), 1),
        };
        found.extend(ranges);
        at += taken;
    }
    let mut seen = BTreeSet::new();
    found.retain(|range| seen.insert(*range));
    found.truncate(MAX_RANGES);
    found
}

/// A word with a digit.
struct Piece {
    word: Vec<char>,
    /// Whether nothing but a dash, or signs in its place, stands before it.
    after_dash: bool,
}

/// The words of a cell that have a digit, with letters that look like digits as these.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut between = String::new();
    let chars: Vec<char> = text.chars().collect();
    // Several dots stand for a dash, a single one belongs to its number.
    let is_dot = |at: Option<usize>| at.and_then(|at| chars.get(at)) == Some(&'.');
    let parts_words = |at: usize| {
        is_joint(chars[at])
            || is_dot(Some(at)) && (is_dot(at.checked_sub(1)) || is_dot(Some(at + 1)))
    };
    let places: Vec<usize> = (0..chars.len()).collect();
    for run in places.chunk_by(|a, b| parts_words(*a) == parts_words(*b)) {
        let word = &chars[run[0]..=run[run.len() - 1]];
        if parts_words(run[0]) || !word.iter().any(char::is_ascii_digit) {
            between.extend(word);
            continue;
        }
        pieces.push(Piece {
            word: word.iter().copied().map(look_alike).collect(),
            after_dash: stands_for_dash(&between),
        });
        between.clear();
    }
    pieces
}

/// Whether a sign stands between words.
fn is_joint(c: char) -> bool {
    c.is_whitespace()
        || is_dash(c)
        || SEPARATORS.contains(&c)
        || matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | ':' | '…')
}

/// Whether what stands between two numbers can be a dash.
fn stands_for_dash(between: &str) -> bool {
    let mut signs = between.chars().filter(|c| !c.is_whitespace()).peekable();
    let stands = |c| is_dash(c) || matches!(c, '.' | '…' | ':' | '>' | '?' | '_' | '*');
    signs.peek().is_some() && signs.all(stands)
}

fn look_alike(c: char) -> char {
    match c {
        'O' | 'o' | 'О' | 'о' => '0',
        'l' | 'I' | 'i' | '|' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        'B' => '8',
        _ => c,
    }
}

/// Whether a sign may stand in the place of a digit.
fn is_open(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '?' | '*' | '_' | '#' | '|' | '\u{fffd}' | '\u{25a1}')
}

/// What a word with a digit can be.
#[derive(Default)]
struct Candidates {
    /// With a digit for each sign that is none.
    filled: Vec<PortRange>,
    /// Without these signs; where that is no port, its numbers one by one.
    shown: Vec<PortRange>,
}

impl Candidates {
    fn all(self) -> Vec<PortRange> {
        let mut all = self.shown;
        all.extend(self.filled);
        all
    }
}

fn candidates(word: &[char]) -> Candidates {
    let digits: String = word.iter().filter(|c| c.is_ascii_digit()).collect();
    if digits.len() == word.len() {
        let shown = number(&digits).map(PortRange::single).into_iter().collect();
        return Candidates {
            shown,
            ..Candidates::default()
        };
    }
    let mut shown: Vec<PortRange> = number(&digits).map(PortRange::single).into_iter().collect();
    if shown.is_empty() {
        let runs = word.split(|c| !c.is_ascii_digit());
        let runs = runs.map(|run| run.iter().collect::<String>());
        shown.extend(runs.filter_map(|run| number(&run)).map(PortRange::single));
    }
    Candidates {
        filled: filled(word),
        shown,
    }
}

/// The ports of a word with a digit for each sign that may be one: at the end they give a range.
fn filled(word: &[char]) -> Vec<PortRange> {
    let is_part = |c: &char| c.is_ascii_digit() || is_open(*c);
    let word: Vec<char> = word.iter().copied().filter(is_part).collect();
    let is_sign = |c: &&char| !c.is_ascii_digit();
    let open = word.iter().rev().take_while(is_sign).count();
    let inner = word.iter().filter(is_sign).count() - open;
    if word.len() > MAX_DIGITS || inner > 1 || inner + open == 0 {
        return Vec::new();
    }
    let digits = if inner == 0 { '0'..='0' } else { '0'..='9' };
    let numbers = digits.filter_map(|digit| {
        let fill = |c: &char| if c.is_ascii_digit() { *c } else { digit };
        let start: String = word[..word.len() - open].iter().map(fill).collect();
        let end = |sign: &str| format!("{start}{}", sign.repeat(open)).parse::<u32>().ok();
        let (first, last) = (end("0")?, end("9")?.min(u32::from(u16::MAX)));
        // A port is not written with a zero in front.
        let first = u16::try_from(first).ok()?;
        PortRange::new(first, u16::try_from(last).ok()?)
            .ok()
            .filter(|_| !start.starts_with('0'))
    });
    numbers.collect()
}

fn number(digits: &str) -> Option<u16> {
    digits.parse::<u16>().ok().filter(|port| *port > 0)
}

/// The range between two words, as wide as their unreadable digits leave open.
fn range(first: &[char], last: &[char]) -> Option<PortRange> {
    let (first, last) = (candidates(first), candidates(last));
    let both = [&first, &last].map(|word| [&word.filled, &word.shown]);
    let pairs = both[0]
        .iter()
        .flat_map(|low| both[1].iter().map(move |high| (low, high)));
    let ends = |(low, high): (&&Vec<PortRange>, &&Vec<PortRange>)| {
        let high = high.iter().map(|range| range.last()).max()?;
        let low = low
            .iter()
            .map(|range| range.first())
            .filter(|low| *low <= high);
        PortRange::new(low.min()?, high).ok()
    };
    // A range that runs backwards has its ends in the wrong order.
    let swapped = || {
        let (low, high) = (last.shown.first()?, first.shown.first()?);
        PortRange::new(low.first(), high.last()).ok()
    };
    pairs.clone().find_map(ends).or_else(swapped)
}

#[cfg(test)]
mod tests {
    use appleports_model::joined;

    use super::probable_ports;

    fn probable(text: &str) -> String {
        joined(probable_ports(text), " ")
    }

    #[test]
    fn letters_that_look_like_digits_are_these() {
        for (text, expected) in [
            ("164O", "1640"),
            ("l10", "110"),
            ("90-80", "80-90"),
            ("5,223", "5223"),
            ("1099, 8O43", "1099 8043"),
            ("49152 – 6SS35", "49152-65535"),
            ("5OOOO-50010", "50000-50010"),
        ] {
            assert_eq!(probable(text), expected, "{text}");
        }
    }

    #[test]
    fn every_number_that_a_cell_shows_counts() {
        for (text, expected) in [
            ("50001?", "50001"),
            ("50001*", "50001"),
            ("x50001", "50001"),
            ("50001 (lokal)", "50001"),
            ("TCP 50001", "50001"),
            (
                "Ports 80, 443x0",
                "80 4430 44300 44310 44320 44330 44340 44350 44360 44370 44380 44390",
            ),
            ("50001--50009", "50001-50009"),
            ("50001..50009", "50001-50009"),
            ("50001 -> 50009", "50001-50009"),
            ("50001-5*0002", "50001-50002"),
            ("5'00'01", "50001"),
            ("5223.", "5223"),
            ("80 (443)", "80 443"),
            ("50001x50009", "50001 50009"),
            ("8080 und 8085", "8080 8085"),
            ("1024-", "1024"),
        ] {
            assert_eq!(probable(text), expected, "{text}");
        }
    }

    #[test]
    fn an_unreadable_digit_may_be_any() {
        for (text, expected) in [
            ("328?", "328 3280-3289"),
            ("3283?", "3283 32830-32839"),
            ("6553?", "6553 65530-65535"),
            ("5??1", "51"),
            ("50???", "50 50000-50999"),
            ("5000?-50009", "50000-50009"),
            ("x8085-8087", "8085-8087"),
            ("8085-808?", "8085-8089"),
            (
                "16x0",
                "160 1600 1610 1620 1630 1640 1650 1660 1670 1680 1690",
            ),
        ] {
            assert_eq!(probable(text), expected, "{text}");
        }
    }

    #[test]
    fn a_cell_without_a_port_shows_none() {
        for text in ["???", "Ol", "70000", "0", "-", "99999550"] {
            assert_eq!(probable(text), "", "{text}");
        }
    }
}
