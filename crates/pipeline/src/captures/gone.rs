//! What a capture lacks that another one had, in the words of a refusal.

use std::collections::BTreeSet;
use std::fmt::Write;

use appleports_model::Record;

/// How many rows and products are listed.
const MAX_LISTED: usize = 12;

/// `; gone: 7/tcp+udp echo, ... and 70 more; products without a row: ...`; empty where nothing
/// is missing.
pub(crate) fn gone(before: &[Record], now: &[Record]) -> String {
    let ids: BTreeSet<&str> = now.iter().map(|record| record.id.as_str()).collect();
    let rows = before
        .iter()
        .filter(|record| !ids.contains(record.id.as_str()));
    let rows: Vec<String> = rows.map(label).collect();
    let left: BTreeSet<&str> = products(now).collect();
    let lost: BTreeSet<&str> = products(before)
        .filter(|name| !left.contains(name))
        .collect();
    let lost: Vec<String> = lost.into_iter().map(str::to_owned).collect();
    let mut out = String::new();
    for (what, items) in [("gone", rows), ("products without a row", lost)] {
        if !items.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(out, "; {what}: {}", listed(&items));
        }
    }
    out
}

fn products(records: &[Record]) -> impl Iterator<Item = &str> {
    records
        .iter()
        .flat_map(|record| &record.products)
        .map(String::as_str)
}

fn listed(items: &[String]) -> String {
    let shown = items.iter().take(MAX_LISTED).cloned().collect::<Vec<_>>();
    match items.len().saturating_sub(MAX_LISTED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// `443/tcp https`, or the title where there is no name.
fn label(record: &Record) -> String {
    let label = format!("{} {}", record.place(), record.called());
    label.trim_end().to_owned()
}
