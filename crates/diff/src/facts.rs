//! What a record says, in the form in which it is compared.

use std::collections::BTreeSet;

use appleports_model::{PortName, PortRange, PortSet, Record, Registration, Transport};
use serde::{Deserialize, Serialize};

use crate::text::tidy;
use crate::word::{Word, unknown_words};

/// The meaning of a record and its wording, without place, order and typography:
/// two records are the same if and only if their facts are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Facts {
    /// The ranges, sorted, each once.
    pub ports: Vec<PortRange>,
    /// The transports.
    pub transports: BTreeSet<Transport>,
    /// The service name; empty where there is none.
    pub service_name: String,
    /// Further names that belong to single ports, by port: besides that of the first one.
    pub port_names: Vec<PortName>,
    /// The cited RFCs.
    pub rfcs: BTreeSet<u32>,
    /// What the article says of the registration.
    pub registration: Registration,
    /// Whether the name is marked as deprecated.
    pub deprecated: bool,
    /// The canonical product names.
    pub products: BTreeSet<String>,
    /// The words of the "used by" text that the vocabulary does not know.
    #[serde(default)]
    pub words: BTreeSet<Word>,
    /// The note.
    pub note: String,
    /// The title.
    pub title: String,
    /// The text of the "used by" cell.
    pub used_by: String,
}

impl Facts {
    /// The facts of a record.
    pub fn of(record: &Record) -> Self {
        let mut ports = record.ports.clone();
        ports.sort_unstable();
        ports.dedup();
        let mut port_names = record.port_names.clone();
        let first = record.ports.first().map(|range| range.first());
        port_names.retain(|own| Some(own.port) != first || own.name != record.service_name);
        port_names.sort_unstable();
        port_names.dedup();
        Self {
            ports,
            transports: record.transports.iter().copied().collect(),
            service_name: tidy(&record.service_name),
            port_names,
            rfcs: record.rfcs.iter().copied().collect(),
            registration: record.registration,
            deprecated: record.deprecated,
            products: record.products.iter().cloned().collect(),
            words: unknown_words(record),
            note: tidy(&record.note),
            title: tidy(&record.title),
            used_by: tidy(&record.used_by),
        }
    }

    /// The ports as a set.
    pub fn port_set(&self) -> PortSet {
        self.ports.iter().copied().collect()
    }
}

/// Where an entry was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// The id of the source.
    pub source: String,
    /// The 1-based line.
    pub line: u32,
    /// The row as captured.
    pub cells: Vec<String>,
}

/// A record as a side of the comparison has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The record's id.
    pub id: String,
    /// What it says.
    pub facts: Facts,
    /// The registry's verdicts, such as `443/tcp match (https)`.
    pub verdicts: Vec<String>,
    /// The curated corrections, such as `rfcs: 862`.
    pub corrections: Vec<String>,
    /// Where it stands.
    pub evidence: Evidence,
}

impl Entry {
    /// The entry of a record.
    pub fn of(record: &Record) -> Self {
        let verdicts = record.cross_check.iter().map(|check| {
            let transport = check.transport.map_or("", Transport::as_str);
            let names = check.iana_names.join(" ");
            format!(
                "{}/{transport} {} ({names})",
                check.ports, check.iana_status
            )
        });
        let corrections = record.corrections.iter();
        let corrections = corrections.map(|entry| format!("{}: {}", entry.field, entry.value));
        Self {
            id: record.id.clone(),
            facts: Facts::of(record),
            verdicts: verdicts.collect(),
            corrections: corrections.collect(),
            evidence: Evidence {
                source: record.provenance.source.clone(),
                line: record.provenance.line_first,
                cells: record.provenance.cells.clone(),
            },
        }
    }

    /// The language of the capture, where the source's id tells it (`apple/de-de/…`).
    pub(crate) fn language(&self) -> Option<&str> {
        let locale = self
            .evidence
            .source
            .strip_prefix("apple/")?
            .split('/')
            .next()?;
        locale.split('-').next()
    }
}
