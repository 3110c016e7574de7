//! The guards: a source that shrank is not an update.

use appleports_model::{Dataset, Finding, Level, Rule};

use crate::previous::{COLUMNS, Extent};

const ACCEPT: &str =
    "compare the capture with the page; if the change is real, build again with --accept REASON";

const NO_TABLE: Rule = Rule {
    code: "G001",
    level: Level::Error,
    title: "the page has no ports table",
    why: "An error page, a login page or another layout would replace the dataset with nothing.",
    example: "A saved page of which only the heading is left.",
    help: "save the article again; a layout that is not known yet needs a reader",
};
const FEWER_ROWS: Rule = Rule {
    code: "G002",
    level: Level::Error,
    title: "fewer than 80 % of the previous rows",
    why: "A page that was cut off looks like one from which rows were removed.",
    example: "135 rows before, 60 now.",
    help: ACCEPT,
};
const FEWER_PORTS: Rule = Rule {
    code: "G003",
    level: Level::Error,
    title: "fewer than 80 % of the previous ports",
    why: "Lost ranges make the dataset small while most rows are still there.",
    example: "All dashes lost: 8000-8999 has become 8000.",
    help: ACCEPT,
};
const LOST_COLUMN: Rule = Rule {
    code: "G004",
    level: Level::Error,
    title: "a column has been lost",
    why: "When a column is renamed or dropped, all its cells are empty.",
    example: "No row has a service name any more.",
    help: ACCEPT,
};
const MANY_REJECTED: Rule = Rule {
    code: "G005",
    level: Level::Error,
    title: "more than 5 % of the rows were rejected",
    why: "Single bad rows are typing errors; many are a reader that does not fit the page.",
    example: "20 of 135 rows without a readable port.",
    help: ACCEPT,
};

/// Every guard, in the order of their codes.
pub(crate) static RULES: &[&Rule] = &[
    &NO_TABLE,
    &FEWER_ROWS,
    &FEWER_PORTS,
    &LOST_COLUMN,
    &MANY_REJECTED,
];

/// The refusal of a page that has no table.
pub(crate) fn missing_table(source: &str, message: &str) -> Finding {
    Finding::new(&NO_TABLE, source, 1, message)
}

/// What the guards say against a dataset, and against its replacing the one of which
/// `previous` is the extent, if there is another; nothing if all is well.
pub(crate) fn refusals(dataset: &Dataset, previous: Option<&Extent>) -> Vec<Finding> {
    let source = dataset
        .sources
        .first()
        .map_or("", |source| source.id.as_str());
    let mut refusals = Vec::new();
    let mut refuse =
        |rule: &Rule, message: String| refusals.push(Finding::new(rule, source, 1, message));
    let totals = &dataset.totals;
    if u64::from(totals.rows_rejected) * 20 > u64::from(totals.rows_read) {
        refuse(
            &MANY_REJECTED,
            format!(
                "{} of {} rows were rejected",
                totals.rows_rejected, totals.rows_read
            ),
        );
    }
    let Some(previous) = previous else {
        return refusals;
    };
    let own = Extent::of(&dataset.records);
    if has_shrunk(previous.rows, own.rows) {
        refuse(
            &FEWER_ROWS,
            format!("{} rows, {} before", own.rows, previous.rows),
        );
    }
    if let (Some(before), Some(now)) = (previous.ports, own.ports)
        && has_shrunk(before, now)
    {
        refuse(&FEWER_PORTS, format!("{now} ports, {before} before"));
    }
    let (before, now) = (previous.filled.unwrap_or_default(), own.filled);
    let columns = before.iter().zip(now.unwrap_or_default()).zip(COLUMNS);
    for ((before, now), column) in columns {
        if *before > 0 && now == 0 {
            refuse(
                &LOST_COLUMN,
                format!("no row has the {column} any more, {before} had it before"),
            );
        }
    }
    refusals
}

/// Whether fewer than 80 % are left. The figures may come from any file.
fn has_shrunk(before: u64, now: u64) -> bool {
    u128::from(now) * 5 < u128::from(before) * 4
}
