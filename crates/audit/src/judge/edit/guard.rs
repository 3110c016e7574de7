//! What a place takes: a correction that its program would refuse is none.

use super::Edit;
use crate::list::{Entry, Group, List};

/// Whether the places that a correction touches take it.
pub(crate) fn is_taken(text: &str, list: &List, edit: &Edit) -> bool {
    edit.parts.iter().all(|(span, new)| {
        let until = list
            .entries
            .partition_point(|own| own.span.start <= span.end);
        let before = list.entries[..until].iter().rev();
        let touched = before.take_while(|own| own.span.end >= span.start);
        let touched: Vec<&Entry> = touched.collect();
        let old = &text[span.clone()];
        touched.iter().all(|own| {
            let group = &list.groups[own.group];
            let is_old_one = touched.len() == 1 && !old.contains(',') || is_number(old, new);
            let stays_one = is_one(new) && is_old_one;
            takes_ends(group, new) && (stays_one || !group.is_fixed)
        })
    })
}

/// Whether a text is one port, one range or a transport.
fn is_one(new: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '/');
    !new.is_empty() && new.replace(" through ", "-").chars().all(is_part)
}

/// Whether a text is the new one with signs within its numbers: `5,223`, `16,384-16,387`.
fn is_number(old: &str, new: &str) -> bool {
    let is_kept = |c: &char| c.is_ascii_digit() || matches!(c, '-' | ':');
    old.chars().filter(is_kept).eq(new.chars())
}

/// Whether the place has room for the ends of a range, where the new text has some.
fn takes_ends(group: &Group, new: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let ends = new.split_once(group.range_sign.as_ref());
    let has_ends =
        ends.is_some_and(|(first, last)| first.ends_with(is_digit) && last.starts_with(is_digit));
    group.slots > 1 || group.range_sign.ends_with(": ") || !has_ends
}
