//! What a list has between its entries, and in its ranges.

use crate::expression::Reader;
use crate::list::Entry;

/// What is between the first two entries of a line.
pub(super) fn between(text: &str, entries: &[Entry]) -> Option<String> {
    let [first, second, ..] = entries else {
        return None;
    };
    let word = first.transport_span.as_ref();
    let from = word.map_or(first.span.end, |word| word.end.max(first.span.end));
    let sign = text.get(from..second.span.start)?;
    let is_separator = |c: char| matches!(c, ',' | ';' | ' ' | '\t');
    let is_short = (1..=4).contains(&sign.len());
    (is_short && sign.chars().all(is_separator)).then(|| sign.to_owned())
}

/// Whether ranges have a colon, so that new ones are written with one.
pub(super) fn has_colons(reader: &Reader<'_>) -> bool {
    let mut entries = reader.entries.iter();
    entries.any(|entry| {
        let written = &reader.text[entry.span.clone()];
        entry.oddity.is_none() && written.contains(':') && !written.contains('-')
    })
}
