//! What the dataset says about a source.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Locale, Series, SourceId, SourceKind};
use crate::digest::sha256_hex;
use crate::or_empty;

/// What the bytes of a source are: a page as it was served, or facts that somebody wrote down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// The page or file itself.
    #[default]
    Page,
    /// A table of facts, read from one complete copy of the page.
    Facts,
    /// A table of facts, put together from several statements; no single copy of it exists.
    Compiled,
}

impl Form {
    /// The word that manifests and outputs use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Facts => "facts",
            Self::Compiled => "compiled",
        }
    }

    /// What is shown to people behind the date of a source; empty for a page.
    pub const fn remark(self) -> &'static str {
        match self {
            Self::Page => "",
            Self::Facts => "table of facts read from a copy",
            Self::Compiled => "compiled from dated statements",
        }
    }
}

/// A source that took part in the build.
///
/// What a kind does not have, or a file outside the sources does not say, is none; the outputs
/// have an empty text in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// What it is called: the [`SourceId`] of a stored source; of a file whose locale or day is
    /// not known, a name made from that of the file, which is no id.
    pub id: String,
    /// What it is.
    pub kind: SourceKind,
    /// The day of the capture or edition.
    #[serde(with = "or_empty")]
    pub date: Option<Date>,
    /// The page or file it came from.
    #[serde(with = "or_empty")]
    pub url: Option<String>,
    /// The article's id at Apple, such as `HT202944`.
    #[serde(with = "or_empty")]
    pub article_id: Option<String>,
    /// The locale of the capture.
    #[serde(with = "or_empty")]
    pub locale: Option<Locale>,
    /// Whether it is the page itself, or facts that somebody wrote down.
    #[serde(default)]
    pub form: Form,
    /// The path below the sources folder.
    pub path: String,
    /// SHA-256 of the raw bytes, lower-case hexadecimal.
    pub sha256: String,
    /// The length in bytes.
    pub bytes: u64,
}

impl SourceInfo {
    /// A source with these bytes at `path`, below the sources folder.
    pub fn stored(id: &SourceId, path: String, bytes: &[u8]) -> Self {
        Self::digested(id, path, bytes.len() as u64, sha256_hex(bytes))
    }

    /// As [`Self::stored`], of so many bytes with this digest.
    pub fn digested(id: &SourceId, path: String, bytes: u64, sha256: String) -> Self {
        Self {
            sha256,
            bytes,
            ..Self::at(id.kind(), id.locale().cloned(), Some(id.date()), path)
        }
    }

    /// A file outside the sources, of which locale and day may not be known.
    pub fn foreign(
        kind: SourceKind,
        locale: Option<Locale>,
        date: Option<Date>,
        path: String,
        bytes: &[u8],
    ) -> Self {
        Self {
            sha256: sha256_hex(bytes),
            bytes: bytes.len() as u64,
            ..Self::at(kind, locale, date, path)
        }
    }

    /// A source without bytes.
    fn at(kind: SourceKind, locale: Option<Locale>, date: Option<Date>, path: String) -> Self {
        let id = match Series::new(kind, locale.clone()).zip(date) {
            Some((series, date)) => SourceId::new(series, date).to_string(),
            None if kind.has_locales() => path.clone(),
            None => format!("{}/{path}", kind.folder()),
        };
        Self {
            id,
            kind,
            date,
            url: None,
            article_id: None,
            locale,
            form: Form::Page,
            path,
            sha256: String::new(),
            bytes: 0,
        }
    }

    /// The language of a capture, such as `de`; none where its locale is not known.
    pub fn language(&self) -> Option<&str> {
        self.locale.as_ref().map(Locale::language)
    }

    /// The id; none where locale or day is not known.
    pub fn source_id(&self) -> Option<SourceId> {
        let series = Series::new(self.kind, self.locale.clone())?;
        Some(SourceId::new(series, self.date?))
    }

    /// The day as outputs have it: an empty text where it is not known.
    pub fn day(&self) -> String {
        or_empty::text(self.date.as_ref())
    }

    /// The locale as outputs have it: an empty text where there is none.
    pub fn locale_text(&self) -> &str {
        self.locale.as_ref().map_or("", Locale::as_str)
    }

    /// What it is and its date, as people see them: `Article HT202944 in de-de, captured
    /// 2015-10-23`.
    pub fn described(&self) -> String {
        let heading = self.kind.heading();
        let heading = heading
            .replace(
                "{article_id}",
                self.article_id.as_deref().unwrap_or_default(),
            )
            .replace("{locale}", self.locale_text());
        format!("{heading} {}", self.dated())
    }

    /// The date as people see it: `2026-10-11 (compiled from dated statements)`, or the
    /// date alone for a page.
    pub fn dated(&self) -> String {
        with_remark(&self.day(), self.form)
    }

    /// The id as people see it, with the same remark.
    pub fn titled(&self) -> String {
        with_remark(&self.id, self.form)
    }
}

fn with_remark(text: &str, form: Form) -> String {
    match form.remark() {
        "" => text.to_owned(),
        remark => format!("{text} ({remark})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_an_empty_text_in_outputs() {
        let bare = SourceInfo::foreign(SourceKind::Iana, None, None, "x.csv".to_owned(), b"x");
        let json = serde_json::to_value(&bare).unwrap();
        for field in ["date", "url", "article_id", "locale"] {
            assert_eq!(json[field], "", "{field}");
        }
        assert_eq!(serde_json::from_value::<SourceInfo>(json).unwrap(), bare);
        assert_eq!((bare.id.as_str(), bare.source_id()), ("iana/x.csv", None));
    }

    #[test]
    fn a_file_that_says_all_of_it_has_an_id() {
        let (locale, date) = ("de-de".parse().ok(), "2015-10-23".parse().ok());
        let of = |locale, date| {
            SourceInfo::foreign(
                SourceKind::Article,
                locale,
                date,
                "page.md".to_owned(),
                b"x",
            )
        };
        let whole = of(locale.clone(), date);
        assert_eq!(whole.id, "apple/de-de/2015-10-23");
        assert_eq!(whole.source_id().unwrap().to_string(), whole.id);
        assert_eq!(of(locale, None).id, "page.md");
    }
}
