//! Days that somebody gives: of the calendar, and not after today.

use anyhow::{anyhow, bail};
use appleports_model::is_date;

/// Refuses a day that is none of the calendar or after `today`; `what` says whose day it is. A
/// source of a later day would be the newest for ever.
pub(crate) fn check(what: &str, day: &str, today: &str) -> anyhow::Result<()> {
    if !is_date(day) {
        return Err(anyhow!(
            "{what}: `{day}` is not a day of the calendar, YYYY-MM-DD"
        ));
    }
    if day > today {
        bail!(
            "{what}: {day} is after today, which is {today} (UTC); correct the day, or set the clock"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_day_is_one_of_the_calendar_up_to_today() {
        let today = "2026-11-26";
        for good in ["2026-11-26", "2015-10-23", "0001-01-01"] {
            assert!(check("x", good, today).is_ok(), "{good}");
        }
        for bad in [
            "2026-11-27",
            "9999-12-31",
            "2024-13-99",
            "",
            "x",
            "10000-01-01",
            "../x",
        ] {
            assert!(check("x", bad, today).is_err(), "{bad}");
        }
    }
}
