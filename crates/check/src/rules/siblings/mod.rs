//! Apple's other articles, where they give ports for a product (A).

#[cfg(test)]
mod testing;

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{PortRange, PortSet, Record, Sibling, Transport, UnreadRow};

use super::{Context, checks, finding};

checks! {
    has_more
    has_less
}

/// The ports of the records that a product uses, or of all records, with those that a row which
/// could not be read may have.
fn ports_of(
    records: &[Record],
    unread: &[UnreadRow],
    product: Option<&str>,
) -> BTreeMap<Transport, PortSet> {
    let mut ranges: BTreeMap<Transport, Vec<PortRange>> = BTreeMap::new();
    let uses = |products: &[String]| {
        product.is_none_or(|product| products.iter().any(|name| name == product))
    };
    for record in records.iter().filter(|record| uses(&record.products)) {
        for transport in &record.transports {
            ranges.entry(*transport).or_default().extend(&record.ports);
        }
    }
    let perhaps = |row: &&UnreadRow| row.used_by.is_empty() || uses(&row.products);
    for row in unread.iter().filter(perhaps) {
        let transports = if row.transports.is_empty() {
            &Transport::ALL[..]
        } else {
            row.transports.as_slice()
        };
        for transport in transports {
            ranges.entry(*transport).or_default().extend(&row.ports);
        }
    }
    let sets = ranges.into_iter();
    sets.map(|(transport, ranges)| (transport, ranges.into_iter().collect()))
        .collect()
}

/// The products of which the article gives all ports.
fn products(article: &Sibling) -> BTreeSet<&str> {
    let facts = article.facts.iter();
    facts.filter_map(|fact| fact.product.as_deref()).collect()
}

/// The ports of `one` that `other` does not have, as people write them: `80/tcp, 90-99/udp`.
fn beyond(one: &BTreeMap<Transport, PortSet>, other: &BTreeMap<Transport, PortSet>) -> Vec<String> {
    let mut list = Vec::new();
    for (transport, ports) in one {
        let left = other
            .get(transport)
            .map_or_else(|| ports.clone(), |known| ports.difference(known));
        let ranges = left.ranges().iter();
        list.extend(ranges.map(|range| format!("{range}/{transport}")));
    }
    list
}

/// `article 102036 (Use FaceTime and iMessage behind a firewall, as of 2024)`.
fn named(article: &Sibling) -> String {
    format!(
        "article {} ({}, as of {})",
        article.id, article.title, article.seen
    )
}
