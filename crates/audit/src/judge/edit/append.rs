//! The list with one more entry.

use appleports_model::{PortRange, Transport};

use super::beside::{Lines, is_in_markup, lines, separator, takes_bare_range};
use super::quotes::own_quote;
use super::{Edit, has_others, line, line_end, shown, sign, slots, suffix};
use crate::judge::Context;
use crate::list::{Entry, List, Oddity};
use crate::read::Shape;
use crate::transports::Transports;

/// The entry that another one is written behind.
struct Neighbour<'a> {
    entry: &'a Entry,
    /// What is written behind the new ports: `/tcp`.
    suffix: String,
    /// Whether its transport is another, or written wrong.
    is_other: bool,
    /// Where it ends, with its own transport.
    end: usize,
}

/// The list with one more entry, behind the last one of its transport; none where it has rules.
pub(crate) fn append(
    context: &Context<'_>,
    ports: PortRange,
    transport: Transport,
) -> Option<Edit> {
    let (text, list) = (context.text, context.list);
    let is_list = matches!(list.notation.shape, Shape::Plain | Shape::List);
    if list.is_table || !is_list {
        return None;
    }
    let neighbour = neighbour(context, ports, transport)?;
    let group = &list.groups[neighbour.entry.group];
    let separator = group.separator.as_deref()?;
    let written = shown(ports, sign(text, neighbour.entry, group));
    let written = format!("{written}{}", neighbour.suffix);
    if !group.quote.is_empty() {
        let is_quoted = text[neighbour.end..].starts_with('"');
        let written = if is_quoted || !ports.is_single() {
            format!("\"{written}\"")
        } else {
            written
        };
        let at = neighbour.end + usize::from(is_quoted);
        return Some(Edit::one(at..at, format!("{separator}{written}")));
    }
    if list.notation.shape == Shape::Plain {
        let has_room = ports.is_single() || takes_bare_range(text, list, neighbour.entry);
        return in_lines(text, list, &neighbour, &written, has_room);
    }
    let end = neighbour.end;
    Some(Edit::one(end..end, format!("{separator}{written}")))
}

/// The last entry of the transport, or of another where each has its own; what is written wrong in
/// one is not repeated.
fn neighbour<'a>(
    context: &Context<'a>,
    ports: PortRange,
    transport: Transport,
) -> Option<Neighbour<'a>> {
    let (text, list) = (context.text, context.list);
    if context.has_protocol_line {
        return None;
    }
    let sought = if context.has_transports {
        Transports::one(transport)
    } else {
        Transports::NONE
    };
    let has_room = |entry: &&Entry| {
        let group = &list.groups[entry.group];
        let is_enough = group.used.saturating_add(slots(ports)) <= group.slots;
        entry.last_span.is_none() && group.separator.is_some() && is_enough
    };
    let mut entries = list.entries.iter().rev().filter(has_room);
    let end = |entry: &Entry| entry.span.end + suffix(text, entry).len();
    let is_wrong = |entry: &Entry| entry.is_misspelt || entry.oddity == Some(Oddity::Glued);
    let is_own = |entry: &&Entry| entry.transports == sought && !is_wrong(entry);
    if let Some(entry) = entries.clone().find(is_own) {
        return Some(Neighbour {
            entry,
            suffix: suffix(text, entry).to_owned(),
            is_other: false,
            end: end(entry),
        });
    }
    let has_own = |entry: &&Entry| suffix(text, entry).starts_with('/') || is_wrong(entry);
    let entry = entries.find(|entry| list.notation.shape == Shape::Plain && has_own(entry))?;
    Some(Neighbour {
        entry,
        suffix: format!("/{transport}"),
        is_other: true,
        end: end(entry),
    })
}

/// In a plain list: on a line of its own where the neighbour has one. `is_bare` is whether the place
/// takes the ports without quotes.
fn in_lines(
    text: &str,
    list: &List,
    neighbour: &Neighbour<'_>,
    written: &str,
    is_bare: bool,
) -> Option<Edit> {
    let (entry, end) = (neighbour.entry, neighbour.end);
    if is_in_markup(text, end) {
        return None;
    }
    let line = line(text, entry.span.start)?;
    let before = &text[line.start..entry.span.start];
    let is_alone = before.trim().is_empty() || Transports::of_word(before.trim()).is_some();
    let has_others = has_others(list, entry);
    let label = before.trim().trim_end_matches([':', '=']);
    if !is_alone && !has_others && Transports::of_word(label).is_none() {
        // A value of something, such as a key of YAML: it takes one.
        return None;
    }
    if is_alone && !has_others {
        let before = if neighbour.is_other { "" } else { before };
        let added = format!("{}{before}{written}", line_end(text, line.end));
        return Some(match lines(text, list, entry, end)? {
            Lines::Alone => Edit::one(line.end..line.end, added),
            Lines::Commas => Edit::one(line.end..line.end, added + ","),
            Lines::CommasBetween => Edit::one(end..end, format!(",{added}")),
        });
    }
    let separator = separator(text, list, entry)?;
    if let Some(quote) = own_quote(text, entry, end) {
        let at = end + 1;
        return Some(Edit::one(
            at..at,
            format!("{separator}{quote}{written}{quote}"),
        ));
    }
    is_bare.then(|| Edit::one(end..end, format!("{separator}{written}")))
}
