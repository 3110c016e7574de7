//! The comparison of two sets of records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use appleports_model::{Record, UnreadRow};
use serde::Serialize;
use thiserror::Error;

use crate::detail::{Detail, Weight, details};
use crate::exposure::{Exposure, exposure};
use crate::facts::{Entry, Facts};
use crate::matching::{Pair, pairs};
use crate::relatives::{took_part, unmatched};
use crate::unread::{Assignment, Once, Rest, Side, Unreadable, unread_once};

/// Records that could have been matched as well, the nearest three of each side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rivals {
    /// Ids on the old side.
    pub old: Vec<String>,
    /// Ids on the new side.
    pub new: Vec<String>,
}

/// One record's change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// Only the new side has the record.
    Added {
        /// The record.
        entry: Arc<Entry>,
        /// The old id of the record whose ports it took over, if it was split off.
        split_from: Option<String>,
    },
    /// Only the old side has the record.
    Removed {
        /// The record.
        entry: Arc<Entry>,
        /// The new id of the record that took over its ports, if it was merged.
        merged_into: Option<String>,
    },
    /// Both sides have it, and it differs.
    Changed {
        /// Before.
        old: Arc<Entry>,
        /// After.
        new: Arc<Entry>,
        /// The differences, most important first; never empty.
        details: Vec<Detail>,
        /// Records that could have been matched as well; empty where the match is plain.
        rivals: Rivals,
    },
    /// One side has a row that it could not read: its ports neither open nor close.
    Unread {
        /// The side that could not read it.
        side: Unreadable,
        /// The row; the new one where neither side could read it.
        row: Box<UnreadRow>,
        /// The old row with other texts, where neither side could read it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<Box<UnreadRow>>,
        /// The record of the other side; none where nobody can tell which it is.
        entry: Option<Arc<Entry>>,
        /// The records of the other side that it may be or stand for, where none is certain:
        /// they are neither removed nor added.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        candidates: Vec<Arc<Entry>>,
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
            Self::Unread {
                side,
                row,
                was,
                entry,
                candidates,
            } => {
                let (row, was) = match was {
                    Some(was) => (was, Some(row)),
                    None => (row, None),
                };
                Self::Unread {
                    side: side.other(),
                    row,
                    was,
                    entry,
                    candidates,
                }
            }
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
        // Several unread rows may name one record that they could be.
        let mut in_doubt: BTreeSet<&str> = BTreeSet::new();
        for change in &self.changes {
            let mut gone: Vec<&Entry> = Vec::new();
            match change {
                Change::Added { entry, .. } => new.push(entry.facts.clone()),
                Change::Removed { entry, .. } => gone.push(entry),
                Change::Changed { old, details, .. } => {
                    gone.push(old);
                    let mut facts = old.facts.clone();
                    for detail in details {
                        detail.apply(&mut facts);
                    }
                    new.push(facts);
                }
                Change::Unread {
                    side,
                    entry,
                    candidates,
                    ..
                } => {
                    let all = entry.iter().chain(candidates);
                    let doubtful = all.filter(|entry| in_doubt.insert(&entry.id));
                    match side {
                        Unreadable::Old => new.extend(doubtful.map(|entry| entry.facts.clone())),
                        Unreadable::New | Unreadable::Both => {
                            gone.extend(doubtful.map(Arc::as_ref));
                        }
                    }
                }
            }
            for entry in gone {
                match left.get_mut(&entry.facts) {
                    Some(count) if *count > 0 => *count -= 1,
                    _ => return Err(DoesNotFit(entry.id.clone())),
                }
            }
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
    compared(&Entries::of(old), &Entries::of(new)).1
}

/// A side in the form in which it is compared: one that stands between two others is brought into it
/// once.
#[derive(Debug)]
pub struct Entries<'a> {
    all: Vec<Arc<Entry>>,
    unread: &'a [UnreadRow],
}

impl<'a> Entries<'a> {
    /// Those of a side.
    pub fn of(side: Side<'a>) -> Self {
        Self {
            all: side.records.iter().map(Entry::of).map(Arc::new).collect(),
            unread: side.unread,
        }
    }
}

/// As [`same_records`] and as [`changes_between`]: which record is which is found once for both.
pub fn compared(old: &Entries<'_>, new: &Entries<'_>) -> (Vec<(usize, usize)>, Changes) {
    let unread = unread_once(old.unread, new.unread);
    let (old, new) = (&*old.all, &*new.all);
    let (pairs, [mut of_old, mut of_new]) = matched(&unread, old, new);
    let free = |all: usize, of: fn(&Pair) -> usize| -> Vec<usize> {
        let matched: BTreeSet<usize> = pairs.iter().map(of).collect();
        (0..all).filter(|at| !matched.contains(at)).collect()
    };
    of_old.after_matching(&free(old.len(), |pair| pair.old));
    of_new.after_matching(&free(new.len(), |pair| pair.new));
    let mut found = unmatched(old, new, &pairs, [&of_old.taken(), &of_new.taken()]);
    found.extend(of_old.into_changes());
    found.extend(of_new.into_changes());
    found.extend(unread.changed.into_iter().map(|(was, row)| Change::Unread {
        side: Unreadable::Both,
        row: Box::new(row.clone()),
        was: Some(Box::new(was.clone())),
        entry: None,
        candidates: Vec::new(),
    }));
    for pair in &pairs {
        let (before, after) = (&old[pair.old], &new[pair.new]);
        let details = details(before, after);
        if !details.is_empty() {
            found.push(Change::Changed {
                old: Arc::clone(before),
                new: Arc::clone(after),
                details,
                rivals: rivals(old, new, pair),
            });
        }
    }
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    let changes = Changes {
        counts: counts(&found),
        exposure: exposure(old, new, &found),
        changes: found,
    };
    (places(&pairs), changes)
}

/// Matches the records; those that unread rows are, by their ports or all their texts, are not
/// taken for others.
fn matched<'a>(
    unread: &Once<'a>,
    old: &'a [Arc<Entry>],
    new: &'a [Arc<Entry>],
) -> (Vec<Pair>, [Assignment<'a>; 2]) {
    let mut of_old = Assignment::of(Unreadable::New, &unread.new, old);
    let mut of_new = Assignment::of(Unreadable::Old, &unread.old, new);
    let pairs = pairs(old, new, |old_free, new_free| {
        let rest = |entries: &[Arc<Entry>], free: &[usize]| {
            let free: Vec<&Entry> = free.iter().map(|at| &*entries[*at]).collect();
            Rest::of(&free)
        };
        of_old.before_matching(old_free, &rest(new, new_free));
        of_new.before_matching(new_free, &rest(old, old_free));
        [of_old.taken(), of_new.taken()]
    });
    (pairs, [of_old, of_new])
}

/// Which record of one side is which of the other: places on the old and the new side.
pub fn same_records(old: &Entries<'_>, new: &Entries<'_>) -> Vec<(usize, usize)> {
    let unread = unread_once(old.unread, new.unread);
    let (pairs, _) = matched(&unread, &old.all, &new.all);
    places(&pairs)
}

/// The places of pairs on the old and the new side.
fn places(pairs: &[Pair]) -> Vec<(usize, usize)> {
    pairs.iter().map(|pair| (pair.old, pair.new)).collect()
}

/// The records that fit as well, but for those that the record was split into or
/// merged from.
fn rivals(old: &[Arc<Entry>], new: &[Arc<Entry>], pair: &Pair) -> Rivals {
    let (before, after) = (&old[pair.old], &new[pair.new]);
    let others = |entries: &[Arc<Entry>], places: &[usize], whole: &Entry, rest: &Entry| {
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
