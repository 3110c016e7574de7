//! The guards: a source that shrank is not an update.

use appleports_emit::Document;
use appleports_model::{Dataset, Finding, Level, Record, Rule};

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

/// What is known of the dataset that a build would replace.
#[derive(Clone, Debug)]
pub(crate) enum Previous<'a> {
    /// The dataset itself.
    Document(&'a Document<'static>),
    /// The same dataset.
    Same,
    /// `ports.json` is missing or damaged; the manifest still tells how many rows there were.
    Rows(usize),
    /// Nothing.
    Nothing,
}

/// What the guards say against replacing `previous` by `dataset`; nothing if all is well.
pub(crate) fn refusals(dataset: &Dataset, previous: &Previous<'_>) -> Vec<Finding> {
    let source = dataset
        .sources
        .first()
        .map_or("", |source| source.id.as_str());
    let mut refusals = Vec::new();
    let mut refuse =
        |rule: &Rule, message: String| refusals.push(Finding::new(rule, source, 1, message));
    let totals = &dataset.totals;
    if totals.rows_rejected * 20 > totals.rows_read {
        refuse(
            &MANY_REJECTED,
            format!(
                "{} of {} rows were rejected",
                totals.rows_rejected, totals.rows_read
            ),
        );
    }
    let before = match previous {
        Previous::Document(document) => document.records.len(),
        Previous::Rows(rows) => *rows,
        Previous::Same | Previous::Nothing => 0,
    };
    let now = dataset.records.len();
    if now * 5 < before * 4 {
        refuse(&FEWER_ROWS, format!("{now} rows, {before} before"));
    }
    let Previous::Document(previous) = previous else {
        return refusals;
    };
    let count = |coverage: &[appleports_model::TransportCoverage]| {
        coverage.iter().map(|entry| entry.ports).sum::<u32>()
    };
    let (before, now) = (count(&previous.summary.coverage), count(&dataset.coverage));
    if u64::from(now) * 5 < u64::from(before) * 4 {
        refuse(&FEWER_PORTS, format!("{now} ports, {before} before"));
    }
    for (column, is_filled) in COLUMNS {
        let filled = |records: &[Record]| records.iter().filter(|record| is_filled(record)).count();
        let (before, now) = (filled(&previous.records), filled(&dataset.records));
        if before > 0 && now == 0 {
            refuse(
                &LOST_COLUMN,
                format!("no row has the {column} any more, {before} had it before"),
            );
        }
    }
    refusals
}

type IsFilled = fn(&Record) -> bool;

const COLUMNS: [(&str, IsFilled); 5] = [
    ("transport", |record| !record.transports.is_empty()),
    ("title", |record| !record.title.is_empty()),
    ("RFC", |record| !record.rfcs.is_empty()),
    ("service name", |record| !record.service_name.is_empty()),
    ("used-by text", |record| !record.used_by.is_empty()),
];
