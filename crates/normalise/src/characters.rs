//! Characters that could make an output show something else than it says.

use appleports_model::is_invisible;
use unicode_normalization::UnicodeNormalization;

/// The text composed (NFC), without invisible characters and direction marks, which
/// could make an output show something else than it says.
pub(crate) fn visible_form(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.nfc().filter(|c| !is_invisible(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_gone_and_letters_composed() {
        assert_eq!(visible_form("a\u{200e}u\u{308} ~"), "aü ~");
    }
}
