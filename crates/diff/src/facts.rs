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
        let (service_name, port_names) = names(record);
        Self {
            ports,
            transports: record.transports.iter().copied().collect(),
            service_name,
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

/// The name of the first port, and all further names with their ports. Neither the order of the
/// ports nor that of the names of one port means anything: the lowest port and the first name of
/// the alphabet come first.
fn names(record: &Record) -> (String, Vec<PortName>) {
    let name = |port: u16, name: &str| PortName {
        port,
        name: tidy(name),
    };
    let published = record.ports.first().map(|range| range.first());
    let lowest = record.ports.iter().map(|range| range.first()).min();
    let further = record.port_names.iter();
    let mut names: Vec<PortName> = further.map(|own| name(own.port, &own.name)).collect();
    // A single name is that of all ports.
    let own = if names.is_empty() { lowest } else { published };
    names.extend(own.map(|port| name(port, &record.service_name)));
    names.retain(|own| !own.name.is_empty());
    names.sort_unstable();
    names.dedup();
    let first = names.iter().position(|own| Some(own.port) == lowest);
    let first = first.map_or_else(String::new, |at| names.remove(at).name);
    (first, names)
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
        // In which order they were made means nothing.
        let sorted = |texts: BTreeSet<String>| texts.into_iter().collect();
        Self {
            id: record.id.clone(),
            facts: Facts::of(record),
            verdicts: sorted(verdicts.collect()),
            corrections: sorted(corrections.collect()),
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
