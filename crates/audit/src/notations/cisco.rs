//! Cisco's lists: `permit tcp any any eq 5223`, and the ports of service groups.

mod names;
mod statement;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(crate) use names::port as usual_port;
use statement::{Operand, Statement, Verdict};

use super::comments::Comments;
use super::{CLOSED, NO_PORTS, words};
use crate::expression::{Reader, program_group};
use crate::list::{Group, Repeat};
use crate::read::{Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "cisco",
    shape: Shape::Rows,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: |line| line.starts_with('!'),
    comments: Comments::Kept,
};

fn is_in(text: &str) -> bool {
    text.lines().any(|line| {
        statement::parsed(line, Transports::NONE)
            .is_some_and(|statement| statement.operand.is_some())
    })
}

/// What rules do with a group of services: whether some permits it, and with which transports.
#[derive(Default)]
struct Use {
    is_permitted: bool,
    transports: Transports,
    /// Where it is used first.
    place: Range<usize>,
}

/// The name of a group of services that begins there, and its transports.
fn heading(line: &str) -> Option<(&str, Transports)> {
    let mut words = words(line).map(|(_, word)| word);
    let is_group = matches!(words.next(), Some("object-group" | "object"));
    let is_own = is_group && matches!(words.next(), Some("service" | "port"));
    let name = words.next().filter(|_| is_own)?;
    Some((
        name,
        words.next().map_or(Transports::NONE, statement::transports),
    ))
}

fn uses(text: &str) -> BTreeMap<String, Use> {
    let mut uses: BTreeMap<String, Use> = BTreeMap::new();
    for line in text.lines() {
        let statement = statement::parsed(line, Transports::NONE);
        if let Some(Statement {
            verdict,
            transports,
            operand: Some(Operand::Group(at, length)),
            ..
        }) = statement
        {
            let start = line.as_ptr() as usize - text.as_ptr() as usize + at;
            let first = || Use {
                place: start..start + length,
                ..Use::default()
            };
            let group = uses.entry(line[at..at + length].to_owned());
            let group = group.or_insert_with(first);
            if verdict == Verdict::Permit {
                group.is_permitted = true;
                group.transports = group.transports.and(transports);
            }
        }
    }
    uses
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    let mut used = uses(text);
    let is_closed = |used: &BTreeMap<String, Use>, name: &str| {
        used.get(name).is_some_and(|group| !group.is_permitted)
    };
    let mut defined = BTreeSet::new();
    // The groups that are in others, where they are, and the transports of those.
    let mut nested = Vec::new();
    // The transports of the group of services that the lines are in, and whether rules deny it.
    let mut section = (Transports::NONE, false);
    for (at, span) in reader.lines() {
        let line = &text[span.clone()];
        if let Some((name, transports)) = heading(line) {
            let of_rules = used
                .get(name)
                .map_or(Transports::NONE, |group| group.transports);
            let transports = if transports.is_empty() {
                of_rules
            } else {
                transports
            };
            section = (transports, is_closed(&used, name));
            defined.insert(name);
            reader.leave(at, "a group of services");
            continue;
        }
        let mut fields = words(line);
        match (fields.next(), fields.next()) {
            (Some((_, "object-group" | "object")), _) => section = (Transports::NONE, true),
            (Some((_, "group-object")), Some((from, name))) if !section.1 => {
                let from = span.start + from;
                nested.push((name, from..from + name.len(), section.0));
            }
            _ => {}
        }
        let Some(statement) = statement::parsed(line, section.0) else {
            reader.leave(at, "no rule with ports");
            continue;
        };
        let is_of_group = statement.verdict == Verdict::Group;
        if statement.verdict == Verdict::Deny || is_of_group && section.1 {
            reader.leave(at, CLOSED);
            continue;
        }
        let place = |(at, length)| span.start + at..span.start + at + length;
        match statement.operand {
            Some(Operand::Equal(from, length)) => {
                equal(
                    reader,
                    place((from, length)),
                    statement.transports,
                    of_line(line),
                )?;
            }
            Some(Operand::Range(first, last)) => {
                range(
                    reader,
                    place(first),
                    last.map(place),
                    &statement,
                    of_line(line),
                )?;
            }
            Some(Operand::Group(..)) => reader.leave(at, "a rule with a group of services"),
            Some(Operand::Compared(comparison, whole, number)) => {
                let group = reader.new_group(of_line(line));
                let (whole, number) = (place(whole), place(number));
                reader.compared(whole, comparison, &number, statement.transports, group)?;
            }
            Some(Operand::Unknown(from, length)) => {
                let reason =
                    "it is not one comparison; write `eq` before ports, and `range` before two";
                reader.unknown(
                    place((from, length)),
                    statement.transports,
                    reason.to_owned(),
                );
            }
            Some(Operand::Excess(from, length)) => {
                let reason = "it has more than its comparison takes; write a rule for each";
                reader.unknown(
                    place((from, length)),
                    statement.transports,
                    reason.to_owned(),
                );
            }
            None => reader.leave(at, NO_PORTS),
        }
    }
    used.retain(|name, group| group.is_permitted && !defined.contains(name.as_str()));
    for (name, place, transports) in nested {
        if !defined.contains(name) {
            let reason = format!("the group `{name}` is not in this file");
            reader.unresolved(place, format!("@{name}"), transports, reason)?;
        }
    }
    for (name, group) in used {
        let reason = format!("the group `{name}` is not in this file");
        reader.unresolved(group.place, format!("@{name}"), group.transports, reason)?;
    }
    Ok(())
}

