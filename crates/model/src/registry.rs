//! The IANA service-name and port-number registry, one edition of it.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;

use crate::intervals::Intervals;
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

/// One row of the registry; its texts stand in the [`Registry`], or in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistryEntry<'a> {
    /// The service name; empty for reserved and unassigned ports.
    pub name: &'a str,
    /// The ports; none for a service name without a port.
    pub ports: Option<PortRange>,
    /// The transport; none where the row gives none.
    pub transport: Option<Transport>,
    /// What the row says about its ports.
    pub assignment: Assignment,
    /// The registered description.
    pub description: &'a str,
    /// The cited documents, such as `[RFC862]`.
    pub reference: &'a str,
    /// Reported unauthorized uses, whatever the edition calls the column.
    pub unauthorized_use: &'a str,
    /// Assignment notes: aliases, historic and deprecated marks.
    pub notes: &'a str,
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
    /// The texts of all rows, one behind the other: an edition has fourteen thousand
    /// rows, and a string for each text would be most of the work of reading them.
    texts: String,
    rows: Vec<Row>,
    index: OnceLock<Index>,
}

/// A row as it is kept; its texts end at these places of the edition's texts. An edition's file has
/// 64 MiB at most, so four bytes are enough for a place: half as much memory is written.
#[derive(Clone, Copy, Debug)]
struct Row {
    start: u32,
    ends: [u32; 5],
    ports: Option<PortRange>,
    transport: Option<Transport>,
    assignment: Assignment,
    line: u32,
    spacing: u64,
}

/// The places of the rows.
#[derive(Clone, Debug, Default)]
struct Index {
    /// The rows with ports.
    by_port: Intervals,
    /// With which names are digested: nobody can write an edition whose names have one digest.
    keys: RandomState,
    /// By the digest of a name: the place of the first row with such a name, plus 1; 0
    /// where there is none. The length is a power of two.
    first_named: Vec<u32>,
    /// By the place of a row: that of the next whose name has the same digest, likewise.
    next_named: Vec<u32>,
    /// How many rows with one digest there are at most.
    most_named: usize,
}

impl Index {
    fn of(registry: &Registry) -> Self {
        let with_ports = (0..).zip(&registry.rows);
        let mut index = Self {
            by_port: Intervals::of(
                with_ports.filter_map(|(place, row)| row.ports.map(|ports| (ports, place))),
            ),
            keys: RandomState::new(),
            first_named: vec![0; registry.rows.len().next_power_of_two()],
            next_named: vec![0; registry.rows.len()],
            most_named: 0,
        };
        let mut counts = vec![0; index.first_named.len()];
        // From the last to the first, so that they are found in the order of the file.
        let last = u32::try_from(registry.rows.len()).unwrap_or(u32::MAX);
        for (number, row) in (1..=last).rev().zip(registry.rows.iter().rev()) {
            let name = registry.name(row);
            if name.is_empty() {
                continue;
            }
            let slot = index.slot(name);
            index.next_named[number as usize - 1] = index.first_named[slot];
            index.first_named[slot] = number;
            counts[slot] += 1;
        }
        index.most_named = counts.into_iter().max().unwrap_or_default();
        index
    }

    /// Where in `first_named` a name belongs: equal names but for the case belong together.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "part of a digest is one, too"
    )]
    fn slot(&self, name: &str) -> usize {
        let mut digest = self.keys.build_hasher();
        // Names have fifteen characters at most (RFC 6335, section 5.1), if they are as they should.
        for part in name.as_bytes().chunks(16) {
            let mut lower = [0; 16];
            lower[..part.len()].copy_from_slice(part);
            lower.make_ascii_lowercase();
            digest.write(&lower);
        }
        digest.finish() as usize & (self.first_named.len() - 1)
    }

    /// The rows that may have this name.
    fn named(&self, name: &str) -> impl Iterator<Item = u32> {
        let step = |next: u32| next.checked_sub(1);
        let first = step(self.first_named[self.slot(name)]);
        std::iter::successors(first, move |place| step(self.next_named[*place as usize]))
    }
}

