//! The IANA service-name and port-number registry, as CSV or as XML.

use appleports_model::{
    Assignment, PortError, PortRange, Registry, RegistryEntry, Transport, collapse_whitespace,
};

use crate::error::ReadError;
use crate::{iana_csv, iana_xml};

/// Reads an edition of the registry, `edition` being its id; CSV and XML are told
/// apart by their first character.
///
/// # Errors
/// [`ReadError::NotARegistry`] with the line when the file is something else (an
/// HTML error page, say), when a CSV row has another number of fields than the
/// heading, or when a port or transport is not one.
pub fn read_registry(edition: &str, path: &str, bytes: &[u8]) -> Result<Registry, ReadError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let is_xml = bytes.trim_ascii_start().starts_with(b"<?xml")
        || bytes.trim_ascii_start().starts_with(b"<registry");
    let read = if is_xml {
        iana_xml::read
    } else {
        iana_csv::read
    };
    let entries = is_text(bytes).and_then(|()| read(bytes));
    let entries = entries.map_err(|Refusal { line, reason }| ReadError::NotARegistry {
        path: path.to_owned(),
        line,
        reason,
    })?;
    Ok(Registry::new(edition, entries))
}

/// Why a file is refused, and where.
pub(crate) struct Refusal {
    pub(crate) line: u64,
    pub(crate) reason: String,
}

/// Refuses a file with a NUL: it is no text, nor XML.
pub(crate) fn is_text(bytes: &[u8]) -> Result<(), Refusal> {
    match bytes.iter().position(|byte| *byte == 0) {
        None => Ok(()),
        Some(at) => Err(Refusal {
            line: bytes[..at].split(|byte| *byte == b'\n').count() as u64,
            reason: "this is binary data, not text".to_owned(),
        }),
    }
}

/// The fields of a row as the file has them.
#[derive(Default)]
pub(crate) struct Fields<'a> {
    pub(crate) name: &'a str,
    pub(crate) port: &'a str,
    pub(crate) transport: &'a str,
    pub(crate) description: &'a str,
    pub(crate) reference: &'a str,
    pub(crate) unauthorized_use: &'a str,
    pub(crate) notes: &'a str,
}

/// The text without white space around it, which most have not.
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Interprets the fields of the row on `line`.
pub(crate) fn entry(fields: &Fields<'_>, line: u64) -> Result<RegistryEntry, Refusal> {
    let refuse = |reason: String| Refusal { line, reason };
    let ports = match trim(fields.port) {
        "" => None,
        // The registry lists port 0, as reserved; everywhere else 0 is refused.
        "0" => Some(PortRange::single(0)),
        text => Some(
            text.parse()
                .map_err(|error: PortError| refuse(error.to_string()))?,
        ),
    };
    let transport = match trim(fields.transport) {
        "" => None,
        text => Some(
            text.parse::<Transport>()
                .map_err(|error| refuse(error.to_string()))?,
        ),
    };
    let (name, description) = (trim(fields.name), collapse_whitespace(fields.description));
    Ok(RegistryEntry {
        ports,
        transport,
        assignment: if !name.is_empty() {
            Assignment::Assigned
        } else if description.eq_ignore_ascii_case("unassigned") {
            Assignment::Unassigned
        } else {
            Assignment::Reserved
        },
        reference: collapse_whitespace(fields.reference),
        unauthorized_use: collapse_whitespace(fields.unauthorized_use),
        notes: collapse_whitespace(fields.notes),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        spacing: 0,
        name: name.to_owned(),
        description,
    })
}
