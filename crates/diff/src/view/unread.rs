//! Rows that one side could not read, as people read them.

use appleports_model::{Transport, UnreadRow};

use super::{Item, UNREAD, lines_of};
use crate::facts::{Entry, Evidence};
use crate::unread::Unreadable;

/// The row, under the id of the other side's record where there is one.
pub(super) fn item(side: Unreadable, row: &UnreadRow, entry: Option<&Entry>) -> Item {
    let evidence = Evidence {
        source: row.source.clone(),
        line: row.line,
        cells: row.cells.clone(),
    };
    let own = entry.map(|entry| entry.evidence.clone());
    let evidence = match side {
        Unreadable::Old => [Some(evidence), own],
        Unreadable::New => [own, Some(evidence)],
    };
    Item {
        sign: UNREAD,
        key: entry.map_or_else(|| unread_key(row), |entry| entry.id.clone()),
        remark: format!(
            "the {} side could not read it: {}",
            side.as_str(),
            row.reason
        ),
        lines: entry.map(lines_of).unwrap_or_default(),
        evidence: evidence.into_iter().flatten().collect(),
    }
}

/// `1640/tcp?`, the ports that a row without a record probably has, or its line.
pub(crate) fn unread_key(row: &UnreadRow) -> String {
    if row.ports.is_empty() {
        return format!("row in line {}", row.line);
    }
    let ports: Vec<String> = row.ports.iter().map(ToString::to_string).collect();
    let transports = row.transports.iter().copied().map(Transport::as_str);
    let transports: Vec<&str> = transports.collect();
    let slash = if transports.is_empty() { "" } else { "/" };
    format!("{}{slash}{}?", ports.join(", "), transports.join("+"))
}
