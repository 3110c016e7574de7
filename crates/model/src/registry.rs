//! The IANA service-name and port-number registry, one edition of it.

use std::sync::OnceLock;

use crate::digest::fnv1a;
use crate::port::PortRange;
use crate::transport::Transport;

/// What a registry row says about its ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// A service name is assigned.
    Assigned,
    /// The ports are reserved: not to be used, and no name is given.
    Reserved,
    /// The ports are free.
    Unassigned,
}

/// One row of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryEntry {
    /// The service name; empty for reserved and unassigned ports.
    pub name: String,
    /// The ports; none for a service name without a port.
    pub ports: Option<PortRange>,
    /// The transport; none where the row gives none.
    pub transport: Option<Transport>,
    /// What the row says about its ports.
    pub assignment: Assignment,
    /// The registered description.
    pub description: String,
    /// The cited documents, such as `[RFC862]`.
    pub reference: String,
    /// Reported unauthorized uses, whatever the edition calls the column.
    pub unauthorized_use: String,
    /// Assignment notes: aliases, historic and deprecated marks.
    pub notes: String,
    /// The 1-based line in the edition's file.
    pub line: u32,
    /// A digest of the texts with their white space as in the file, line breaks as
    /// LF; 0 where the format has no white space of its own (XML).
    pub spacing: u64,
}

/// One edition of the registry. The index for look-ups is made at the first of them:
/// a comparison of editions needs none.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    /// The id of the edition, such as `iana/2015-07-30`.
    pub edition: String,
    entries: Vec<RegistryEntry>,
    index: OnceLock<Index>,
}

/// The places of the named rows.
#[derive(Clone, Debug, Default)]
struct Index {
    /// Sorted by port and transport, then by place.
    by_port: Vec<((u16, Transport), usize)>,
    /// Sorted by a digest of the name, then by place.
    by_name: Vec<(u64, usize)>,
}

/// A digest of a name in lower case: names that are equal but for the case have the same.
fn digest(name: &str) -> u64 {
    fnv1a(name.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// The part of a sorted list whose keys are equal to `key`.
fn equal<K: Ord + Copy>(sorted: &[(K, usize)], key: K) -> &[(K, usize)] {
    let from = sorted.partition_point(|(own, _)| *own < key);
    let count = sorted[from..].partition_point(|(own, _)| *own == key);
    &sorted[from..from + count]
}

impl Index {
    fn of(entries: &[RegistryEntry]) -> Self {
        let mut index = Self::default();
        for (at, entry) in entries.iter().enumerate() {
            if entry.name.is_empty() {
                continue;
            }
            index.by_name.push((digest(&entry.name), at));
            if let (Some(ports), Some(transport)) = (entry.ports, entry.transport) {
                let ports = ports.first()..=ports.last();
                index
                    .by_port
                    .extend(ports.map(|port| ((port, transport), at)));
            }
        }
        // The registry is nearly in this order, which a stable sort makes use of.
        index.by_port.sort();
        index.by_name.sort_unstable();
        index
    }
}

impl Registry {
    /// An edition with its rows in file order.
    pub fn new(edition: impl Into<String>, entries: Vec<RegistryEntry>) -> Self {
        Self {
            edition: edition.into(),
            entries,
            index: OnceLock::new(),
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.entries))
    }

    /// All rows in file order.
    pub fn entries(&self) -> &[RegistryEntry] {
        &self.entries
    }

    /// The named rows for this port and transport, in file order.
    pub fn at(&self, port: u16, transport: Transport) -> impl Iterator<Item = &RegistryEntry> {
        equal(&self.index().by_port, (port, transport))
            .iter()
            .map(|(_, at)| &self.entries[*at])
    }

    /// The rows with this service name, compared case-insensitively, in file order.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &RegistryEntry> {
        equal(&self.index().by_name, digest(name))
            .iter()
            .map(|(_, at)| &self.entries[*at])
            .filter(move |entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The rows without a name that cover this port and transport: reserved or
    /// unassigned ranges.
    pub fn nameless_at(
        &self,
        port: u16,
        transport: Transport,
    ) -> impl Iterator<Item = &RegistryEntry> {
        self.entries.iter().filter(move |entry| {
            entry.name.is_empty()
                && entry.transport.is_none_or(|own| own == transport)
                && entry.ports.is_some_and(|ports| ports.contains(port))
        })
    }
}
