//! The IANA service-name and port-number registry as CSV.

use appleports_model::{Assignment, PortRange, Registry, RegistryEntry, Transport};

use crate::error::ReadError;

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

/// Reads an edition of the registry, `edition` being its id.
///
/// # Errors
/// [`ReadError::NotARegistry`] with the line when the heading is not the
/// registry's (an HTML error page, say), when a row has another number of
/// fields, or when a port or transport is not one.
pub fn read_registry(edition: &str, path: &str, bytes: &[u8]) -> Result<Registry, ReadError> {
    let refuse = |line: u64, reason: String| ReadError::NotARegistry {
        path: path.to_owned(),
        line,
        reason,
    };
    let mut reader =
        csv::ReaderBuilder::new().from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let headers = reader
        .headers()
        .map_err(|error| refuse(1, csv_reason(&error)))?
        .clone();
    let columns = columns(&headers).map_err(|missing| {
        refuse(
            1,
            format!("the first line has no column `{missing}`, so this is not the registry's CSV"),
        )
    })?;
    let mut entries = Vec::new();
    let mut row = csv::StringRecord::new();
    loop {
        let more = reader.read_record(&mut row).map_err(|error| {
            refuse(
                error.position().map_or(0, csv::Position::line),
                csv_reason(&error),
            )
        })?;
        if !more {
            break;
        }
        let line = row.position().map_or(0, csv::Position::line);
        entries.push(entry(&columns, &row, line).map_err(|reason| refuse(line, reason))?);
    }
    Ok(Registry::new(edition, entries))
}

fn csv_reason(error: &csv::Error) -> String {
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

fn entry(columns: &Columns, row: &csv::StringRecord, line: u64) -> Result<RegistryEntry, String> {
    let field = |index: usize| row.get(index).unwrap_or_default().trim();
    let name = field(columns.name).to_owned();
    let description = field(columns.description).to_owned();
    Ok(RegistryEntry {
        ports: ports(field(columns.port))?,
        transport: match field(columns.transport) {
            "" => None,
            text => Some(
                text.parse::<Transport>()
                    .map_err(|error| error.to_string())?,
            ),
        },
        assignment: assignment(&name, &description),
        reference: field(columns.reference).to_owned(),
        unauthorized_use: columns
            .unauthorized
            .map(field)
            .unwrap_or_default()
            .to_owned(),
        notes: field(columns.notes).to_owned(),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        name,
        description,
    })
}

/// The registry lists port 0, as reserved; everywhere else 0 is refused.
fn ports(text: &str) -> Result<Option<PortRange>, String> {
    match text {
        "" => Ok(None),
        "0" => Ok(Some(PortRange::single(0))),
        _ => text
            .parse()
            .map(Some)
            .map_err(|error: appleports_model::PortError| error.to_string()),
    }
}

fn assignment(name: &str, description: &str) -> Assignment {
    if !name.is_empty() {
        Assignment::Assigned
    } else if description.eq_ignore_ascii_case("unassigned") {
        Assignment::Unassigned
    } else {
        Assignment::Reserved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\n";

    fn read(rows: &str) -> Result<Registry, ReadError> {
        read_registry(
            "iana/2020-01-01",
            "iana.csv",
            format!("{HEAD}{rows}").as_bytes(),
        )
    }

    #[test]
    fn reads_names_ranges_reserved_and_unassigned() {
        let registry = read(concat!(
            ",0,tcp,Reserved,,,,,,,,\n",
            "echo,7,tcp,Echo,,,,,[RFC862],,,\n",
            "www,80,tcp,World Wide Web HTTP,,,,,,,,\"This is an alias,\r\nsee http\"\n",
            ",81,,Unassigned,,,,,,,,\n",
            "x11,6000-6063,udp,X,,,,,,,,\n",
            "noport,,,No port,,,,,,,,\n",
        ))
        .unwrap();
        assert_eq!(registry.entries().len(), 6);
        assert_eq!(registry.entries()[0].assignment, Assignment::Reserved);
        assert_eq!(registry.entries()[3].assignment, Assignment::Unassigned);
        assert_eq!(
            registry.entries()[3].line,
            6,
            "a quoted line break counts as a line"
        );
        assert_eq!(
            registry.at(6063, Transport::Udp).next().unwrap().name,
            "x11"
        );
        assert_eq!(registry.named("NOPORT").count(), 1);
        assert!(registry.nameless_at(81, Transport::Udp).next().is_some());
    }

    #[test]
    fn a_damaged_file_is_refused_with_its_line() {
        let error = |rows: &str| read(rows).unwrap_err().to_string();
        assert_eq!(
            error("echo,7,tcp,Echo,,,,,,,,\necho,7\n"),
            "iana.csv:3: the row has 2 fields, the heading has 12; download the registry again"
        );
        assert_eq!(
            error("echo,70000,tcp,Echo,,,,,,,,\n"),
            "iana.csv:2: port 70000 is out of range, the highest is 65535; download the registry again"
        );
        let html = read_registry("e", "iana.csv", b"<!DOCTYPE html>\n<p>error</p>\n").unwrap_err();
        assert_eq!(
            html.to_string(),
            "iana.csv:1: the first line has no column `Service Name`, so this is not the registry's CSV; download the registry again"
        );
    }
}
