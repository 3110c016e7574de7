//! `rfc-index.xml`: one `rfc-entry` element a document.

use appleports_model::{RfcEntry, RfcIndex, collapse_whitespace};
use roxmltree::Node;

use super::fields::{month_of, rfc_number};
use crate::lines::LineCounter;
use crate::refusal::Refusal;
use crate::xml::{elements, parse, text};

pub(crate) fn read(edition: &str, bytes: &[u8]) -> Result<RfcIndex, Refusal> {
    let document = parse(bytes)?;
    let mut lines = LineCounter::new(bytes);
    let (mut entries, mut not_issued) = (Vec::new(), Vec::new());
    for (name, element) in elements(document.root_element()) {
        if name != "rfc-entry" && name != "rfc-not-issued-entry" {
            continue;
        }
        let at = lines.at(element.range().start);
        let refuse = |reason: String| Refusal { line: at, reason };
        let line = u32::try_from(at).unwrap_or(u32::MAX);
        let id = field(element, "doc-id");
        let number = rfc_number(&id)
            .ok_or_else(|| refuse(format!("`{}` is not the id of an RFC", id.trim())))?;
        if name == "rfc-not-issued-entry" {
            not_issued.push((number, line));
        } else {
            let missing = || {
                refuse(format!(
                    "the entry of RFC {number} has no date such as June 1999"
                ))
            };
            entries.push(entry(element, number, line).ok_or_else(missing)?);
        }
    }
    if entries.is_empty() {
        return Err(Refusal {
            line: 1,
            reason: "this is not an RFC index; it has no rfc-entry element".to_owned(),
        });
    }
    Ok(RfcIndex::new(edition, true, entries, not_issued))
}

/// The element of this name within another.
fn child<'t>(node: Node<'t, 't>, name: &str) -> Option<Node<'t, 't>> {
    elements(node).find_map(|(tag, node)| (tag == name).then_some(node))
}

/// The text of the element of this name; empty where there is none.
fn field(node: Node<'_, '_>, name: &str) -> String {
    child(node, name).map(text).unwrap_or_default()
}

/// The entry of an RFC; `None` where it has no date.
fn entry(element: Node<'_, '_>, number: u32, line: u32) -> Option<RfcEntry> {
    let date = child(element, "date")?;
    let date = month_of(&field(date, "month"), &field(date, "year"));
    let later = child(element, "obsoleted-by");
    let later = later.into_iter().flat_map(elements);
    (!date.is_empty()).then(|| RfcEntry {
        number,
        title: collapse_whitespace(&field(element, "title")),
        date,
        status: field(element, "current-status").trim().to_owned(),
        obsoleted_by: later
            .filter(|(name, _)| *name == "doc-id")
            .filter_map(|(_, id)| rfc_number(&text(id)))
            .collect(),
        line,
    })
}
