//! Everything that is known about what was asked, gathered from all sources.

use std::collections::BTreeSet;

use appleports_model::{Former, PortRange, Record, RegistryEntry, Sibling, SiblingFact, Transport};
use appleports_pipeline::LookUp;

use super::ask::Ask;

/// How many ports of a range are looked up in the registry one by one.
const MAX_PORTS: u16 = 20;

/// Everything that is known about one question.
pub(super) struct Known<'a> {
    pub(super) ask: Ask,
    /// Apple's records.
    pub(super) records: Vec<&'a Record>,
    /// Whether there are none, but some for another transport.
    pub(super) is_elsewhere: bool,
    /// Records that left the article.
    pub(super) former: Vec<&'a Former>,
    /// What Apple's other articles say.
    pub(super) siblings: Vec<SiblingPorts<'a>>,
    /// The registry's rows for the first ports.
    pub(super) registered: Vec<Registered<'a>>,
    /// How many more rows it has for the others.
    pub(super) more_registered: usize,
}

/// What another article says about the ports.
pub(super) struct SiblingPorts<'a> {
    pub(super) article: &'a Sibling,
    pub(super) fact: &'a SiblingFact,
    /// The ports that were asked for and that it gives.
    pub(super) ports: Vec<(Transport, PortRange)>,
}

/// A row of the registry.
pub(super) struct Registered<'a> {
    pub(super) ports: PortRange,
    pub(super) entry: RegistryEntry<'a>,
}

impl<'a> Known<'a> {
    pub(super) fn gather(ask: Ask, look_up: &'a LookUp) -> Self {
        let dataset = &look_up.dataset;
        let all = Ask {
            transport: None,
            ..ask
        };
        let current = |ask: Ask| {
            dataset
                .records
                .iter()
                .filter(move |record| ask.is_covered(record))
        };
        let records: Vec<&Record> = current(ask).collect();
        let former = dataset.former.iter();
        let (registered, more_registered) = registered(ask, look_up);
        Self {
            ask,
            is_elsewhere: records.is_empty() && current(all).next().is_some(),
            records,
            former: former
                .filter(|former| ask.is_covered(&former.record))
                .collect(),
            siblings: siblings(ask, look_up),
            registered,
            more_registered,
        }
    }
}

fn siblings(ask: Ask, look_up: &LookUp) -> Vec<SiblingPorts<'_>> {
    let shared = |fact: &SiblingFact| -> Vec<(Transport, PortRange)> {
        let by_transport = fact.ports.iter();
        by_transport
            .filter(|(transport, _)| ask.has(**transport))
            .flat_map(|(transport, ports)| ports.ranges().iter().map(|range| (*transport, *range)))
            .filter_map(|(transport, range)| Some((transport, range.intersection(ask.ports)?)))
            .collect()
    };
    let articles = look_up
        .siblings
        .iter()
        .flat_map(|siblings| &siblings.articles);
    articles
        .flat_map(|article| article.facts.iter().map(move |fact| (article, fact)))
        .map(|(article, fact)| SiblingPorts {
            article,
            fact,
            ports: shared(fact),
        })
        .filter(|sibling| !sibling.ports.is_empty())
        .collect()
}

/// The registry's rows for the first ports, each once, and how many more there are.
fn registered(ask: Ask, look_up: &LookUp) -> (Vec<Registered<'_>>, usize) {
    let mut seen = BTreeSet::new();
    let mut shown = Vec::new();
    let mut more = 0;
    for at in ask.ports.first()..=ask.ports.last() {
        for row in at_port(at, ask, look_up) {
            // A row without a transport is found for each of them, and a range at each port.
            if !seen.insert((row.entry.line, row.entry.transport)) {
                continue;
            }
            if at - ask.ports.first() < MAX_PORTS {
                shown.push(row);
            } else {
                more += 1;
            }
        }
    }
    (shown, more)
}

/// The rows for one port, transport by transport: those with a name, or else one without;
/// and those that give no transport.
fn at_port(port: u16, ask: Ask, look_up: &LookUp) -> Vec<Registered<'_>> {
    let registry = &look_up.registry;
    let mut rows = Vec::new();
    for transport in Transport::ALL
        .into_iter()
        .filter(|transport| ask.has(*transport))
    {
        let before = rows.len();
        rows.extend(registry.at(port, transport));
        if rows.len() == before {
            let mut nameless = registry.others_at(port, transport);
            rows.extend(nameless.find(|entry| entry.name.is_empty()));
        }
    }
    let without = registry.covering(port);
    rows.extend(without.filter(|entry| entry.transport.is_none() && !entry.name.is_empty()));
    let ports = |entry: &RegistryEntry<'_>| {
        let whole = entry.ports.filter(|_| !ask.ports.is_single());
        whole.unwrap_or_else(|| PortRange::single(port))
    };
    rows.into_iter()
        .map(|entry| Registered {
            ports: ports(&entry),
            entry,
        })
        .collect()
}
