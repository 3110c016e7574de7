//! The id of a stored source.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::{Locale, Series, SourceKind, SourceNameError, as_text, write_parts};
use crate::date::parse_date;

/// The id of a source that is stored or could be: `apple/de-de/2015-10-23`, `iana/2015-07-30`.
///
/// Ids are ordered by their days, so that the newest is the last, and sources of one day by kind
/// and locale.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId {
    date: Date,
    series: Series,
}

impl SourceId {
    /// The source of a series on a day.
    pub const fn new(series: Series, date: Date) -> Self {
        Self { date, series }
    }

    /// What it is one of.
    pub const fn series(&self) -> &Series {
        &self.series
    }

    /// Its kind.
    pub const fn kind(&self) -> SourceKind {
        self.series.kind()
    }

    /// Its locale; none for a kind that has no locales.
    pub const fn locale(&self) -> Option<&Locale> {
        self.series.locale()
    }

    /// The day of the capture or edition.
    pub const fn date(&self) -> Date {
        self.date
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_parts(f, &[&self.series, &self.date])
    }
}

impl FromStr for SourceId {
    type Err = SourceNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let no_id = || {
            SourceNameError::new(
                text,
                "the id of a source, such as apple/de-de/2015-10-23 or iana/2015-07-30",
            )
        };
        let (series, date) = text.rsplit_once('/').ok_or_else(no_id)?;
        let series = series.parse().map_err(|_| no_id())?;
        Ok(Self::new(series, parse_date(date).ok_or_else(no_id)?))
    }
}

as_text!(SourceId);

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> SourceId {
        text.parse().unwrap()
    }

    #[test]
    fn an_id_is_read_as_it_is_written() {
        for good in [
            "apple/de-de/2015-10-23",
            "iana/2015-07-30",
            "siblings/2024-07-29",
        ] {
            assert_eq!(id(good).to_string(), good);
            let json = serde_json::to_string(&id(good)).unwrap();
            assert_eq!(json, format!("\"{good}\""));
            assert_eq!(serde_json::from_str::<SourceId>(&json).unwrap(), id(good));
        }
        for bad in [
            "",
            "2015-10-23",
            "apple/2015-10-23",
            "iana/de-de/2015-07-30",
            "iana/2015-07-32",
            "iana/20150730",
            "iana/x.csv",
            "other/2015-07-30",
            "apple/DE-DE/2015-10-23",
            "apple/../2015-10-23",
        ] {
            let error = bad.parse::<SourceId>().unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("`{bad}` is not the id")),
                "{error}"
            );
        }
    }

    #[test]
    fn the_newest_is_the_last() {
        let mut ids = [
            "iana/2026-08-17",
            "apple/en-us/2018-02-13",
            "apple/de-de/2018-02-13",
            "apple/fr-fr/2015-10-23",
        ]
        .map(id);
        ids.sort();
        assert_eq!(
            ids.map(|id| id.to_string()),
            [
                "apple/fr-fr/2015-10-23",
                "apple/de-de/2018-02-13",
                "apple/en-us/2018-02-13",
                "iana/2026-08-17"
            ]
        );
    }
}
