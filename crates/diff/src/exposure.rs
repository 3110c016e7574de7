//! Which ports newly open or close, and whose products that touches.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{PortRange, PortSet, Transport, UnreadRow};
use serde::{Deserialize, Serialize};

use crate::detail::{Detail, Weight};
use crate::facts::Entry;
use crate::product_exposure::{ProductExposure, by_product};
use crate::records::Change;
use crate::unread::{Unreadable, doubtful_ports};

/// The ports of one transport that only one side names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposure {
    /// The transports with a difference.
    pub transports: Vec<TransportExposure>,
    /// The products of records that came, went, or have other ports or
    /// transports, and the products that a record gained or lost.
    pub products: BTreeSet<String>,
    /// The products that gain or lose ports, all their records together, by name.
    #[serde(default)]
    pub by_product: Vec<ProductExposure>,
}

/// What is known of one side: its records, and the other side's records for the rows that it
/// could not read.
pub(crate) struct Known<'a> {
    pub(crate) entries: Vec<&'a Entry>,
    /// Rows that nobody could read.
    unread: Vec<&'a UnreadRow>,
}

impl<'a> Known<'a> {
    fn of(own: &'a [Entry], own_side: Unreadable, changes: &'a [Change]) -> Self {
        let mut known = Self {
            entries: own.iter().collect(),
            unread: Vec::new(),
        };
        for change in changes {
            match change {
                Change::Unread { side, row, entry } if *side == own_side => match entry {
                    Some(entry) => known.entries.push(entry),
                    None => known.unread.push(row),
                },
                _ => {}
            }
        }
        known
    }

    fn coverage(&self) -> Coverage {
        coverage(self.entries.iter().copied())
    }

    /// The ports of rows that nobody could read.
    pub(crate) fn doubtful(&self, transport: Option<Transport>) -> PortSet {
        doubtful_ports(&self.unread, transport)
    }
}

/// The ports of each transport.
pub(crate) type Coverage = BTreeMap<Option<Transport>, PortSet>;

pub(crate) fn exposure(old: &[Entry], new: &[Entry], changes: &[Change]) -> Exposure {
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
        let opened = is.difference(was).difference(&before.doubtful(transport));
        let closed = was.difference(is).difference(&after.doubtful(transport));
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

pub(crate) fn coverage<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Coverage {
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
