//! What is captured again and again: the article in one locale, the registry.

use std::fmt;
use std::str::FromStr;

use super::{Locale, SourceKind, SourceNameError, as_text, write_parts};

/// A kind of source and, where there is one in each language, its locale: `apple/de-de`, `iana`.
/// Its sources differ by their day alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    kind: SourceKind,
    locale: Option<Locale>,
}

impl Series {
    /// The series of a kind; none where the kind has locales and none is given, or the other way
    /// round.
    pub fn new(kind: SourceKind, locale: Option<Locale>) -> Option<Self> {
        (kind.has_locales() == locale.is_some()).then_some(Self { kind, locale })
    }

    /// The article in a locale.
    pub const fn article(locale: Locale) -> Self {
        Self {
            kind: SourceKind::Article,
            locale: Some(locale),
        }
    }

    /// The kind of its sources.
    pub const fn kind(&self) -> SourceKind {
        self.kind
    }

    /// The locale; none for a kind that has no locales.
    pub const fn locale(&self) -> Option<&Locale> {
        self.locale.as_ref()
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.locale {
            Some(locale) => write_parts(f, &[&self.kind.folder(), locale]),
            None => f.write_str(self.kind.folder()),
        }
    }
}

impl FromStr for Series {
    type Err = SourceNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let no_series =
            || SourceNameError::new(text, "a series of sources, such as apple/de-de or iana");
        let (folder, locale) = match text.split_once('/') {
            Some((folder, locale)) => (folder, Some(locale.parse().map_err(|_| no_series())?)),
            None => (text, None),
        };
        let kind = SourceKind::in_folder(folder).ok_or_else(no_series)?;
        Self::new(kind, locale).ok_or_else(no_series)
    }
}

as_text!(Series);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_read_as_it_is_written() {
        for good in ["apple/de-de", "iana", "rfc", "siblings"] {
            assert_eq!(good.parse::<Series>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "apple",
            "iana/de-de",
            "apple/",
            "apple/DE-DE",
            "x",
            "apple/a/b",
        ] {
            assert!(bad.parse::<Series>().is_err(), "{bad}");
        }
    }
}
