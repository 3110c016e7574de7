//! The ways to break one entry of a right list.

use appleports_model::PortRange;
use appleports_pipeline::{Entry, List};

/// How many ways there are.
pub(super) const COUNT: usize = 15;

/// A broken list: what is replaced by what, and the code that is reported.
pub(super) struct Broken {
    pub(super) parts: Vec<(std::ops::Range<usize>, String)>,
    pub(super) code: &'static str,
}

impl Broken {
    /// The list with the damage.
    pub(super) fn text(&self, right: &str) -> String {
        let mut text = right.to_owned();
        for (span, new) in self.parts.iter().rev() {
            text.replace_range(span.clone(), new);
        }
        text
    }
}

/// Breaks the entry at an index in a way; none where the notation or the entry has no such damage.
pub(super) fn broken(
    way: usize,
    text: &str,
    list: &List,
    index: usize,
    at: usize,
) -> Option<Broken> {
    let entry = &list.entries[index];
    let ports = entry.ports?;
    match way {
        0..=2 => digit(way, ports, entry, at),
        3..=6 => signs(way, text, list, entry, ports),
        7 => wider(text, list, entry, ports),
        8 => merged(text, list, index),
        9 => reduced(text, list, entry, ports),
        10 => Some(one(
            entry.transport_span.clone()?,
            other(text, entry)?,
            "L010",
        )),
        11 => Some(one(
            entry.transport_span.clone()?,
            misspelt(text, entry)?,
            "L016",
        )),
        12 => without_transport(text, list, entry),
        13 => backwards(text, entry, ports),
        _ if is_bare(text, list, entry) => None,
        _ => unseen(entry),
    }
}

fn one(span: std::ops::Range<usize>, new: String, code: &'static str) -> Broken {
    Broken {
        parts: vec![(span, new)],
        code,
    }
}

/// Whether it is a number of JSON, which takes no other signs.
fn is_bare(text: &str, list: &List, entry: &Entry) -> bool {
    list.notation.name == "json" && !text[..entry.span.start].ends_with('"')
}

/// The place of the first port.
fn first_span(entry: &Entry) -> std::ops::Range<usize> {
    entry.span.start..entry.span.start + entry.numbers.0.len()
}

/// The sign of a range; none where the last port has a place of its own.
fn sign(text: &str, entry: &Entry) -> Option<char> {
    let written = &text[entry.span.clone()];
    written.chars().find(|c| !c.is_ascii_digit())
}

/// A digit lost, doubled or swapped in the first port of a range.
fn digit(way: usize, ports: PortRange, entry: &Entry, at: usize) -> Option<Broken> {
    let first = ports.first().to_string();
    let at = at % first.len();
    let mut damaged = first.clone();
    match way {
        0 => {
            damaged.remove(at);
        }
        1 => damaged.insert(at, first.as_bytes()[at] as char),
        _ => {
            let mut bytes = first.clone().into_bytes();
            (at + 1 < bytes.len()).then(|| bytes.swap(at, at + 1))?;
            damaged = String::from_utf8(bytes).ok()?;
        }
    }
    // JSON has no numbers that begin with a zero.
    let is_damage = damaged != first && !damaged.starts_with('0');
    (!ports.is_single() && is_damage).then(|| one(first_span(entry), damaged, "L005"))
}

/// A dash, the mark of a footnote, digits of another script, a sign between thousands.
fn signs(way: usize, text: &str, list: &List, entry: &Entry, ports: PortRange) -> Option<Broken> {
    let written = &text[entry.span.clone()];
    if is_bare(text, list, entry) {
        return None;
    }
    match way {
        3 => {
            let dash = written.replace(sign(text, entry)?, "–");
            Some(one(entry.span.clone(), dash, "L006"))
        }
        4 => Some(one(entry.span.end..entry.span.end, "*".to_owned(), "L008")),
        5 => {
            let full = entry.numbers.0.chars();
            let full = full.filter_map(|c| char::from_u32(u32::from(c) - 0x30 + 0xff10));
            Some(one(first_span(entry), full.collect(), "L007"))
        }
        _ => {
            let first = &entry.numbers.0;
            let grouped = format!(
                "{}.{}",
                &first[..first.len().checked_sub(3)?],
                &first[first.len() - 3..]
            );
            (ports.first() > 999).then(|| one(first_span(entry), grouped, "L009"))
        }
    }
}

