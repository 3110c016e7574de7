//! Rows that one side could not read: neither added nor removed.
//!
//! A row that was rejected is paired with a record that only the other side has: by its
//! ports where they tell, by its other cells where the port cell is the damaged one. Each
//! step takes only what is unambiguous; the most certain steps come first.

mod evidence;

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{PortRange, PortSet, Record, Transport, UnreadRow};
use serde::{Deserialize, Serialize};

use crate::facts::Entry;
use evidence::{Evident, STEPS};

/// One side of a comparison.
#[derive(Clone, Copy, Debug, Default)]
pub struct Side<'a> {
    /// Its records.
    pub records: &'a [Record],
    /// The rows that it could not read.
    pub unread: &'a [UnreadRow],
}

/// The side that could not read a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unreadable {
    /// The old side.
    Old,
    /// The new side.
    New,
}

impl Unreadable {
    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }

    /// `old` or `new`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

/// More pairs than this are not tried in one step.
const MAX_PAIRS: usize = 1_000_000;

/// Pairs records without a match with the rows that the other side could not read: places
/// among `records` and among `rows`.
pub(crate) fn pair(records: &[&Entry], rows: &[&UnreadRow]) -> Vec<(usize, usize)> {
    if rows.is_empty() || records.len() * rows.len() > MAX_PAIRS {
        return Vec::new();
    }
    let evident: Vec<Evident<'_>> = rows.iter().map(|row| Evident::of(row)).collect();
    let mut free_records: BTreeSet<usize> = (0..records.len()).collect();
    let mut free_rows: BTreeSet<usize> = (0..rows.len()).collect();
    let mut pairs = Vec::new();
    for step in STEPS {
        let mut by_rows: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        let mut claims: BTreeMap<usize, usize> = BTreeMap::new();
        for &at in &free_records {
            let own = free_rows.iter().copied();
            let own: Vec<usize> = own
                .filter(|row| step(records[at], &evident[*row]))
                .collect();
            for row in &own {
                *claims.entry(*row).or_default() += 1;
            }
            if !own.is_empty() {
                by_rows.entry(own).or_default().push(at);
            }
        }
        for (mut own_rows, mut own_records) in by_rows {
            let count = own_records.len();
            // As many rows as records, and nothing else that they could be.
            if own_rows.len() != count || own_rows.iter().any(|row| claims[row] != count) {
                continue;
            }
            own_rows.sort_by_key(|row| (rows[*row].line, *row));
            own_records.sort_by_key(|at| (records[*at].evidence.line, *at));
            for (record, row) in own_records.into_iter().zip(own_rows) {
                free_records.remove(&record);
                free_rows.remove(&row);
                pairs.push((record, row));
            }
        }
    }
    pairs
}

/// The rows of both sides without those that neither side could read: nothing is known of
/// these, so nothing differs.
pub(crate) fn unread_once<'a>(
    old: &'a [UnreadRow],
    new: &'a [UnreadRow],
) -> (Vec<&'a UnreadRow>, Vec<&'a UnreadRow>) {
    let mut before: Vec<&UnreadRow> = old.iter().collect();
    let mut after: Vec<&UnreadRow> = new.iter().collect();
    let by_cells = |row: &UnreadRow| (!row.cells.is_empty()).then(|| row.cells.join("\n"));
    without_twins(&mut before, &mut after, by_cells);
    let by_ports = |row: &UnreadRow| {
        (!row.ports.is_empty()).then(|| (row.ports.clone(), row.transports.clone()))
    };
    without_twins(&mut before, &mut after, by_ports);
    (before, after)
}

/// Drops rows of both sides that have the same key, as many of one side as of the other.
fn without_twins<K: Ord>(
    old: &mut Vec<&UnreadRow>,
    new: &mut Vec<&UnreadRow>,
    key: impl Fn(&UnreadRow) -> Option<K>,
) {
    let mut counts: BTreeMap<K, (usize, usize)> = BTreeMap::new();
    for key in old.iter().filter_map(|row| key(row)) {
        counts.entry(key).or_default().0 += 1;
    }
    for key in new.iter().filter_map(|row| key(row)) {
        counts.entry(key).or_default().1 += 1;
    }
    let mut left: BTreeMap<K, (usize, usize)> = counts;
    for count in left.values_mut() {
        let twins = count.0.min(count.1);
        *count = (twins, twins);
    }
    let mut take = |row: &UnreadRow, is_old: bool| {
        let count = key(row).and_then(|key| left.get_mut(&key));
        let Some(count) = count else { return false };
        let own = if is_old { &mut count.0 } else { &mut count.1 };
        let is_twin = *own > 0;
        *own -= usize::from(is_twin);
        is_twin
    };
    old.retain(|row| !take(row, true));
    new.retain(|row| !take(row, false));
}

/// The ports of rows for which the other side has no record, over one transport: nobody can
/// say that they open or close.
pub(crate) fn doubtful_ports(rows: &[&UnreadRow], transport: Option<Transport>) -> PortSet {
    let meets = |row: &&&UnreadRow| {
        row.transports.is_empty() || transport.is_none_or(|own| row.transports.contains(&own))
    };
    let ranges = rows.iter().filter(meets).flat_map(|row| &row.ports);
    ranges
        .copied()
        .collect::<Vec<PortRange>>()
        .into_iter()
        .collect()
}
