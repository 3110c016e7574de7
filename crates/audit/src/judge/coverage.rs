//! Which ports a list covers, transport by transport.

use appleports_model::{PortRange, PortSet, Transport};

use crate::article::{Row, covers};
use crate::transports::Transports;

/// The ports of each transport.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage {
    ranges: [Vec<PortRange>; 4],
    sets: [PortSet; 4],
}

impl Coverage {
    /// Adds ports; of every transport where none is given.
    pub(crate) fn add(&mut self, ports: PortRange, transports: Transports) {
        for (at, transport) in Transport::ALL.into_iter().enumerate() {
            if transports.is_empty() || transports.has(transport) {
                self.ranges[at].push(ports);
            }
        }
    }

    /// Makes sets of what was added.
    pub(crate) fn settle(&mut self) {
        for (set, ranges) in self.sets.iter_mut().zip(&self.ranges) {
            *set = ranges.iter().copied().collect();
        }
    }

    /// The ports of a transport.
    pub(crate) fn of(&self, transport: Transport) -> &PortSet {
        let at = Transport::ALL
            .iter()
            .position(|listed| *listed == transport);
        &self.sets[at.unwrap_or_default()]
    }

    /// Whether a row is covered, or need not be: nobody can open a row without a transport.
    pub(crate) fn has(&self, row: &Row<'_>, by_first: bool) -> bool {
        let ports = if by_first {
            PortRange::single(row.ports.first())
        } else {
            row.ports
        };
        row.transport
            .is_none_or(|transport| covers(self.of(transport), ports))
    }
}
