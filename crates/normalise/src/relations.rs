//! What records have to do with each other: duplicates, shared ports, overlaps.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;

use appleports_model::{
    Coverage, Finding, Overlap, PortRange, PortSet, Record, Transport, TransportCoverage, counted,
    message,
};

use crate::row::Draft;
use crate::{confirmed, rules};

/// Merges rows that say exactly the same into the first of them.
pub(crate) fn merge_duplicates(drafts: &mut Vec<Draft>, findings: &mut Vec<Finding>) {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for draft in drafts.drain(..) {
        let same = places.entry(digest(&draft.record)).or_default();
        let first = same
            .iter()
            .copied()
            .find(|at| says_the_same(&mut kept[*at].record, &draft.record));
        if let Some(at) = first {
            let place = &draft.record.provenance;
            let first = kept[at].record.provenance.place();
            let message = message!("the row is identical to the row on line {first}");
            let Record {
                title,
                service_name,
                used_by,
                ..
            } = &draft.record;
            findings.push(
                Finding::new(&rules::DUPLICATE, &place.source, place.place(), message).with([
                    &draft.record.place(),
                    title,
                    service_name,
                    used_by,
                ]),
            );
            let one = kept[at].record.confirmed.as_deref();
            let later = confirmed::later(one, draft.record.confirmed.as_deref());
            kept[at].record.confirmed = later.map(str::to_owned);
            kept[at]
                .record
                .provenance
                .merged_lines
                .push(place.line_first);
        } else {
            same.push(kept.len());
            kept.push(draft);
        }
    }
    *drafts = kept;
}

/// A digest of what a row says, so that only rows that are alike are compared.
fn digest(record: &Record) -> u64 {
    let texts = [
        &record.title,
        &record.service_name,
        &record.used_by,
        &record.note,
    ];
    let names = record.port_names.iter();
    let names: Vec<(u16, &str)> = names.map(|entry| (entry.port, &*entry.name)).collect();
    // Where the lines of a cell break, its parts are others.
    let parts = record.used_by_parts.iter();
    let parts: Vec<[&str; 2]> = parts.map(|part| [&*part.text, &*part.qualifier]).collect();
    let marks = (record.registration.as_str(), record.deprecated);
    let mut hasher = DefaultHasher::new();
    (&record.ports, &record.transports, &record.rfcs, texts).hash(&mut hasher);
    (names, parts, marks, &record.products).hash(&mut hasher);
    hasher.finish()
}

/// Whether two rows differ in nothing but their place and when they were confirmed.
/// The first is as before when it returns: it has the lines of all that were merged into
/// it, so nothing of it is copied.
fn says_the_same(a: &mut Record, b: &Record) -> bool {
    let place = mem::replace(&mut a.provenance, b.provenance.clone());
    let confirmed = mem::replace(&mut a.confirmed, b.confirmed.clone());
    let is_same = *a == *b;
    a.provenance = place;
    a.confirmed = confirmed;
    is_same
}

/// How many records on one port are all linked with each other.
const MAX_LINKS: usize = 16;

/// Links the records that give the same ports and transport to different services.
pub(crate) fn link_same_ports(records: &mut [Record], findings: &mut Vec<Finding>) {
    let mut owners: BTreeMap<(PortRange, Option<Transport>), Vec<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        for row in record.rows() {
            owners.entry(row).or_default().push(index);
        }
    }
    let several = |(_, shared): &(_, Vec<usize>)| shared.len() > 1;
    for ((ports, transport), mut shared) in owners.into_iter().filter(several) {
        // Beyond any article: all are linked with the first alone.
        let linked = if shared.len() > MAX_LINKS {
            &shared[..1]
        } else {
            &shared[..]
        };
        for index in &shared {
            for other in linked.iter().filter(|other| *other != index) {
                let id = records[*other].id.clone();
                if !records[*index].same_port.contains(&id) {
                    records[*index].same_port.push(id);
                }
            }
        }
        let shown = transport.map_or("no transport", Transport::as_str);
        // Which of them stands first in the article says nothing.
        shared.sort_by(|a, b| records[*a].id.cmp(&records[*b].id));
        for later in &shared[1..] {
            let (first, record) = (&records[shared[0]], &records[*later]);
            let place = &record.provenance;
            let line = first.provenance.place();
            let (name, other) = (shown_name(record), shown_name(first));
            let message =
                message!("{ports}/{shown} is given to {name} here and to {other} on line {line}");
            findings.push(
                Finding::new(&rules::SAME_PORT, &place.source, place.place(), message)
                    .about(&record.id)
                    .on([(ports, transport)])
                    .with([record.called(), first.called()]),
            );
        }
    }
}

