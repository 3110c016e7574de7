//! The comparison of two lists whose rows have a key: name, ports and transport.
//!
//! Registry editions are compared so, and any other list whose rows are [`Keyed`], such
//! as two services files. Rows are looked at where they are: only those that differ are
//! copied.

mod texts;
mod unread;

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use appleports_model::{PortRange, PortSet, RegistryEntry, ServicesEntry, Transport};
use serde::Serialize;
pub use texts::Texts;
pub use unread::{UnreadLine, services_changes};

/// A row of a list that can be compared by keys.
pub trait Keyed {
    /// The names of its texts, in alphabetical order.
    const FIELDS: &'static [&'static str];

    /// The ports, if it has some.
    fn ports(&self) -> Option<PortRange>;
    /// The transport, if it gives one.
    fn transport(&self) -> Option<Transport>;
    /// The service name; may be empty.
    fn name(&self) -> &str;
    /// The text that stands under `FIELDS[field]`, white space collapsed.
    fn text(&self, field: usize) -> Cow<'_, str>;
    /// The 1-based line.
    fn line(&self) -> u32;
    /// A digest of the texts with their white space as in the file; 0 if not known.
    fn spacing(&self) -> u64 {
        0
    }
}

impl Keyed for RegistryEntry<'_> {
    const FIELDS: &'static [&'static str] =
        &["description", "notes", "reference", "unauthorized use"];

    fn ports(&self) -> Option<PortRange> {
        self.ports
    }
    fn transport(&self) -> Option<Transport> {
        self.transport
    }
    fn name(&self) -> &str {
        self.name
    }
    fn text(&self, field: usize) -> Cow<'_, str> {
        Cow::Borrowed(match field {
            0 => self.description,
            1 => self.notes,
            2 => self.reference,
            _ => self.unauthorized_use,
        })
    }
    fn line(&self) -> u32 {
        self.line
    }
    fn spacing(&self) -> u64 {
        self.spacing
    }
}

/// Comments of a services(5) file are no data.
impl Keyed for ServicesEntry {
    const FIELDS: &'static [&'static str] = &["aliases"];

    fn ports(&self) -> Option<PortRange> {
        Some(PortRange::single(self.port))
    }
    fn transport(&self) -> Option<Transport> {
        self.transport
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn text(&self, _field: usize) -> Cow<'_, str> {
        // Look-ups find an alias wherever it stands.
        let mut aliases: Vec<&str> = self.aliases.iter().map(String::as_str).collect();
        aliases.sort_unstable();
        Cow::Owned(aliases.join(" "))
    }
    fn line(&self) -> u32 {
        self.line
    }
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RowKey {
    /// The ports; none for a name without a port.
    pub ports: Option<PortRange>,
    /// The transport; none where the row gives none.
    pub transport: Option<Transport>,
    /// The service name; empty for reserved and unassigned ports.
    pub name: String,
}

/// A row that differs, with its key and its texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyedRow {
    /// What it is about.
    pub key: RowKey,
    /// Its texts with the name of each; both lists compared have the same names.
    pub texts: Texts,
    /// The 1-based line.
    pub line: u32,
}

/// A row whose texts differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangedRow {
    /// Before.
    pub old: KeyedRow,
    /// After.
    pub new: KeyedRow,
    /// The names of the texts that differ.
    pub fields: Vec<&'static str>,
}

/// The differences between two lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KeyedChanges {
    /// Rows that only the new list has, by key.
    pub added: Vec<KeyedRow>,
    /// Rows that only the old list has, by key.
    pub removed: Vec<KeyedRow>,
    /// Rows with other texts, by key.
    pub changed: Vec<ChangedRow>,
    /// Lines that one side could not read: the rows of the other side that they may be are neither
    /// added nor removed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<UnreadLine>,
    /// How many rows differ in nothing but white space.
    pub white_space_only: usize,
    /// How many rows are the same.
    pub unchanged: usize,
    /// Whether a port, over its transport, has a name in one of the lists alone.
    pub names_other_ports: bool,
}

impl KeyedChanges {
    /// Whether nothing changed but white space.
    pub fn is_empty(&self) -> bool {
        let has_changed = !self.changed.is_empty() || !self.unread.is_empty();
        !self.has_other_rows() && !has_changed
    }

    /// Whether rows came or left.
    pub(crate) fn has_other_rows(&self) -> bool {
        !self.added.is_empty() || !self.removed.is_empty()
    }
}

/// Compares two lists by their keys. Rows with the same key are matched first where
/// their texts are equal, then in the order of the file.
pub fn keyed_changes<R: Keyed>(old: &[R], new: &[R]) -> KeyedChanges {
    let mut changes = KeyedChanges::default();
    let (old_rows, new_rows) = (by_key(old), by_key(new));
    changes.add_differences(&old_rows, &new_rows);
    changes.note_ports(&named_ports(old), &named_ports(new));
    changes
}

