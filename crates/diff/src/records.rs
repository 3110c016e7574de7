//! The comparison of two sets of records.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{Record, UnreadRow};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::detail::{Detail, Weight, details};
use crate::exposure::{Exposure, exposure};
use crate::facts::{Entry, Facts};
use crate::matching::{Pair, pairs};
use crate::relatives::{lonely, took_part};
use crate::unread::{Side, Unreadable, pair, unread_once};

/// Records that could have been matched as well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rivals {
    /// Ids on the old side.
    pub old: Vec<String>,
    /// Ids on the new side.
    pub new: Vec<String>,
}

/// One record's change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// Only the new side has the record.
    Added {
        /// The record.
        entry: Box<Entry>,
        /// The old id of the record whose ports it took over, if it was split off.
        split_from: Option<String>,
    },
    /// Only the old side has the record.
    Removed {
        /// The record.
        entry: Box<Entry>,
        /// The new id of the record that took over its ports, if it was merged.
        merged_into: Option<String>,
    },
    /// Both sides have it, and it differs.
    Changed {
        /// Before.
        old: Box<Entry>,
        /// After.
        new: Box<Entry>,
        /// The differences, most important first; never empty.
        details: Vec<Detail>,
        /// Records that could have been matched as well; empty where the match is plain.
        rivals: Rivals,
    },
    /// One side has a row that it could not read: its ports neither open nor close.
    Unread {
        /// The side that could not read it.
        side: Unreadable,
        /// The row.
        row: Box<UnreadRow>,
        /// The record of the other side; none where nobody can tell which it is.
        entry: Option<Box<Entry>>,
    },
}

impl Change {
    /// How much the change matters.
    pub fn weight(&self) -> Weight {
        match self {
            Self::Added { .. } | Self::Removed { .. } => Weight::Exposure,
            Self::Unread { .. } => Weight::Unread,
            Self::Changed { details, .. } => {
                let weights = details.iter().map(Detail::weight);
                weights.min().unwrap_or(Weight::Wording)
            }
        }
    }

    /// The way back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::Added { entry, split_from } => Self::Removed {
                entry,
                merged_into: split_from,
            },
            Self::Removed { entry, merged_into } => Self::Added {
                entry,
                split_from: merged_into,
            },
            Self::Changed {
                old,
                new,
                details,
                rivals,
            } => Self::Changed {
                old: new,
                new: old,
                details: details.iter().map(Detail::inverse).collect(),
                rivals: Rivals {
                    old: rivals.new,
                    new: rivals.old,
                },
            },
            Self::Unread { side, row, entry } => Self::Unread {
                side: side.other(),
                row,
                entry,
            },
        }
    }

    fn order(&self) -> (Weight, Option<&Facts>, &str, u32) {
        let (entry, line) = match self {
            Self::Added { entry, .. }
            | Self::Removed { entry, .. }
            | Self::Changed { new: entry, .. } => (Some(entry), 0),
            Self::Unread { row, entry, .. } => (entry.as_ref(), row.line),
        };
        let facts = entry.map(|entry| &entry.facts);
        let id = entry.map_or("", |entry| entry.id.as_str());
        (self.weight(), facts, id, line)
    }
}

/// How many changes of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records that came.
    pub added: usize,
    /// Records that went.
    pub removed: usize,
    /// Records that say something else.
    pub changed: usize,
    /// Records that say the same in other words.
    pub wording_only: usize,
    /// Rows that one side could not read.
    #[serde(default)]
    pub unread: usize,
    /// Changed records whose match is not certain.
    pub ambiguous: usize,
}

/// The differences between two sets of records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// How many of each kind.
    pub counts: Counts,
    /// Which ports open or close.
    pub exposure: Exposure,
    /// The changes: most important first, then by port.
    pub changes: Vec<Change>,
}

/// The changes do not fit the records that they are applied to.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the changes do not fit: there is no record `{0}` as they expect it")]
pub struct DoesNotFit(pub String);

impl Changes {
    /// Whether nothing changed, not even the wording.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Makes the changes in the facts of the old side and gives those of the new
    /// one, sorted.
    ///
    /// # Errors
    /// [`DoesNotFit`] when a record that is to change or to go is not there.
    pub fn apply(&self, old: &[Facts]) -> Result<Vec<Facts>, DoesNotFit> {
        let mut left: BTreeMap<&Facts, usize> = BTreeMap::new();
        for facts in old {
            *left.entry(facts).or_default() += 1;
        }
        let mut new = Vec::with_capacity(old.len());
        for change in &self.changes {
            let (gone, mut came) = match change {
                Change::Added { entry, .. } => (None, Some(entry.facts.clone())),
                Change::Removed { entry, .. } => (Some(entry), None),
                Change::Changed { old, .. } => (Some(old), Some(old.facts.clone())),
                Change::Unread { side, entry, .. } => match side {
                    Unreadable::New => (entry.as_ref(), None),
                    Unreadable::Old => (None, entry.as_ref().map(|own| own.facts.clone())),
                },
            };
            if let Some(entry) = gone {
                match left.get_mut(&entry.facts) {
                    Some(count) if *count > 0 => *count -= 1,
                    _ => return Err(DoesNotFit(entry.id.clone())),
                }
            }
            if let (Change::Changed { details, .. }, Some(facts)) = (change, &mut came) {
                for detail in details {
                    detail.apply(facts);
                }
            }
            new.extend(came);
        }
        for (facts, count) in left {
            new.extend(std::iter::repeat_n(facts.clone(), count));
        }
        new.sort_unstable();
        Ok(new)
    }
}

