//! The keys by which records are matched, level by level: each says less than the one before.

use std::collections::BTreeSet;

use appleports_model::{PortRange, Transport};

use crate::facts::Facts;
use crate::matching::Known;
use crate::text::{alike_names, likeness};

/// What two records have in common to be one: the parts that a level asks for; the others are
/// none. One type for all levels, so that what groups records by it is compiled once.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key<'k> {
    id: Option<&'k str>,
    facts: Option<&'k Facts>,
    ports: Option<&'k [PortRange]>,
    transports: Option<&'k BTreeSet<Transport>>,
    name: Option<&'k str>,
    names: Option<Vec<(u16, &'k str)>>,
    title: Option<&'k str>,
}

/// The key of a record; none where the level has nothing to say of it.
pub(crate) type KeyOf = for<'k> fn(&'k Known<'_>) -> Option<Key<'k>>;

/// Whether two records with the same key can be one.
pub(crate) type Accept = fn(&Known<'_>, &Known<'_>) -> bool;

/// A key and what else is asked of the records that have it in common.
pub(crate) type MatchLevel = (KeyOf, Accept);

/// Records that say the same.
pub(crate) const EQUAL: &[KeyOf] = &[
    |k| {
        Some(Key {
            id: Some(&k.entry.id),
            ..facts(k)
        })
    },
    |k| Some(facts(k)),
];

/// Rows that are the same without a doubt, whatever else changed in them.
pub(crate) const SAME_ROW: &[MatchLevel] = &[
    (
        |k| {
            Some(Key {
                id: Some(&k.entry.id),
                ..Key::default()
            })
        },
        any,
    ),
    (
        |k| {
            Some(Key {
                name: Some(k.name()),
                ..place(k)
            })
        },
        any,
    ),
    (
        |k| {
            let has_several = !k.entry.facts.port_names.is_empty();
            has_several.then(|| Key {
                names: Some(k.entry.facts.names().collect()),
                ..place(k)
            })
        },
        any,
    ),
];

/// Rows that are alike, the surest first.
pub(crate) const LIKE_ROW: &[MatchLevel] = &[
    (
        |k| {
            Some(Key {
                name: Some(k.name()),
                ..ports(k)
            })
        },
        |a, b| !a.name().is_empty() || likeness(a.words(), b.words()) >= 0.6,
    ),
    (
        |k| {
            named(k).map(|key| Key {
                transports: Some(&k.entry.facts.transports),
                title: Some(k.title()),
                ..key
            })
        },
        any,
    ),
    (
        |k| {
            named(k).map(|key| Key {
                transports: Some(&k.entry.facts.transports),
                ..key
            })
        },
        any,
    ),
    (|k| Some(place(k)), renamed),
    (
        |k| {
            (!k.title().is_empty()).then(|| Key {
                transports: Some(&k.entry.facts.transports),
                title: Some(k.title()),
                ..Key::default()
            })
        },
        any,
    ),
    (named, any),
    (
        |k| Some(ports(k)),
        |a, b| {
            likeness(a.words(), b.words()) >= 0.35
                && !(a.words().is_empty() && b.words().is_empty())
        },
    ),
    (
        |k| Some(ports(k)),
        |a, b| a.transports_meet(b) && a.users_meet(b),
    ),
];

fn facts<'k>(known: &'k Known<'_>) -> Key<'k> {
    Key {
        facts: Some(&known.entry.facts),
        ..Key::default()
    }
}

fn ports<'k>(known: &'k Known<'_>) -> Key<'k> {
    Key {
        ports: Some(&known.entry.facts.ports),
        ..Key::default()
    }
}

fn place<'k>(known: &'k Known<'_>) -> Key<'k> {
    Key {
        transports: Some(&known.entry.facts.transports),
        ..ports(known)
    }
}

fn named<'k>(known: &'k Known<'_>) -> Option<Key<'k>> {
    let name = Some(known.name()).filter(|name| !name.is_empty());
    name.map(|name| Key {
        name: Some(name),
        ..Key::default()
    })
}

fn any(_: &Known<'_>, _: &Known<'_>) -> bool {
    true
}

/// Whether two records on the same ports can be one under two names.
fn renamed(a: &Known<'_>, b: &Known<'_>) -> bool {
    a.name().is_empty()
        || b.name().is_empty()
        || likeness(a.words(), b.words()) >= 0.35
        || alike_names(a.name(), b.name())
}
