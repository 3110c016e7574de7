//! `rfc-index.txt`: an entry is a number at the start of a line, with indented
//! lines after it.
//!
//! ```text
//! 2616 Hypertext Transfer Protocol -- HTTP/1.1. R. Fielding, J. Gettys.
//!      June 1999. (Format: TXT) (Obsoleted by RFC7230) (Status: DRAFT
//!      STANDARD) (DOI: 10.17487/RFC2616)
//!
//! 0014 Not Issued.
//! ```

use appleports_model::{RfcEntry, RfcIndex};

use super::fields::{month_of, rfc_number};
use crate::refusal::Refusal;

/// What the remarks in brackets after the date begin with.
const REMARKS: [&str; 8] = [
    "(Format:",
    "(Obsoletes ",
    "(Obsoleted by ",
    "(Updates ",
    "(Updated by ",
    "(Also ",
    "(Status:",
    "(DOI:",
];

pub(crate) fn read(edition: &str, bytes: &[u8]) -> Result<RfcIndex, Refusal> {
    let text = String::from_utf8_lossy(bytes);
    let mut entries = Vec::new();
    let mut not_issued = Vec::new();
    let mut open: Option<(u32, u32, String)> = None;
    // Whether the last entry has one, and the one before it.
    let mut has_doi = (false, false);
    let mut last = (0, 0);
    let mut close = |open: &mut Option<(u32, u32, String)>| -> Result<(), Refusal> {
        let Some((number, line, text)) = open.take() else {
            return Ok(());
        };
        if text.trim_end_matches(['.', ' ']) == "Not Issued" {
            not_issued.push((number, line));
        } else {
            entries.push(entry(number, line, &text)?);
            has_doi = (text.contains("(DOI:"), has_doi.0);
            last = (number, line);
        }
        Ok(())
    };
    for (line, text) in (1u32..).zip(text.lines()) {
        if let Some((number, rest)) = entry_start(text) {
            close(&mut open)?;
            open = Some((number, line, rest.trim().to_owned()));
        } else if text.trim().is_empty() || !text.starts_with(' ') {
            close(&mut open)?;
        } else if let Some((_, _, entry)) = &mut open {
            entry.push(' ');
            entry.push_str(text.trim());
        }
    }
    close(&mut open)?;
    if entries.is_empty() {
        let reason =
            "this is not an RFC index; there is no entry such as `2616 Title. Author. June 1999.`";
        return Err(Refusal {
            line: 1,
            reason: reason.to_owned(),
        });
    }
    if has_doi == (false, true) {
        let number = last.0;
        let reason = format!(
            "the entry of RFC {number} has no (DOI: ...), which the entry before it has; the file may be cut off"
        );
        return Err(Refusal {
            line: last.1.into(),
            reason,
        });
    }
    if !text.ends_with('\n') {
        let reason = "the file ends inside this line, so it may be cut off";
        return Err(Refusal {
            line: text.lines().count() as u64,
            reason: reason.to_owned(),
        });
    }
    Ok(RfcIndex::new(edition, true, entries, not_issued))
}

/// The number at the start of a line, and what follows it.
fn entry_start(line: &str) -> Option<(u32, &str)> {
    let (number, rest) = line.split_once(' ')?;
    let is_number = (4..=5).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| Some((number.parse().ok()?, rest)))?
}

fn entry(number: u32, line: u32, text: &str) -> Result<RfcEntry, Refusal> {
    let refuse = |what: &str| Refusal {
        line: u64::from(line),
        reason: format!("the entry of RFC {number} has no {what}"),
    };
    let end = REMARKS
        .iter()
        .filter_map(|remark| text.find(remark))
        .min()
        .ok_or_else(|| refuse("remarks such as (Status: ...)"))?;
    let (citation, remarks) = text.split_at(end);
    // Each has its status, and an index that is cut off may end before it, or within a remark.
    let status = remark(remarks, "(Status:").ok_or_else(|| refuse("(Status: ...)"))?;
    if remarks.matches('(').count() != remarks.matches(')').count() {
        return Err(refuse("end of a remark: a bracket is open"));
    }
    let citation = citation.trim_end_matches([' ', '.']);
    let (head, date) = citation.rsplit_once(". ").unwrap_or(("", citation));
    let words: Vec<&str> = date.split_whitespace().collect();
    let date = match words.as_slice() {
        [.., month, year] => month_of(month, year),
        _ => String::new(),
    };
    if date.is_empty() {
        return Err(refuse("date such as `June 1999`"));
    }
    Ok(RfcEntry {
        number,
        title: title(head).to_owned(),
        date,
        status: status.trim().to_owned(),
        obsoleted_by: remark(remarks, "(Obsoleted by ")
            .unwrap_or_default()
            .split(',')
            .filter_map(rfc_number)
            .collect(),
        line,
    })
}

/// The text of one remark.
fn remark<'t>(remarks: &'t str, name: &str) -> Option<&'t str> {
    let start = remarks.find(name)? + name.len();
    let end = remarks[start..].find(')')?;
    Some(&remarks[start..start + end])
}

/// The title: what stands before the first full stop that an author's initial
/// follows, or else before the last full stop.
fn title(head: &str) -> &str {
    let is_author = |rest: &str| {
        let mut letters = rest.chars();
        let initial = letters.next().is_some_and(char::is_uppercase);
        initial && letters.next() == Some('.')
    };
    head.match_indices(". ")
        .find(|(at, _)| is_author(&head[at + 2..]))
        .or_else(|| head.rmatch_indices(". ").next())
        .map_or(head, |(at, _)| &head[..at])
}
