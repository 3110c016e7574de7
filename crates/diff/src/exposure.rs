//! Which ports newly open or close, and whose products that touches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use appleports_model::{PortRange, PortSet, Transport, UnreadRow};
use serde::Serialize;

use crate::detail::{Detail, Weight};
use crate::facts::Entry;
use crate::product_exposure::{ProductExposure, by_product};
use crate::records::Change;
use crate::unread::{Comparable, Evident, MAX_PAIRS, Unreadable, doubtful_ports};

/// The ports of one transport that only one side names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TransportExposure {
    /// The transport; none for rows that give none.
    pub transport: Option<Transport>,
    /// How many ports only the new side names.
    pub opened: u32,
    /// Which.
    pub opened_ranges: PortSet,
    /// How many ports only the old side names.
    pub closed: u32,
    /// Which.
    pub closed_ranges: PortSet,
}

/// What the changes mean for a firewall.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exposure {
    /// The transports with a difference.
    pub transports: Vec<TransportExposure>,
    /// The products of records that came, went, or have other ports or
    /// transports, and the products that a record gained or lost.
    pub products: BTreeSet<String>,
    /// The products that gain or lose ports, all their records together, by name.
    pub by_product: Vec<ProductExposure>,
}

/// What is known of one side: its records, and those of the other side that the rows which it
/// could not read are or may be.
pub(crate) struct Known<'a> {
    pub(crate) entries: Vec<&'a Entry>,
    /// The ports of the rows that it could not read, gathered once: each product asks for them.
    doubtful: PortsByTransport,
}

impl<'a> Known<'a> {
    fn of(entries: &'a [Arc<Entry>], own_side: Unreadable, changes: &'a [Change]) -> Self {
        let mut known = Self {
            entries: entries.iter().map(Arc::as_ref).collect(),
            doubtful: PortsByTransport::new(),
        };
        let mut unread: Vec<&UnreadRow> = Vec::new();
        let mut open: Vec<Evident<'a>> = Vec::new();
        for change in changes {
            if let Change::Unread {
                side,
                row,
                was,
                entry,
                candidates,
            } = change
                && (*side == own_side || *side == Unreadable::Both)
            {
                let is_was = own_side == Unreadable::Old;
                let row = was.as_ref().filter(|_| is_was).unwrap_or(row);
                known.entries.extend(entry.as_deref());
                known.entries.extend(candidates.iter().map(Arc::as_ref));
                unread.push(row);
                let evident = Evident::of(row);
                let gives_ports =
                    |record: &Entry| evident.gives_ports_of(&Comparable::of(&record.facts));
                if !entry.as_deref().is_some_and(gives_ports) {
                    open.push(evident);
                }
            }
        }
        known.add_open(own_side, changes, &open);
        let transports = Transport::ALL.into_iter().map(Some).chain([None]);
        known.doubtful = transports
            .map(|transport| (transport, doubtful_ports(&unread, transport)))
            .collect();
        known
    }

    /// Adds the records with other ports on the other side that rows may be as well.
    fn add_open(&mut self, own_side: Unreadable, changes: &'a [Change], open: &[Evident<'_>]) {
        let moved = changes.iter().filter_map(|change| match change {
            Change::Changed { old, new, .. } if change.weight() == Weight::Exposure => {
                Some(if own_side == Unreadable::New {
                    old
                } else {
                    new
                })
            }
            _ => None,
        });
        if open.is_empty() {
            return;
        }
        let moved: Vec<(&'a Entry, Comparable<'a>)> = moved
            .map(|entry| (&**entry, Comparable::of(&entry.facts)))
            .collect();
        let size: usize = moved.iter().map(|(_, record)| record.size()).sum();
        if size * open.len() <= MAX_PAIRS {
            let may_be = |record: &Comparable<'_>| open.iter().any(|row| row.may_be(record));
            let found = moved.iter().filter(|(_, record)| may_be(record));
            self.entries.extend(found.map(|(entry, _)| *entry));
        }
    }

    fn coverage(&self) -> PortsByTransport {
        coverage(self.entries.iter().copied())
    }

    /// The ports of the rows that it could not read.
    pub(crate) fn doubtful(&self, transport: Option<Transport>) -> &PortSet {
        &self.doubtful[&transport]
    }
}

/// The ports of each transport.
pub(crate) type PortsByTransport = BTreeMap<Option<Transport>, PortSet>;

pub(crate) fn exposure(old: &[Arc<Entry>], new: &[Arc<Entry>], changes: &[Change]) -> Exposure {
    let (before, after) = (
        Known::of(old, Unreadable::Old, changes),
        Known::of(new, Unreadable::New, changes),
    );
    let (was_covered, is_covered) = (before.coverage(), after.coverage());
    let transports: BTreeSet<_> = was_covered
        .keys()
        .chain(is_covered.keys())
        .copied()
        .collect();
    let none = PortSet::default();
    let transports = transports.into_iter().filter_map(|transport| {
        let was = was_covered.get(&transport).unwrap_or(&none);
        let is = is_covered.get(&transport).unwrap_or(&none);
        let opened = is.difference(was).difference(before.doubtful(transport));
        let closed = was.difference(is).difference(after.doubtful(transport));
        (opened.count() + closed.count() > 0).then(|| TransportExposure {
            transport,
            opened: opened.count(),
            opened_ranges: opened,
            closed: closed.count(),
            closed_ranges: closed,
        })
    });
    Exposure {
        transports: transports.collect(),
        products: changes.iter().flat_map(products).collect(),
        by_product: by_product(&before, &after),
    }
}

pub(crate) fn coverage<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> PortsByTransport {
    let mut ranges: BTreeMap<Option<Transport>, Vec<PortRange>> = BTreeMap::new();
    for facts in entries.into_iter().map(|entry| &entry.facts) {
        if facts.transports.is_empty() {
            ranges.entry(None).or_default().extend(&facts.ports);
        }
        for transport in &facts.transports {
            ranges
                .entry(Some(*transport))
                .or_default()
                .extend(&facts.ports);
        }
    }
    ranges
        .into_iter()
        .map(|(transport, ranges)| (transport, ranges.into_iter().collect()))
        .collect()
}

fn products(change: &Change) -> Vec<String> {
    match change {
        Change::Added { entry, .. } | Change::Removed { entry, .. } => {
            entry.facts.products.iter().cloned().collect()
        }
        Change::Unread { .. } => Vec::new(),
        Change::Changed {
            old, new, details, ..
        } => {
            if details
                .iter()
                .any(|detail| detail.weight() == Weight::Exposure)
            {
                return old
                    .facts
                    .products
                    .union(&new.facts.products)
                    .cloned()
                    .collect();
            }
            let members = details.iter().filter_map(|detail| match detail {
                Detail::Products(members) => Some(members.all()),
                _ => None,
            });
            members
                .flat_map(|members| &members.gained | &members.lost)
                .collect()
        }
    }
}
