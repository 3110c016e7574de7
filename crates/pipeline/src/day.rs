//! Days that somebody gives: of the calendar, and not after today.

use anyhow::{anyhow, bail};
use appleports_model::{Date, parse_date};

/// Reads a day.
///
/// # Errors
/// When it is none of the calendar, or written otherwise.
pub fn day(text: &str) -> anyhow::Result<Date> {
    parse_date(text).ok_or_else(|| anyhow!("`{text}` is not a day of the calendar, YYYY-MM-DD"))
}

/// Refuses a day after `today`; `what` says whose day it is. A source of a later day would be the
/// newest for ever.
pub(crate) fn check(what: &str, day: Date, today: Date) -> anyhow::Result<()> {
    if day > today {
        bail!(
            "{what}: {day} is after today, which is {today} (UTC); correct the day, or set the clock"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{check, day};

    #[test]
    fn a_day_is_one_of_the_calendar_up_to_today() {
        let today = day("2026-11-26").unwrap();
        for good in ["2026-11-26", "2015-10-23", "0001-01-01"] {
            assert!(check("x", day(good).unwrap(), today).is_ok(), "{good}");
        }
        for late in ["2026-11-27", "9999-12-31"] {
            assert!(check("x", day(late).unwrap(), today).is_err(), "{late}");
        }
        for bad in ["2024-13-99", "", "x", "10000-01-01", "../x"] {
            assert!(day(bad).is_err(), "{bad}");
        }
    }
}
