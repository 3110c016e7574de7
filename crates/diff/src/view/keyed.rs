//! The comparison of two keyed lists as people read it.

use appleports_model::Transport;

use super::lines::prose;
use super::{Item, Line, Section, UNREAD, Value, listed};
use crate::facts::Evidence;
use crate::keyed::{KeyedChanges, KeyedRow, UnreadLine};
use crate::report::Report;
use crate::unread::Unreadable;

/// More characters of keys than this are only counted.
const MAX_KEYS: usize = 300;

/// The counts, in words.
pub(super) fn summary(changes: &KeyedChanges) -> String {
    let unread = match changes.unread.len() {
        0 => String::new(),
        count => format!("{count} unread, "),
    };
    format!(
        "{} added, {} removed, {} changed, {unread}{} in white space only, {} the same",
        changes.added.len(),
        changes.removed.len(),
        changes.changed.len(),
        changes.white_space_only,
        changes.unchanged
    )
}

/// A line that one side could not read, under the key of the row that it is.
fn unread(report: &Report, line: &UnreadLine) -> Item {
    let (source, other, who) = match line.side {
        Unreadable::Old => (&report.old.name, &report.new.name, "the old side"),
        Unreadable::New | Unreadable::Both => (&report.new.name, &report.old.name, "the new side"),
    };
    let keys: Vec<String> = line.rows.iter().map(row_key).collect();
    let mut remark = format!("{who} could not read line {}: `{}`", line.line, line.text);
    if keys.len() > 1 {
        remark.push_str("; it may be ");
        remark.push_str(&listed(&keys, ", ", MAX_KEYS));
    }
    let mut evidence = vec![Evidence {
        source: source.clone(),
        line: line.line,
        cells: vec![line.text.clone()],
    }];
    evidence.extend(line.rows.iter().map(|row| row_evidence(other, row)));
    Item {
        sign: UNREAD,
        key: match keys.as_slice() {
            [key] => key.clone(),
            _ => format!("line {}", line.line),
        },
        remark,
        lines: Vec::new(),
        evidence,
    }
}

/// The rows that were added, removed, not read and changed.
pub(super) fn sections(report: &Report, changes: &KeyedChanges) -> Vec<Section> {
    let row = |sign: char, side: &str, row: &KeyedRow| Item {
        sign,
        key: row_key(row),
        remark: String::new(),
        lines: row
            .texts
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| Line {
                label: name,
                value: Value::Text(text.to_owned()),
            })
            .collect(),
        evidence: vec![row_evidence(side, row)],
    };
    let (old_side, new_side) = (&report.old.name, &report.new.name);
    let differing = changes.changed.iter().map(|change| Item {
        sign: '~',
        key: row_key(&change.new),
        remark: String::new(),
        lines: change
            .fields
            .iter()
            .map(|name| prose(name, change.old.texts.get(name), change.new.texts.get(name)))
            .collect(),
        evidence: vec![
            row_evidence(old_side, &change.old),
            row_evidence(new_side, &change.new),
        ],
    });
    let added = changes.added.iter().map(|entry| row('+', new_side, entry));
    let removed = changes
        .removed
        .iter()
        .map(|entry| row('-', old_side, entry));
    let not_read = changes.unread.iter().map(|line| unread(report, line));
    let all = [
        ("Added", added.collect::<Vec<_>>()),
        ("Removed", removed.collect()),
        ("Not read", not_read.collect()),
        ("Changed", differing.collect()),
    ];
    all.into_iter()
        .filter(|(_, items)| !items.is_empty())
        .map(|(title, items)| Section {
            title,
            folded: false,
            items,
        })
        .collect()
}

fn row_key(row: &KeyedRow) -> String {
    let ports = row
        .key
        .ports
        .map_or_else(|| "-".to_owned(), |ports| ports.to_string());
    let transport = row.key.transport.map_or("-", Transport::as_str);
    format!("{ports}/{transport} {}", row.key.name)
        .trim_end()
        .to_owned()
}

fn row_evidence(side: &str, row: &KeyedRow) -> Evidence {
    Evidence {
        source: side.to_owned(),
        line: row.line,
        cells: Vec::new(),
    }
}
