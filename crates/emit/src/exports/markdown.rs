//! A table for documents, one row of the article each.

use std::fmt::Write;

use appleports_model::Dataset;
use appleports_model::escape::markdown::cell;

pub(super) fn write(dataset: &Dataset) -> String {
    let mut out =
        String::from("| Port | Transport | Name | Service | Used by |\n|---|---|---|---|---|\n");
    for record in &dataset.records {
        let ports: Vec<String> = record.ports.iter().map(ToString::to_string).collect();
        let transports: Vec<&str> = record
            .transports
            .iter()
            .map(|transport| transport.as_str())
            .collect();
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
            ports.join(", "),
            transports.join(", "),
            cell(&names.join(", ")),
            cell(&record.title),
            cell(&record.used_by)
        );
    }
    out
}
