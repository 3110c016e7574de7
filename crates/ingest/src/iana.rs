//! The IANA service-name and port-number registry, as CSV or as XML.

use std::borrow::Cow;

use appleports_model::{
    Assignment, PortError, PortRange, Registry, RegistryEntry, Transport, collapsed, fnv1a,
};

use crate::error::ReadError;
use crate::lines::LineCounter;
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
    // A row has about fifty bytes; the list need not move while it grows.
    let mut registry = Registry::with_room(edition, bytes.len(), bytes.len() / 50);
    let read = if is_xml {
        iana_xml::read
    } else {
        iana_csv::read
    };
    match is_text(bytes).and_then(|()| read(bytes, &mut registry)) {
        Ok(()) => Ok(registry),
        Err(Refusal { line, reason }) => Err(ReadError::NotARegistry {
            path: path.to_owned(),
            line,
            reason,
        }),
    }
}

/// Why a file is refused, and where.
pub(crate) struct Refusal {
    pub(crate) line: u64,
    pub(crate) reason: String,
}

/// Refuses a file with a NUL: it is no text, nor XML.
pub(crate) fn is_text(bytes: &[u8]) -> Result<(), Refusal> {
    if !bytes.contains(&0) {
        return Ok(());
    }
    let before = bytes.iter().take_while(|byte| **byte != 0).count();
    Err(Refusal {
        line: LineCounter::new(bytes).at(before),
        reason: "this is binary data, not text".to_owned(),
    })
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
    /// Whether white space is the file's own, and no matter of its markup.
    pub(crate) has_spacing: bool,
}

/// The text without white space around it, which most have not.
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Interprets the fields of the row on `line` and adds it to the registry.
pub(crate) fn add(fields: &Fields<'_>, line: u64, registry: &mut Registry) -> Result<(), Refusal> {
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
    let name = trim(fields.name);
    let raw = [
        fields.description,
        fields.reference,
        fields.unauthorized_use,
        fields.notes,
    ];
    let texts = raw.map(collapsed);
    let spacing = if fields.has_spacing {
        spacing(&raw, &texts)
    } else {
        0
    };
    let [description, reference, unauthorized_use, notes] = &texts;
    registry.push(&RegistryEntry {
        name,
        ports,
        transport,
        assignment: if !name.is_empty() {
            Assignment::Assigned
        } else if description.eq_ignore_ascii_case("unassigned") {
            Assignment::Unassigned
        } else {
            Assignment::Reserved
        },
        description,
        reference,
        unauthorized_use,
        notes,
        line: u32::try_from(line).unwrap_or(u32::MAX),
        spacing,
    });
    Ok(())
}

/// A digest of the white space of texts, each given as it stands and collapsed: 1 where
/// that is the same, else FNV-1a over the texts, with LF for every line break.
fn spacing(raw: &[&str], collapsed: &[Cow<'_, str>]) -> u64 {
    let is_same = |(raw, collapsed): (&&str, &Cow<'_, str>)| match collapsed {
        Cow::Borrowed(_) => true,
        Cow::Owned(collapsed) => raw == collapsed,
    };
    if raw.iter().zip(collapsed).all(is_same) {
        return 1;
    }
    let bytes = raw
        .iter()
        .flat_map(|text| text.bytes().filter(|byte| *byte != b'\r').chain([0]));
    fnv1a(bytes)
}