/// Compares two sets of records by meaning.
pub fn changes(old: &[Record], new: &[Record]) -> Changes {
    let side = |records| Side {
        records,
        unread: &[],
    };
    changes_between(side(old), side(new))
}

/// Compares two sides by meaning, with the rows that they could not read.
pub fn changes_between(old: Side<'_>, new: Side<'_>) -> Changes {
    let (old_unread, new_unread) = unread_once(old.unread, new.unread);
    let old: Vec<Entry> = old.records.iter().map(Entry::of).collect();
    let new: Vec<Entry> = new.records.iter().map(Entry::of).collect();
    let pairs = pairs(&old, &new);
    let mut unread = Unread::default();
    let matched = |of: fn(&Pair) -> usize| pairs.iter().map(of).collect::<BTreeSet<usize>>();
    unread.add(
        Unreadable::New,
        &old,
        &matched(|pair| pair.old),
        &new_unread,
    );
    unread.add(
        Unreadable::Old,
        &new,
        &matched(|pair| pair.new),
        &old_unread,
    );
    let mut found = lonely(&old, &new, &pairs, &unread);
    found.append(&mut unread.changes);
    for pair in &pairs {
        let (before, after) = (&old[pair.old], &new[pair.new]);
        let details = details(before, after);
        if !details.is_empty() {
            found.push(Change::Changed {
                old: Box::new(before.clone()),
                new: Box::new(after.clone()),
                details,
                rivals: rivals(&old, &new, pair),
            });
        }
    }
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    Changes {
        counts: counts(&found),
        exposure: exposure(&old, &new, &found),
        changes: found,
    }
}

/// The rows that one side could not read, and the places of the records that they are.
#[derive(Default)]
pub(crate) struct Unread {
    changes: Vec<Change>,
    pub(crate) old: BTreeSet<usize>,
    pub(crate) new: BTreeSet<usize>,
}

impl Unread {
    /// Adds the rows that `side` could not read; `entries` are the records of the other side.
    fn add(
        &mut self,
        side: Unreadable,
        entries: &[Entry],
        matched: &BTreeSet<usize>,
        rows: &[&UnreadRow],
    ) {
        let free: Vec<usize> = (0..entries.len())
            .filter(|at| !matched.contains(at))
            .collect();
        let lonely: Vec<&Entry> = free.iter().map(|at| &entries[*at]).collect();
        let places = match side {
            Unreadable::New => &mut self.old,
            Unreadable::Old => &mut self.new,
        };
        let mut records: Vec<Option<&Entry>> = vec![None; rows.len()];
        for (record, row) in pair(&lonely, rows) {
            places.insert(free[record]);
            records[row] = Some(lonely[record]);
        }
        let changes = rows.iter().zip(records).map(|(row, entry)| Change::Unread {
            side,
            row: Box::new((*row).clone()),
            entry: entry.map(|entry| Box::new(entry.clone())),
        });
        self.changes.extend(changes);
    }
}

/// Which record of one side is which of the other: places on the old and the new side.
pub fn same_records(old: &[Record], new: &[Record]) -> Vec<(usize, usize)> {
    let old: Vec<Entry> = old.iter().map(Entry::of).collect();
    let new: Vec<Entry> = new.iter().map(Entry::of).collect();
    let pairs = pairs(&old, &new);
    pairs.iter().map(|pair| (pair.old, pair.new)).collect()
}

/// The records that fit as well, but for those that the record was split into or
/// merged from.
fn rivals(old: &[Entry], new: &[Entry], pair: &Pair) -> Rivals {
    let (before, after) = (&old[pair.old], &new[pair.new]);
    let others = |entries: &[Entry], places: &[usize], whole: &Entry, rest: &Entry| {
        let others = places.iter().map(|at| &entries[*at]);
        let others = others.filter(|entry| !took_part(whole, rest, entry));
        others.map(|entry| entry.id.clone()).collect()
    };
    Rivals {
        old: others(old, &pair.old_rivals, after, before),
        new: others(new, &pair.new_rivals, before, after),
    }
}

fn counts(changes: &[Change]) -> Counts {
    let mut counts = Counts::default();
    for change in changes {
        match change {
            Change::Added { .. } => counts.added += 1,
            Change::Removed { .. } => counts.removed += 1,
            Change::Changed { .. } if change.weight() == Weight::Wording => {
                counts.wording_only += 1;
            }
            Change::Changed { .. } => counts.changed += 1,
            Change::Unread { .. } => counts.unread += 1,
        }
        if let Change::Changed { rivals, .. } = change {
            counts.ambiguous += usize::from(*rivals != Rivals::default());
        }
    }
    counts
}
