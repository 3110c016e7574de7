//! A comparison with its two sides, ready to be written.

use serde::Serialize;

use crate::detail::Weight;
use crate::keyed::KeyedChanges;
use crate::records::{Change, Changes};

/// What a side of the comparison is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The side as the user named it.
    pub name: String,
    /// The ids of its sources.
    pub sources: Vec<String>,
}

/// What was compared and what differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "compared", rename_all = "kebab-case")]
pub enum Body {
    /// Two datasets.
    Records(Changes),
    /// Two editions of the registry.
    Registry(KeyedChanges),
    /// Two services files.
    Services(KeyedChanges),
}

/// A whole comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The old side.
    pub old: Label,
    /// The new side.
    pub new: Label,
    /// The differences.
    #[serde(flatten)]
    pub body: Body,
}

impl Report {
    /// Whether the two sides say the same; white space is no difference.
    pub fn is_empty(&self) -> bool {
        match &self.body {
            Body::Records(changes) => changes.is_empty(),
            Body::Registry(changes) | Body::Services(changes) => changes.is_empty(),
        }
    }

    /// Whether ports open or close; in lists of names, whether a port has its first name or has
    /// lost its last.
    pub fn changes_exposure(&self) -> bool {
        match &self.body {
            Body::Records(changes) => !changes.exposure.transports.is_empty(),
            Body::Registry(changes) | Body::Services(changes) => changes.names_other_ports,
        }
    }

    /// Whether a row came, left, has other ports or transports, or was not read.
    pub fn changes_ports(&self) -> bool {
        match &self.body {
            Body::Records(changes) => {
                let mut weights = changes.changes.iter().map(Change::weight);
                weights.any(|weight| weight <= Weight::Unread)
            }
            Body::Registry(changes) | Body::Services(changes) => {
                changes.has_other_rows() || !changes.unread.is_empty()
            }
        }
    }
}
