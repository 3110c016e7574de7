//! Small records for the tests.

pub(crate) mod editions;

use appleports_diff::{Body, Label, Report, changes};
use appleports_model::{Provenance, Record, Registration, UsedByPart, assign_ids};

/// A record from the cells port, transports, title, RFCs, name, products.
pub(crate) fn record(cells: [&str; 6]) -> Record {
    let words = |text: &str| -> Vec<String> {
        text.split(", ")
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    Record {
        id: String::new(),
        ports: words(cells[0])
            .iter()
            .map(|port| port.parse().unwrap())
            .collect(),
        transports: words(cells[1])
            .iter()
            .map(|name| name.parse().unwrap())
            .collect(),
        port_names: Vec::new(),
        service_name: cells[4].into(),
        title: cells[2].into(),
        rfcs: words(cells[3])
            .iter()
            .map(|rfc| rfc.parse().unwrap())
            .collect(),
        registration: Registration::Unstated,
        deprecated: false,
        used_by: cells[5].into(),
        products: words(cells[5]),
        used_by_parts: Vec::new(),
        note: String::new(),
        same_port: Vec::new(),
        cross_check: Vec::new(),
        history: vec![],
        formerly: vec![],
        english_title: None,
        confirmed: None,
        corrections: Vec::new(),
        provenance: Provenance {
            source: "apple/en-us/2020-01-01".into(),
            line_first: 0,
            line_last: 0,
            cells: cells.map(str::to_owned).to_vec(),
            cell_lines: Vec::new(),
            cell_columns: Vec::new(),
            merged_lines: Vec::new(),
        },
    }
}

/// A part of the "used by" text that the vocabulary does not know.
pub(crate) fn unknown_word(text: &str) -> UsedByPart {
    UsedByPart {
        text: text.into(),
        qualifier: String::new(),
        products: Vec::new(),
        known: false,
    }
}

/// Gives the records their ids and lines.
pub(crate) fn finished(mut records: Vec<Record>) -> Vec<Record> {
    for (record, line) in records.iter_mut().zip(1..) {
        record.provenance.line_first = line * 10;
    }
    assign_ids(&mut records);
    records
}

pub(crate) fn report(old: &[Record], new: &[Record]) -> Report {
    let label = |name: &str| Label {
        name: name.into(),
        sources: vec![format!("apple/en-us/{name}")],
    };
    Report {
        old: label("2020-01-01"),
        new: label("2021-01-01"),
        body: Body::Records(changes(old, new)),
    }
}
