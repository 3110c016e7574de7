//! `ports.csv`: one row per record, port range and transport.

use appleports_model::{Dataset, RowFindings, Transport};

use crate::rows::{Row, rows};

/// The columns in their order, each with its meaning, as Markdown.
pub(crate) const COLUMNS: [(&str, &str); 18] = [
    (
        "id",
        "The key of the record: it stays when rows move and when other rows change; a record with several rows has it in each.",
    ),
    (
        "port_first",
        "The first port of the range, or the one port.",
    ),
    (
        "port_last",
        "The last port of the range; the same as `port_first` for one port.",
    ),
    (
        "transport",
        "`tcp` or `udp`; empty where the article gives none.",
    ),
    (
        "service_name",
        "The article's name for the first port, in its spelling, without markers; empty where it has a dash.",
    ),
    (
        "title",
        "The article's \"Service or protocol\" on one line, without the markers of `registration`.",
    ),
    (
        "rfcs",
        "The RFCs that the article cites, their numbers separated by spaces.",
    ),
    (
        "registration",
        "What the article itself says of the port: `registered`, `unregistered` or `mixed`; mostly empty.",
    ),
    (
        "deprecated",
        "`true` where the article marks the name as deprecated.",
    ),
    (
        "used_by",
        "The article's \"Used by\" on one line, as published.",
    ),
    (
        "products",
        "The products that `used_by` or `title` names, in English, separated by `; `.",
    ),
    (
        "note",
        "What follows \"Note:\" in `used_by`, in whatever language.",
    ),
    (
        "iana_status",
        "The registry's verdict on the name at the first port, see below.",
    ),
    (
        "iana_names",
        "All names that the registry has for the first port and the transport, separated by spaces. A few names have spaces in them (3283): `ports.json` has them one by one, in `cross_check`.",
    ),
    ("source", "The id of the capture that the row is from."),
    ("line", "The line of the row's port in the capture, from 1."),
    (
        "confirmed",
        "The newest day for which the source says that the article has the row: `YYYY-MM-DD`, or only the month or the year where no more is known; for a page its own day.",
    ),
    (
        "findings",
        "The codes of the findings about the row or about its record as a whole, sorted, each once, separated by spaces; [what they mean](findings.md).",
    ),
];

/// UTF-8, LF, RFC 4180 quoting, in the order of [`rows`].
pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    let rows = rows(dataset);
    let findings = RowFindings::new(&dataset.findings);
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have the same length.
    let _ = writer.write_record(COLUMNS.map(|(name, _)| name));
    for row in &rows {
        let _ = writer.write_record(cells(row, &findings));
    }
    (
        writer.into_inner().unwrap_or_default(),
        Some(rows.len() as u64),
    )
}

fn cells((record, check): &Row, findings: &RowFindings<'_>) -> [String; 18] {
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
        record.confirmed.clone(),
        findings.codes(&record.id, check).join(" "),
    ]
}
