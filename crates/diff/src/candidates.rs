//! Choosing among several records that could be the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::matching::{Known, Matcher, Pair, score};
use crate::text::likeness;

/// A match is ambiguous when another one scores less than this below it.
const CLOSE: f32 = 0.05;

/// Two records that could be one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) old: usize,
    pub(crate) new: usize,
    pub(crate) score: f32,
}

/// Takes the best candidates first; those that came close are named as rivals.
pub(crate) fn greedy(matcher: &Matcher<'_>, mut candidates: Vec<Candidate>) -> Vec<Pair> {
    let entry = |candidate: &Candidate| {
        (
            matcher.old[candidate.old].entry,
            matcher.new[candidate.new].entry,
        )
    };
    // Ties are broken by the two records, whichever is old, so that the way back
    // makes the same pairs.
    candidates.sort_by(|a, b| {
        let ((old_a, new_a), (old_b, new_b)) = (entry(a), entry(b));
        b.score.total_cmp(&a.score).then_with(|| {
            let facts = (&old_a.facts)
                .min(&new_a.facts)
                .cmp((&old_b.facts).min(&new_b.facts));
            facts
                .then_with(|| {
                    (&old_a.facts)
                        .max(&new_a.facts)
                        .cmp((&old_b.facts).max(&new_b.facts))
                })
                .then_with(|| (&old_a.id).min(&new_a.id).cmp((&old_b.id).min(&new_b.id)))
                .then_with(|| (&old_a.id).max(&new_a.id).cmp((&old_b.id).max(&new_b.id)))
        })
    });
    let mut by_old: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
    let mut by_new: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
    for candidate in &candidates {
        by_old.entry(candidate.old).or_default().push(*candidate);
        by_new.entry(candidate.new).or_default().push(*candidate);
    }
    let (mut old_taken, mut new_taken) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for best in candidates {
        if old_taken.contains(&best.old) || new_taken.contains(&best.new) {
            continue;
        }
        old_taken.insert(best.old);
        new_taken.insert(best.new);
        let (old, new) = entry(&best);
        let close = |other: &&Candidate| other.score > best.score - CLOSE;
        let old_rivals = by_new[&best.new]
            .iter()
            .filter(close)
            .map(|other| other.old)
            .filter(|at| matcher.old[*at].entry.facts != old.facts);
        let new_rivals = by_old[&best.old]
            .iter()
            .filter(close)
            .map(|other| other.new)
            .filter(|at| matcher.new[*at].entry.facts != new.facts);
        pairs.push(Pair {
            old: best.old,
            new: best.new,
            old_rivals: old_rivals.collect(),
            new_rivals: new_rivals.collect(),
        });
    }
    pairs
}

/// Pairs among the given records that share a port and a transport and have like
/// titles. None at all where so many overlap that the ports tell nothing.
pub(crate) fn overlapping(matcher: &Matcher<'_>, old: &[usize], new: &[usize]) -> Vec<Candidate> {
    let limit = 16 * (old.len() + new.len()) + 1024;
    let mut starts: Vec<(u16, u16, bool, usize)> = Vec::new();
    for (side, known, free) in [(false, &matcher.old, old), (true, &matcher.new, new)] {
        for &at in free {
            let ranges = known[at].entry.facts.ports.iter();
            starts.extend(ranges.map(|range| (range.first(), range.last(), side, at)));
        }
    }
    starts.sort_unstable();
    let mut open: [BTreeSet<(u16, usize)>; 2] = [BTreeSet::new(), BTreeSet::new()];
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut met = 0_usize;
    for (first, last, side, at) in starts {
        let (own_side, other) = (usize::from(side), usize::from(!side));
        open[other] = open[other].split_off(&(first, 0));
        met += open[other].len();
        if met > limit {
            return Vec::new();
        }
        found.extend(
            open[other]
                .iter()
                .map(|(_, mate)| if side { (*mate, at) } else { (at, *mate) }),
        );
        open[own_side].insert((last, at));
    }
    found
        .into_iter()
        .filter(|(a, b)| fits(&matcher.old[*a], &matcher.new[*b]))
        .map(|(old, new)| Candidate {
            old,
            new,
            score: score(&matcher.old[old], &matcher.new[new]),
        })
        .collect()
}

fn fits(a: &Known<'_>, b: &Known<'_>) -> bool {
    let has_like_title = !a.words().is_empty() && likeness(a.words(), b.words()) >= 0.5;
    // Without a name, the shared ports and the same users make a row the same.
    let is_nameless =
        a.entry.facts.service_name.is_empty() && b.entry.facts.service_name.is_empty();
    a.transports_meet(b)
        && (has_like_title || is_nameless && (a.users_meet(b) || a.is_bare() && b.is_bare()))
}