/// One port more at the end.
fn wider(text: &str, list: &List, entry: &Entry, ports: PortRange) -> Option<Broken> {
    let next = ports.last().checked_add(1)?;
    let mut others = list.entries.iter().filter_map(|other| other.ports);
    // The port of another row is not too many.
    if others.any(|range| range.contains(next)) {
        return None;
    }
    let span = match &entry.last_span {
        Some(span) => span.clone(),
        None => entry.span.end - entry.numbers.1.len()..entry.span.end,
    };
    let is_range = entry.last_span.is_some() || sign(text, entry).is_some();
    (is_range && !ports.is_single()).then(|| one(span, next.to_string(), "L003"))
}

/// This range and the next one as one.
fn merged(text: &str, list: &List, index: usize) -> Option<Broken> {
    let (entry, next) = (&list.entries[index], list.entries.get(index + 1)?);
    let between = text.get(entry.span.end..next.span.start)?;
    let is_plain = between.chars().all(|c| " ,\r\n/tcpud\"".contains(c));
    let is_own = entry.group == next.group && entry.transports == next.transports;
    let sign = sign(text, entry)?;
    let both = format!("{}{sign}{}", entry.numbers.0, next.numbers.1);
    // What is between entries shows only where some are left.
    let others = list
        .entries
        .iter()
        .filter(|other| other.group == entry.group);
    let shows_separator = others.count() > 2;
    let has_gap = entry.ports?.last() + 1 < next.ports?.first();
    (is_plain && is_own && has_gap && shows_separator && !list.is_table && sign != '/')
        .then(|| one(entry.span.start..next.span.end, both, "L013"))
}

/// The ends alone, as two entries.
fn reduced(text: &str, list: &List, entry: &Entry, ports: PortRange) -> Option<Broken> {
    let group = &list.groups[entry.group];
    let separator = group.separator.as_deref()?;
    let suffix = match &entry.transport_span {
        Some(span) if group.has_suffix => text.get(entry.span.end..span.end)?,
        _ => "",
    };
    let quote = if list.notation.name == "json" {
        "\""
    } else {
        ""
    };
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let separator = separator.replace('\n', line_end);
    let ends = format!(
        "{}{suffix}{quote}{separator}{quote}{}",
        entry.numbers.0, entry.numbers.1
    );
    (ports.count() > 2).then(|| one(entry.span.clone(), ends, "L004"))
}

fn other(text: &str, entry: &Entry) -> Option<String> {
    match &text[entry.transport_span.clone()?] {
        "udp" => Some("tcp".to_owned()),
        "tcp" => Some("udp".to_owned()),
        _ => None,
    }
}

fn misspelt(text: &str, entry: &Entry) -> Option<String> {
    match &text[entry.transport_span.clone()?] {
        "udp" => Some("utp".to_owned()),
        "tcp" => Some("tpc".to_owned()),
        _ => None,
    }
}

/// No transport where the others have one.
fn without_transport(text: &str, list: &List, entry: &Entry) -> Option<Broken> {
    let span = entry.span.end..entry.transport_span.clone()?.end;
    let is_suffix = text.get(span.clone())?.starts_with('/');
    (is_suffix && !list.is_table && list.groups[entry.group].has_suffix)
        .then(|| one(span, String::new(), "L011"))
}

/// The last port before the first one.
fn backwards(text: &str, entry: &Entry, ports: PortRange) -> Option<Broken> {
    let sign = sign(text, entry)?;
    let turned = format!("{}{sign}{}", entry.numbers.1, entry.numbers.0);
    (!ports.is_single()).then(|| one(entry.span.clone(), turned, "L015"))
}

/// A space of no width within the first port.
fn unseen(entry: &Entry) -> Option<Broken> {
    let at = entry.span.start + 1;
    (entry.numbers.0.len() > 1).then(|| one(at..at, "\u{200b}".to_owned(), "L007"))
}
