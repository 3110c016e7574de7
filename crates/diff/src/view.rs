//! A comparison as people read it: what every rendering has in common.
//!
//! Texts in here are as published; each rendering escapes them in its own way.

use std::fmt::Write;

use appleports_model::{PortRange, Transport};

use crate::detail::{Both, Detail, Shape, Weight};
use crate::facts::{Entry, Evidence};
use crate::keyed::{KeyedChanges, KeyedRow};
use crate::records::{Change, Changes};
use crate::report::{Body, Report};

/// The label of the line that gives both ids.
pub(crate) const WAS: &str = "was";

/// A whole comparison.
pub(crate) struct View<'a> {
    pub(crate) report: &'a Report,
    /// The counts, in words.
    pub(crate) summary: String,
    /// Ports that open or close, one line each: `tcp opens`, count, ranges.
    pub(crate) exposure: Vec<(String, u32, Vec<String>)>,
    /// The products touched.
    pub(crate) products: Vec<String>,
    /// The sections with at least one item, most important first.
    pub(crate) sections: Vec<Section>,
}

/// Items of one weight.
pub(crate) struct Section {
    pub(crate) title: &'static str,
    /// Whether the items are only counted until somebody asks.
    pub(crate) folded: bool,
    pub(crate) items: Vec<Item>,
}

/// One record or row.
pub(crate) struct Item {
    pub(crate) sign: char,
    pub(crate) key: String,
    /// What is certain only in part.
    pub(crate) remark: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) evidence: Vec<Evidence>,
}

/// One difference.
pub(crate) struct Line {
    pub(crate) label: &'static str,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    /// A text of one side.
    Text(String),
    /// A value of both sides, and what there is to say of it.
    Change {
        old: String,
        new: String,
        tail: String,
    },
    /// Prose of both sides, to be compared word by word.
    Prose { old: String, new: String },
    /// Members lost and gained.
    Members {
        lost: Vec<String>,
        gained: Vec<String>,
    },
}

impl<'a> View<'a> {
    pub(crate) fn of(report: &'a Report) -> Self {
        let (exposure, products, sections) = match &report.body {
            Body::Records(changes) => (
                exposure(changes),
                changes.exposure.products.iter().cloned().collect(),
                sections(changes),
            ),
            Body::Registry(changes) | Body::Services(changes) => {
                (Vec::new(), Vec::new(), keyed_sections(report, changes))
            }
        };
        Self {
            report,
            summary: report_summary(report),
            exposure,
            products,
            sections,
        }
    }
}

/// The counts of a comparison, in words.
pub(crate) fn report_summary(report: &Report) -> String {
    match &report.body {
        Body::Records(changes) => summary(changes),
        Body::Registry(changes) | Body::Services(changes) => keyed_summary(changes),
    }
}

/// The counts of a comparison of records, in words.
pub(crate) fn summary(changes: &Changes) -> String {
    let counts = &changes.counts;
    if changes.is_empty() {
        return "no change".to_owned();
    }
    let wording = counts.wording_only;
    if counts.added + counts.removed + counts.changed == 0 {
        return format!("wording only, in {wording} {}", plural(wording, "record"));
    }
    let mut text = format!(
        "{} added, {} removed, {} changed",
        counts.added, counts.removed, counts.changed
    );
    if wording > 0 {
        let _ = write!(text, ", {wording} in wording only");
    }
    if counts.ambiguous > 0 {
        let _ = write!(text, "; {} ambiguous", counts.ambiguous);
    }
    text
}

fn plural(count: usize, noun: &str) -> String {
    format!("{noun}{}", if count == 1 { "" } else { "s" })
}

fn exposure(changes: &Changes) -> Vec<(String, u32, Vec<String>)> {
    let mut lines = Vec::new();
    for entry in &changes.exposure.transports {
        let transport = entry.transport.map_or("no transport", Transport::as_str);
        for (what, count, set) in [
            ("opens", entry.opened, &entry.opened_ranges),
            ("closes", entry.closed, &entry.closed_ranges),
        ] {
            if count > 0 {
                let ranges = set.ranges().iter().map(ToString::to_string).collect();
                lines.push((format!("{transport} {what}"), count, ranges));
            }
        }
    }
    lines
}

fn sections(changes: &Changes) -> Vec<Section> {
    let titles = [
        (Weight::Exposure, "Ports and transports"),
        (Weight::Identity, "Names"),
        (Weight::Metadata, "Other values"),
        (Weight::Wording, "Wording only"),
    ];
    let section = |(weight, title)| Section {
        title,
        folded: weight == Weight::Wording,
        items: changes
            .changes
            .iter()
            .filter(|change| change.weight() == weight)
            .map(item)
            .collect(),
    };
    let all = titles.into_iter().map(section);
    all.filter(|section| !section.items.is_empty()).collect()
}

