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

/// The products with a difference, by name.
pub(crate) fn by_product(old: &Known<'_>, new: &Known<'_>) -> Vec<ProductExposure> {
    let (before, after) = (Side::of(old), Side::of(new));
    let products: BTreeSet<&str> = before.products().chain(after.products()).collect();
    let exposures = products.into_iter().map(|product| ProductExposure {
        product: product.to_owned(),
        transports: differences(product, &before, &after),
    });
    exposures
        .filter(|exposure| !exposure.transports.is_empty())
        .collect()
}

fn differences(product: &str, before: &Side<'_>, after: &Side<'_>) -> Vec<ProductPorts> {
    let none = PortsByTransport::new();
    let was = before.covered.get(product).unwrap_or(&none);
    let is = after.covered.get(product).unwrap_or(&none);
    let transports: BTreeSet<_> = was.keys().chain(is.keys()).copied().collect();
    let ports = |coverage: &PortsByTransport, transport| -> PortSet {
        coverage.get(&transport).cloned().unwrap_or_default()
    };
    let found = transports.into_iter().map(|transport| {
        let (was, is) = (ports(was, transport), ports(is, transport));
        let gained = is
            .difference(&was)
            .difference(before.known.doubtful(transport));
        let lost = was
            .difference(&is)
            .difference(after.known.doubtful(transport));
        let certain_gains = before.certain(transport, &gained);
        let certain_losses = after.certain(transport, &lost);
        let differs = gained.count() + lost.count() > 0;
        differs.then(|| ProductPorts {
            transport,
            perhaps_gained: gained.difference(&certain_gains),
            perhaps_lost: lost.difference(&certain_losses),
            gained: certain_gains,
            lost: certain_losses,
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

    /// Those of the ports that a product certainly has not on this side. Any word that nobody
    /// knows may be the product, wherever it stands; then only ports without a row are certain.
    fn certain(&self, transport: Option<Transport>, ports: &PortSet) -> PortSet {
        let all = self.all.get(&transport).filter(|_| self.has_unknown_words);
        all.map_or_else(|| ports.clone(), |all| ports.difference(all))
    }

    fn products(&self) -> impl Iterator<Item = &'a str> {
        self.covered.keys().copied()
    }
}
