//! What to write instead, in the list's own notation.

use std::ops::Range;

use appleports_model::{PortRange, Transport};

use crate::list::{Entry, Group, List};
use crate::transports::Transports;

/// The longest line of which more than an entry is replaced, in bytes on each side of it.
const MAX_EDITED_LINE: usize = 4_096;

/// The most ranges that are written for one.
const MAX_PARTS: usize = 4;

/// Parts of the text to replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Places in bytes, each with its new text.
    pub parts: Vec<(Range<usize>, String)>,
}

impl Edit {
    fn one(span: Range<usize>, text: String) -> Self {
        Self {
            parts: vec![(span, text)],
        }
    }

    /// Another edit behind this one.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }

    /// The correction in words.
    pub(crate) fn what(&self) -> String {
        match self.parts.as_slice() {
            [(span, text), ..] if !text.trim().is_empty() => {
                let verb = if span.is_empty() { "add" } else { "write" };
                let text = text.trim().trim_matches([',', ';']).trim();
                format!("{verb} `{}`", text.replace('\n', ", "))
            }
            _ => "remove it".to_owned(),
        }
    }
}

/// What is between the ends of a range as it is written, if programs read that.
fn sign<'a>(text: &'a str, entry: &Entry, group: &Group) -> &'a str {
    let written = &text[entry.span.clone()];
    let known = ["-", ":", "..", " - ", " to "];
    let own = written.trim_matches(|c: char| c.is_ascii_digit());
    let found = known.into_iter().find(|sign| *sign == own);
    found.unwrap_or(if group.range_sign == ":" { ":" } else { "-" })
}

fn shown(range: PortRange, sign: &str) -> String {
    if range.is_single() {
        range.first().to_string()
    } else {
        format!("{}{sign}{}", range.first(), range.last())
    }
}

/// The part of the text behind an entry that is its own transport: `/tcp`.
fn suffix<'t>(text: &'t str, entry: &Entry) -> &'t str {
    let own = entry.transport_span.as_ref();
    let behind = own.filter(|own| own.start >= entry.span.end);
    let behind = behind.map(|own| &text[entry.span.end..own.end]);
    behind
        .filter(|own| own.trim_start().starts_with('/') || own.len() <= 5)
        .unwrap_or("")
}

fn slots(range: PortRange) -> usize {
    if range.is_single() { 1 } else { 2 }
}

/// The line around a place; none where it is longer than any that is corrected as a whole.
fn line(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let low = at.saturating_sub(MAX_EDITED_LINE);
    let high = at.saturating_add(MAX_EDITED_LINE).min(bytes.len());
    let before = bytes[low..at].iter().rposition(|byte| *byte == b'\n');
    let behind = bytes[at..high].iter().position(|byte| *byte == b'\n');
    let start = before
        .map(|end| low + end + 1)
        .or((low == 0).then_some(0))?;
    let end = behind
        .map(|end| at + end)
        .or((high == bytes.len()).then_some(high))?;
    Some(
        start..if end > start && bytes[end - 1] == b'\r' {
            end - 1
        } else {
            end
        },
    )
}

/// How the line that ends there ends.
fn line_end(text: &str, at: usize) -> &'static str {
    if text[at..].starts_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    }
}

/// The entry, written as these ranges.
pub(crate) fn rewritten(
    text: &str,
    list: &List,
    entry: &Entry,
    ranges: &[PortRange],
) -> Option<Edit> {
    let group = &list.groups[entry.group];
    if !entry.is_whole || ranges.is_empty() {
        return None;
    }
    let sign = sign(text, entry, group);
    let is_quoted = text[..entry.span.start].ends_with('"');
    let quote = if group.quote.is_empty() {
        ""
    } else {
        group.quote
    };
    if let [range] = ranges {
        let mut own = shown(*range, sign);
        if !quote.is_empty() && !is_quoted && !range.is_single() {
            own = format!("{quote}{own}{quote}");
        }
        return Some(Edit::one(entry.span.clone(), own));
    }
    let separator = group.separator.as_deref()?;
    let more: usize = ranges.iter().map(|own| slots(*own)).sum();
    let fewer = entry.ports.map_or(0, slots);
    if (group.used + more).saturating_sub(fewer) > group.slots || ranges.len() > MAX_PARTS {
        return None;
    }
    if !quote.is_empty() {
        let all: Vec<String> = ranges.iter().map(|own| shown(*own, sign)).collect();
        let joined = all.join("\", \"");
        let joined = if is_quoted {
            joined
        } else {
            format!("\"{joined}\"")
        };
        return Some(Edit::one(entry.span.clone(), joined));
    }
    let suffix = suffix(text, entry);
    let behind = entry.span.end + suffix.len();
    let own = line(text, entry.span.start)?;
    if separator == "\n" {
        let (before, after) = (&text[own.start..entry.span.start], &text[behind..own.end]);
        let all: Vec<String> = ranges
            .iter()
            .map(|own| format!("{before}{}{suffix}", shown(*own, sign)))
            .collect();
        let is_plain = before.trim().is_empty() || Transports::of_word(before.trim()).is_some();
        return is_plain
            .then(|| Edit::one(own.start..behind, all.join(line_end(text, own.end))))
            .filter(|_| after.trim().is_empty() || after.trim_start().starts_with('#'));
    }
    let all: Vec<String> = ranges
        .iter()
        .map(|own| format!("{}{suffix}", shown(*own, sign)))
        .collect();
    Some(Edit::one(entry.span.start..behind, all.join(separator)))
}