fn shown_name(record: &Record) -> String {
    match record.called() {
        "" => "a service without a name".to_owned(),
        name => format!("`{name}`"),
    }
}

/// How many pairs are listed; the article has some forty.
const MAX_OVERLAPS: usize = 10_000;

/// All pairs of rows that claim a port in common for one transport, wider range
/// first, and one finding for each range that covers ports of other rows.
pub(crate) fn overlaps(records: &[Record], findings: &mut Vec<Finding>) -> Vec<Overlap> {
    let mut rows: Vec<(Transport, PortRange, usize)> = Vec::new();
    for (index, record) in records.iter().enumerate() {
        rows.extend(
            record
                .rows()
                .filter_map(|(ports, transport)| Some((transport?, ports, index))),
        );
    }
    rows.sort_unstable();
    let mut overlaps = Vec::new();
    for (at, (transport, ports, index)) in rows.iter().enumerate() {
        let following = rows[at + 1..]
            .iter()
            .take_while(|(other, later, _)| other == transport && later.first() <= ports.last());
        for (_, later, other) in following.filter(|(_, _, other)| other != index) {
            if overlaps.len() == MAX_OVERLAPS {
                let place = &records[*index].provenance;
                let message = message!(
                    "more than {} pairs of rows share ports; the rest is not listed",
                    MAX_OVERLAPS
                );
                let rule = &rules::MANY_OVERLAPS;
                let found = Finding::new(rule, &place.source, place.place(), message);
                findings.push(found);
                report_ranges(records, &overlaps, findings);
                return overlaps;
            }
            let Some(shared) = ports.intersection(*later) else {
                continue;
            };
            let (wide, narrow) = if later.count() > ports.count() {
                ((*later, *other), (*ports, *index))
            } else {
                ((*ports, *index), (*later, *other))
            };
            overlaps.push(Overlap {
                transport: *transport,
                record: records[wide.1].id.clone(),
                ports: wide.0,
                other: records[narrow.1].id.clone(),
                other_ports: narrow.0,
                shared,
                count: shared.count(),
            });
        }
    }
    report_ranges(records, &overlaps, findings);
    overlaps
}

fn report_ranges(records: &[Record], overlaps: &[Overlap], findings: &mut Vec<Finding>) {
    let mut covered: BTreeMap<(&str, PortRange, Transport), Vec<&Overlap>> = BTreeMap::new();
    for overlap in overlaps
        .iter()
        .filter(|overlap| overlap.ports != overlap.other_ports)
    {
        covered
            .entry((&overlap.record, overlap.ports, overlap.transport))
            .or_default()
            .push(overlap);
    }
    let by_id: BTreeMap<&str, &Record> = records
        .iter()
        .map(|record| (record.id.as_str(), record))
        .collect();
    for ((id, ports, transport), list) in covered {
        let Some(record) = by_id.get(id) else {
            continue;
        };
        let shared: PortSet = list.iter().map(|overlap| overlap.shared).collect();
        let others: Vec<String> = list
            .iter()
            .map(|overlap| overlap.other_ports.to_string())
            .collect();
        let ports_shared = counted(shared.count() as usize, "port");
        let rows = counted(list.len(), "other row");
        let listed = others.join(", ");
        let message = message!("{ports}/{transport} shares {ports_shared} with {rows}: {listed}");
        let place = &record.provenance;
        findings.push(
            Finding::new(&rules::RANGE_OVERLAP, &place.source, place.place(), message)
                .about(id)
                .on([(ports, Some(transport))])
                .with(others),
        );
    }
}

/// The union of the ports for each transport, and for rows that give none.
pub(crate) fn coverage(records: &[Record]) -> Coverage {
    let mut ranges: BTreeMap<Option<Transport>, Vec<PortRange>> = BTreeMap::new();
    for (ports, transport) in records.iter().flat_map(Record::rows) {
        ranges.entry(transport).or_default().push(ports);
    }
    let mut coverage: Coverage = ranges
        .into_iter()
        .map(|(transport, ranges)| {
            let ranges: PortSet = ranges.into_iter().collect();
            TransportCoverage {
                transport,
                ports: ranges.count(),
                ranges,
            }
        })
        .collect();
    coverage.sort_by_key(|entry| (entry.transport.is_none(), entry.transport));
    coverage
}
