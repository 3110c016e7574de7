//! A `ports.csv` as a side: its rows, put together to the records that they were made of.

use std::collections::{BTreeSet, HashMap};

use appleports_ingest::MAX_ROWS;
use appleports_model::{
    CrossCheck, IanaStatus, PortName, PortRange, Provenance, Record, Registration, UsedByPart,
};
use serde::Deserialize;

use crate::failure::{RowError, TableError};

/// How the first line of the file begins.
const HEADING: &[u8] = b"id,port_first,port_last,transport,";

/// A row; columns that have no part in a comparison are left out.
#[derive(Deserialize)]
struct Row {
    id: String,
    port_first: u16,
    port_last: u16,
    transport: String,
    service_name: String,
    title: String,
    rfcs: String,
    registration: Registration,
    deprecated: bool,
    used_by: String,
    products: String,
    note: String,
    iana_status: IanaStatus,
    iana_names: String,
    source: String,
    line: u32,
    #[serde(default)]
    confirmed: String,
}

/// Whether the bytes are those of a `ports.csv`.
pub(super) fn is_table(bytes: &[u8]) -> bool {
    bytes.starts_with(HEADING)
}

/// The records of a `ports.csv`, in the order of their lines in the capture; of more than a side may
/// have, not all.
///
/// # Errors
/// The line of a row that is none, and why.
pub(super) fn records(path: &str, bytes: &[u8]) -> Result<Vec<Record>, TableError> {
    let path = || path.to_owned();
    let mut reader = csv::Reader::from_reader(bytes);
    let mut records: Vec<Record> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let headings = reader
        .headers()
        .map_err(|error| TableError::Heading {
            path: path(),
            error,
        })?
        .clone();
    for row in reader.into_records() {
        if records.len() > MAX_ROWS {
            break;
        }
        let row = row.map_err(|error| TableError::NotCsv {
            path: path(),
            error,
        })?;
        let line = row.position().map_or(0, csv::Position::line);
        let row = row.deserialize(Some(&headings)).map_err(RowError::from);
        row.and_then(|row| add(&mut records, &mut places, &row))
            .map_err(|error| TableError::Row {
                path: path(),
                line,
                error,
            })?;
    }
    for record in &mut records {
        settle(record);
    }
    records.sort_by_key(|record| record.provenance.line_first);
    Ok(records)
}

/// Leaves one of each range and name that several rows had, and tells the name of the record from
/// those of single ports.
fn settle(record: &mut Record) {
    let mut ports = BTreeSet::new();
    record.ports.retain(|range| ports.insert(*range));
    let mut all = BTreeSet::new();
    let is_new = |entry: &PortName| all.insert((entry.port, entry.name.clone()));
    record.port_names.retain(is_new);
    let names = record.port_names.iter().map(|entry| &entry.name);
    if names.clone().all(|name| *name == record.service_name) {
        record.port_names.clear();
    }
    record.port_names.retain(|entry| !entry.name.is_empty());
}

/// Takes from records what a `ports.csv` does not hold, so that they can be compared with one:
/// names of ports within a range, all but the first name of a port, and the line breaks of a
/// "used by" text.
pub(super) fn as_in_table(records: &mut [Record], parts: impl Fn(&str) -> Vec<UsedByPart>) {
    for record in records {
        let mut unnamed: BTreeSet<u16> = record.ports.iter().map(|range| range.first()).collect();
        record.port_names.retain(|name| unnamed.remove(&name.port));
        record.used_by_parts = parts(&record.used_by);
    }
}

/// The range and transport of a row, with the registry's verdict.
fn check(row: &Row) -> Result<CrossCheck, RowError> {
    if row.port_first == 0 || row.port_last < row.port_first {
        return Err(RowError::Range {
            first: row.port_first,
            last: row.port_last,
        });
    }
    let transport = match row.transport.as_str() {
        "" => None,
        name => Some(name.parse()?),
    };
    let names = row.iana_names.split(' ').filter(|name| !name.is_empty());
    Ok(CrossCheck {
        ports: PortRange::new(row.port_first, row.port_last)?,
        transport,
        iana_status: row.iana_status,
        iana_names: names.map(str::to_owned).collect(),
        edition: String::new(),
        lines: Vec::new(),
    })
}

/// The record of a row, still without ports.
fn record(row: &Row) -> Result<Record, RowError> {
    let rfcs = row.rfcs.split_whitespace().map(str::parse);
    let products = row.products.split("; ").filter(|name| !name.is_empty());
    Ok(Record {
        id: row.id.clone(),
        ports: Vec::new(),
        transports: Vec::new(),
        port_names: Vec::new(),
        service_name: row.service_name.clone(),
        title: row.title.clone(),
        rfcs: rfcs.collect::<Result<_, _>>().map_err(RowError::Rfcs)?,
        registration: row.registration,
        deprecated: row.deprecated,
        used_by: row.used_by.clone(),
        products: products.map(str::to_owned).collect(),
        used_by_parts: Vec::new(),
        note: row.note.clone(),
        same_port: Vec::new(),
        cross_check: Vec::new(),
        corrections: Vec::new(),
        history: Vec::new(),
        formerly: Vec::new(),
        english_title: None,
        confirmed: Some(row.confirmed.clone()).filter(|date| !date.is_empty()),
        provenance: Provenance {
            source: row.source.clone(),
            line_first: row.line,
            line_last: row.line,
            cells: Vec::new(),
            cell_lines: Vec::new(),
            cell_columns: Vec::new(),
            merged_lines: Vec::new(),
        },
    })
}

/// Adds a row to the record that it was made of, or as a new one; `places` has those that are there.
fn add(
    records: &mut Vec<Record>,
    places: &mut HashMap<String, usize>,
    row: &Row,
) -> Result<(), RowError> {
    let check = check(row)?;
    let place = *places.entry(row.id.clone()).or_insert(records.len());
    if place == records.len() {
        records.push(record(row)?);
    }
    extend(&mut records[place], row, check);
    Ok(())
}

/// Adds the range, transport and name of a row.
fn extend(record: &mut Record, row: &Row, check: CrossCheck) {
    record.ports.push(check.ports);
    if let Some(transport) = check.transport
        && !record.transports.contains(&transport)
    {
        record.transports.push(transport);
    }
    record.port_names.push(PortName {
        port: row.port_first,
        name: row.service_name.clone(),
    });
    record.cross_check.push(check);
}
