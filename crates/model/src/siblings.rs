//! What Apple's other support articles give as ports of single products.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::port::PortSet;
use crate::transport::Transport;

/// Another support article of Apple's that names ports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sibling {
    /// The article's id at Apple, such as `102036`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The day, month or year that the copy which was read can be dated to.
    pub seen: String,
    /// What it says.
    pub facts: Vec<SiblingFact>,
}

/// The ports that such an article gives for one use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiblingFact {
    /// The product, of whose ports the article then gives all; none where its ports are those
    /// of many products together.
    pub product: Option<String>,
    /// What for, where the article tells several uses apart.
    pub purpose: String,
    /// The ports.
    pub ports: BTreeMap<Transport, PortSet>,
    /// The 1-based line in the file of facts.
    pub line: u32,
}

/// All such articles, as one file has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Siblings {
    /// The id of the source, such as `siblings/2024-07-29`.
    pub edition: String,
    /// The articles.
    pub articles: Vec<Sibling>,
}

impl Sibling {
    /// All ports that the article gives for a product, or for everything together.
    pub fn ports(&self, product: Option<&str>) -> BTreeMap<Transport, PortSet> {
        let mut all: BTreeMap<Transport, PortSet> = BTreeMap::new();
        for fact in &self.facts {
            if fact.product.as_deref() != product {
                continue;
            }
            for (transport, ports) in &fact.ports {
                let known = all.entry(*transport).or_default();
                *known = known
                    .ranges()
                    .iter()
                    .chain(ports.ranges())
                    .copied()
                    .collect();
            }
        }
        all
    }
}
