//! Which of many port ranges cover a port: an interval tree in sorted arrays.

use crate::port::PortRange;

/// Port ranges, each with the place of its row. It takes as much memory for a range of
/// all ports as for a single one, whatever a file lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Intervals {
    /// The ranges by their first port; the middle one is the root of the tree, the
    /// middles of the two halves are its children, and so on.
    ranges: Vec<(PortRange, u32)>,
    /// At the place of a root: the last port of all ranges of its tree.
    last: Vec<u16>,
}

impl Intervals {
    pub(crate) fn of(ranges: impl Iterator<Item = (PortRange, u32)>) -> Self {
        let mut ranges: Vec<_> = ranges.collect();
        // The registry is nearly in this order, which a stable sort makes use of.
        ranges.sort_by_key(|(ports, _)| ports.first());
        let mut last = vec![0; ranges.len()];
        note_last(&ranges, &mut last);
        Self { ranges, last }
    }

    /// The places of the rows whose range covers the port, in ascending order.
    pub(crate) fn covering(&self, port: u16) -> Vec<u32> {
        let mut found = Vec::new();
        collect(port, &self.ranges, &self.last, &mut found);
        found.sort_unstable();
        found
    }
}

/// Fills in the last ports of a tree; returns that of its root.
fn note_last(ranges: &[(PortRange, u32)], last: &mut [u16]) -> u16 {
    let middle = ranges.len() / 2;
    let Some((ports, _)) = ranges.get(middle) else {
        return 0;
    };
    let below = note_last(&ranges[..middle], &mut last[..middle]);
    let above = note_last(&ranges[middle + 1..], &mut last[middle + 1..]);
    last[middle] = ports.last().max(below).max(above);
    last[middle]
}

fn collect(port: u16, ranges: &[(PortRange, u32)], last: &[u16], found: &mut Vec<u32>) {
    let middle = ranges.len() / 2;
    if last.get(middle).is_none_or(|last| *last < port) {
        return;
    }
    collect(port, &ranges[..middle], &last[..middle], found);
    let (ports, place) = ranges[middle];
    if ports.first() <= port {
        if ports.contains(port) {
            found.push(place);
        }
        collect(port, &ranges[middle + 1..], &last[middle + 1..], found);
    }
}
