//! The comparison of two keyed lists as people read it.

use appleports_model::Transport;

use super::lines::prose;
use super::{Item, Line, Section, Value};
use crate::facts::Evidence;
use crate::keyed::{KeyedChanges, KeyedRow};
use crate::report::Report;

/// The counts, in words.
pub(super) fn summary(changes: &KeyedChanges) -> String {
    format!(
        "{} added, {} removed, {} changed, {} in white space only, {} the same",
        changes.added.len(),
        changes.removed.len(),
        changes.changed.len(),
        changes.white_space_only,
        changes.unchanged
    )
}

/// The rows that were added, removed and changed.
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
                label: field(name),
                value: Value::Text(text.clone()),
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
            .map(|name| {
                let text = |row: &KeyedRow| row.texts.get(name).cloned().unwrap_or_default();
                prose(field(name), &text(&change.old), &text(&change.new))
            })
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
    let all = [
        ("Added", added.collect::<Vec<_>>()),
        ("Removed", removed.collect()),
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

/// The label of a text of a row.
fn field(name: &str) -> &'static str {
    [
        "description",
        "reference",
        "notes",
        "unauthorized use",
        "aliases",
        "comment",
    ]
    .into_iter()
    .find(|known| *known == name)
    .unwrap_or("text")
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
