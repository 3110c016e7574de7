//! Rows that one side could not read, as people read them.

use std::sync::Arc;

use appleports_model::{UnreadRow, joined};

use super::lines::prose;
use super::{Item, Line, UNREAD, lines_of, listed};
use crate::facts::{Entry, Evidence};
use crate::unread::Unreadable;

/// More characters of ids than this are only counted.
pub(super) const MAX_IDS: usize = 300;

/// A row that one side could not read, or neither.
pub(super) struct Unread<'a> {
    pub(super) side: Unreadable,
    pub(super) row: &'a UnreadRow,
    pub(super) was: Option<&'a UnreadRow>,
    pub(super) entry: Option<&'a Entry>,
    pub(super) candidates: &'a [Arc<Entry>],
}

/// The row, under the id of the other side's record where there is one.
pub(super) fn item(unread: &Unread<'_>) -> Item {
    let Unread {
        side,
        row,
        was,
        entry,
        candidates,
    } = *unread;
    let others = entry.into_iter().chain(candidates.iter().map(Arc::as_ref));
    let others = others.map(|entry| entry.evidence.clone());
    let evidence: Vec<Evidence> = match side {
        Unreadable::New => others.chain([evidence(row)]).collect(),
        Unreadable::Old => std::iter::once(evidence(row)).chain(others).collect(),
        Unreadable::Both => was.into_iter().chain([row]).map(evidence).collect(),
    };
    let lines = match (entry, was) {
        (Some(entry), _) => lines_of(entry),
        (None, Some(was)) => texts(was, row).into_iter().collect(),
        (None, None) => Vec::new(),
    };
    Item {
        sign: UNREAD,
        key: entry.map_or_else(|| unread_key(row), |entry| entry.id.clone()),
        remark: remark(side, row, candidates),
        lines,
        evidence,
    }
}

fn evidence(row: &UnreadRow) -> Evidence {
    Evidence {
        source: row.source.clone(),
        line: row.line,
        cells: row.cells.clone(),
    }
}

fn remark(side: Unreadable, row: &UnreadRow, candidates: &[Arc<Entry>]) -> String {
    let who = match side {
        Unreadable::Old => "the old side could not",
        Unreadable::New => "the new side could not",
        Unreadable::Both => "neither side could",
    };
    let reason = format!("{who} read it: {}", row.reason);
    let doubt = doubt(candidates);
    let doubt = doubt.map(|doubt| format!("; {doubt}"));
    reason + &doubt.unwrap_or_default()
}

/// The records that a row may be or stand for, as a remark.
pub(crate) fn doubt(candidates: &[Arc<Entry>]) -> Option<String> {
    let ids: Vec<String> = candidates.iter().map(|entry| entry.id.clone()).collect();
    (!ids.is_empty()).then(|| format!("it may be {}", listed(&ids, ", ", MAX_IDS)))
}

/// The cells of a row that neither side could read.
fn texts(was: &UnreadRow, row: &UnreadRow) -> Option<Line> {
    let text = |row: &UnreadRow| row.cells.join(" / ");
    (was.cells != row.cells).then(|| prose("text", &text(was), &text(row)))
}

/// `1640/tcp?`, the ports that a row without a record probably has, or its line.
pub(crate) fn unread_key(row: &UnreadRow) -> String {
    if row.ports.is_empty() {
        return format!("row in line {}", row.line);
    }
    let slash = if row.transports.is_empty() { "" } else { "/" };
    let (ports, transports) = (joined(&row.ports, ", "), joined(&row.transports, "+"));
    format!("{ports}{slash}{transports}?")
}
