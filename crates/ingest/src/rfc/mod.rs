//! The RFC index: as text, as XML, or as the project's own file of facts.

mod facts;
mod fields;
mod text;
mod xml;

use std::collections::BTreeSet;

use appleports_model::{Date, RfcEntry, RfcIndex, parse_date};

use crate::error::{ReadError, ReadErrorKind};
use crate::lines::LineCounter;
use crate::refusal::{Refusal, check_text};

/// Reads an RFC index, `edition` being its id; the form is told by the first
/// characters. Lines may end in CRLF or LF.
///
/// # Errors
/// [`ReadErrorKind::NotAnRfcIndex`] with the line when the file is something else, or
/// when an entry of it cannot be read.
pub fn read_rfc_index(edition: &str, path: &str, bytes: &[u8]) -> Result<RfcIndex, ReadError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = bytes.trim_ascii_start();
    let read = if start.starts_with(b"<?xml") || start.starts_with(b"<rfc-index") {
        xml::read
    } else if start.starts_with(facts::FIRST_WORDS) {
        facts::read
    } else {
        text::read
    };
    let index = check_text(bytes)
        .and_then(|()| read(edition, bytes))
        .and_then(|index| check_whole(bytes, &index).map(|()| index))
        .and_then(|index| check_chains(&index).map(|()| index));
    index.map_err(|refusal| ReadError::refused(path, refusal, ReadErrorKind::NotAnRfcIndex))
}

/// The fewest RFCs of a file that is taken for a part of an index, not for a choice of its
/// entries.
const MIN_PART: u32 = 50;

/// No index since 2018 ends before this number.
const MIN_LAST: u32 = 8_300;

/// The most numbers below its last that an index does not list: 114 were not issued.
const MAX_MISSING: u32 = 300;

/// Refuses an index that ends early, or has lost some of its entries: they stand in the order of
/// their numbers, so most are followed by the next one; a choice of entries has gaps.
fn check_whole(bytes: &[u8], index: &RfcIndex) -> Result<(), Refusal> {
    let (mut last, mut newest) = (0, "");
    let mut numbers = BTreeSet::new();
    for entry in index.entries() {
        numbers.insert(entry.number);
        last = last.max(entry.number);
        newest = newest.max(entry.date.as_str());
    }
    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    let has_next = |number: &&u32| numbers.contains(&number.saturating_add(1));
    let followed = numbers.iter().filter(has_next).count();
    let is_part = index.complete && count >= MIN_PART && followed * 5 > numbers.len() * 4;
    if !is_part {
        return Ok(());
    }
    let created = rfc_index_date(bytes).map(|day| day.to_string());
    let months = |date: &str| -> Option<u32> {
        Some(date.get(..4)?.parse::<u32>().ok()? * 12 + date.get(5..7)?.parse::<u32>().ok()?)
    };
    // RFCs are published in every month.
    let is_late = created
        .as_deref()
        .and_then(months)
        .zip(months(newest))
        .is_some_and(|(created, newest)| created > newest + 4);
    let missing = last.saturating_sub(count);
    let is_xml = bytes.trim_ascii_start().starts_with(b"<");
    let reason = if missing > MAX_MISSING {
        let first = (1..last).find(|number| !numbers.contains(number));
        format!(
            "it lacks {missing} of the RFCs up to {last}, the first of them RFC {}",
            first.unwrap_or(last)
        )
    } else if last < MIN_LAST || is_late {
        format!("it ends at RFC {last} of {newest}")
    } else if created.is_none() && !is_xml {
        "its line `(CREATED ON: ...)` is missing, so it may end early".to_owned()
    } else {
        return Ok(());
    };
    Err(Refusal {
        line: LineCounter::new(bytes).at(bytes.len()),
        reason: format!("this index is not whole: {reason}"),
    })
}

/// The most documents that replaced one, one after the other or at once. RFC 1083 (the list of
/// standards) has 32, and every finding about a citation can name all of them.
const MAX_REPLACEMENTS: usize = 64;

/// The most of them at once. RFC 2616 (HTTP/1.1) has six.
const MAX_AT_ONCE: usize = 16;

/// Refuses an index in which a document has more replacements than any: every citation of
/// it is judged by all of them.
fn check_chains(index: &RfcIndex) -> Result<(), Refusal> {
    let refused = |entry: &RfcEntry, limit: usize, how: &str| Refusal {
        line: u64::from(entry.line),
        reason: format!(
            "RFC {} is replaced by more than {limit} others{how}, which none is",
            entry.number
        ),
    };
    let many = |entry: &&RfcEntry| entry.obsoleted_by.len() > MAX_AT_ONCE;
    if let Some(entry) = index.entries().find(many) {
        return Err(refused(entry, MAX_AT_ONCE, " at once"));
    }
    match index.replaced_by_more_than(MAX_REPLACEMENTS) {
        None => Ok(()),
        Some(entry) => Err(refused(entry, MAX_REPLACEMENTS, "")),
    }
}

/// The day that a text index gives for itself, from its line
/// `(CREATED ON: 08/26/2024.)`; none in other forms of the index.
pub fn rfc_index_date(bytes: &[u8]) -> Option<Date> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let (_, rest) = head.split_once("(CREATED ON: ")?;
    let (date, _) = rest.split_once(['.', ')'])?;
    let mut parts = date.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    parse_date(&format!("{year}-{month}-{day}"))
}
