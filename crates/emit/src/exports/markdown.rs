//! A table for documents, one row of the article each.

use std::fmt::Write;

use appleports_model::escape::markdown::cell;
use appleports_model::{Dataset, joined};

pub(super) fn write(dataset: &Dataset) -> String {
    let mut out =
        String::from("| Port | Transport | Name | Service | Used by |\n|---|---|---|---|---|\n");
    for record in &dataset.records {
        let mut names: Vec<&str> = Vec::new();
        for range in &record.ports {
            let name = record.name_at(range.first());
            if !names.contains(&name) {
                names.push(name);
            }
        }
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            joined(&record.ports, ", "),
            joined(&record.transports, ", "),
            cell(&names.join(", ")),
            cell(&record.title),
            cell(&record.used_by)
        );
    }
    out
}
