//! What is around an entry of a plain list: where ports may be added to it, and with which sign.

use std::ops::Range;

use super::quotes::own_quote;
use super::{line, suffix};
use crate::list::{Entry, List};

/// What is around an entry in its line.
pub(super) struct Around {
    /// What parts it from the entry beside it.
    pub(super) sign: Option<String>,
    /// Whether no other entry is in its line.
    pub(super) is_alone: bool,
    /// Whether it is in brackets, in quotes or in the value of a variable, so that each sign counts.
    pub(super) is_value: bool,
    /// Whether it is a number of an array that has no ranges without quotes, or a value alone: there
    /// may be none.
    pub(super) is_number: bool,
}

/// What is around an entry; none where its line is too long.
pub(super) fn around(text: &str, list: &List, entry: &Entry) -> Option<Around> {
    let line = line(text, entry.span.start)?;
    let (before, next) = beside(list, entry);
    let pairs = [
        before.map(|one| (one, entry)),
        next.map(|other| (entry, other)),
    ];
    let mut signs = pairs
        .iter()
        .flatten()
        .filter_map(|(one, other)| sign(text, one, other));
    let sign = signs.find(|(_, is_quoted)| *is_quoted == is_quoted_alone(text, entry));
    let sign = sign.map(|(sign, _)| sign.to_owned());
    let is_array = match entry.within {
        Some('[') => true,
        Some('(' | '{') => {
            let behind = text[entry.span.end..].trim_start();
            behind.starts_with(',') || text[..entry.span.start].trim_end().ends_with(',')
        }
        _ => false,
    };
    let is_bare = |entry: &Entry| {
        // Two of which one range is made are numbers as well.
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '\t');
        text[entry.span.clone()].chars().all(is_part) || is_quoted_alone(text, entry)
    };
    let is_alone = before.is_none() && next.is_none();
    // `port = 3478` of TOML and of Python; a shell has no space there.
    let is_of_numbers = is_array || is_alone && text[line.start..entry.span.start].ends_with("= ");
    let beside = [Some(entry), before, next];
    Some(Around {
        sign,
        is_alone,
        is_value: entry.within.is_some() || is_assigned(&text[line.start..entry.span.start]),
        is_number: is_of_numbers && beside.into_iter().flatten().all(is_bare),
    })
}

/// The entries before and behind another one in its line.
fn beside<'l>(list: &'l List, entry: &Entry) -> (Option<&'l Entry>, Option<&'l Entry>) {
    let entries = &list.entries;
    let at = entries.partition_point(|other| other.span.start < entry.span.start);
    let next = entries[at..].partition_point(|other| other.span.start <= entry.span.start);
    let is_near = |other: &&Entry| other.line == entry.line;
    let before = at.checked_sub(1).and_then(|at| entries.get(at));
    (
        before.filter(is_near),
        entries.get(at + next).filter(is_near),
    )
}

/// Where an entry ends with its own transport; none where that is too far away to be written again.
pub(super) fn end(text: &str, entry: &Entry) -> Option<usize> {
    let end = entry.span.end + suffix(text, entry).len();
    let is_behind = |word: &Range<usize>| word.end > end;
    let is_far = entry.transport_span.as_ref().is_some_and(is_behind);
    (!is_far).then_some(end)
}

/// Whether a comma is behind the entry before this one.
pub(super) fn is_behind_comma(text: &str, list: &List, entry: &Entry) -> bool {
    let at = list
        .entries
        .partition_point(|other| other.span.start < entry.span.start);
    let before = at.checked_sub(1).and_then(|at| list.entries.get(at));
    let end = before.and_then(|before| end(text, before));
    end.is_some_and(|end| text[end..].trim_start_matches(' ').starts_with(','))
}

/// What is between two entries of a line, and whether each of them is in quotes of its own.
fn sign<'t>(text: &'t str, one: &Entry, other: &Entry) -> Option<(&'t str, bool)> {
    let from = end(text, one)?;
    let before = other
        .transport_span
        .as_ref()
        .map_or(other.span.start, |span| span.start);
    let between = text.get(from..before.min(other.span.start))?;
    let quote = between.chars().next().filter(|c| matches!(c, '"' | '\''));
    let inner = match quote {
        Some(quote) => between.strip_prefix(quote)?.strip_suffix(quote)?,
        None => between,
    };
    let is_sign = |c: char| matches!(c, ',' | ';' | ' ' | '\t');
    let is_short = (1..=4).contains(&inner.len());
    (is_short && inner.chars().all(is_sign)).then_some((inner, quote.is_some()))
}

fn is_quoted_alone(text: &str, entry: &Entry) -> bool {
    let end = end(text, entry);
    end.is_some_and(|end| own_quote(text, entry, end).is_some())
}

/// Whether what is before an entry in its line gives it to a variable: an option of a command is none.
pub(super) fn is_assigned(before: &str) -> bool {
    before.rsplit_once('=').is_some_and(|(name, _)| {
        let name = name.split_whitespace().next_back();
        name.is_some_and(|name| !name.starts_with('-'))
    })
}
