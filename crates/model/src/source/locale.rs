//! The language and region of a page.

use std::fmt;
use std::str::FromStr;

use super::{SourceNameError, as_text};

/// A locale as it is stored: lower-case letters, digits and dashes, such as `de-de`.
///
/// It names one folder on every system: it has no dots, and no upper case that some systems do
/// not tell from lower.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(String);

impl Locale {
    /// The text, such as `de-de`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the language is English, which the products are named in.
    pub fn is_english(&self) -> bool {
        self.language() == "en"
    }

    /// The language alone, such as `de`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Locale {
    type Err = SourceNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if !text.is_empty() && text.bytes().all(is_allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SourceNameError::new(text, "a locale, such as de-de"))
        }
    }
}

as_text!(Locale);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_one_folder_on_every_system() {
        for good in ["de-de", "en", "zh-hant-tw", "es-419"] {
            assert_eq!(good.parse::<Locale>().unwrap().as_str(), good);
        }
        for bad in ["", "DE-DE", "../x", "de/de", "de_de", ".", "d e"] {
            assert!(bad.parse::<Locale>().is_err(), "{bad}");
        }
    }
}
