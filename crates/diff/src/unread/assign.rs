//! What the rows that one side could not read are on the other side.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use appleports_model::UnreadRow;

use super::Unreadable;
use super::evidence::{Comparable, Evident, STEPS};
use super::rest::Rest;
use crate::facts::{Entry, Facts};
use crate::records::Change;

/// More pairs of a row with a range or product of a record, or with 64 bytes of its texts, than this
/// are not looked at in one step.
pub(crate) const MAX_PAIRS: usize = 60_000;
/// Further candidates of a row are named only where no other row names them.
const MAX_CANDIDATES: usize = 16;
/// Likewise, after so many of all rows, or so many bytes of their cells: each is named with all that it
/// says.
const MAX_NAMED: usize = 300;
const MAX_NAMED_TEXT: usize = 256 * 1024;

/// The unread rows of one side, and the records of the other side that they are.
pub(crate) struct Assignment<'a> {
    side: Unreadable,
    entries: &'a [Arc<Entry>],
    /// The records, made comparable; none where there are no rows.
    comparable: Vec<Comparable<'a>>,
    rows: Vec<Evident<'a>>,
    /// The record of each row, where that is certain.
    records: Vec<Option<usize>>,
    /// The records that each row could be, where none is certain.
    candidates: Vec<BTreeSet<usize>>,
}

/// The places, among those that are free, of the records that a row is or may be.
type Own<'f, 'a> = dyn Fn(&Assignment<'a>, &Evident<'a>, &[usize]) -> Vec<usize> + 'f;

