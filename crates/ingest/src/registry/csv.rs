//! The registry as CSV: one row a line, quoted cells with line breaks, LF or CRLF.

use std::io::Read;

use super::rows::{Fields, Rows};
use crate::lines::line_of_record;
use crate::refusal::Refusal;

/// The columns that every edition since 2013 has, by their headings.
struct Columns {
    name: usize,
    port: usize,
    transport: usize,
    description: usize,
    reference: usize,
    notes: usize,
    /// "Known Unauthorized Uses" or "Unauthorized Use Reported"; not in every edition.
    unauthorized: Option<usize>,
}

/// Whether the first line has the registry's columns.
pub(crate) fn has_heading(bytes: &[u8]) -> bool {
    let line = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let mut reader = ::csv::ReaderBuilder::new().from_reader(line);
    reader
        .headers()
        .is_ok_and(|headers| columns(headers).is_ok())
}

pub(crate) fn read(bytes: &[u8], rows: &mut Rows) -> Result<(), Refusal> {
    let refuse = |line: u64, reason: String| Refusal { line, reason };
    let mut reader = ::csv::ReaderBuilder::new().from_reader(bytes);
    if !bytes.contains(&b'\n') && bytes.contains(&b'\r') {
        let reason = "the line ends are CR alone; convert them to LF";
        return Err(refuse(1, reason.to_owned()));
    }
    let headers = reader
        .headers()
        .map_err(|error| refuse(1, reason(&error)))?
        .clone();
    let columns = columns(&headers).map_err(|missing| {
        refuse(
            1,
            format!("the first line has no column `{missing}`, so this is not the registry's CSV"),
        )
    })?;
    let mut row = ::csv::StringRecord::new();
    let mut last = None;
    loop {
        let more = reader
            .read_record(&mut row)
            .map_err(|error| refuse(line_of_record(bytes, error.position()), reason(&error)))?;
        if !more {
            break;
        }
        last = row.position().cloned();
        let field = |index: usize| row.get(index).unwrap_or_default();
        let fields = Fields {
            name: field(columns.name),
            port: field(columns.port),
            transport: field(columns.transport),
            description: field(columns.description),
            reference: field(columns.reference),
            unauthorized_use: columns.unauthorized.map(field).unwrap_or_default(),
            notes: field(columns.notes),
            has_spacing: true,
        };
        rows.add(&fields, line_of_record(bytes, row.position()))?;
    }
    if rows.is_empty() {
        return Err(refuse(
            1,
            "the registry has no rows below its heading".to_owned(),
        ));
    }
    check_end(bytes, last.as_ref())
}

/// Refuses a file that ends inside its last row. Each row of the registry ends with a line break
/// (RFC 4180, section 2), and within quotes one is a part of the cell.
fn check_end(bytes: &[u8], last: Option<&::csv::Position>) -> Result<(), Refusal> {
    let start = last.map_or(0, ::csv::Position::byte);
    let start = usize::try_from(start).unwrap_or(usize::MAX);
    let with_another = bytes.get(start..).unwrap_or_default().chain(&b"a\n"[..]);
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(with_another);
    if reader.byte_records().count() > 1 {
        return Ok(());
    }
    Err(Refusal {
        line: line_of_record(bytes, last),
        reason: "the file ends inside this row, so it may be cut off".to_owned(),
    })
}

fn reason(error: &::csv::Error) -> String {
    match error.kind() {
        ::csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("the row has {len} fields, the heading has {expected_len}")
        }
        ::csv::ErrorKind::Utf8 { .. } => "the text is not UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

fn columns(headers: &::csv::StringRecord) -> Result<Columns, &'static str> {
    let at = |name: &'static str| {
        headers
            .iter()
            .position(|header| header.trim() == name)
            .ok_or(name)
    };
    Ok(Columns {
        name: at("Service Name")?,
        port: at("Port Number")?,
        transport: at("Transport Protocol")?,
        description: at("Description")?,
        reference: at("Reference")?,
        notes: at("Assignment Notes")?,
        unauthorized: at("Known Unauthorized Uses")
            .or_else(|_| at("Unauthorized Use Reported"))
            .ok(),
    })
}
