//! Characters that could make an output show something else than it says.

use appleports_model::{Column, Finding, Quoted, RawRow, is_hidden, is_invisible, message};
use unicode_normalization::UnicodeNormalization;

use crate::rules;

/// The text composed (NFC), without invisible characters and direction marks, which
/// could make an output show something else than it says.
pub(crate) fn visible_form(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.nfc().filter(|c| !is_invisible(*c)).collect()
}

/// Right-to-left override: the digits behind it are shown in the other order.
const OVERRIDE: char = '\u{202e}';

/// That a port or an RFC is not shown as it is read.
pub(crate) fn check_numbers(source: &str, raw: &RawRow) -> Result<(), Box<Finding>> {
    for column in [Column::Port, Column::Rfc] {
        let text = raw.text(column);
        if let Some(hidden) = hidden_in_number(text) {
            let code = format!("U+{:04X}", u32::from(hidden));
            let cell = column.as_str();
            let why = message!(
                "{} turns round or parts the digits of the {cell} cell",
                code
            );
            let message = message!("row `{}` rejected: ", Quoted(text)).then(why);
            let rule = &rules::HIDDEN_IN_NUMBER;
            let finding = Finding::new(rule, source, raw.place(column), message);
            return Err(Box::new(finding));
        }
    }
    Ok(())
}

/// The first hidden character between two digits, or an override before some. At the ends of a
/// number and beside a dash a mark does nothing: pages in Arabic and Hebrew have them there.
fn hidden_in_number(text: &str) -> Option<char> {
    if text.is_ascii() {
        return None;
    }
    let (mut is_behind_digit, mut hidden) = (false, None);
    for c in text.chars() {
        if c.is_numeric() {
            if hidden.is_some_and(|hidden| is_behind_digit || hidden == OVERRIDE) {
                return hidden;
            }
            is_behind_digit = true;
        } else if is_hidden(c) && !c.is_whitespace() {
            if hidden != Some(OVERRIDE) {
                hidden = Some(c);
            }
            continue;
        } else {
            is_behind_digit = false;
        }
        hidden = hidden.filter(|hidden| *hidden == OVERRIDE);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_shown() {
        for text in [
            "70\u{202e}09",
            "\u{202e}7009",
            "80\u{202e}, 7009",
            "70\u{ad}90",
            "70\u{34f}1",
            "7\u{200b}\u{2060}091",
            "5222-52\u{200f}23",
            "٥\u{200e}٢٢٢",
        ] {
            assert!(hidden_in_number(text).is_some(), "{text:?}");
        }
        for text in [
            "7090",
            "\u{200f}5222\u{200b}-\u{202a}5223\u{202c}",
            "5222\u{200e}–5223",
            "80\u{200b}, 443",
            "80\u{200b}\n443",
            "\u{feff}80",
            "80\u{202e}",
            "５２２３",
        ] {
            assert_eq!(hidden_in_number(text), None, "{text:?}");
        }
    }

    #[test]
    fn hidden_characters_are_gone_and_letters_composed() {
        assert_eq!(visible_form("a\u{200e}u\u{308} ~"), "aü ~");
    }
}
