//! Which record of the old side is which of the new one.
//!
//! By identity, not by place: first the same id, then fewer and fewer keys in
//! common, at last shared ports with a like title. Nothing here depends on which
//! side is called old.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use appleports_model::fold;

use crate::candidates::{Candidate, MAX_RIVALS, greedy, overlapping};
use crate::facts::Entry;
use crate::levels::{Accept, EQUAL, Key, KeyOf, LIKE_ROW, SAME_ROW};
use crate::text::{likeness, words};

/// Groups with more pairs than this are matched in sorted order, and said to be
/// ambiguous.
const MAX_PAIRS: usize = 256;

/// How many pairs may be weighed at `records` of both sides; groups with more of them in all are
/// matched like large ones. Most records are matched before any pair is weighed.
pub(crate) fn max_weighed(records: usize) -> usize {
    4 * records + 1024
}

/// Two records that are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// Its place on the old side.
    pub(crate) old: usize,
    /// Its place on the new side.
    pub(crate) new: usize,
    /// Records of the old side that fit the new one as well, [`MAX_RIVALS`] at most.
    pub(crate) old_rivals: Vec<usize>,
    /// Records of the new side that fit the old one as well, [`MAX_RIVALS`] at most.
    pub(crate) new_rivals: Vec<usize>,
}

impl Pair {
    fn without_rivals(old: usize, new: usize) -> Self {
        Self {
            old,
            new,
            old_rivals: vec![],
            new_rivals: vec![],
        }
    }
}

/// An entry with what makes it comparable, made when it is asked for: most records match by their
/// ids and facts alone.
pub(crate) struct Known<'a> {
    pub(crate) entry: &'a Entry,
    words: OnceCell<Vec<String>>,
    title: OnceCell<String>,
}

impl<'a> Known<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self {
            entry,
            words: OnceCell::new(),
            title: OnceCell::new(),
        }
    }

    /// The words of its title that count for [`likeness`].
    pub(crate) fn words(&self) -> &[String] {
        self.words.get_or_init(|| words(&self.entry.facts.title))
    }

    /// Its title, folded.
    pub(crate) fn title(&self) -> &str {
        self.title.get_or_init(|| fold(&self.entry.facts.title))
    }

    pub(crate) fn name(&self) -> &'a str {
        &self.entry.facts.service_name
    }

    /// Whether they have a transport in common, or one of them gives none.
    pub(crate) fn transports_meet(&self, other: &Self) -> bool {
        let (a, b) = (&self.entry.facts.transports, &other.entry.facts.transports);
        a.is_empty() || b.is_empty() || !a.is_disjoint(b)
    }

    /// Whether only ports and transports are known.
    pub(crate) fn is_bare(&self) -> bool {
        let facts = &self.entry.facts;
        self.name().is_empty() && facts.title.is_empty() && facts.used_by.is_empty()
    }

    /// Whether they have a product, or a word that may be one, in common.
    pub(crate) fn users_meet(&self, other: &Self) -> bool {
        let (a, b) = (&self.entry.facts, &other.entry.facts);
        !a.products.is_disjoint(&b.products) || !a.words.is_disjoint(&b.words)
    }
}

pub(crate) struct Matcher<'a> {
    pub(crate) old: Vec<Known<'a>>,
    pub(crate) new: Vec<Known<'a>>,
    old_free: Vec<bool>,
    new_free: Vec<bool>,
    pairs: Vec<Pair>,
    /// How many more pairs of groups may be weighed.
    left: usize,
}

/// Matches the records of two sides; `set_aside` gives the places of records that are not there
/// for the others once the same rows are matched.
pub(crate) fn pairs(
    old: &[Arc<Entry>],
    new: &[Arc<Entry>],
    set_aside: impl FnOnce(&[usize], &[usize]) -> [BTreeSet<usize>; 2],
) -> Vec<Pair> {
    let mut matcher = Matcher {
        old: old.iter().map(|entry| Known::of(entry)).collect(),
        new: new.iter().map(|entry| Known::of(entry)).collect(),
        old_free: vec![true; old.len()],
        new_free: vec![true; new.len()],
        pairs: Vec::new(),
        left: max_weighed(old.len() + new.len()),
    };
    for key in EQUAL {
        matcher.equal(*key);
    }
    for (key, accept) in SAME_ROW {
        matcher.level(*key, *accept);
    }
    let [old_aside, new_aside] = set_aside(&free(&matcher.old_free), &free(&matcher.new_free));
    for (all, aside) in [
        (&mut matcher.old_free, old_aside),
        (&mut matcher.new_free, new_aside),
    ] {
        for at in aside {
            all[at] = false;
        }
    }
    for (key, accept) in LIKE_ROW {
        matcher.level(*key, *accept);
    }
    matcher.overlaps();
    matcher.pairs
}

