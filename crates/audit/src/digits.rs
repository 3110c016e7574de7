//! How a number is damaged when it is copied.

use std::fmt;

/// What happened to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    Lost,
    Doubled,
    Swapped,
    Footnote,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lost => "a digit is lost",
            Self::Doubled => "a digit is doubled",
            Self::Swapped => "two digits are swapped",
            Self::Footnote => "one digit too many at the end, perhaps a footnote mark",
        })
    }
}

/// Whether `longer` is `shorter` with one more byte, and where.
fn inserted(longer: &[u8], shorter: &[u8]) -> Option<usize> {
    if longer.len() != shorter.len() + 1 {
        return None;
    }
    let at = longer
        .iter()
        .zip(shorter)
        .take_while(|(one, other)| one == other)
        .count();
    (longer[at + 1..] == shorter[at..]).then_some(at)
}

/// What makes one number of another, if it is one slip.
pub(crate) fn damage(written: &str, right: &str) -> Option<Damage> {
    let (written, right) = (written.as_bytes(), right.as_bytes());
    if written.len().abs_diff(right.len()) > 1 {
        return None;
    }
    if inserted(right, written).is_some() {
        return Some(Damage::Lost);
    }
    if let Some(at) = inserted(written, right) {
        if at > 0 && written[at] == written[at - 1] {
            return Some(Damage::Doubled);
        }
        return (at + 1 == written.len()).then_some(Damage::Footnote);
    }
    if written.len() != right.len() {
        return None;
    }
    let at = written
        .iter()
        .zip(right)
        .take_while(|(one, other)| one == other)
        .count();
    let is_swapped = written.len() > at + 1
        && written[at] == right[at + 1]
        && written[at + 1] == right[at]
        && written[at + 2..] == right[at + 2..];
    is_swapped.then_some(Damage::Swapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_damage_and_two_are_not() {
        for (written, right, expected) in [
            ("478", "3478", Some(Damage::Lost)),
            ("6384", "16384", Some(Damage::Lost)),
            ("34778", "3478", Some(Damage::Doubled)),
            ("3748", "3478", Some(Damage::Swapped)),
            ("52231", "5223", Some(Damage::Footnote)),
            ("5223", "5223", None),
            ("5224", "5223", None),
            ("84", "3478", None),
            ("15223", "5223", None),
        ] {
            assert_eq!(damage(written, right), expected, "{written}");
        }
    }
}
