//! services(5) files: names, ports and protocols of one system.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::transport::Transport;

/// One entry of a services file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicesEntry {
    /// The official name.
    pub name: String,
    /// The port.
    pub port: u16,
    /// The transport; none for protocols that have no ports in the registry, such as
    /// `ddp`, and for misspelt ones.
    pub transport: Option<Transport>,
    /// Further names.
    pub aliases: Vec<String>,
    /// The 1-based line.
    pub line: u32,
}

impl ServicesEntry {
    /// Whether `name` is its official name, letter by letter as the C library compares them.
    pub fn is_named(&self, name: &str) -> bool {
        self.name == name
    }

    /// Whether `name` is one of its aliases, letter by letter.
    pub fn has_alias(&self, name: &str) -> bool {
        self.aliases.iter().any(|alias| alias == name)
    }
}

/// A line of a services file that is no entry and no comment. It is kept so that a comparison can
/// tell an entry that was not read from one that is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServicesUnread {
    /// The 1-based line.
    pub line: u32,
    /// Its text without the comment, white space collapsed.
    pub text: String,
}

/// A services file, indexed for look-ups.
#[derive(Clone, Debug, Default)]
pub struct ServicesFile {
    /// The path, as it was given.
    pub path: String,
    /// What is odd in the file.
    pub findings: Vec<Finding>,
    /// The lines that could not be read, in file order.
    pub unread: Vec<ServicesUnread>,
    entries: Vec<ServicesEntry>,
    by_port: BTreeMap<(u16, Transport), Vec<usize>>,
    by_name: BTreeMap<(String, Transport), Vec<usize>>,
}

impl ServicesFile {
    /// Indexes the entries of the file at `path`.
    pub fn new(
        path: impl Into<String>,
        entries: Vec<ServicesEntry>,
        findings: Vec<Finding>,
    ) -> Self {
        let mut file = Self {
            path: path.into(),
            findings,
            entries,
            ..Self::default()
        };
        for (index, entry) in file.entries.iter().enumerate() {
            let Some(transport) = entry.transport else {
                continue;
            };
            let at_port = file.by_port.entry((entry.port, transport)).or_default();
            at_port.push(index);
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                let key = (name.clone(), transport);
                let named = file.by_name.entry(key).or_default();
                if named.last() != Some(&index) {
                    named.push(index);
                }
            }
        }
        file
    }

    /// All entries in file order.
    pub fn entries(&self) -> &[ServicesEntry] {
        &self.entries
    }

    /// The entries for this port and transport, in file order.
    pub fn at(&self, port: u16, transport: Transport) -> impl Iterator<Item = &ServicesEntry> {
        self.by_port
            .get(&(port, transport))
            .into_iter()
            .flatten()
            .map(|index| &self.entries[*index])
    }

    /// The entries that have this name for this transport, as the official one or as
    /// an alias, letter by letter, in file order.
    pub fn named(&self, name: &str, transport: Transport) -> impl Iterator<Item = &ServicesEntry> {
        self.by_name
            .get(&(name.to_owned(), transport))
            .into_iter()
            .flatten()
            .map(|index| &self.entries[*index])
    }
}
