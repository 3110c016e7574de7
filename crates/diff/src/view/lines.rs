//! One difference of a record, as a line.

use std::collections::BTreeSet;

use appleports_model::{PortName, PortRange, counted, joined};

use super::{Line, Value};
use crate::detail::{Both, Detail, ProductMembers, Shape};

pub(super) fn change_line(label: &'static str, old: &str, new: &str, tail: String) -> Line {
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

pub(super) fn prose(label: &'static str, old: &str, new: &str) -> Line {
    Line {
        label,
        value: Value::Prose {
            old: old.to_owned(),
            new: new.to_owned(),
        },
    }
}

/// One difference of a record, as a line; none where all of it is in doubt, of which
/// [`remarks`](super::remarks) tells.
pub(crate) fn line(detail: &Detail) -> Option<Line> {
    Some(match detail {
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
            let names = |list: &[PortName]| {
                let names = list
                    .iter()
                    .map(|entry| format!("{}={}", entry.port, entry.name));
                joined(names, " ")
            };
            change_line("further names", &names(old), &names(new), String::new())
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
        Detail::Products(ProductMembers { certain, .. }) => {
            if certain.lost.is_empty() && certain.gained.is_empty() {
                return None;
            }
            members("products", &certain.lost, &certain.gained)
        }
        Detail::Words { members: set, .. } => members("unknown words", &set.lost, &set.gained),
        Detail::Note { old, new, .. } => prose("note", old, new),
        Detail::Verdicts(Both { old, new }) => {
            let (old, new): (BTreeSet<_>, BTreeSet<_>) =
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
    })
}

fn ranges(list: &[PortRange]) -> String {
    joined(list, ", ")
}

fn tail(shape: Shape, gained: u32, lost: u32) -> String {
    let mut parts = Vec::new();
    for (sign, count) in [('+', gained), ('-', lost)] {
        if count > 0 {
            parts.push(format!("{sign}{}", counted(count as usize, "port")));
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
