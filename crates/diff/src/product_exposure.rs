//! Which ports each product gains and loses.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{PortSet, Transport};
use serde::Serialize;

use crate::exposure::{Known, PortsByTransport, coverage};
use crate::facts::Entry;

/// The ports that a product gains and loses: all its records together, so a port that
/// only moves from one record of the product to another is no difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProductExposure {
    /// The canonical product name.
    pub product: String,
    /// The transports with a difference; never empty.
    pub transports: Vec<ProductPorts>,
}

/// The ports of one transport that a product gains and loses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProductPorts {
    /// The transport; none for rows that give none.
    pub transport: Option<Transport>,
    /// The ports that only the new side gives for the product.
    pub gained: PortSet,
    /// The ports that only the old side gives for the product.
    pub lost: PortSet,
    /// Ports that only the new side gives for the product, while the old side has rows for them,
    /// and in any row words that the vocabulary does not know: one of these may be the product.
    pub perhaps_gained: PortSet,
    /// Likewise, ports that only the old side gives for the product.
    pub perhaps_lost: PortSet,
}

impl ProductExposure {
    /// Whether the product gains ports for certain.
    pub fn gains(&self) -> bool {
        self.transports.iter().any(|ports| ports.gained.count() > 0)
    }

    /// Whether the product loses ports for certain.
    pub fn loses(&self) -> bool {
        self.transports.iter().any(|ports| ports.lost.count() > 0)
    }
}

/// The most ranges of rows that speak of no product, counted again for each product that they leave in
/// doubt: the article has some 60 rows and 50 products.
const MAX_DOUBTED: usize = 250_000;

/// The products with a difference, by name.
pub(crate) fn by_product(old: &Known<'_>, new: &Known<'_>) -> Vec<ProductExposure> {
    let (before, after) = (Side::of(old), Side::of(new));
    let products: BTreeSet<&str> = before.products().chain(after.products()).collect();
    let mut left = MAX_DOUBTED;
    let exposures = products.into_iter().map(|product| ProductExposure {
        product: product.to_owned(),
        transports: differences(product, &before, &after, &mut left),
    });
    exposures
        .filter(|exposure| !exposure.transports.is_empty())
        .collect()
}

fn differences(
    product: &str,
    before: &Side<'_>,
    after: &Side<'_>,
    left: &mut usize,
) -> Vec<ProductPorts> {
    let none = PortsByTransport::new();
    let was = before.covered.get(product).unwrap_or(&none);
    let is = after.covered.get(product).unwrap_or(&none);
    let transports: BTreeSet<_> = was.keys().chain(is.keys()).copied().collect();
    let nothing = PortSet::default();
    let found = transports.into_iter().map(|transport| {
        let was = was.get(&transport).unwrap_or(&nothing);
        let is = is.get(&transport).unwrap_or(&nothing);
        let [gained, perhaps_gained] = before.doubted(transport, is.difference(was), left);
        let [lost, perhaps_lost] = after.doubted(transport, was.difference(is), left);
        let sets = [&gained, &perhaps_gained, &lost, &perhaps_lost];
        let differs = sets.iter().any(|set| set.count() > 0);
        differs.then_some(ProductPorts {
            transport,
            gained,
            lost,
            perhaps_gained,
            perhaps_lost,
        })
    });
    found.flatten().collect()
}

/// The ports of one side.
struct Side<'a> {
    /// What each product covers.
    covered: BTreeMap<&'a str, PortsByTransport>,
    /// Whether a row has words that the vocabulary does not know.
    has_unknown_words: bool,
    /// What all rows cover.
    all: PortsByTransport,
    known: &'a Known<'a>,
}

impl<'a> Side<'a> {
    fn of(known: &'a Known<'a>) -> Self {
        let mut by_product: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for &entry in &known.entries {
            for product in &entry.facts.products {
                by_product.entry(product).or_default().push(entry);
            }
        }
        let covered = by_product.into_iter();
        Self {
            covered: covered
                .map(|(name, entries)| (name, coverage(entries)))
                .collect(),
            has_unknown_words: known
                .entries
                .iter()
                .any(|entry| !entry.facts.words.is_empty()),
            all: coverage(known.entries.iter().copied()),
            known,
        }
    }

    /// Those of the ports that a product certainly has not on this side, and those that it perhaps has
    /// not. Any word that nobody knows may be the product, wherever it stands; then only ports without
    /// a row are certain. Ports of rows that could not be read are in neither.
    ///
    /// Where no more ranges are `left` to look at, all are in doubt.
    fn doubted(
        &self,
        transport: Option<Transport>,
        ports: PortSet,
        left: &mut usize,
    ) -> [PortSet; 2] {
        let unread = self.known.doubtful(transport);
        let all = self.all.get(&transport).filter(|_| self.has_unknown_words);
        let size = unread.ranges().len() + all.map_or(0, |all| all.ranges().len());
        if ports.count() == 0 || size == 0 {
            return [ports, PortSet::default()];
        }
        let Some(rest) = left.checked_sub(size) else {
            return [PortSet::default(), ports];
        };
        *left = rest;
        let ports = ports.difference(unread);
        match all {
            Some(all) => {
                let certain = ports.difference(all);
                let perhaps = ports.difference(&certain);
                [certain, perhaps]
            }
            None => [ports, PortSet::default()],
        }
    }

    fn products(&self) -> impl Iterator<Item = &'a str> {
        self.covered.keys().copied()
    }
}
