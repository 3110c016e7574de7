//! The RFC cell: the numbers that it cites.

use appleports_model::{has_blank_text, is_dash, is_grouped_number};

/// The most RFCs that a row can cite. The article has three at most; each is a finding of
/// its own where something is to be said of it.
pub(crate) const MAX_CITED: usize = 16;

/// No RFC has a number of five digits yet.
const MAX_DIGITS: usize = 4;

/// The first RFC that can be cited for a service: those below are older than TCP.
const MIN_NUMBER: u32 = 100;

/// What an RFC cell says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Citations {
    pub(crate) numbers: Vec<u32>,
    /// How many words of digits the cell has.
    pub(crate) count: usize,
    /// Whether there is anything in the cell that is no RFC number.
    pub(crate) is_unclear: bool,
}

/// Reads a cell in plain form, without markup.
///
/// Where a word mixes letters and digits (`1O57`), or a number is too low for an RFC
/// (`105 7`, `STD 53`), the cell is damaged or cites something else, and none of its numbers
/// is taken.
pub(crate) fn read(text: &str) -> Citations {
    if has_blank_text(text) {
        return Citations::default();
    }
    let mut cited = Citations {
        is_unclear: text.contains(|c: char| is_dash(c) || !c.is_ascii() && c.is_alphabetic()),
        ..Citations::default()
    };
    let mut is_damaged = has_grouped_number(text);
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    for word in words.map(without_rfc).filter(|word| !word.is_empty()) {
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        if !word.bytes().all(|byte| byte.is_ascii_digit()) {
            cited.is_unclear = true;
            is_damaged |= has_digit;
            continue;
        }
        cited.count += 1;
        match word.parse() {
            Ok(number) if word.len() <= MAX_DIGITS && number >= MIN_NUMBER => {
                if cited.count <= MAX_CITED {
                    cited.numbers.push(number);
                }
            }
            _ => {
                cited.is_unclear = true;
                is_damaged |= word.len() <= MAX_DIGITS;
            }
        }
    }
    cited.is_unclear |= is_damaged || cited.count == 0;
    if is_damaged {
        cited.numbers.clear();
    }
    cited
}

/// The number behind the word RFC.
fn without_rfc(word: &str) -> &str {
    match word.get(..3) {
        Some(rfc) if rfc.eq_ignore_ascii_case("RFC") => &word[3..],
        _ => word,
    }
}

/// Whether a number in the text has a sign between its thousands: `2,616` is neither the
/// RFCs 2 and 616 nor certainly RFC 2616.
fn has_grouped_number(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || ";&/".contains(c))
        .any(|word| is_grouped_number(word.trim_end_matches(',')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_that_rfcs_can_have_are_taken() {
        for (text, numbers, is_unclear) in [
            ("-", &[][..], false),
            ("1057, 1831", &[1057, 1831], false),
            ("RFC 1057/rfc1831", &[1057, 1831], false),
            ("1057 1831", &[1057, 1831], false),
            ("1057 and 1831", &[1057, 1831], true),
            ("1057和1831", &[1057, 1831], true),
            ("1057–1831", &[1057, 1831], true),
            ("1057 (obsolete)", &[1057], true),
            ("792, 10341", &[792], true),
            ("1O57", &[], true),
            ("POP3", &[], true),
            ("105 7", &[], true),
            ("53,21", &[], true),
            ("5321[1]", &[], true),
            ("STD 53", &[], true),
            ("BCP 5", &[], true),
            ("2,616", &[], true),
            ("792,821", &[], true),
            ("1O57, 1831", &[], true),
            ("1831, 105 7", &[], true),
            ("0", &[], true),
            ("TBD", &[], true),
        ] {
            let cited = read(text);
            let found = (&*cited.numbers, cited.is_unclear);
            assert_eq!(found, (numbers, is_unclear), "{text}");
        }
    }

    #[test]
    fn a_cell_cites_a_few_rfcs() {
        let numbers: Vec<String> = (1001..1100).map(|number| number.to_string()).collect();
        let cited = read(&numbers.join(", "));
        assert_eq!((cited.numbers.len(), cited.count), (MAX_CITED, 99));
    }
}
