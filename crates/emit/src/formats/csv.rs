//! `ports.csv`: one row per record, port range and transport.

use appleports_model::{Dataset, Transport};

use crate::rows::{Row, rows};

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

/// UTF-8, LF, RFC 4180 quoting, in the order of [`rows`].
pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let rows = rows(dataset);
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have the same length.
    let _ = writer.write_record(COLUMNS);
    for row in &rows {
        let _ = writer.write_record(cells(row));
    }
    (
        writer.into_inner().unwrap_or_default(),
        Some(rows.len() as u64),
    )
}

fn cells((record, check): &Row) -> [String; 16] {
    let rfcs: Vec<String> = record.rfcs.iter().map(ToString::to_string).collect();
    [
        record.id.clone(),
        check.ports.first().to_string(),
        check.ports.last().to_string(),
        check.transport.map_or("", Transport::as_str).to_owned(),
        record.name_at(check.ports.first()).to_owned(),
        record.title.clone(),
        rfcs.join(" "),
        record.registration.as_str().to_owned(),
        record.deprecated.to_string(),
        record.used_by.clone(),
        record.products.join("; "),
        record.note.clone(),
        check.iana_status.to_string(),
        check.iana_names.join(" "),
        record.provenance.source.clone(),
        record.provenance.line_first.to_string(),
    ]
}
