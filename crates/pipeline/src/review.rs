//! What reviewers of a pull request read in `snapshots/`: the dataset as plain lines.
//!
//! One line a record, so that a change of one cell in the article changes one line.

use std::fmt::Write;

use appleports_emit::output_set;
use appleports_model::escape::terminal;
use appleports_model::{Dataset, Record, joined};

/// The names of the snapshots and their texts. They are read in a terminal, and a test that fails
/// prints them into the log of a runner.
pub fn review(dataset: &Dataset) -> [(&'static str, String); 3] {
    [
        ("dataset", terminal::text(&records(dataset))),
        ("findings", terminal::text(&findings(dataset))),
        ("services", services(dataset)),
    ]
}

fn records(dataset: &Dataset) -> String {
    let mut text = String::new();
    for record in &dataset.records {
        text.push_str(&line(record));
    }
    if !dataset.former.is_empty() {
        text.push_str("\nno longer in the article\n");
    }
    for former in &dataset.former {
        let record = &former.record;
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{} {} | {} to {}",
            record.place(),
            record.called(),
            former.first,
            former.last
        );
    }
    text
}

fn line(record: &Record) -> String {
    let mut verdicts: Vec<String> = record
        .cross_check
        .iter()
        .map(|check| format!("{}({})", check.iana_status, check.iana_names.join(" ")))
        .collect();
    verdicts.dedup();
    let names = record.port_names.iter();
    let names = names.map(|entry| format!("{}={}", entry.port, entry.name));
    let mut marks = vec![
        record.registration.as_str(),
        if record.deprecated { "deprecated" } else { "" },
    ];
    marks.retain(|mark| !mark.is_empty());
    format!(
        "{} {} | {} {} | {} | rfc {} | {} | {} | {} | {} | {}\n",
        joined(&record.ports, "+"),
        joined(&record.transports, "/"),
        record.service_name,
        joined(names, ","),
        record.title,
        joined(&record.rfcs, " "),
        marks.join(" "),
        record.products.join("; "),
        record.note,
        verdicts.join(" "),
        record.confirmed.as_deref().unwrap_or_default(),
    )
}

fn findings(dataset: &Dataset) -> String {
    let mut text = String::new();
    for finding in &dataset.findings {
        // No lines of the capture: a row more or less must not change all that follow.
        let message = match finding.message.rsplit_once(" on line ") {
            Some((before, line)) if line.parse::<u32>().is_ok() => before,
            _ => &finding.message,
        };
        let record = finding.record.as_deref().unwrap_or("-");
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{record}: {} {}: {message}",
            finding.level, finding.code
        );
    }
    text
}

fn services(dataset: &Dataset) -> String {
    let outputs = output_set(dataset, Vec::new());
    let services = outputs.iter().find(|output| output.name == "services");
    services.map_or_else(String::new, |output| {
        String::from_utf8_lossy(&output.bytes).into_owned()
    })
}