impl KeyedChanges {
    fn add_differences<R: Keyed>(&mut self, mut old: &[&R], mut new: &[&R]) {
        while let Some(first) = [old.first(), new.first()]
            .into_iter()
            .flatten()
            .min_by_key(|row| key(**row))
        {
            let key = key(*first);
            compare_group(take(&mut old, &key), take(&mut new, &key), self);
        }
    }

    /// Notes whether a row that came or left is the only one that has a name for its ports.
    fn note_ports(&mut self, old: &NamedPorts, new: &NamedPorts) {
        let is_first = |rows: &[KeyedRow], others: &NamedPorts| {
            let mut rows = rows.iter().filter(|row| !row.key.name.is_empty());
            rows.any(|row| {
                let ports: PortSet = row.key.ports.into_iter().collect();
                let known = others.get(&row.key.transport);
                known.map_or(ports.count(), |known| ports.difference(known).count()) > 0
            })
        };
        self.names_other_ports = is_first(&self.added, old) || is_first(&self.removed, new);
    }
}

type NamedPorts = BTreeMap<Option<Transport>, PortSet>;

/// The ports that have a name, by transport. Reserved and unassigned ones have none.
fn named_ports<R: Keyed>(rows: &[R]) -> NamedPorts {
    let mut ranges: BTreeMap<Option<Transport>, Vec<PortRange>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.name().is_empty()) {
        if let Some(ports) = row.ports() {
            ranges.entry(row.transport()).or_default().push(ports);
        }
    }
    let sets = ranges.into_iter();
    sets.map(|(transport, ranges)| (transport, ranges.into_iter().collect()))
        .collect()
}

/// What a row is about; names without a port come last.
type Key<'a> = (bool, Option<PortRange>, Option<Transport>, &'a str);

fn key<R: Keyed>(row: &R) -> Key<'_> {
    let ports = row.ports();
    (ports.is_none(), ports, row.transport(), row.name())
}

/// The rows by key, those with the same key as in the file. Files are nearly in this
/// order, which the sort makes use of.
fn by_key<R: Keyed>(rows: &[R]) -> Vec<&R> {
    let mut rows: Vec<&R> = rows.iter().collect();
    rows.sort_by_key(|row| key(*row));
    rows
}

/// Takes the rows with this key from the front.
fn take<'a, 'r, R: Keyed>(rows: &mut &'a [&'r R], wanted: &Key<'_>) -> &'a [&'r R] {
    let count = rows.iter().take_while(|row| key(**row) == *wanted).count();
    let (taken, rest) = rows.split_at(count);
    *rows = rest;
    taken
}

fn texts<R: Keyed>(row: &R) -> impl Iterator<Item = Cow<'_, str>> {
    (0..R::FIELDS.len()).map(|field| row.text(field))
}

/// The rows of one key.
fn compare_group<R: Keyed>(old: &[&R], new: &[&R], changes: &mut KeyedChanges) {
    if let ([old], [new]) = (old, new)
        && texts(*old).eq(texts(*new))
    {
        changes.count_equal(*old, *new);
        return;
    }
    let mut same: BTreeMap<Vec<Cow<'_, str>>, VecDeque<&R>> = BTreeMap::new();
    for &row in new {
        same.entry(texts(row).collect()).or_default().push_back(row);
    }
    let mut old_left = Vec::new();
    for &row in old {
        let texts: Vec<_> = texts(row).collect();
        match same.get_mut(&texts).and_then(VecDeque::pop_front) {
            Some(twin) => changes.count_equal(row, twin),
            None => old_left.push(row),
        }
    }
    let mut new_left: Vec<&R> = same.into_values().flatten().collect();
    new_left.sort_by_key(|row| row.line());
    let pairs = old_left.len().min(new_left.len());
    for (old, new) in old_left.iter().zip(&new_left) {
        let differs = |field: &usize| old.text(*field) != new.text(*field);
        changes.changed.push(ChangedRow {
            old: KeyedRow::of(*old),
            new: KeyedRow::of(*new),
            fields: (0..R::FIELDS.len())
                .filter(differs)
                .map(|field| R::FIELDS[field])
                .collect(),
        });
    }
    let copies =
        |rows: &[&R]| -> Vec<KeyedRow> { rows.iter().map(|row| KeyedRow::of(*row)).collect() };
    changes.removed.extend(copies(&old_left[pairs..]));
    changes.added.extend(copies(&new_left[pairs..]));
}

impl KeyedChanges {
    /// Counts two rows whose texts are equal.
    fn count_equal<R: Keyed>(&mut self, old: &R, new: &R) {
        let (old, new) = (old.spacing(), new.spacing());
        if old == new || old == 0 || new == 0 {
            self.unchanged += 1;
        } else {
            self.white_space_only += 1;
        }
    }
}

impl KeyedRow {
    fn of<R: Keyed>(row: &R) -> Self {
        Self {
            key: RowKey {
                ports: row.ports(),
                transport: row.transport(),
                name: row.name().to_owned(),
            },
            texts: Texts::new(R::FIELDS, texts(row).map(Into::into)),
            line: row.line(),
        }
    }
}
