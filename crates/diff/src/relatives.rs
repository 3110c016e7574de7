//! Records that came or left, and those that they were split from or merged into.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::facts::{Entry, Facts};
use crate::matching::Pair;
use crate::records::Change;
use crate::text::{likeness, words};

/// The records without a match, but for those of each side that the other side could perhaps not
/// read.
pub(crate) fn unmatched(
    old: &[Arc<Entry>],
    new: &[Arc<Entry>],
    pairs: &[Pair],
    unread: [&BTreeSet<usize>; 2],
) -> Vec<Change> {
    let mut old_matched: Vec<bool> = (0..old.len()).map(|at| unread[0].contains(&at)).collect();
    let mut new_matched: Vec<bool> = (0..new.len()).map(|at| unread[1].contains(&at)).collect();
    let mut by_name: BTreeMap<&str, Vec<(&Entry, &Entry)>> = BTreeMap::new();
    for pair in pairs {
        (old_matched[pair.old], new_matched[pair.new]) = (true, true);
        let (before, after) = (&old[pair.old], &new[pair.new]);
        // Only a record with other ports or transports can have given or taken some.
        let has_moved = before.facts.ports != after.facts.ports
            || before.facts.transports != after.facts.transports;
        if has_moved && before.facts.service_name == after.facts.service_name {
            let name = before.facts.service_name.as_str();
            by_name.entry(name).or_default().push((before, after));
        }
    }
    // More records of one name than this, and nobody can say which one was split.
    let related = |entry: &Entry| {
        by_name
            .get(entry.facts.service_name.as_str())
            .filter(|pairs| pairs.len() <= 16)
    };
    let added = new
        .iter()
        .zip(new_matched)
        .filter(|(_, matched)| !matched)
        .map(|(entry, _)| {
            let whole = related(entry)
                .into_iter()
                .flatten()
                .find(|(before, after)| took_part(before, after, entry));
            Change::Added {
                entry: Arc::clone(entry),
                split_from: whole.map(|(before, _)| before.id.clone()),
            }
        });
    let mut found: Vec<Change> = added.collect();
    for (entry, _) in old.iter().zip(old_matched).filter(|(_, matched)| !matched) {
        let whole = related(entry)
            .into_iter()
            .flatten()
            .find(|(before, after)| took_part(after, before, entry));
        found.push(Change::Removed {
            entry: Arc::clone(entry),
            merged_into: whole.map(|(_, after)| after.id.clone()),
        });
    }
    found
}

/// Whether `part` holds ports, or transports of the same ports, that `whole` has and `rest` has
/// not.
pub(crate) fn took_part(whole: &Entry, rest: &Entry, part: &Entry) -> bool {
    let (whole, rest, part) = (&whole.facts, &rest.facts, &part.facts);
    let ports = part.port_set();
    let has_other_ports = ports.difference(&rest.port_set()).count() > 0;
    let has_other_transports =
        !part.transports.is_empty() && part.transports.is_disjoint(&rest.transports);
    !ports.ranges().is_empty()
        && part.transports.is_subset(&whole.transports)
        && ports.difference(&whole.port_set()).count() == 0
        && (has_other_ports || has_other_transports && !rest.transports.is_empty())
        && (!part.service_name.is_empty() || are_alike(whole, part))
}

/// Whether two rows without a name can be parts of one: their titles or their users agree.
fn are_alike(a: &Facts, b: &Facts) -> bool {
    if a.title.is_empty() && b.title.is_empty() && a.used_by.is_empty() && b.used_by.is_empty() {
        return true;
    }
    !a.products.is_disjoint(&b.products)
        || !a.words.is_disjoint(&b.words)
        || likeness(&words(&a.title), &words(&b.title)) >= 0.5
}
