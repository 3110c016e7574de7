//! The ports of a rule of pf: `80`, `3478:3497`, `>= 443`, `1023 >< 2048`, or several in braces.

use std::ops::Range;

use crate::expression::{Comparison, Reader};
use crate::list::Group;
use crate::read::ReadError;
use crate::scan::Item;
use crate::transports::Transports;

/// The signs between two ports: those from one to the other, those between, and all others.
const BETWEEN: [&str; 3] = [":", "><", "<>"];

/// How much of a text is one port, range or comparison; blanks may be around its sign. In a list, a
/// comma ends it.
pub(super) fn length(text: &str, is_list: bool) -> usize {
    let word = |from: usize| {
        let rest = text[from..].trim_start();
        let start = text.len() - rest.len();
        start
            + rest
                .find(|c: char| c.is_ascii_whitespace() || is_list && c == ',')
                .unwrap_or(rest.len())
    };
    let first = Comparison::at_start(text).map_or(0, |(_, length)| length);
    let end = word(first);
    let glued = BETWEEN.iter().any(|sign| text[..end].ends_with(sign));
    let behind = text[end..].trim_start();
    match BETWEEN.iter().find(|sign| behind.starts_with(**sign)) {
        _ if first > 0 => end,
        Some(sign) => word(text.len() - behind.len() + sign.len()),
        None if glued => word(end),
        None => end,
    }
}

/// Reads the ports of a place, which may have braces and quotes.
pub(super) fn read(
    reader: &mut Reader<'_>,
    span: Range<usize>,
    transports: Transports,
    group: Group,
) -> Result<(), ReadError> {
    let text = reader.text;
    let is_list = group.separator.is_some();
    let has_sign = |written: &str| written.contains(['<', '>', '!']);
    let is_spaced = |(first, last): &(&str, &str)| first.ends_with(' ') || last.starts_with(' ');
    let ends = text[span.clone()].split_once(':').filter(is_spaced);
    if let Some((first, last)) = ends.filter(|_| !is_list) {
        let first = span.start..span.start + first.trim_end().len();
        let last = span.end - last.trim_start().len()..span.end;
        if let Some(mut item) = Item::of_cell(text, &first)
            && item.end_at(text, &last)
        {
            item.span.end = last.end;
            let group_index = reader.new_group(group);
            reader.add(item, transports, group_index)?;
            return Ok(());
        }
    }
    if !has_sign(&text[span.clone()]) {
        reader.expression(span, transports, group)?;
        return Ok(());
    }
    let group_index = reader.new_group(group);
    let is_blank =
        |c: char| c.is_ascii_whitespace() || matches!(c, ',' | '{' | '}' | '"' | '\'' | '\\');
    let mut at = span.start;
    while at < span.end {
        let rest = &text[at..span.end];
        let inner = rest.trim_start_matches(is_blank);
        let start = span.end - inner.len();
        at = start + length(inner, is_list).max(inner.chars().next().map_or(0, char::len_utf8));
        let place = start..start + text[start..at].trim_end_matches(is_blank).len();
        if inner.is_empty() {
            break;
        }
        if has_sign(&text[place.clone()]) {
            compared(reader, place, transports, group_index)?;
        } else {
            reader.scan(place, transports, group_index)?;
        }
    }
    Ok(())
}

/// Reads a comparison.
fn compared(
    reader: &mut Reader<'_>,
    place: Range<usize>,
    transports: Transports,
    group: usize,
) -> Result<(), ReadError> {
    let written = &reader.text[place.clone()];
    if let Some((comparison, length)) = Comparison::at_start(written) {
        let number = place.start + length..place.end;
        return reader.compared(place, comparison, &number, transports, group);
    }
    let Some((first, last)) = written.split_once("><") else {
        reader.excluded(place, transports);
        return Ok(());
    };
    let number = |part: &str| part.trim().parse::<u16>().ok();
    let ends = number(first).zip(number(last));
    let ends = ends.and_then(|(first, last)| Some((first.checked_add(1)?, last.checked_sub(1)?)));
    let Some((first, last)) = ends.filter(|(first, last)| first <= last) else {
        let reason = "it does not compare with two ports";
        reader.unknown(place, transports, reason.to_owned());
        return Ok(());
    };
    let item = Item {
        first: first.to_string(),
        last: Some(last.to_string()),
        span: place,
        suffix: None,
        oddity: None,
    };
    reader.add(item, transports, group)?;
    Ok(())
}
