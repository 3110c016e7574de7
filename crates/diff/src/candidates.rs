//! Choosing among several records that could be the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::facts::Facts;
use crate::matching::{Known, Matcher, Pair, max_weighed, score};
use crate::text::likeness;

/// A match is ambiguous when another one scores less than this below it.
const CLOSE: f32 = 0.05;

/// So many rivals of a record are named.
pub(crate) const MAX_RIVALS: usize = 3;

/// Two records that could be one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) old: usize,
    pub(crate) new: usize,
    pub(crate) score: f32,
}

/// Takes the best candidates first; some of those that came close are named as rivals.
pub(crate) fn greedy(matcher: &Matcher<'_>, mut candidates: Vec<Candidate>) -> Vec<Pair> {
    // Ties are broken by the two records, whichever is old, so that the way back
    // makes the same pairs.
    let rank = ranks(matcher, &candidates);
    candidates.sort_by(|a, b| {
        let ranks = |candidate: &Candidate| {
            let (old, new) = (rank[0][&candidate.old], rank[1][&candidate.new]);
            (old.min(new), old.max(new))
        };
        let by_score = b.score.total_cmp(&a.score);
        by_score.then_with(|| ranks(a).cmp(&ranks(b)))
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
        let old = matcher.old[best.old].entry;
        let new = matcher.new[best.new].entry;
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
            old_rivals: old_rivals.take(MAX_RIVALS).collect(),
            new_rivals: new_rivals.take(MAX_RIVALS).collect(),
        });
    }
    pairs
}

/// The places of the records of the candidates in one order of both sides: by what they say, then by
/// their ids. Each record is compared here and not with each candidate, of which there are many.
fn ranks(matcher: &Matcher<'_>, candidates: &[Candidate]) -> [HashMap<usize, usize>; 2] {
    let sides: [(&[Known<'_>], BTreeSet<usize>); 2] = [
        (
            &matcher.old,
            candidates.iter().map(|pair| pair.old).collect(),
        ),
        (
            &matcher.new,
            candidates.iter().map(|pair| pair.new).collect(),
        ),
    ];
    let mut all: Vec<(&Facts, &str, usize, usize)> = Vec::new();
    for (side, (known, places)) in sides.into_iter().enumerate() {
        all.extend(places.into_iter().map(|at| {
            let entry = known[at].entry;
            (&entry.facts, entry.id.as_str(), side, at)
        }));
    }
    all.sort_unstable();
    let mut ranks = [HashMap::new(), HashMap::new()];
    let alike =
        all.chunk_by(|(facts, id, ..), (other, other_id, ..)| (facts, id) == (other, other_id));
    for (rank, alike) in alike.enumerate() {
        for (_, _, side, at) in alike {
            ranks[*side].insert(*at, rank);
        }
    }
    ranks
}

/// Pairs among the given records that share a port and a transport and have like
/// titles. None at all where so many overlap that the ports tell nothing.
pub(crate) fn overlapping(matcher: &Matcher<'_>, old: &[usize], new: &[usize]) -> Vec<Candidate> {
    let limit = max_weighed(old.len() + new.len());
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
