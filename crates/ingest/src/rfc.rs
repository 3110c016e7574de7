//! The RFC index: as text, as XML, or as the project's own file of facts.

use appleports_model::{RfcIndex, is_date};

use crate::error::ReadError;
use crate::iana::{Refusal, is_text};
use crate::{rfc_facts, rfc_text, rfc_xml};

/// Reads an RFC index, `edition` being its id; the form is told by the first
/// characters. Lines may end in CRLF or LF.
///
/// # Errors
/// [`ReadError::NotAnRfcIndex`] with the line when the file is something else, or
/// when an entry of it cannot be read.
pub fn read_rfc_index(edition: &str, path: &str, bytes: &[u8]) -> Result<RfcIndex, ReadError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    let read = if start.starts_with(b"<?xml") || start.starts_with(b"<rfc-index") {
        rfc_xml::read
    } else if start.starts_with(rfc_facts::FIRST_WORDS) {
        rfc_facts::read
    } else {
        rfc_text::read
    };
    let index = is_text(bytes).and_then(|()| read(edition, bytes));
    index.map_err(|Refusal { line, reason }| ReadError::NotAnRfcIndex {
        path: path.to_owned(),
        line,
        reason,
    })
}

/// The date that a text index gives for itself, `YYYY-MM-DD`, from its line
/// `(CREATED ON: 08/26/2024.)`; none in other forms of the index.
pub fn rfc_index_date(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let (_, rest) = head.split_once("(CREATED ON: ")?;
    let (date, _) = rest.split_once(['.', ')'])?;
    let mut parts = date.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let date = format!("{year}-{month}-{day}");
    is_date(&date).then_some(date)
}

/// `YYYY-MM` of a month's English name and a year; empty where they are none.
pub(crate) fn month_of(month: &str, year: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let position = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(month.trim()));
    let year = year.trim();
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    match position {
        Some(at) if is_year => format!("{year}-{:02}", at + 1),
        _ => String::new(),
    }
}

/// The number in `RFC9110`; none for other series such as `NIC6716`.
pub(crate) fn rfc_number(id: &str) -> Option<u32> {
    id.trim().strip_prefix("RFC")?.trim().parse().ok()
}