impl<'a> Assignment<'a> {
    /// The rows that `side` could not read, and the records of the other side.
    pub(crate) fn of(side: Unreadable, rows: &[&'a UnreadRow], entries: &'a [Arc<Entry>]) -> Self {
        let compared = entries.iter().filter(|_| !rows.is_empty());
        Self {
            side,
            entries,
            comparable: compared.map(|entry| Comparable::of(&entry.facts)).collect(),
            rows: rows.iter().map(|row| Evident::of(row)).collect(),
            records: vec![None; rows.len()],
            candidates: vec![BTreeSet::new(); rows.len()],
        }
    }

    /// Pairs rows with records by their ports, and where these say nothing, by all their texts,
    /// before any record is taken for one with other ports or another name. `free` are the
    /// records without a match, `rest` is what the side of the rows has for them.
    pub(crate) fn before_matching(&mut self, free: &[usize], rest: &Rest) {
        let places = |is: fn(&Rest, &Facts) -> bool| -> BTreeSet<usize> {
            let unmatched = free.iter().copied();
            unmatched
                .filter(|at| is(rest, &self.entries[*at].facts))
                .collect()
        };
        let (continued, touched) = (places(Rest::continues), places(Rest::touches));
        self.pair(free, &|assignment, row, free| {
            assignment.fitting(free, |record| {
                row.is_exact(record) && row.has_same_texts(record)
            })
        });
        // Ports that speak for one record and texts that speak for another leave it open.
        let by_both = |mut on_ports: Vec<usize>, by_texts: Vec<usize>| {
            // Both are in the order of those that are free.
            let agree = on_ports.iter().any(|at| by_texts.binary_search(at).is_ok());
            if !agree && !on_ports.is_empty() {
                on_ports.extend(by_texts);
            }
            on_ports
        };
        let on_ports = |assignment: &Self, row: &Evident<'_>, free: &[usize], is_exact: bool| {
            let mut places = assignment.fitting(free, |record| {
                if is_exact {
                    row.is_exact(record)
                } else {
                    row.covers(record)
                }
            });
            places.retain(|at| !continued.contains(at));
            places
        };
        let by_texts = |assignment: &Self, row: &Evident<'_>, free: &[usize]| {
            assignment.fitting(free, |record| {
                row.has_all_texts(record) && row.has_same_transports(record)
            })
        };
        for is_exact in [true, false] {
            self.pair(free, &|assignment, row, free| {
                by_both(
                    on_ports(assignment, row, free, is_exact),
                    by_texts(assignment, row, free),
                )
            });
        }
        self.pair(free, &|assignment, row, free| {
            let mut places = by_texts(assignment, row, free);
            let is_open = on_ports(assignment, row, free, false).is_empty();
            places.retain(|_| is_open);
            if places.iter().any(|at| touched.contains(at)) {
                places.clear();
            }
            places
        });
        self.doubt(free, &|assignment, row, free| {
            let exact = on_ports(assignment, row, free, true);
            let places = if exact.is_empty() {
                on_ports(assignment, row, free, false)
            } else {
                exact
            };
            let mut texts = by_texts(assignment, row, free);
            texts.retain(|at| places.binary_search(at).is_ok() || !touched.contains(at));
            if places.is_empty() {
                texts
            } else {
                by_both(places, texts)
            }
        });
    }

    /// Pairs the rows that are left with records that nothing was found for, by ever less
    /// evidence, and names for the others the records that they could be.
    pub(crate) fn after_matching(&mut self, free: &[usize]) {
        for step in STEPS {
            self.pair(free, &|assignment, row, free| {
                assignment.fitting(free, |record| step(record, row))
            });
        }
        self.doubt(free, &|assignment, row, free| {
            assignment.fitting(free, |record| {
                STEPS.iter().any(|step| step(record, row)) || row.may_be(record)
            })
        });
    }

    /// The records that are those of unread rows, certainly or perhaps.
    pub(crate) fn taken(&self) -> BTreeSet<usize> {
        let certain = self.records.iter().flatten();
        certain
            .chain(self.candidates.iter().flatten())
            .copied()
            .collect()
    }

    fn fitting(&self, free: &[usize], fits: impl Fn(&Comparable<'a>) -> bool) -> Vec<usize> {
        let free = free.iter().copied();
        free.filter(|at| fits(&self.comparable[*at])).collect()
    }

    /// The records of `free` that no row has, and the rows without a record; none where they are
    /// too many.
    fn open(&self, free: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let taken = self.taken();
        let free: Vec<usize> = free
            .iter()
            .copied()
            .filter(|at| !taken.contains(at))
            .collect();
        let rows: Vec<usize> = (0..self.rows.len())
            .filter(|row| self.records[*row].is_none())
            .collect();
        // Without any rows, the records were not made comparable.
        let size = |at: &usize| self.comparable[*at].size();
        if rows.is_empty() || free.iter().map(size).sum::<usize>() * rows.len() > MAX_PAIRS {
            return (Vec::new(), Vec::new());
        }
        (free, rows)
    }

    /// Pairs rows with the records that `places` has for them: as many rows as records, and nothing
    /// else that they could be.
    fn pair(&mut self, free: &[usize], places: &Own<'_, 'a>) {
        let (free, mut rows) = self.open(free);
        rows.retain(|row| self.candidates[*row].is_empty());
        let mut by_records: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        let mut claims: BTreeMap<usize, usize> = BTreeMap::new();
        for row in rows {
            let records = places(self, &self.rows[row], &free);
            for at in &records {
                *claims.entry(*at).or_default() += 1;
            }
            if !records.is_empty() {
                by_records.entry(records).or_default().push(row);
            }
        }
        for (mut records, mut rows) in by_records {
            let count = rows.len();
            if records.len() != count || records.iter().any(|at| claims[at] != count) {
                continue;
            }
            rows.sort_by_key(|row| (self.rows[*row].row.line, *row));
            records.sort_by_key(|at| (self.entries[*at].evidence.line, *at));
            for (row, record) in rows.into_iter().zip(records) {
                self.records[row] = Some(record);
            }
        }
    }

    /// Notes for the rows without a record those that they could be.
    fn doubt(&mut self, free: &[usize], places: &Own<'_, 'a>) {
        let (free, rows) = self.open(free);
        let found = rows
            .into_iter()
            .map(|row| (row, places(self, &self.rows[row], &free)));
        let found: Vec<(usize, Vec<usize>)> = found.collect();
        for (row, records) in found {
            self.candidates[row].extend(records);
        }
    }

    /// The rows as changes, each record in at least one of them.
    pub(crate) fn into_changes(self) -> Vec<Change> {
        let mut held: BTreeSet<usize> = BTreeSet::new();
        let (mut named, mut named_text) = (0, 0);
        let mut changes = Vec::with_capacity(self.rows.len());
        for ((evident, record), candidates) in
            self.rows.iter().zip(&self.records).zip(&self.candidates)
        {
            let mut places: Vec<usize> = candidates.iter().copied().collect();
            places.sort_by_key(|at| (self.entries[*at].evidence.line, *at));
            let candidates = places.into_iter().enumerate();
            let candidates: Vec<Arc<Entry>> = candidates
                .filter(|(count, at)| {
                    let has_room = named < MAX_NAMED && named_text < MAX_NAMED_TEXT;
                    held.insert(*at) || *count < MAX_CANDIDATES && has_room
                })
                .map(|(_, at)| self.entries[at].clone())
                .collect();
            named += candidates.len();
            let cells = candidates.iter().flat_map(|entry| &entry.evidence.cells);
            named_text += cells.map(String::len).sum::<usize>();
            changes.push(Change::Unread {
                side: self.side,
                row: Box::new(evident.row.clone()),
                was: None,
                entry: record.map(|at| Arc::clone(&self.entries[at])),
                candidates,
            });
        }
        changes
    }
}
