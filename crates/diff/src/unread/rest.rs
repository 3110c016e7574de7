//! What a side has that a record of the other side could have become.

use std::collections::BTreeMap;

use appleports_model::{PortRange, PortSet};

use crate::exposure::{PortsByTransport, coverage};
use crate::facts::{Entry, Facts};

/// The records of one side without a match, by their ports.
pub(crate) struct Rest {
    by_ports: BTreeMap<Vec<PortRange>, PortsByTransport>,
    all: PortsByTransport,
}

impl Rest {
    pub(crate) fn of(entries: &[&Entry]) -> Self {
        let mut by_ports: BTreeMap<Vec<PortRange>, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            let ports = entry.facts.ports.clone();
            by_ports.entry(ports).or_default().push(entry);
        }
        let by_ports = by_ports.into_iter();
        Self {
            by_ports: by_ports
                .map(|(ports, group)| (ports, coverage(group)))
                .collect(),
            all: coverage(entries.iter().copied()),
        }
    }

    /// Whether a record has just these ports, over one of these transports.
    pub(crate) fn continues(&self, facts: &Facts) -> bool {
        let covered = self.by_ports.get(&facts.ports);
        covered.is_some_and(|covered| touch(covered, facts))
    }

    /// Whether a record has one of these ports, over one of these transports.
    pub(crate) fn touches(&self, facts: &Facts) -> bool {
        touch(&self.all, facts)
    }
}

fn touch(covered: &PortsByTransport, facts: &Facts) -> bool {
    let ports = facts.port_set();
    let touches = |set: &PortSet| ports.difference(set).count() < ports.count();
    covered.iter().any(|(transport, set)| {
        let meets = facts.transports.is_empty()
            || transport.is_none_or(|transport| facts.transports.contains(&transport));
        meets && touches(set)
    })
}
