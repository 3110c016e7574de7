//! How much a capture holds: what the guards compare.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{PortRange, PortSet, Record, Transport};

/// The columns that the guards watch, besides the ports.
pub(crate) const COLUMNS: [&str; 5] = ["transport", "title", "RFC", "service name", "used-by text"];

/// Above it are the dynamic ports, which the registry never assigns (RFC 6335, section 6).
const LAST_ASSIGNABLE: u16 = 49_151;

/// How much a capture holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// How many records.
    pub(crate) rows: u64,
    /// The ports, transport by transport; none for rows that give none.
    pub(crate) ports: BTreeMap<Option<Transport>, PortSet>,
    /// The same as the rows have them, each range once.
    pub(crate) entries: BTreeSet<(PortRange, Option<Transport>)>,
    /// The products that any record lists, with the ports and ranges of their records.
    pub(crate) products: BTreeMap<String, BTreeSet<(PortRange, Option<Transport>)>>,
    /// How many records have something in each of [`COLUMNS`].
    pub(crate) filled: [u64; COLUMNS.len()],
    /// How many different values these are.
    pub(crate) different: [u64; COLUMNS.len()],
}

impl Extent {
    /// Of records.
    pub(crate) fn of(records: &[Record]) -> Self {
        let columns = [
            column(records, |record| &record.transports, Vec::is_empty),
            column(records, |record| &record.title, String::is_empty),
            column(records, |record| &record.rfcs, Vec::is_empty),
            column(records, |record| &record.service_name, String::is_empty),
            column(records, |record| &record.used_by, String::is_empty),
        ];
        let entries: BTreeSet<(PortRange, Option<Transport>)> =
            records.iter().flat_map(Record::rows).collect();
        let mut products: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
        for record in records {
            for product in &record.products {
                let of_product = products.entry(product.clone()).or_default();
                of_product.extend(record.rows());
            }
        }
        let mut ranges: BTreeMap<Option<Transport>, Vec<PortRange>> = BTreeMap::new();
        for (ports, transport) in &entries {
            ranges.entry(*transport).or_default().push(*ports);
        }
        let sets = ranges.into_iter();
        Self {
            rows: records.len() as u64,
            ports: sets
                .map(|(key, ranges)| (key, ranges.into_iter().collect()))
                .collect(),
            entries,
            products,
            filled: columns.map(|(filled, _)| filled),
            different: columns.map(|(_, different)| different),
        }
    }

    /// How many ports, transport by transport added up.
    pub(crate) fn count(&self) -> u64 {
        let counts = self.ports.values().map(|ports| u64::from(ports.count()));
        counts.sum()
    }

    /// How many of them can be assigned. The dynamic ports are nine of ten ports of the table, and
    /// would hide what becomes of all others.
    pub(crate) fn assignable(&self) -> u64 {
        let assignable = |range: &PortRange| {
            let last = range.last().min(LAST_ASSIGNABLE);
            u64::from((last + 1).saturating_sub(range.first()))
        };
        let ranges = self.ports.values().flat_map(PortSet::ranges);
        ranges.map(assignable).sum()
    }

    /// Its dynamic ports alone.
    pub(crate) fn dynamic(&self) -> Self {
        let first_dynamic = LAST_ASSIGNABLE + 1;
        let above =
            |range: &PortRange| PortRange::new(range.first().max(first_dynamic), range.last());
        let sets = self.ports.iter().map(|(transport, ports)| {
            let ranges = ports.ranges().iter();
            (
                *transport,
                ranges.filter_map(|range| above(range).ok()).collect(),
            )
        });
        Self {
            ports: sets.collect(),
            ..Self::default()
        }
    }

    /// How many of the other's products still have one of their ports or ranges.
    pub(crate) fn kept_products(&self, other: &Self) -> usize {
        let is_kept = |(product, entries): &(&String, &BTreeSet<_>)| {
            let now = self.products.get(*product);
            now.is_some_and(|now| !now.is_disjoint(entries))
        };
        other.products.iter().filter(is_kept).count()
    }

    /// How many of the other's entries are still here.
    pub(crate) fn kept(&self, other: &Self) -> u64 {
        self.entries.intersection(&other.entries).count() as u64
    }

    /// The ports that none of `others` has.
    pub(crate) fn beyond<'e>(&self, others: impl Iterator<Item = &'e Self>) -> Self {
        let mut left = Self {
            ports: self.ports.clone(),
            ..Self::default()
        };
        for other in others {
            for (transport, ports) in &mut left.ports {
                if let Some(known) = other.ports.get(transport) {
                    *ports = ports.difference(known);
                }
            }
            left.ports.retain(|_, ports| ports.count() > 0);
            if left.ports.is_empty() {
                break;
            }
        }
        left
    }
}

/// How many records have something in a column, and how many different values these are.
fn column<T: Ord>(
    records: &[Record],
    value: fn(&Record) -> &T,
    is_empty: fn(&T) -> bool,
) -> (u64, u64) {
    let values = records.iter().map(value).filter(|value| !is_empty(value));
    let different: BTreeSet<&T> = values.clone().collect();
    (values.count() as u64, different.len() as u64)
}
