//! The registry as CSV: one row a line, quoted cells with line breaks, LF or CRLF.

use appleports_model::{RegistryEntry, fnv1a};

use crate::iana::{Fields, Refusal, entry};

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

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<RegistryEntry>, Refusal> {
    let refuse = |line: u64, reason: String| Refusal { line, reason };
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
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
    // A row has about fifty bytes; the list need not move while it grows.
    let mut entries = Vec::with_capacity(bytes.len() / 50);
    let mut row = csv::StringRecord::new();
    loop {
        let more = reader.read_record(&mut row).map_err(|error| {
            refuse(
                error.position().map_or(0, csv::Position::line),
                reason(&error),
            )
        })?;
        if !more {
            return Ok(entries);
        }
        let field = |index: usize| row.get(index).unwrap_or_default();
        let fields = Fields {
            name: field(columns.name),
            port: field(columns.port),
            transport: field(columns.transport),
            description: field(columns.description),
            reference: field(columns.reference),
            unauthorized_use: columns.unauthorized.map(field).unwrap_or_default(),
            notes: field(columns.notes),
        };
        let mut entry = entry(&fields, row.position().map_or(0, csv::Position::line))?;
        entry.spacing = spacing(&[
            (fields.description, &entry.description),
            (fields.reference, &entry.reference),
            (fields.unauthorized_use, &entry.unauthorized_use),
            (fields.notes, &entry.notes),
        ]);
        entries.push(entry);
    }
}

/// A digest of the white space of texts, each given as it stands and collapsed: 1 where
/// that is the same, else FNV-1a over the texts, with LF for every line break.
fn spacing(texts: &[(&str, &String)]) -> u64 {
    if texts.iter().all(|(raw, collapsed)| raw == *collapsed) {
        return 1;
    }
    let bytes = texts
        .iter()
        .flat_map(|(raw, _)| raw.bytes().filter(|byte| *byte != b'\r').chain([0]));
    fnv1a(bytes)
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("the row has {len} fields, the heading has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "the text is not UTF-8".to_owned(),
        _ => error.to_string(),
    }
}

fn columns(headers: &csv::StringRecord) -> Result<Columns, &'static str> {
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
