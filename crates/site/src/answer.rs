//! The answer that a visitor came for: `TCP 80, 443, 5223; UDP 3478-3497`.

use std::collections::BTreeMap;

use appleports_model::{PortRange, PortSet, Record, Transport, joined};
use appleports_pipeline::ProductPorts;

/// The ports in one line; empty where there are none.
pub(crate) fn answer(ports: &[ProductPorts]) -> String {
    let lists = ports.iter().map(|ports| {
        let transport = ports.transport.map_or_else(
            || "no transport given".to_owned(),
            |transport| transport.as_str().to_uppercase(),
        );
        let colon = if ports.transport.is_none() { ":" } else { "" };
        format!("{transport}{colon} {}", joined(&ports.ranges, ", "))
    });
    joined(lists, "; ")
}

/// The ports of rows that give this range: only the range itself.
pub(crate) fn ports_of(records: &[&Record], range: PortRange) -> Vec<ProductPorts> {
    let rows = records.iter().flat_map(|record| record.rows());
    let mut ranges: BTreeMap<(bool, Option<Transport>), Vec<PortRange>> = BTreeMap::new();
    for (ports, transport) in rows.filter(|(ports, _)| *ports == range) {
        let list = ranges.entry((transport.is_none(), transport)).or_default();
        list.push(ports);
    }
    let by_transport = ranges.into_iter();
    by_transport
        .map(|((_, transport), ranges)| ProductPorts {
            transport,
            ranges: ranges.into_iter().collect::<PortSet>().ranges().to_vec(),
        })
        .collect()
}
