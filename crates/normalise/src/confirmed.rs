//! The column `Confirmed`: the newest day for which somebody says that the article has a row.

use appleports_model::{Finding, Message, Period, RawTable, Record, Rule, message};

use crate::rules;

/// Gives each record the day on which it is confirmed, and returns what is odd about it.
/// A page confirms its rows on its own day, `captured`; a table of facts has a column for it.
/// A cell that is no day, month or year of the calendar, or lies after the capture, leaves
/// the record without one.
pub fn confirm(records: &mut [Record], table: &RawTable, captured: &str) -> Vec<Finding> {
    if table.rows.iter().all(|row| row.confirmed.is_none()) {
        for record in records {
            record.confirmed = Some(captured.to_owned());
        }
        return Vec::new();
    }
    let day = Period::parse(captured);
    let mut findings = Vec::new();
    for record in records {
        let place = record.place();
        let given = record.confirmed.take().unwrap_or_default();
        let mut find = |rule: &Rule, message: Message| {
            let at = record.provenance.place();
            let message = message!("{place}: ").then(message);
            findings.push(Finding::new(rule, &table.source, at, message).about(&record.id));
        };
        let read = Period::parse(&given);
        match (read, day) {
            _ if given.is_empty() => find(
                &rules::LONG_UNCONFIRMED,
                message!("nothing confirms that the article still has the row"),
            ),
            (None, _) => find(
                &rules::CONFIRMED_UNREADABLE,
                message!("`{}` is not YYYY-MM-DD, YYYY-MM or YYYY", given),
            ),
            (Some(read), Some(day)) if read.first > day.first => find(
                &rules::CONFIRMED_UNREADABLE,
                message!("`{}` lies after the capture of {captured}", given),
            ),
            (Some(read), day) => {
                if day.is_some_and(|day| read.is_over_a_year_before(day)) {
                    find(
                        &rules::LONG_UNCONFIRMED,
                        message!("last confirmed in {}, the capture is of {captured}", given),
                    );
                }
                record.confirmed = Some(given);
            }
        }
    }
    findings
}

/// The later of two confirmations of one row.
pub(crate) fn later<'t>(one: Option<&'t str>, other: Option<&'t str>) -> Option<&'t str> {
    let last = |text: Option<&str>| text.and_then(Period::parse).map(|period| period.last);
    if last(other) > last(one) { other } else { one }
}
