//! The ports of a file: the union of the rows, in the shape that the format writes.

use std::collections::BTreeMap;

use appleports_model::{Dataset, PortRange, PortSet, Transport, joined};

use super::template::Values;

/// The ports to open: the union of all ranges, transport by transport. Only TCP and UDP
/// occur in the article.
pub(super) fn open_ports(dataset: &Dataset) -> BTreeMap<Transport, PortSet> {
    let mut ranges: BTreeMap<Transport, Vec<PortRange>> = BTreeMap::new();
    for record in &dataset.records {
        // The verdicts, one a row: a filter may have left single rows of a record.
        for check in &record.cross_check {
            if let Some(transport) = check.transport {
                ranges.entry(transport).or_default().push(check.ports);
            }
        }
    }
    let sets = ranges
        .into_iter()
        .map(|(transport, ranges)| (transport, ranges.into_iter().collect()));
    sets.collect()
}

/// How ports are written.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// Between the first and the last port of a range.
    pub(super) between: char,
    /// Between the entries of a list.
    pub(super) separator: &'static str,
    /// How many ports a group may have, where a range counts as two.
    pub(super) slots: usize,
    /// Whether each port is an entry of its own.
    pub(super) expand: bool,
}

impl Shape {
    /// By transport, by group and by entry; the first that has a template's names is used.
    pub(super) fn values(self, open: &BTreeMap<Transport, PortSet>) -> [Values; 3] {
        let (mut transports, mut groups, mut ranges) = (Vec::new(), Vec::new(), Vec::new());
        for (transport, set) in open {
            let name = transport.as_str();
            let letter = name[..1].to_uppercase();
            let entries = self.entries(set);
            transports.push(vec![name.to_owned(), letter, self.list(&entries)]);
            for group in self.groups(&entries) {
                groups.push(vec![name.to_owned(), self.list(group)]);
            }
            ranges.extend(
                entries
                    .iter()
                    .map(|range| vec![name.to_owned(), self.one(*range)]),
            );
        }
        [
            Values {
                columns: &["transport", "letter", "ports"],
                rows: transports,
            },
            Values {
                columns: &["transport", "group"],
                rows: groups,
            },
            Values {
                columns: &["transport", "range"],
                rows: ranges,
            },
        ]
    }

    fn entries(self, set: &PortSet) -> Vec<PortRange> {
        if !self.expand {
            return set.ranges().to_vec();
        }
        let ports = set
            .ranges()
            .iter()
            .flat_map(|range| range.first()..=range.last());
        ports.map(PortRange::single).collect()
    }

    fn one(self, range: PortRange) -> String {
        if range.is_single() {
            range.first().to_string()
        } else {
            format!("{}{}{}", range.first(), self.between, range.last())
        }
    }

    fn list(self, ranges: &[PortRange]) -> String {
        joined(ranges.iter().map(|range| self.one(*range)), self.separator)
    }

    fn groups(self, mut ranges: &[PortRange]) -> Vec<&[PortRange]> {
        let mut groups = Vec::new();
        while !ranges.is_empty() {
            let mut slots = 0;
            let fits = |range: &&PortRange| {
                slots += if range.is_single() { 1 } else { 2 };
                slots <= self.slots
            };
            let count = ranges.iter().take_while(fits).count().max(1);
            let (group, rest) = ranges.split_at(count);
            groups.push(group);
            ranges = rest;
        }
        groups
    }
}