/// A place that takes one port, or one range: a line of its own for each further one.
fn of_line(line: &str) -> Group {
    // Two rules cannot have the same number.
    let is_numbered = line.trim_start().starts_with(|c: char| c.is_ascii_digit());
    // An object has one service: the second replaces the first.
    let is_object = words(line)
        .next()
        .is_some_and(|(_, word)| word == "service");
    Group {
        repeat: if is_numbered || is_object {
            Repeat::Never
        } else {
            Repeat::Line
        },
        ..program_group(&[" "], None)
    }
}

/// `eq 80 443`, `eq www`.
fn equal(
    reader: &mut Reader<'_>,
    span: Range<usize>,
    transports: Transports,
    group: Group,
) -> Result<(), ReadError> {
    let text = reader.text;
    let is_named = |(_, word): (usize, &str)| names::port(word, transports).is_some();
    let has_comma = text[span.clone()].contains(',');
    if !has_comma && !words(&text[span.clone()]).any(is_named) {
        reader.expression(span, transports, group)?;
        return Ok(());
    }
    let group_index = reader.new_group(group);
    for (at, word) in words(&text[span.clone()]) {
        let place = span.start + at..span.start + at + word.len();
        let item = names::item(text, &place, transports);
        let is_number = item.as_ref().is_some_and(|item| item.span == place);
        if let Some(comma) = word.find(',').filter(|_| !is_number) {
            let comma = place.start + comma;
            let reason = "a comma ends the list here; write the ports with spaces alone";
            reader.refused(comma..comma + 1, reason);
        }
        match item {
            Some(item) => {
                reader.add(item, transports, group_index)?;
            }
            None => reader.scan(place, transports, group_index)?,
        }
    }
    Ok(())
}

/// `range 16384 16387`.
fn range(
    reader: &mut Reader<'_>,
    first: Range<usize>,
    last: Option<Range<usize>>,
    statement: &Statement,
    group: Group,
) -> Result<(), ReadError> {
    let text = reader.text;
    let place = |last: &Range<usize>| first.start..last.end;
    let whole = last.as_ref().map_or_else(|| first.clone(), place);
    let Some(mut item) = names::item(text, &first, statement.transports) else {
        let reason = "it is not a range of ports".to_owned();
        reader.unknown(whole, statement.transports, reason);
        return Ok(());
    };
    let end = last.and_then(|last| names::item(text, &last, statement.transports));
    if let Some(end) = end.filter(|end| item.last.is_none() && end.last.is_none()) {
        item.oddity = item.oddity.max(end.oddity);
        item.last = Some(end.first);
        item.span.end = whole.end;
    }
    if item.last.is_some() {
        let place = reader.new_group(group);
        reader.add(item, statement.transports, place)?;
    } else {
        let reason = "it is not a range of ports".to_owned();
        reader.unknown(whole, statement.transports, reason);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
