//! `ports.csv`: one row per record, port range and transport.

use appleports_model::{Dataset, Record, Transport};

/// The heading, in the order of the columns.
pub(crate) const COLUMNS: [&str; 16] = [
    "id",
    "port_first",
    "port_last",
    "transport",
    "service_name",
    "title",
    "rfcs",
    "registration",
    "deprecated",
    "used_by",
    "products",
    "note",
    "iana_status",
    "iana_names",
    "source",
    "line",
];

/// UTF-8, LF, RFC 4180 quoting, sorted by `port_first`, `port_last`, transport, id.
pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let mut rows: Vec<[String; 16]> = Vec::new();
    let mut order: Vec<(u16, u16, &str, &str, usize)> = Vec::new();
    for record in &dataset.records {
        for (index, (ports, transport)) in record.rows().enumerate() {
            let transport = transport.map_or("", Transport::as_str);
            order.push((
                ports.first(),
                ports.last(),
                transport,
                &record.id,
                rows.len(),
            ));
            rows.push(row(record, index));
        }
    }
    order.sort_unstable();
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have the same length.
    let _ = writer.write_record(COLUMNS);
    for (.., at) in &order {
        let _ = writer.write_record(&rows[*at]);
    }
    (
        writer.into_inner().unwrap_or_default(),
        Some(rows.len() as u64),
    )
}

fn row(record: &Record, index: usize) -> [String; 16] {
    let (ports, transport) = record.rows().nth(index).unwrap_or((record.ports[0], None));
    let check = record.cross_check.get(index);
    let rfcs: Vec<String> = record.rfcs.iter().map(ToString::to_string).collect();
    [
        record.id.clone(),
        ports.first().to_string(),
        ports.last().to_string(),
        transport.map_or("", Transport::as_str).to_owned(),
        record.name_at(ports.first()).to_owned(),
        record.title.clone(),
        rfcs.join(" "),
        record.registration.as_str().to_owned(),
        record.deprecated.to_string(),
        record.used_by.clone(),
        record.products.join("; "),
        record.note.clone(),
        check
            .map(|check| check.iana_status.to_string())
            .unwrap_or_default(),
        check
            .map(|check| check.iana_names.join(" "))
            .unwrap_or_default(),
        record.provenance.source.clone(),
        record.provenance.line_first.to_string(),
    ]
}
