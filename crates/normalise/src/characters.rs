//! Characters of other scripts and invisible ones, in the cells that mean the same in
//! every language.

use unicode_normalization::UnicodeNormalization;

/// The cell in its plain form: full-width forms as ASCII (NFKC), the decimal digits of
/// Arabic and other scripts as ASCII digits, invisible and direction marks gone.
///
/// For ports, transports, RFC numbers and service names, which are ASCII by their
/// standards (RFC 6335, section 5.1).
pub(crate) fn plain_form(text: &str) -> String {
    if text.is_ascii() {
        return text.replace('~', "-");
    }
    text.nfkc()
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            '\u{301c}' | '~' => '-',
            _ => ascii_digit(c),
        })
        .collect()
}

/// The text composed (NFC), without invisible characters and direction marks, which
/// could make an output show something else than it says.
pub(crate) fn visible_form(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.nfc().filter(|c| !is_invisible(*c)).collect()
}

/// Soft hyphens, zero-width characters, direction marks and byte order marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// The ASCII digit for a decimal digit of a script that article pages are written in.
fn ascii_digit(c: char) -> char {
    const ZEROS: [u32; 4] = [0x660, 0x6f0, 0x966, 0xe50];
    let code = u32::from(c);
    ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|digit| *digit < 10))
        .and_then(|digit| char::from_digit(digit, 10))
        .unwrap_or(c)
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
            "\u{200f}5222\u{200b}-\u{202a}5223\u{202c}",
            "5222～5223",
            "5222〜5223",
        ] {
            assert_eq!(plain_form(text), "5222-5223", "{text}");
        }
        assert_eq!(plain_form("ｄｏｍａｉｎ"), "domain");
        assert_eq!(visible_form("a\u{200e}u\u{308} ~"), "aü ~");
    }
}
