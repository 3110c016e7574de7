//! Whether a page is of the locale under which it shall be stored.

use appleports_ingest::{CaptureFacts, is_locale};
use appleports_model::Locale;
use thiserror::Error;

/// What is wrong with the locale of a page.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LocaleError {
    /// It has another form than those of Apple's addresses.
    #[error("`{text}` is not a locale as in Apple's addresses, such as de-de")]
    Form {
        /// The text.
        text: String,
    },
    /// The page says that it is of another one.
    #[error("{path}: the page is in `{page}`, not in `{asked}`")]
    AnotherPage {
        /// The file.
        path: String,
        /// What the page says.
        page: String,
        /// What was asked for.
        asked: Locale,
    },
}

impl LocaleError {
    /// The refusal of a text.
    pub(crate) fn form(text: &str) -> Self {
        Self::Form {
            text: text.to_owned(),
        }
    }
}

/// The scripts that a locale may name.
const SCRIPTS: [&str; 5] = ["hans", "hant", "latn", "cyrl", "arab"];

/// A locale in its parts; what it does not say is none.
#[derive(Debug, PartialEq, Eq)]
struct Parts<'a> {
    language: &'a str,
    script: Option<&'a str>,
    region: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// The parts of a locale in lower case, such as `de-at` or `zh-hant-tw`.
    fn of(locale: &'a str) -> Self {
        let mut parts = locale.split('-');
        let language = parts.next().unwrap_or_default();
        let (mut script, mut region) = (None, None);
        for part in parts {
            let slot = if SCRIPTS.contains(&part) {
                &mut script
            } else {
                &mut region
            };
            slot.get_or_insert(part);
        }
        // Apple's addresses name the script of Chinese by the region.
        let of_region = match (language, region) {
            ("zh", Some("cn" | "sg")) => Some("hans"),
            ("zh", Some("tw" | "hk" | "mo")) => Some("hant"),
            _ => None,
        };
        Self {
            language,
            script: script.or(of_region),
            region,
        }
    }

    /// Whether language and script agree; pages do not always claim the region of their address.
    fn reads_like(&self, other: &Self) -> bool {
        let without_region = Self {
            region: None,
            ..*self
        };
        without_region.agrees(other)
    }

    fn agrees(&self, other: &Self) -> bool {
        let same = |one: Option<&str>, other: Option<&str>| match (one, other) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        self.language == other.language
            && same(self.script, other.script)
            && same(self.region, other.region)
    }
}

/// Reads a locale as it is in Apple's addresses.
///
/// # Errors
/// When it has another form.
pub fn of_address(text: &str) -> Result<Locale, LocaleError> {
    let locale = text.parse().ok().filter(|_| is_locale(text));
    locale.ok_or_else(|| LocaleError::form(text))
}

/// Refuses a page that says to be in another language, or of another region or script, than
/// `locale`.
///
/// # Errors
/// What the page says.
pub(crate) fn check(path: &str, facts: &CaptureFacts, locale: &Locale) -> Result<(), LocaleError> {
    let asked = Parts::of(locale.as_str());
    let address = facts.locale.as_ref();
    let address = address.filter(|tag| !Parts::of(tag).agrees(&asked));
    let claimed = facts.language.as_ref();
    let claimed = claimed.filter(|tag| !Parts::of(tag).reads_like(&asked));
    match address.or(claimed) {
        None => Ok(()),
        Some(page) => Err(LocaleError::AnotherPage {
            path: path.to_owned(),
            page: page.clone(),
            asked: locale.clone(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn a_claim_is_of_language_and_script() {
        for (claimed, asked, agrees) in [
            ("en", "en-gb", true),
            ("en-us", "en-gb", true),
            ("de-de", "en-us", false),
            ("zh-hant", "zh-cn", false),
            ("zh-tw", "zh-cn", false),
            ("zh-hans-cn", "zh-cn", true),
        ] {
            let (claimed, asked) = (Parts::of(claimed), Parts::of(asked));
            assert_eq!(claimed.reads_like(&asked), agrees, "{claimed:?} {asked:?}");
        }
    }

    #[test]
    fn what_a_locale_does_not_say_agrees() {
        for (one, other, agrees) in [
            ("en-gb", "en-gb", true),
            ("en", "en-gb", true),
            ("en-us", "en-gb", false),
            ("de-de", "en-us", false),
            ("zh-cn", "zh-tw", false),
            ("zh-hk", "zh-tw", false),
            ("zh-hant", "zh-tw", true),
            ("zh-hant", "zh-cn", false),
            ("zh-hant-hk", "zh-hk", true),
            ("es-lamr", "es", true),
        ] {
            assert_eq!(
                Parts::of(one).agrees(&Parts::of(other)),
                agrees,
                "{one} {other}"
            );
            assert_eq!(
                Parts::of(other).agrees(&Parts::of(one)),
                agrees,
                "{other} {one}"
            );
        }
    }
}
