//! Rows that neither side could read.

use std::collections::BTreeMap;

use appleports_model::{Transport, UnreadRow};

use crate::text::tidy;

/// The unread rows of both sides, without those that are the same.
pub(crate) struct Once<'a> {
    /// Those that only the old side could not read, as far as can be told.
    pub(crate) old: Vec<&'a UnreadRow>,
    /// Likewise of the new side.
    pub(crate) new: Vec<&'a UnreadRow>,
    /// Those that neither side could read, with other texts before and after.
    pub(crate) changed: Vec<(&'a UnreadRow, &'a UnreadRow)>,
}

/// What two rows of two sides have in common where they are one; none where a row does not say.
type Key = fn(&UnreadRow) -> Option<Vec<String>>;

/// Tells the rows that neither side could read: those with the same cells, for which nothing
/// differs, and those on the same ports, or of the same name, with other cells.
pub(crate) fn unread_once<'a>(old: &'a [UnreadRow], new: &'a [UnreadRow]) -> Once<'a> {
    let keys: [Key; 5] = [
        |row| (!row.cells.is_empty()).then(|| texts(row)),
        |row| Some(on_ports(row)).filter(|_| row.cells.is_empty() && !row.ports.is_empty()),
        |row| Some(on_ports(row)).filter(|_| !row.ports.is_empty()),
        |row| {
            let texts = [&row.service_name, &row.title].map(|text| tidy(text));
            let key = [&texts[..], &transports(row)].concat();
            Some(key).filter(|_| texts.iter().any(|text| !text.is_empty()))
        },
        // Of a damaged line, nothing but why it could not be read.
        |row| row.cells.is_empty().then(|| vec![row.reason.clone()]),
    ];
    let mut once = Once {
        old: old.iter().collect(),
        new: new.iter().collect(),
        changed: Vec::new(),
    };
    for key in keys {
        let twins = take_twins(&mut once.old, &mut once.new, key);
        let differing = twins.into_iter().filter(|(a, b)| texts(a) != texts(b));
        once.changed.extend(differing);
    }
    once
}

fn texts(row: &UnreadRow) -> Vec<String> {
    row.cells.iter().map(|cell| tidy(cell)).collect()
}

fn transports(row: &UnreadRow) -> Vec<String> {
    let names = row.transports.iter().copied().map(Transport::as_str);
    names.map(str::to_owned).collect()
}

fn on_ports(row: &UnreadRow) -> Vec<String> {
    let ports = row.ports.iter().map(ToString::to_string);
    ports.chain(transports(row)).collect()
}

/// Takes rows with the same key out of both sides, in their order, as many of one side as of the
/// other.
fn take_twins<'a>(
    old: &mut Vec<&'a UnreadRow>,
    new: &mut Vec<&'a UnreadRow>,
    key: Key,
) -> Vec<(&'a UnreadRow, &'a UnreadRow)> {
    let mut by_key: BTreeMap<Vec<String>, [Vec<usize>; 2]> = BTreeMap::new();
    for (side, rows) in [&*old, &*new].into_iter().enumerate() {
        for (at, row) in rows.iter().enumerate() {
            if let Some(key) = key(row) {
                by_key.entry(key).or_default()[side].push(at);
            }
        }
    }
    let places = by_key.into_values();
    let places: Vec<(usize, usize)> = places.flat_map(|[a, b]| a.into_iter().zip(b)).collect();
    let twins = places.iter().map(|(a, b)| (old[*a], new[*b])).collect();
    let (mut old_kept, mut new_kept) = (vec![true; old.len()], vec![true; new.len()]);
    for (a, b) in places {
        (old_kept[a], new_kept[b]) = (false, false);
    }
    for (rows, kept) in [(old, old_kept), (new, new_kept)] {
        let mut kept = kept.into_iter();
        rows.retain(|_| kept.next().unwrap_or(true));
    }
    twins
}
