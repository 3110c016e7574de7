//! The plain form of a cell: one way to write each character, and one list of the
//! signs between items, for every stage.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Signs between two ports, transports, names or RFC numbers of one cell, in
/// [plain form](plain_form) (NFKC has made one of `，` and `,`).
pub const SEPARATORS: [char; 8] = [',', ';', '&', '/', '+', '、', '،', '؛'];

/// Hyphens and dashes, which stand between the ends of a range and, alone, for nothing.
pub const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
    )
}

/// Soft hyphens, zero-width characters, direction marks and byte order marks.
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

/// The cell in its plain form: full-width forms as ASCII (NFKC), the decimal digits of
/// every script as ASCII digits, invisible and direction marks gone.
///
/// For ports, transports, RFC numbers and service names, which are ASCII by their
/// standards (RFC 6335, section 5.1).
pub fn plain_form(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.contains('~') {
            Cow::Owned(text.replace('~', "-"))
        } else {
            Cow::Borrowed(text)
        };
    }
    let plain = text
        .nfkc()
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            '\u{301c}' | '~' => '-',
            _ => ascii_digit(c),
        })
        .collect();
    Cow::Owned(plain)
}

/// The ASCII digit for a decimal digit of another script (general category Nd); those
/// of one script follow each other from its zero on (The Unicode Standard, section 4.6).
fn ascii_digit(c: char) -> char {
    const ZEROS: [u32; 36] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
        0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
        0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
        0xff10,
    ];
    let code = u32::from(c);
    let after = ZEROS.partition_point(|zero| *zero <= code);
    after
        .checked_sub(1)
        .and_then(|at| char::from_digit(code - ZEROS[at], 10))
        .unwrap_or(c)
}

/// Whether digits with signs between are one number in groups of three: `5,223`,
/// `49 152`, `1.640`, `65'535`. Such digits are no list, though the sign can part one.
///
/// White space parts a list only together with a separator, so `80, 443` is one.
pub fn is_grouped_number(text: &str) -> bool {
    let mut groups = text.split(|c: char| {
        matches!(c, ',' | '.' | '\'' | '’' | '`' | '´' | '٬' | '،' | '_') || c.is_whitespace()
    });
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    let starts = (1..=3).contains(&first.len()) && !first.starts_with('0') && digits(first);
    let mut count = 0;
    starts
        && groups.all(|group| {
            count += 1;
            group.len() == 3 && digits(group)
        })
        && count > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_gives_the_same_ports() {
        for text in [
            "5222-5223",
            "５２２２－５２２３",
            "٥٢٢٢-٥٢٢٣",
            "۵۲۲۲-۵۲۲۳",
            "๕๒๒๒-๕๒๒๓",
            "৫২২২-৫২২৩",
            "\u{200f}5222\u{200b}-\u{202a}5223\u{202c}",
            "5222～5223",
            "5222〜5223",
        ] {
            assert_eq!(plain_form(text), "5222-5223", "{text}");
        }
        assert_eq!(plain_form("ｄｏｍａｉｎ"), "domain");
    }

    #[test]
    fn groups_of_three_digits_are_one_number() {
        for text in [
            "5,223",
            "49 152",
            "1.640",
            "65'535",
            "1,234,567",
            "5\u{a0}223",
        ] {
            assert!(is_grouped_number(text), "{text}");
        }
        for text in [
            "80,443,8080",
            "5223",
            "80, 443",
            "20,21",
            "8821,8826",
            "0,123",
            ",123",
            "",
        ] {
            assert!(!is_grouped_number(text), "{text}");
        }
    }
}
