//! The list without an entry.

use super::around::end;
use super::{Edit, line, suffix};
use crate::list::{Entry, List};
use crate::read::Shape;
use crate::transports::Transports;

/// The text without the line of an entry.
pub(crate) fn remove_line(text: &str, entry: &Entry) -> Option<Edit> {
    let line = line(text, entry.span.start)?;
    let end = text[line.end..].find('\n');
    let end = end.map_or(text.len(), |at| line.end + at + 1);
    Some(Edit::one(line.start..end, String::new()))
}

/// The list without the entry.
pub(crate) fn remove(text: &str, list: &List, entry: &Entry) -> Option<Edit> {
    if list.is_table || entry.last_span.is_some() {
        return None;
    }
    let end = match list.notation.shape {
        Shape::Plain => end(text, entry)?,
        _ => entry.span.end + suffix(text, entry).len(),
    };
    let line = line(text, entry.span.start)?;
    let rest = [&text[line.start..entry.span.start], &text[end..line.end]].concat();
    let is_alone =
        |text: &str| text.trim().is_empty() || Transports::of_word(text.trim()).is_some();
    list.groups[entry.group].separator.as_ref()?;
    if is_alone(&rest) && list.notation.shape == Shape::Plain {
        let end = text[line.end..]
            .find('\n')
            .map_or(text.len(), |at| line.end + at + 1);
        return Some(Edit::one(line.start..end, String::new()));
    }
    let quote =
        usize::from(text[..entry.span.start].ends_with('"') && text[end..].starts_with('"'));
    let (start, end) = (entry.span.start - quote, end + quote);
    let before = text[..start].trim_end_matches([' ', '\t', '\n', '\r']);
    let comma = before.strip_suffix([',', ';']).unwrap_or(before);
    // Behind a word, the rest of the line would say something else: `TCP 80 and`.
    let is_behind = comma.ends_with(['"', '\'']) || ends_entry(list, entry, comma.len());
    let is_in_line = list.notation.shape != Shape::Plain || comma.len() >= line.start;
    (is_behind && is_in_line).then(|| Edit::one(comma.len()..end, String::new()))
}

/// Whether the entry before this one ends there, with its transport.
fn ends_entry(list: &List, entry: &Entry, at: usize) -> bool {
    let index = list
        .entries
        .partition_point(|other| other.span.start < entry.span.start);
    let before = index
        .checked_sub(1)
        .and_then(|index| list.entries.get(index));
    before.is_some_and(|before| {
        let transport = before.transport_span.as_ref();
        at == before.span.end || transport.is_some_and(|span| span.end == at)
    })
}
