//! All that a damaged range has left in the text: the sign behind its first port, and its other end,
//! where the list has that as no entry.

use std::ops::Range;

use appleports_model::{PortRange, is_dash};

use crate::list::{Entry, List};

/// The most bytes of signs between two ends.
const MAX_BETWEEN: usize = 8;

/// Whether a character may be meant to be the sign of a range, and parts no entries.
fn is_sign(c: char) -> bool {
    matches!(c, ':' | '-' | '=' | '~' | '.' | '…') || is_dash(c)
}

/// Whether a character may be between the ends of a damaged range.
fn is_between(c: char) -> bool {
    is_sign(c) || matches!(c, ' ' | '\t' | ',' | ';' | '&' | '|' | '/' | '+' | '>')
}

/// The place of an entry that is to be written as a range, with what is left of that range beside it:
/// all of `3478:`, of `3478 / 3497`, and `3478,` where no other entry follows.
pub(super) fn whole(text: &str, list: &List, entry: &Entry, range: PortRange) -> Range<usize> {
    let span = entry.span.clone();
    if range.is_single() || entry.numbers.0 != entry.numbers.1 || entry.last_span.is_some() {
        return span;
    }
    if entry.numbers.0 == range.first().to_string() {
        let end = other_end(text, list, span.end, range).or_else(|| sign_end(text, list, entry));
        return span.start..end.unwrap_or(span.end);
    }
    let start = other_start(text, list, span.start, range);
    start.unwrap_or(span.start)..span.end
}

/// Whether an entry begins at a place.
fn has_entry(list: &List, at: usize) -> bool {
    let found = list
        .entries
        .binary_search_by_key(&at, |entry| entry.span.start);
    found.is_ok()
}

/// Where the last port of a range ends that is written behind a place.
fn other_end(text: &str, list: &List, from: usize, range: PortRange) -> Option<usize> {
    let behind = &text[from..];
    let number = behind.trim_start_matches(is_between);
    let start = from + behind.len() - number.len();
    let rest = number.strip_prefix(&range.last().to_string())?;
    let is_own = start - from <= MAX_BETWEEN && !has_entry(list, start);
    (is_own && !rest.starts_with(char::is_alphanumeric)).then(|| text.len() - rest.len())
}

/// Where the first port of a range begins that is written before a place.
fn other_start(text: &str, list: &List, to: usize, range: PortRange) -> Option<usize> {
    let number = text[..to].trim_end_matches(is_between);
    let rest = number.strip_suffix(&range.first().to_string())?;
    let is_own = to - number.len() <= MAX_BETWEEN && !has_entry(list, rest.len());
    (is_own && !rest.ends_with(char::is_alphanumeric)).then_some(rest.len())
}

/// Where the sign ends that is behind an entry and has no port behind it.
fn sign_end(text: &str, list: &List, entry: &Entry) -> Option<usize> {
    let behind = &text[entry.span.end..];
    let sign = behind.chars().next()?;
    let rest = &behind[sign.len_utf8()..];
    let next = rest.trim_start().chars().next();
    let is_last = || {
        let at = list
            .entries
            .partition_point(|other| other.span.start <= entry.span.start);
        list.entries
            .get(at)
            .is_none_or(|other| other.group != entry.group)
    };
    let is_end = match sign {
        ',' => {
            next.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '$' | '@' | '{')) && is_last()
        }
        _ => is_sign(sign) && !rest.starts_with(|c: char| c.is_alphanumeric() || is_sign(c)),
    };
    is_end.then(|| entry.span.end + sign.len_utf8())
}