fn free(all: &[bool]) -> Vec<usize> {
    (0..all.len()).filter(|at| all[*at]).collect()
}

/// How well two records fit, 0 to 1.
pub(crate) fn score(a: &Known<'_>, b: &Known<'_>) -> f32 {
    let title = likeness(a.words(), b.words());
    let (x, y) = (&a.entry.facts, &b.entry.facts);
    let same = |equal: bool| if equal { 1.0 } else { 0.0 };
    let touch = x.ports.iter().take(8).any(|range| {
        y.ports
            .iter()
            .take(8)
            .any(|other| range.intersection(*other).is_some())
    });
    0.6 * title
        + 0.15 * same(touch)
        + 0.1 * same(x.products == y.products)
        + 0.1 * same(x.rfcs == y.rfcs)
        + 0.05 * same(x.ports == y.ports)
}

impl Matcher<'_> {
    /// The places of free records that have a key in common, on both sides.
    fn groups(&self, key: KeyOf) -> Vec<[Vec<usize>; 2]> {
        if !self.old_free.contains(&true) || !self.new_free.contains(&true) {
            return Vec::new();
        }
        let mut groups: BTreeMap<Key<'_>, [Vec<usize>; 2]> = BTreeMap::new();
        for at in free(&self.old_free) {
            if let Some(key) = key(&self.old[at]) {
                groups.entry(key).or_default()[0].push(at);
            }
        }
        for at in free(&self.new_free) {
            if let Some([_, new]) = key(&self.new[at]).and_then(|key| groups.get_mut(&key)) {
                new.push(at);
            }
        }
        let groups = groups.into_values();
        groups.filter(|[_, new]| !new.is_empty()).collect()
    }

    fn pair(&mut self, pair: Pair) {
        self.old_free[pair.old] = false;
        self.new_free[pair.new] = false;
        self.pairs.push(pair);
    }

    /// Pairs records that say the same; which of several is of no consequence.
    fn equal(&mut self, key: KeyOf) {
        for [old, new] in self.groups(key) {
            for (old, new) in old.into_iter().zip(new) {
                self.pair(Pair::without_rivals(old, new));
            }
        }
    }

    /// Pairs records that agree in a key, if `accept` has nothing against it.
    fn level(&mut self, key: KeyOf, accept: Accept) {
        for [mut old, mut new] in self.groups(key) {
            // Nothing to choose from, so how well they fit is of no consequence.
            if let ([old], [new]) = (&*old, &*new) {
                if accept(&self.old[*old], &self.new[*new]) {
                    self.pair(Pair::without_rivals(*old, *new));
                }
                continue;
            }
            let count = old.len() * new.len();
            if count <= MAX_PAIRS.min(self.left) {
                self.left -= count;
                let mut candidates = Vec::new();
                for &a in &old {
                    for &b in new.iter().filter(|b| accept(&self.old[a], &self.new[**b])) {
                        let score = score(&self.old[a], &self.new[b]);
                        candidates.push(Candidate {
                            old: a,
                            new: b,
                            score,
                        });
                    }
                }
                self.take(candidates);
                continue;
            }
            old.sort_by_key(|at| (&self.old[*at].entry.facts, &self.old[*at].entry.id));
            new.sort_by_key(|at| (&self.new[*at].entry.facts, &self.new[*at].entry.id));
            let few = |all: &[usize], paired: usize| -> Vec<usize> {
                all.iter()
                    .copied()
                    .filter(|at| *at != paired)
                    .take(MAX_RIVALS)
                    .collect()
            };
            for (&a, &b) in old.iter().zip(&new) {
                if accept(&self.old[a], &self.new[b]) {
                    let (old_rivals, new_rivals) = (few(&old, a), few(&new, b));
                    self.pair(Pair {
                        old: a,
                        new: b,
                        old_rivals,
                        new_rivals,
                    });
                }
            }
        }
    }

    /// Pairs what is left by shared ports and like titles.
    fn overlaps(&mut self) {
        let (old, new) = (free(&self.old_free), free(&self.new_free));
        let candidates = overlapping(self, &old, &new);
        self.take(candidates);
    }

    fn take(&mut self, candidates: Vec<Candidate>) {
        for pair in greedy(self, candidates) {
            self.pair(pair);
        }
    }
}
