//! Lines of a services file that one side could not read: neither added nor removed.

use std::collections::BTreeMap;

use appleports_model::{PortRange, ServicesFile, ServicesUnread, Transport};
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
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_port: BTreeMap<PortRange, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        by_name.entry(&row.key.name).or_default().push(at);
        if let Some(ports) = row.key.ports {
            by_port.entry(ports).or_default().push(at);
        }
    }
    let mut is_free = vec![true; rows.len()];
    let lines = lines.iter().map(|line| {
        let parts = line.text.split([' ', '/']);
        let transport: Option<Transport> = parts.clone().find_map(|part| part.parse().ok());
        let on_ports = parts.filter_map(|part| by_port.get(&part.parse().ok()?));
        let name = line.text.split(' ').next().unwrap_or_default();
        let places = by_name.get(name).into_iter().chain(on_ports).flatten();
        let mut taken = Vec::new();
        for &at in places {
            let row = &rows[at];
            let meets = transport.is_none() || row.key.transport == transport;
            if meets && std::mem::replace(&mut is_free[at], false) {
                taken.push(row.clone());
            }
        }
        UnreadLine {
            side,
            line: line.line,
            text: line.text.clone(),
            rows: taken,
        }
    });
    let lines = lines.collect();
    let mut is_free = is_free.into_iter();
    rows.retain(|_| is_free.next().unwrap_or(true));
    lines
}
