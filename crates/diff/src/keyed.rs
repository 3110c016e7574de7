//! The comparison of two lists whose rows have a key: name, ports and transport.
//!
//! Registry editions are compared so, and any other list of names that is turned
//! into [`KeyedRow`]s, such as two services files.

use std::collections::BTreeMap;

use appleports_model::{PortRange, Registry, ServicesFile, Transport};
use serde::{Deserialize, Serialize};

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowKey {
    /// The ports; none for a name without a port.
    pub ports: Option<PortRange>,
    /// The transport; none where the row gives none.
    pub transport: Option<Transport>,
    /// The service name; empty for reserved and unassigned ports.
    pub name: String,
}

/// A row with its key and its texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyedRow {
    /// What it is about.
    pub key: RowKey,
    /// Its texts with the name of each; both lists compared have the same names.
    pub texts: BTreeMap<String, String>,
    /// The 1-based line.
    pub line: u32,
    /// A digest of the texts with their white space as in the file; 0 if not known.
    #[serde(skip)]
    pub spacing: u64,
}

/// A row whose texts differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedRow {
    /// Before.
    pub old: KeyedRow,
    /// After.
    pub new: KeyedRow,
    /// The names of the texts that differ.
    pub fields: Vec<String>,
}

/// The differences between two lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyedChanges {
    /// Rows that only the new list has, by key.
    pub added: Vec<KeyedRow>,
    /// Rows that only the old list has, by key.
    pub removed: Vec<KeyedRow>,
    /// Rows with other texts, by key.
    pub changed: Vec<ChangedRow>,
    /// How many rows differ in nothing but white space.
    pub white_space_only: usize,
    /// How many rows are the same.
    pub unchanged: usize,
}

impl KeyedChanges {
    /// Whether nothing changed but white space.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// The rows of a registry edition.
pub fn registry_rows(registry: &Registry) -> Vec<KeyedRow> {
    let row = |entry: &appleports_model::RegistryEntry| KeyedRow {
        key: RowKey {
            ports: entry.ports,
            transport: entry.transport,
            name: entry.name.clone(),
        },
        texts: [
            ("description", &entry.description),
            ("reference", &entry.reference),
            ("unauthorized use", &entry.unauthorized_use),
            ("notes", &entry.notes),
        ]
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.clone()))
        .collect(),
        line: entry.line,
        spacing: entry.spacing,
    };
    registry.entries().iter().map(row).collect()
}

/// The rows of a services(5) file; comments are no data.
pub fn services_rows(file: &ServicesFile) -> Vec<KeyedRow> {
    let row = |entry: &appleports_model::ServicesEntry| KeyedRow {
        key: RowKey {
            ports: Some(PortRange::single(entry.port)),
            transport: entry.transport,
            name: entry.name.clone(),
        },
        texts: BTreeMap::from([("aliases".to_owned(), entry.aliases.join(" "))]),
        line: entry.line,
        spacing: 0,
    };
    file.entries().iter().map(row).collect()
}

/// Compares two lists by their keys. Rows with the same key are matched first where
/// their texts are equal, then in the order of the file.
pub fn keyed_changes(old: &[KeyedRow], new: &[KeyedRow]) -> KeyedChanges {
    let mut groups: BTreeMap<&RowKey, (Vec<&KeyedRow>, Vec<&KeyedRow>)> = BTreeMap::new();
    for row in old {
        groups.entry(&row.key).or_default().0.push(row);
    }
    for row in new {
        groups.entry(&row.key).or_default().1.push(row);
    }
    let mut changes = KeyedChanges::default();
    for (old, new) in groups.into_values() {
        compare_group(&old, &new, &mut changes);
    }
    changes
}

fn compare_group<'a>(old: &[&'a KeyedRow], new: &[&'a KeyedRow], changes: &mut KeyedChanges) {
    let mut same: BTreeMap<&BTreeMap<String, String>, Vec<&KeyedRow>> = BTreeMap::new();
    for &row in new.iter().rev() {
        same.entry(&row.texts).or_default().push(row);
    }
    let mut old_left = Vec::new();
    for &row in old {
        match same.get_mut(&row.texts).and_then(Vec::pop) {
            Some(twin) if twin.spacing == row.spacing || twin.spacing == 0 || row.spacing == 0 => {
                changes.unchanged += 1;
            }
            Some(_) => changes.white_space_only += 1,
            None => old_left.push(row),
        }
    }
    let mut new_left: Vec<&KeyedRow> = same.into_values().flatten().collect();
    new_left.sort_by_key(|row| row.line);
    let pairs = old_left.len().min(new_left.len());
    for (old, new) in old_left.iter().zip(&new_left) {
        let fields = new
            .texts
            .iter()
            .filter(|(name, text)| old.texts.get(*name) != Some(text));
        changes.changed.push(ChangedRow {
            old: (*old).clone(),
            new: (*new).clone(),
            fields: fields.map(|(name, _)| name.clone()).collect(),
        });
    }
    changes
        .removed
        .extend(old_left[pairs..].iter().map(|row| (*row).clone()));
    changes
        .added
        .extend(new_left[pairs..].iter().map(|row| (*row).clone()));
}
