//! Made datasets in the form of `ports.json`, for the inputs of [`super::hostile`].

use std::fmt::Write;

use appleports_emit::SCHEMA_VERSION;
use serde_json::{Value, json};

/// What the shapes say of a record, or of a row that could not be read; the rest is as in any other.
#[derive(Default)]
pub(super) struct Made {
    pub(super) id: String,
    /// The first and the last port; none where the last is 0.
    pub(super) ports: (usize, usize),
    /// The transports beside TCP.
    pub(super) others: &'static [&'static str],
    /// Single ports with the names that they have.
    pub(super) names: Vec<(usize, String)>,
    pub(super) service: String,
    pub(super) title: String,
    pub(super) users: String,
    pub(super) products: Vec<String>,
    pub(super) note: String,
    pub(super) cell: String,
}

impl Made {
    /// As a record that stands in this line.
    fn record(&self, line: usize) -> Value {
        let name = |(port, name): &(usize, String)| json!({"port": port, "name": name});
        let names: Vec<Value> = self.names.iter().map(name).collect();
        json!({
            "id": self.id, "ports": self.ranges(), "transports": self.transports(),
            "port_names": names, "service_name": self.service, "title": self.title,
            "rfcs": [], "registration": "", "deprecated": false, "used_by": self.users,
            "products": self.products, "used_by_parts": [], "note": self.note, "same_port": [],
            "cross_check": [], "corrections": [], "history": [], "confirmed": "",
            "provenance": {
                "source": "apple/en-us/2024-01-01", "line_first": line, "line_last": line,
                "cells": self.cells(), "cell_lines": [],
            },
        })
    }

    /// As a row in this line that could not be read.
    fn unread(&self, line: usize) -> Value {
        json!({
            "source": "apple/en-us/2024-01-01", "line": line, "cells": self.cells(),
            "reason": "no port", "ports": self.ranges(), "transports": self.transports(),
            "service_name": self.service, "title": self.title, "used_by": self.users,
            "products": self.products,
        })
    }

    fn ranges(&self) -> Vec<Value> {
        let (first, last) = self.ports;
        let ranges = (last > 0).then(|| json!({"first": first, "last": last}));
        ranges.into_iter().collect()
    }

    fn transports(&self) -> Vec<&str> {
        [&["tcp"], self.others].concat()
    }

    fn cells(&self) -> Vec<&str> {
        let cell = Some(self.cell.as_str()).filter(|cell| !cell.is_empty());
        cell.into_iter().collect()
    }
}

/// A record of one port, with a number for its id.
pub(super) fn record(at: usize, port: usize, service: &str) -> Made {
    Made {
        id: format!("r{at}"),
        ports: (port, port),
        service: service.to_owned(),
        ..Made::default()
    }
}

/// A `ports.json` with these records, and with these rows that could not be read.
pub(super) fn dataset(
    records: impl Iterator<Item = Made>,
    unread: impl Iterator<Item = Made>,
) -> String {
    let records: Vec<Value> = (2..).zip(records).map(|(at, row)| row.record(at)).collect();
    let unread: Vec<Value> = (2..).zip(unread).map(|(at, row)| row.unread(at)).collect();
    json!({
        "schema_version": SCHEMA_VERSION, "sources": [], "records": records, "rejected": unread,
        "summary": {
            "totals": {
                "rows_read": 1, "rows_emitted": 1, "rows_merged": 0, "rows_rejected": 0,
                "port_rows": 1,
            },
            "coverage": [], "overlaps": [], "accepted": "",
        },
    })
    .to_string()
}

/// So many words of a letter or a digit, which are other words for each number.
pub(super) fn words(count: usize, number: usize) -> String {
    let mut random = fastrand::Rng::with_seed(number as u64);
    let mut text = String::with_capacity(2 * count);
    for _ in 0..count {
        // Writing to a String cannot fail.
        let _ = write!(text, "{} ", random.digit(36));
    }
    text.truncate((2 * count).saturating_sub(1));
    text
}

/// Words of three letters.
pub(super) fn syllables(count: usize, number: usize) -> String {
    let letters = words(3 * count, number).replace(' ', "");
    let mut text = String::with_capacity(4 * count);
    for (at, letter) in letters.chars().enumerate() {
        if at > 0 && at % 3 == 0 {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}
