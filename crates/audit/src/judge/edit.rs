//! What to write instead, in the list's own notation.

mod append;
mod around;
mod continued;
mod guard;
mod quotes;
mod remove;
mod rewrite;
mod whole;

use std::ops::Range;

use appleports_model::PortRange;
use memchr::{memchr, memrchr};

use crate::list::{Entry, Group, List};
use crate::read::BYTE_ORDER_MARK;

pub(crate) use append::append;
pub(crate) use guard::{is_taken, joined, misled};
pub(crate) use remove::{remove, remove_line};
pub(crate) use rewrite::{add_transport, is_key, replaced, rewritten, with_transport};

/// The longest line of which more than an entry is replaced, in bytes on each side of it.
const MAX_EDITED_LINE: usize = 4_096;

/// Parts of the text to replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Places in bytes, each with its new text.
    pub parts: Vec<(Range<usize>, String)>,
}

impl Edit {
    pub(crate) fn one(span: Range<usize>, text: String) -> Self {
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
                let lines: Vec<String> = text
                    .lines()
                    .map(|line| format!("`{}`", line.trim().trim_end_matches(',')))
                    .collect();
                match lines.as_slice() {
                    [line] => format!("{verb} {line}"),
                    lines => format!("{verb} {} lines: {}", lines.len(), lines.join(" and ")),
                }
            }
            _ => "remove it".to_owned(),
        }
    }
}

/// What may be between the ends of a range.
const SIGNS: [&str; 8] = [" through ", " to ", " bis ", " - ", " : ", "..", ":", "-"];

/// What is between the ends of a range as it is written, if programs read that.
fn sign<'a>(text: &'a str, entry: &Entry, group: &'a Group) -> &'a str {
    let written = &text[entry.span.clone()];
    // `3478-3497:3478-3497`.
    let written = match written.split_once(':') {
        Some((one, other)) if one == other => one,
        _ => written,
    };
    // Where the place has a sign of its own, no other will do.
    let is_plain = SIGNS.contains(&group.range_sign.as_ref());
    let mut known = SIGNS.into_iter();
    let found = known.find(|sign| written.contains(sign) && is_plain && group.takes(sign));
    found.unwrap_or(&group.range_sign)
}

fn shown(range: PortRange, sign: &str) -> String {
    if range.is_single() {
        range.first().to_string()
    } else {
        format!("{}{sign}{}", range.first(), range.last())
    }
}

/// The part of the text behind an entry that is its own transport: `/tcp`, ` (TCP)`.
fn suffix<'t>(text: &'t str, entry: &Entry) -> &'t str {
    let transport = entry.transport_span.as_ref();
    let behind = transport.filter(|span| span.start >= entry.span.end);
    let behind = behind.map(|span| &text[entry.span.end..span.end]);
    behind
        .filter(|written| {
            let is_sign = |c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | '\t' | '(');
            written.trim_start().starts_with('/')
                || written.len() <= 6 && written.chars().all(is_sign)
        })
        .and_then(|written| {
            let is_bracketed = written.contains('(');
            let end = entry.span.end + written.len() + usize::from(is_bracketed);
            let written = text.get(entry.span.end..end)?;
            (written.ends_with(')') == is_bracketed).then_some(written)
        })
        .unwrap_or("")
}

pub(crate) fn slots(range: PortRange) -> usize {
    if range.is_single() { 1 } else { 2 }
}

/// The line around a place; none where it is longer than any that is corrected as a whole.
fn line(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let low = at.saturating_sub(MAX_EDITED_LINE);
    let high = at.saturating_add(MAX_EDITED_LINE).min(bytes.len());
    let before = memrchr(b'\n', &bytes[low..at]);
    let behind = memchr(b'\n', &bytes[at..high]);
    let mark = usize::from(text.starts_with(BYTE_ORDER_MARK)) * BYTE_ORDER_MARK.len_utf8();
    let start = before
        .map(|end| low + end + 1)
        .or((low == 0).then_some(mark))?;
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

/// How the line that ends there ends; the last one, which may have no end, as the one before it.
fn line_end(text: &str, at: usize) -> &'static str {
    let (before, behind) = text.split_at(at);
    let is_like_before = || {
        let end = before.rfind('\n');
        behind.is_empty() && end.is_some_and(|end| before[..end].ends_with('\r'))
    };
    if behind.starts_with("\r\n") || is_like_before() {
        "\r\n"
    } else {
        "\n"
    }
}

/// Whether another entry is on the line of this one.
fn has_others(list: &List, entry: &Entry) -> bool {
    let first = list
        .entries
        .partition_point(|other| other.line < entry.line);
    let entries = list.entries[first..].iter();
    entries
        .take_while(|other| other.line == entry.line)
        .nth(1)
        .is_some()
}