/// The entry's own transport, written as another.
pub(crate) fn with_transport(text: &str, entry: &Entry, transport: Transport) -> Option<Edit> {
    let span = entry.transport_span.clone()?;
    let written = &text[span.clone()];
    let is_upper = written.chars().any(|c| c.is_ascii_uppercase());
    let name = transport.as_str();
    let name = if is_upper {
        name.to_ascii_uppercase()
    } else {
        name.to_owned()
    };
    let is_word = written.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_word.then(|| Edit::one(span, name))
}

/// The entry with a transport behind it, as the others of its list have one.
pub(crate) fn add_transport(list: &List, entry: &Entry, transport: Transport) -> Option<Edit> {
    let group = &list.groups[entry.group];
    let at = entry.span.end;
    (group.has_suffix && !list.is_table).then(|| Edit::one(at..at, format!("/{transport}")))
}

/// A part of the text in a group, replaced.
pub(crate) fn replaced(span: Range<usize>, ports: PortRange, group: &Group) -> Edit {
    let sign = if group.range_sign == ":" { ":" } else { "-" };
    Edit::one(span, shown(ports, sign))
}

/// The list without the entry.
pub(crate) fn remove(text: &str, list: &List, entry: &Entry) -> Option<Edit> {
    if list.is_table || !entry.is_whole {
        return None;
    }
    let end = entry.span.end + suffix(text, entry).len();
    let own = line(text, entry.span.start)?;
    let rest = [&text[own.start..entry.span.start], &text[end..own.end]].concat();
    let is_alone =
        |text: &str| text.trim().is_empty() || Transports::of_word(text.trim()).is_some();
    list.groups[entry.group].separator.as_ref()?;
    if is_alone(&rest) && list.notation == "lines" {
        let end = text[own.end..]
            .find('\n')
            .map_or(text.len(), |at| own.end + at + 1);
        return Some(Edit::one(own.start..end, String::new()));
    }
    let quote =
        usize::from(text[..entry.span.start].ends_with('"') && text[end..].starts_with('"'));
    let (start, end) = (entry.span.start - quote, end + quote);
    let before = text[..start].trim_end_matches([' ', '\t', '\n', '\r']);
    let comma = before.strip_suffix([',', ';']).unwrap_or(before);
    let is_behind = comma.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '"');
    let is_in_line = list.notation != "lines" || comma.len() >= own.start;
    (is_behind && is_in_line).then(|| Edit::one(comma.len()..end, String::new()))
}

/// The notations of lists. In the others each expression is a rule that opens what it names, and
/// only its owner knows whether a port belongs into it.
const LISTS: [&str; 3] = ["lines", "json", "nmap"];

/// The list with one more entry, behind the last one of its transport; none where it has rules.
pub(crate) fn append(
    text: &str,
    list: &List,
    ports: PortRange,
    transport: Transport,
) -> Option<Edit> {
    if list.is_table || !LISTS.contains(&list.notation) {
        return None;
    }
    let is_silent = list.entries.iter().all(|entry| entry.transports.is_empty());
    let one = Transports::one(transport);
    let fits = |entry: &&Entry| {
        let group = &list.groups[entry.group];
        let has_room = group.used.saturating_add(slots(ports)) <= group.slots;
        entry.is_whole && group.separator.is_some() && has_room
    };
    let mut entries = list.entries.iter().rev().filter(fits);
    let same = entries.clone().find(|entry| {
        if is_silent {
            entry.transports.is_empty()
        } else {
            entry.transports == one
        }
    });
    let is_suffixed = |entry: &&Entry| suffix(text, entry).starts_with('/');
    let (entry, is_other) = match same {
        Some(entry) => (entry, false),
        None => (
            entries.find(|entry| list.notation == "lines" && is_suffixed(entry))?,
            true,
        ),
    };
    let group = &list.groups[entry.group];
    let separator = group.separator.as_deref()?;
    let sign = sign(text, entry, group);
    let suffix = if is_other {
        format!("/{transport}")
    } else {
        suffix(text, entry).to_owned()
    };
    let own_end = entry.span.end + self::suffix(text, entry).len();
    let own = shown(ports, sign);
    if !group.quote.is_empty() {
        let is_quoted = text[own_end..].starts_with('"');
        let own = if is_quoted || !ports.is_single() {
            format!("\"{own}{suffix}\"")
        } else {
            own
        };
        let at = own_end + usize::from(is_quoted);
        return Some(Edit::one(at..at, format!("{separator}{own}")));
    }
    if list.notation == "lines" {
        // A line of its own where the last entry has one.
        let line = line(text, entry.span.start)?;
        let before = &text[line.start..entry.span.start];
        let is_alone = before.trim().is_empty() || Transports::of_word(before.trim()).is_some();
        let has_others = list
            .entries
            .iter()
            .filter(|other| other.line == entry.line)
            .count()
            > 1;
        let label = before.trim().trim_end_matches([':', '=']);
        if !is_alone && !has_others && Transports::of_word(label).is_none() {
            // A value of something, such as a key of YAML: it takes one.
            return None;
        }
        if is_alone && !has_others {
            let before = if is_other { "" } else { before };
            return Some(Edit::one(
                line.end..line.end,
                format!("{}{before}{own}{suffix}", line_end(text, line.end)),
            ));
        }
        let separator = if separator == "\n" { ", " } else { separator };
        return Some(Edit::one(
            own_end..own_end,
            format!("{separator}{own}{suffix}"),
        ));
    }
    Some(Edit::one(
        own_end..own_end,
        format!("{separator}{own}{suffix}"),
    ))
}
