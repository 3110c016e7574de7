//! The IANA service-name and port-number registry, as CSV or as XML.

mod csv;
mod rows;
mod xml;

use appleports_model::Registry;

use self::rows::Rows;
use crate::error::{ReadError, ReadErrorKind};
use crate::refusal::{Refusal, check_text};

/// Whether these bytes begin as the registry does, as XML or as CSV.
pub fn is_registry(bytes: &[u8]) -> bool {
    let bytes = without_mark(bytes);
    if !is_xml(bytes) {
        return csv::has_heading(bytes);
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let mut after = start.split("<registry").skip(1);
    after.any(|rest| rest.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()))
}

/// Whether this is XML: it begins with an element, a comment or a declaration.
fn is_xml(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"<")
}

/// The bytes without a byte order mark.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Refuses a page, which neither reader can say much about.
fn refuse_page(bytes: &[u8]) -> Result<(), Refusal> {
    let start = bytes.trim_ascii_start();
    let begins = |with: &[u8]| {
        let head = start.get(..with.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(with))
    };
    if begins(b"<!doctype html") || begins(b"<html") {
        let reason = "this is an HTML page, not the registry".to_owned();
        return Err(Refusal { line: 1, reason });
    }
    Ok(())
}

/// Reads an edition of the registry, `edition` being its id; CSV and XML are told
/// apart by their first character.
///
/// # Errors
/// [`ReadErrorKind::NotARegistry`] with the line when the file is something else (an
/// HTML error page, say), when a CSV row has another number of fields than the
/// heading, when a port or transport is not one, when there are no rows or too many for
/// one port, or when the file is cut off and shows it.
pub fn read_registry(edition: &str, path: &str, bytes: &[u8]) -> Result<Registry, ReadError> {
    let bytes = without_mark(bytes);
    let mut rows = Rows::new(edition, bytes.len());
    let read = if is_xml(bytes) { xml::read } else { csv::read };
    let checked = check_text(bytes).and_then(|()| refuse_page(bytes));
    let read = checked.and_then(|()| read(bytes, &mut rows));
    read.and_then(|()| rows.check_whole(bytes))
        .map_err(|refusal| ReadError::refused(path, refusal, ReadErrorKind::NotARegistry))?;
    Ok(rows.into_registry())
}

/// Reads some rows of an edition in CSV, below its heading. Lines are those of these bytes, and
/// nothing says that more rows are missing.
///
/// # Errors
/// As [`read_registry`], for a row.
pub fn read_registry_part(edition: &str, path: &str, bytes: &[u8]) -> Result<Registry, ReadError> {
    let mut rows = Rows::new(edition, bytes.len());
    csv::read(bytes, &mut rows)
        .map_err(|refusal| ReadError::refused(path, refusal, ReadErrorKind::NotARegistry))?;
    Ok(rows.into_registry())
}
