//! The rows in the shape of the IANA registry's CSV, for programs that read that.

use appleports_model::{Dataset, PortRange, Transport};

use crate::rows::{Row, rows};

/// The heading of `service-names-port-numbers.csv`.
const COLUMNS: [&str; 12] = [
    "Service Name",
    "Port Number",
    "Transport Protocol",
    "Description",
    "Assignee",
    "Contact",
    "Registration Date",
    "Modification Date",
    "Reference",
    "Service Code",
    "Unauthorized Use Reported",
    "Assignment Notes",
];

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    let mut count = 0;
    // Writing to memory cannot fail, and all rows have the same length.
    let _ = writer.write_record(COLUMNS);
    for row in rows(dataset) {
        for (ports, name) in named(&row) {
            let _ = writer.write_record(cells(&row, ports, name));
            count += 1;
        }
    }
    (writer.into_inner().unwrap_or_default(), Some(count))
}

/// The range under the name of its first port, and each further port that has a name of its
/// own: the registry has one name a row.
fn named<'d>((record, check): &Row<'d>) -> Vec<(PortRange, &'d str)> {
    let whole = check.ports;
    let others = record
        .port_names
        .iter()
        .filter(|entry| whole.contains(entry.port) && entry.port != whole.first())
        .map(|entry| (PortRange::single(entry.port), entry.name.as_str()));
    let first = (whole, record.name_at(whole.first()));
    std::iter::once(first).chain(others).collect()
}

fn cells((record, check): &Row, ports: PortRange, name: &str) -> [String; 12] {
    let references = record.rfcs.iter().map(|rfc| format!("[RFC{rfc}]"));
    let unknown = String::new;
    [
        name.to_owned(),
        ports.to_string(),
        check.transport.map_or("", Transport::as_str).to_owned(),
        record.title.clone(),
        unknown(),
        unknown(),
        unknown(),
        unknown(),
        references.collect(),
        unknown(),
        unknown(),
        record.used_by.clone(),
    ]
}
