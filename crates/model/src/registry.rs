//! The IANA service-name and port-number registry, one edition of it.

use std::collections::BTreeMap;

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

/// One edition of the registry, indexed for look-ups.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    /// The id of the edition, such as `iana/2015-07-30`.
    pub edition: String,
    entries: Vec<RegistryEntry>,
    by_port: BTreeMap<(u16, Transport), Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Registry {
    /// Indexes the entries of an edition.
    pub fn new(edition: impl Into<String>, entries: Vec<RegistryEntry>) -> Self {
        let mut by_port: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, entry) in entries.iter().enumerate() {
            if entry.name.is_empty() {
                continue;
            }
            by_name
                .entry(entry.name.to_ascii_lowercase())
                .or_default()
                .push(index);
            if let (Some(ports), Some(transport)) = (entry.ports, entry.transport) {
                for port in ports.first()..=ports.last() {
                    by_port.entry((port, transport)).or_default().push(index);
                }
            }
        }
        Self {
            edition: edition.into(),
            entries,
            by_port,
            by_name,
        }
    }

    /// All rows in file order.
    pub fn entries(&self) -> &[RegistryEntry] {
        &self.entries
    }

    /// The named rows for this port and transport, in file order.
    pub fn at(&self, port: u16, transport: Transport) -> impl Iterator<Item = &RegistryEntry> {
        self.by_port
            .get(&(port, transport))
            .into_iter()
            .flatten()
            .map(|index| &self.entries[*index])
    }

    /// The rows with this service name, compared case-insensitively, in file order.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &RegistryEntry> {
        self.by_name
            .get(&name.to_ascii_lowercase())
            .into_iter()
            .flatten()
            .map(|index| &self.entries[*index])
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
