//! What a record says, in the form in which it is compared.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use appleports_model::{PortName, PortRange, PortSet, Record, Registration, SourceId, Transport};
use serde::Serialize;

use crate::text::tidy;
use crate::word::{Word, unknown_words};

/// The meaning of a record and its wording, without place, order and typography:
/// two records are the same if and only if their facts are equal. Which of the names of one port
/// is the first is no difference.
#[derive(Clone, Debug, Serialize)]
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

/// The name of the lowest port, and all further names with their ports: in which order a row lists
/// its ports means nothing.
fn names(record: &Record) -> (String, Vec<PortName>) {
    let port_name = |port: u16, name: &str| PortName {
        port,
        name: tidy(name),
    };
    let lowest = record.ports.iter().map(|range| range.first()).min();
    let mut names: Vec<PortName> = Vec::new();
    // A single name is that of all ports.
    let published = record.ports.first().map(|range| range.first());
    let port = published
        .filter(|_| !record.port_names.is_empty())
        .or(lowest);
    names.extend(port.map(|port| port_name(port, &record.service_name)));
    let further = record.port_names.iter();
    names.extend(further.map(|further| port_name(further.port, &further.name)));
    names.retain(|entry| !entry.name.is_empty());
    let first = names.iter().position(|entry| Some(entry.port) == lowest);
    let first = first.map(|at| names.remove(at));
    names.retain(|entry| Some(entry) != first.as_ref());
    names.sort_unstable();
    names.dedup();
    (first.map_or_else(String::new, |first| first.name), names)
}

impl Facts {
    /// All names with their ports, sorted. Nothing is collected: records are compared far more often
    /// than they differ in a name (`cargo xtask bench --hostile`).
    pub(crate) fn names(&self) -> impl Iterator<Item = (u16, &str)> {
        fn pair(entry: &PortName) -> (u16, &str) {
            (entry.port, &entry.name)
        }
        let lowest = self.ports.first().map_or(0, |range| range.first());
        let first = (lowest, self.service_name.as_str());
        let at = self.port_names.partition_point(|entry| pair(entry) < first);
        let (before, after) = self.port_names.split_at(at);
        let all = before.iter().map(pair).chain([first]);
        let all = all.chain(after.iter().map(pair));
        all.filter(|(_, name)| !name.is_empty())
    }

    /// Whether both have the same names for the same ports.
    pub(crate) fn has_names_of(&self, other: &Self) -> bool {
        self.cmp_names(other).is_eq()
    }

    /// Everything but ports, transports and names.
    fn others(&self) -> impl Ord {
        let marks = (self.registration, self.deprecated);
        let texts = (&self.note, &self.title, &self.used_by);
        (&self.rfcs, marks, &self.products, &self.words, texts)
    }

    fn cmp_names(&self, other: &Self) -> Ordering {
        if self.port_names.is_empty() && other.port_names.is_empty() {
            return self.service_name.cmp(&other.service_name);
        }
        self.names().cmp(other.names())
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Facts {}

impl PartialOrd for Facts {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Facts {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = (&self.ports, &self.transports).cmp(&(&other.ports, &other.transports));
        place
            .then_with(|| self.cmp_names(other))
            .then_with(|| self.others().cmp(&other.others()))
    }
}

/// Where an entry was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// The id of the source.
    pub source: String,
    /// The 1-based line.
    pub line: u32,
    /// The row as captured.
    pub cells: Vec<String>,
}

/// A record as a side of the comparison has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    pub(crate) fn language(&self) -> Option<String> {
        let id: SourceId = self.evidence.source.parse().ok()?;
        id.locale().map(|locale| locale.language().to_owned())
    }
}
