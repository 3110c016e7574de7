//! Days that somebody gives: of the calendar, and not after today.

use std::fmt;

use appleports_model::{Date, SourceId, parse_date};
use thiserror::Error;

/// Why a day is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DayError {
    /// The text is no day of the calendar, or written otherwise.
    #[error("`{text}` is not a day of the calendar, YYYY-MM-DD")]
    NotADay {
        /// The text.
        text: String,
    },
    /// A source of a later day would be the newest for ever.
    #[error(
        "{dated}: {day} is after today, which is {today} (UTC); correct the day, or set the clock"
    )]
    AfterToday {
        /// What has the day.
        dated: Dated,
        /// The day.
        day: Date,
        /// Today.
        today: Date,
    },
}

/// What has a day that somebody gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dated {
    /// An option of the command line.
    Option(&'static str),
    /// A stored source.
    Source(SourceId),
    /// A capture that is to be stored, by its file.
    Capture(String),
    /// An edition that was fetched, by its address.
    Edition(String),
}

impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Option(option) => f.write_str(option),
            Self::Source(id) => write!(f, "{id}"),
            Self::Capture(path) => write!(f, "{path}: the day of the capture"),
            Self::Edition(url) => write!(f, "{url}: the date of the edition"),
        }
    }
}

/// Reads a day.
///
/// # Errors
/// When it is none of the calendar, or written otherwise.
pub fn day(text: &str) -> Result<Date, DayError> {
    parse_date(text).ok_or_else(|| DayError::NotADay {
        text: text.to_owned(),
    })
}

/// Refuses a day after `today`.
pub(crate) fn check(dated: Dated, day: Date, today: Date) -> Result<(), DayError> {
    if day > today {
        return Err(DayError::AfterToday { dated, day, today });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Dated, check, day};

    #[test]
    fn a_day_is_one_of_the_calendar_up_to_today() {
        let today = day("2026-11-26").unwrap();
        let check = |text| check(Dated::Option("x"), day(text).unwrap(), today);
        for good in ["2026-11-26", "2015-10-23", "0001-01-01"] {
            assert!(check(good).is_ok(), "{good}");
        }
        for late in ["2026-11-27", "9999-12-31"] {
            assert!(check(late).is_err(), "{late}");
        }
        for bad in ["2024-13-99", "", "x", "10000-01-01", "../x"] {
            assert!(day(bad).is_err(), "{bad}");
        }
    }
}