/// A change as an item.
pub(crate) fn item(change: &Change) -> Item {
    match change {
        Change::Added { entry, split_from } => whole('+', entry, split_from.as_ref(), "split from"),
        Change::Removed { entry, merged_into } => {
            whole('-', entry, merged_into.as_ref(), "merged into")
        }
        Change::Changed {
            old,
            new,
            details,
            rivals,
        } => {
            let candidates: Vec<&str> = rivals
                .old
                .iter()
                .chain(&rivals.new)
                .map(String::as_str)
                .collect();
            let mut lines: Vec<Line> = details.iter().map(line).collect();
            if old.id != new.id {
                lines.insert(0, change_line(WAS, &old.id, &new.id, String::new()));
            }
            Item {
                sign: '~',
                key: new.id.clone(),
                remark: if candidates.is_empty() {
                    String::new()
                } else {
                    format!("ambiguous: could as well be {}", candidates.join(", "))
                },
                lines,
                evidence: vec![old.evidence.clone(), new.evidence.clone()],
            }
        }
    }
}

fn whole(sign: char, entry: &Entry, relative: Option<&String>, how: &str) -> Item {
    let facts = &entry.facts;
    let products = facts
        .products
        .iter()
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    let texts = [
        ("title", &facts.title),
        ("products", &products),
        ("note", &facts.note),
    ];
    let lines = texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| Line {
            label,
            value: Value::Text(text.clone()),
        });
    Item {
        sign,
        key: entry.id.clone(),
        remark: relative.map_or_else(String::new, |id| format!("{how} {id}")),
        lines: lines.collect(),
        evidence: vec![entry.evidence.clone()],
    }
}

fn change_line(label: &'static str, old: &str, new: &str, tail: String) -> Line {
    let value = Value::Change {
        old: old.to_owned(),
        new: new.to_owned(),
        tail,
    };
    Line { label, value }
}

fn members<T: ToString>(
    label: &'static str,
    lost: impl IntoIterator<Item = T>,
    gained: impl IntoIterator<Item = T>,
) -> Line {
    let texts = |items: Vec<T>| items.iter().map(ToString::to_string).collect();
    let (lost, gained) = (
        texts(lost.into_iter().collect()),
        texts(gained.into_iter().collect()),
    );
    Line {
        label,
        value: Value::Members { lost, gained },
    }
}

fn prose(label: &'static str, old: &str, new: &str) -> Line {
    Line {
        label,
        value: Value::Prose {
            old: old.to_owned(),
            new: new.to_owned(),
        },
    }
}

/// One difference of a record, as a line.
pub(crate) fn line(detail: &Detail) -> Line {
    match detail {
        Detail::Ports {
            shape,
            old,
            new,
            gained,
            lost,
        } => change_line(
            "ports",
            &ranges(old),
            &ranges(new),
            tail(*shape, *gained, *lost),
        ),
        Detail::Transports(set) => members("transport", &set.lost, &set.gained),
        Detail::ServiceName(Both { old, new }) => change_line("name", old, new, String::new()),
        Detail::PortNames(Both { old, new }) => {
            let names = |list: &[appleports_model::PortName]| {
                let names = list
                    .iter()
                    .map(|entry| format!("{}={}", entry.port, entry.name));
                names.collect::<Vec<_>>().join(" ")
            };
            change_line("port names", &names(old), &names(new), String::new())
        }
        Detail::Rfcs(set) => members("rfc", &set.lost, &set.gained),
        Detail::Registration(Both { old, new }) => {
            change_line("registration", old.as_str(), new.as_str(), String::new())
        }
        Detail::Deprecated(Both { old, new }) => change_line(
            "deprecated",
            &old.to_string(),
            &new.to_string(),
            String::new(),
        ),
        Detail::Products(set) => members("products", &set.lost, &set.gained),
        Detail::Note { old, new, .. } => prose("note", old, new),
        Detail::Verdicts(Both { old, new }) => {
            let (old, new): (std::collections::BTreeSet<_>, std::collections::BTreeSet<_>) =
                (old.iter().collect(), new.iter().collect());
            members(
                "registry",
                old.difference(&new).copied(),
                new.difference(&old).copied(),
            )
        }
        Detail::Corrections(Both { old, new }) => members("corrections", old, new),
        Detail::Title(Both { old, new }) => prose("title", old, new),
        Detail::UsedBy(Both { old, new }) => prose("used by", old, new),
    }
}

fn ranges(list: &[PortRange]) -> String {
    list.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

fn tail(shape: Shape, gained: u32, lost: u32) -> String {
    let mut parts = Vec::new();
    for (sign, count) in [('+', gained), ('-', lost)] {
        if count > 0 {
            parts.push(format!("{sign}{count} {}", plural(count as usize, "port")));
        }
    }
    parts.push(match shape {
        Shape::Moved => "moved".to_owned(),
        Shape::Split => "split, the same ports".to_owned(),
        Shape::Merged => "merged, the same ports".to_owned(),
        Shape::Recut => "cut elsewhere, the same ports".to_owned(),
        Shape::Grown | Shape::Shrunk | Shape::Shifted => return parts.join(", "),
    });
    parts.join(", ")
}

fn keyed_summary(changes: &KeyedChanges) -> String {
    format!(
        "{} added, {} removed, {} changed, {} in white space only, {} the same",
        changes.added.len(),
        changes.removed.len(),
        changes.changed.len(),
        changes.white_space_only,
        changes.unchanged
    )
}

fn keyed_sections(report: &Report, changes: &KeyedChanges) -> Vec<Section> {
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
