//! services(5) files: names, ports and protocols of one system.

use std::sync::OnceLock;

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

/// A services file, indexed with the first look-up.
#[derive(Clone, Debug, Default)]
pub struct ServicesFile {
    /// The path, as it was given.
    pub path: String,
    /// What is odd in the file.
    pub findings: Vec<Finding>,
    /// The lines that could not be read, in file order.
    pub unread: Vec<ServicesUnread>,
    entries: Vec<ServicesEntry>,
    by_port: OnceLock<Vec<usize>>,
    by_name: OnceLock<Vec<(usize, usize)>>,
}

impl ServicesFile {
    /// The entries of the file at `path`, with what is odd in it.
    pub fn new(
        path: impl Into<String>,
        entries: Vec<ServicesEntry>,
        findings: Vec<Finding>,
    ) -> Self {
        Self {
            path: path.into(),
            findings,
            entries,
            ..Self::default()
        }
    }

    /// The entries by port and transport.
    fn by_port(&self) -> &[usize] {
        self.by_port.get_or_init(|| {
            let mut places: Vec<usize> = (0..self.entries.len()).collect();
            places.sort_by_key(|at| self.key_of_port(*at));
            places
        })
    }

    /// The names by name and transport: the entry, and the place of the name among those of the entry.
    fn by_name(&self) -> &[(usize, usize)] {
        self.by_name.get_or_init(|| {
            let entries = self.entries.iter().enumerate();
            let names = entries
                .flat_map(|(at, entry)| (0..=entry.aliases.len()).map(move |name| (at, name)));
            let mut places: Vec<(usize, usize)> = names.collect();
            places.sort_by_key(|place| (self.key_of_name(*place), place.0));
            // An entry may have a name more than once.
            places.dedup_by_key(|place| (self.key_of_name(*place), place.0));
            places
        })
    }

    fn key_of_port(&self, at: usize) -> (u16, Option<Transport>) {
        let entry = &self.entries[at];
        (entry.port, entry.transport)
    }

    fn key_of_name(&self, (at, name): (usize, usize)) -> (&str, Option<Transport>) {
        let entry = &self.entries[at];
        let aliases = entry.aliases.iter();
        let mut names = std::iter::once(&entry.name).chain(aliases);
        (names.nth(name).map_or("", String::as_str), entry.transport)
    }

    /// All entries in file order.
    pub fn entries(&self) -> &[ServicesEntry] {
        &self.entries
    }

    /// The entries for this port and transport, in file order.
    pub fn at(&self, port: u16, transport: Transport) -> impl Iterator<Item = &ServicesEntry> {
        let found = equal(self.by_port(), &(port, Some(transport)), |at| {
            self.key_of_port(*at)
        });
        found.iter().map(|at| &self.entries[*at])
    }

    /// How many names one port and transport has at most, aliases included, and how many bytes they
    /// have at most.
    pub fn most_of_a_port(&self) -> (usize, usize) {
        let key = |at: &usize| self.key_of_port(*at);
        let ports = self.by_port().chunk_by(|at, next| key(at) == key(next));
        let sizes = ports.map(|places| {
            let entries = places.iter().map(|at| &self.entries[*at]);
            let names =
                entries.flat_map(|entry| std::iter::once(&entry.name).chain(&entry.aliases));
            names.fold((0, 0), |(count, bytes), name| {
                (count + 1, bytes + name.len())
            })
        });
        sizes.fold((0, 0), |most, size| {
            (most.0.max(size.0), most.1.max(size.1))
        })
    }

    /// The entries that have this name for this transport, as the official one or as
    /// an alias, letter by letter, in file order.
    pub fn named(&self, name: &str, transport: Transport) -> impl Iterator<Item = &ServicesEntry> {
        let found = equal(self.by_name(), &(name, Some(transport)), |place| {
            self.key_of_name(*place)
        });
        found.iter().map(|(at, _)| &self.entries[*at])
    }
}

/// Those of a sorted list that have this key.
fn equal<'a, T, K: Ord>(sorted: &'a [T], wanted: &K, key: impl Fn(&T) -> K) -> &'a [T] {
    let start = sorted.partition_point(|item| key(item) < *wanted);
    let rest = &sorted[start..];
    &rest[..rest.partition_point(|item| key(item) == *wanted)]
}
