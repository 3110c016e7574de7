//! The places that ports are in: what their program takes there.

use crate::list::{Group, Oddity, Repeat, Rewrite};
use crate::scan::is_between;

/// A group as most notations have it: entries with commas between.
pub(crate) fn group(range_sign: &'static str, separator: Option<&str>) -> Group {
    Group {
        range_sign: range_sign.into(),
        signs: &[],
        takes_spaces: false,
        has_octal: false,
        separator: separator.map(str::to_owned),
        repeat: Repeat::Never,
        slots: usize::MAX,
        used: 0,
        quote: "",
        has_suffix: false,
        rewrite: Rewrite::Any,
    }
}

/// A group in the files of a program, which takes these signs in a range; the first is written.
pub(crate) fn program_group(signs: &'static [&'static str], separator: Option<&str>) -> Group {
    Group {
        signs,
        ..group(signs.first().copied().unwrap_or("-"), separator)
    }
}

/// The group of a program that takes spaces around the sign of a range.
pub(crate) fn spaced(group: Group) -> Group {
    Group {
        takes_spaces: true,
        ..group
    }
}

/// The group of a program that reads a number with a leading zero as octal.
pub(crate) fn octal(group: Group) -> Group {
    Group {
        has_octal: true,
        ..group
    }
}

/// Whether a text between two numbers says that they are the ends of a range: not `><`.
fn is_range_sign(sign: &str) -> bool {
    let sign = sign.trim();
    // `3478-3497:3478-3497` is more than a sign.
    let is_more = sign.contains(|c: char| c.is_ascii_digit());
    matches!(sign, "" | "-" | ":" | ".." | "...") || is_more || is_between(sign)
}

/// Whether a text begins with a number that has a leading zero.
fn is_octal(number: &str) -> bool {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    digits > 1 && number.starts_with('0')
}

impl Group {
    /// Whether the program takes a sign between the ends of a range.
    pub(crate) fn takes(&self, sign: &str) -> bool {
        let is_blank = !sign.is_empty() && sign.trim().is_empty();
        let is_same = |taken: &str| {
            taken == sign
                || taken == " " && is_blank
                || self.takes_spaces && taken == sign.trim_ascii()
        };
        self.signs.is_empty() || self.signs.iter().any(|taken| is_same(taken))
    }

    /// Whether a list may have another separator than the program's own.
    pub(crate) fn takes_any_separator(&self) -> bool {
        self.separator.is_some() && (self.signs.is_empty() || self.takes_spaces)
    }

    /// What is odd about an entry for the program of the group.
    pub(crate) fn oddity(&self, written: &str, is_range: bool) -> Option<Oddity> {
        // `>= 1024` has no sign between its ends.
        let sign = written.trim_matches(|c: char| c.is_ascii_digit());
        let is_range = is_range && written.starts_with(|c: char| c.is_ascii_digit());
        if is_range && is_range_sign(sign) && !self.takes(sign) {
            return Some(Oddity::Sign);
        }
        let last = written.len() - written.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let last = &written[written.len() - last..];
        (self.has_octal && (is_octal(written) || is_octal(last))).then_some(Oddity::Octal)
    }
}