impl Registry {
    /// An edition with its rows in file order.
    pub fn new<'a>(
        edition: impl Into<String>,
        entries: impl IntoIterator<Item = RegistryEntry<'a>>,
    ) -> Self {
        let mut registry = Self::with_room(edition, 0, 0);
        for entry in entries {
            registry.push(&entry);
        }
        registry
    }

    /// An edition without rows, with room for so many bytes of texts and so many rows.
    pub fn with_room(edition: impl Into<String>, texts: usize, rows: usize) -> Self {
        Self {
            edition: edition.into(),
            texts: String::with_capacity(texts),
            rows: Vec::with_capacity(rows),
            index: OnceLock::new(),
        }
    }

    /// Adds a row behind the others.
    pub fn push(&mut self, entry: &RegistryEntry<'_>) {
        self.index.take();
        let start = self.end();
        let texts = [
            entry.name,
            entry.description,
            entry.reference,
            entry.unauthorized_use,
            entry.notes,
        ];
        let ends = texts.map(|text| {
            self.texts.push_str(text);
            self.end()
        });
        self.rows.push(Row {
            start,
            ends,
            ports: entry.ports,
            transport: entry.transport,
            assignment: entry.assignment,
            line: entry.line,
            spacing: entry.spacing,
        });
    }

    /// Where the texts end.
    fn end(&self) -> u32 {
        u32::try_from(self.texts.len()).unwrap_or(u32::MAX)
    }

    /// The text between two places.
    fn text(&self, from: u32, to: u32) -> &str {
        let texts = self.texts.get(from as usize..to as usize);
        texts.unwrap_or_default()
    }

    fn entry(&self, row: &Row) -> RegistryEntry<'_> {
        let [name, description, reference, unauthorized_use, notes] = row.ends;
        RegistryEntry {
            name: self.name(row),
            ports: row.ports,
            transport: row.transport,
            assignment: row.assignment,
            description: self.text(name, description),
            reference: self.text(description, reference),
            unauthorized_use: self.text(reference, unauthorized_use),
            notes: self.text(unauthorized_use, notes),
            line: row.line,
            spacing: row.spacing,
        }
    }

    fn name(&self, row: &Row) -> &str {
        self.text(row.start, row.ends[0])
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self))
    }

    fn row(&self, place: u32) -> &Row {
        &self.rows[place as usize]
    }

    /// All rows in file order.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = RegistryEntry<'_>> {
        self.rows.iter().map(|row| self.entry(row))
    }

    /// The rows that cover this port, in file order: named or not, for any transport.
    pub fn covering(&self, port: u16) -> impl Iterator<Item = RegistryEntry<'_>> {
        let places = self.index().by_port.covering(port);
        places.into_iter().map(|place| self.entry(self.row(place)))
    }

    /// The named rows for this port and transport, in file order.
    pub fn at(&self, port: u16, transport: Transport) -> impl Iterator<Item = RegistryEntry<'_>> {
        self.covering(port)
            .filter(move |row| row.transport == Some(transport) && !row.name.is_empty())
    }

    /// The other rows that cover this port, and this transport or none: reserved or
    /// unassigned ports, and services that are named without a transport.
    pub fn others_at(
        &self,
        port: u16,
        transport: Transport,
    ) -> impl Iterator<Item = RegistryEntry<'_>> {
        self.covering(port).filter(move |row| {
            row.transport.is_none() || row.name.is_empty() && row.transport == Some(transport)
        })
    }

    /// How many rows have one name at most, or a few more: each look-up by name reads so many.
    pub fn most_named(&self) -> usize {
        self.index().most_named
    }

    /// The rows with this service name, compared case-insensitively, in file order.
    pub fn named(&self, name: &str) -> impl Iterator<Item = RegistryEntry<'_>> {
        let rows = self.index().named(name).map(|place| self.row(place));
        rows.filter(move |row| self.name(row).eq_ignore_ascii_case(name))
            .map(|row| self.entry(row))
    }
}
