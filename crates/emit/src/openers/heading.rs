//! The lines that head a file: what it is, what it accepts, and what it leaves closed.

use appleports_model::{Dataset, Record, joined, one_line};

use super::direction::Direction;
use super::template::{Values, fill};

/// What the file is, and its sources.
pub(super) const ABOUT: &str = include_str!("templates/about.txt");

/// What rules accept and leave closed.
pub(super) const HEAD: &str = include_str!("templates/head.txt");

/// The lines that head any file.
pub(crate) fn heading(dataset: &Dataset) -> Vec<String> {
    lines(&fill(ABOUT, None, &[sources(dataset)]))
}

/// The lines that head a file of rules.
pub(super) fn rules_heading(dataset: &Dataset, direction: Option<Direction>) -> Vec<String> {
    let values = [
        sources(dataset),
        unselected(dataset),
        Values {
            columns: &["unopened"],
            rows: without_transport(dataset, true),
        },
        Values {
            columns: &["assumed", "ports"],
            rows: without_transport(dataset, false),
        },
    ];
    lines(&fill(&format!("{ABOUT}{HEAD}"), direction, &values))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn sources(dataset: &Dataset) -> Values {
    Values {
        columns: &["source"],
        rows: titles(dataset)
            .into_iter()
            .map(|title| vec![title])
            .collect(),
    }
}

/// The sources of the rows, each with what it is.
pub(super) fn titles(dataset: &Dataset) -> Vec<String> {
    let sources = dataset.sources_of_rows();
    sources.map(|source| one_line(&source.titled())).collect()
}

fn unselected(dataset: &Dataset) -> Values {
    let total = dataset.totals.rows_emitted as usize;
    let count = total.saturating_sub(dataset.records.len());
    let row = vec![count.to_string(), total.to_string()];
    Values {
        columns: &["unselected", "total"],
        rows: if count > 0 { vec![row] } else { Vec::new() },
    }
}

/// The rows to which the article gives no transport: those that open nothing, or those
/// that open what somebody asked for.
fn without_transport(dataset: &Dataset, opens_nothing: bool) -> Vec<Vec<String>> {
    let records = dataset.records.iter().filter(|record| {
        record.has_no_transport() && record.transports.is_empty() == opens_nothing
    });
    let values = records.map(|record| {
        let ports = format!("{} ({})", joined(&record.ports, ", "), subject(record));
        if opens_nothing {
            vec![ports]
        } else {
            vec![joined(&record.transports, " and "), ports]
        }
    });
    values.collect()
}

/// What a record is about, in a few words: its title, or else who uses it.
pub(crate) fn subject(record: &Record) -> String {
    let text = if record.title.is_empty() {
        &record.used_by
    } else {
        &record.title
    };
    one_line(text).chars().take(60).collect()
}
