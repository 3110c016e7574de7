//! Lines of a services file that one side could not read: neither added nor removed.

use std::collections::BTreeMap;

use appleports_model::{ServicesFile, ServicesUnread, Transport};
use serde::Serialize;

use super::{KeyedChanges, KeyedRow, keyed_changes, named_ports};
use crate::unread::Unreadable;

/// A line that one side could not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnreadLine {
    /// The side that could not read it.
    pub side: Unreadable,
    /// The 1-based line.
    pub line: u32,
    /// Its text.
    pub text: String,
    /// The rows of the other side that it is or may be.
    pub rows: Vec<KeyedRow>,
}

/// Compares two services files, with the lines that they could not read.
pub fn services_changes(old: &ServicesFile, new: &ServicesFile) -> KeyedChanges {
    let mut changes = keyed_changes(old.entries(), new.entries());
    let only_old = without_twins(&old.unread, &new.unread);
    let only_new = without_twins(&new.unread, &old.unread);
    let unread = [
        take(Unreadable::Old, &only_old, &mut changes.added),
        take(Unreadable::New, &only_new, &mut changes.removed),
    ];
    changes.unread = unread.concat();
    changes.note_ports(&named_ports(old.entries()), &named_ports(new.entries()));
    changes
}

/// The lines without those that the other file has as well, as often as it has them.
fn without_twins<'a>(
    lines: &'a [ServicesUnread],
    other: &[ServicesUnread],
) -> Vec<&'a ServicesUnread> {
    let mut twins: BTreeMap<&str, usize> = BTreeMap::new();
    for line in other {
        *twins.entry(&line.text).or_default() += 1;
    }
    let is_own = |line: &&ServicesUnread| match twins.get_mut(line.text.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    lines.iter().filter(is_own).collect()
}

/// Takes the rows that the lines may be out of those that only the other side has. Where several
/// lines show one, the first has it.
fn take(side: Unreadable, lines: &[&ServicesUnread], rows: &mut Vec<KeyedRow>) -> Vec<UnreadLine> {
    let (mut by_name, mut by_port) = (Places::default(), Places::default());
    for (at, row) in rows.iter().enumerate() {
        let transport = row.key.transport;
        by_name.add(row.key.name.as_str(), transport, at);
        if let Some(ports) = row.key.ports {
            by_port.add(ports, transport, at);
        }
    }
    let mut is_free = vec![true; rows.len()];
    let lines = lines.iter().map(|line| {
        let parts = line.text.split([' ', '/']);
        let transport: Option<Transport> = parts.clone().find_map(|part| part.parse().ok());
        let name = line.text.split(' ').next().unwrap_or_default();
        let mut places = by_name.take(&name, transport);
        for ports in parts.filter_map(|part| part.parse().ok()) {
            places.append(&mut by_port.take(&ports, transport));
        }
        places.retain(|at| std::mem::replace(&mut is_free[*at], false));
        UnreadLine {
            side,
            line: line.line,
            text: line.text.clone(),
            rows: places.into_iter().map(|at| rows[at].clone()).collect(),
        }
    });
    let lines = lines.collect();
    let mut is_free = is_free.into_iter();
    rows.retain(|_| is_free.next().unwrap_or(true));
    lines
}

/// The places of rows by something that they have, and by transport. Each place is taken once, so
/// that no row is looked at for every line.
struct Places<K>(BTreeMap<K, BTreeMap<Option<Transport>, Vec<usize>>>);

impl<K: Ord> Places<K> {
    fn add(&mut self, key: K, transport: Option<Transport>, at: usize) {
        let places = self.0.entry(key).or_default();
        places.entry(transport).or_default().push(at);
    }

    /// The places of a key with a transport, where one is given, in order.
    fn take(&mut self, key: &K, transport: Option<Transport>) -> Vec<usize> {
        if transport.is_some() {
            let places = self.0.get_mut(key);
            return places
                .and_then(|places| places.remove(&transport))
                .unwrap_or_default();
        }
        let places = self.0.remove(key).into_iter().flatten();
        let mut places: Vec<usize> = places.flat_map(|(_, places)| places).collect();
        places.sort_unstable();
        places
    }
}

impl<K> Default for Places<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}
