//! Objects of JSON: a port or a range with its transport, and keys with lists.

use std::ops::Range;

use super::value::Value;
use super::{
    FIRST, GENERAL, GENERAL_FIRST, GENERAL_LAST, LAST, PORTS, TRANSPORTS, is_port_key, left,
    plain_key, shapes, transports, walk,
};
use crate::expression::{Reader, group};
use crate::notations::closed::has_none_open;
use crate::read::ReadError;
use crate::scan::{Scanner, Token};
use crate::transports::Transports;

/// Reads an object: a port or a range by its keys, and the lists in it.
pub(super) fn object(
    reader: &mut Reader<'_>,
    members: &[(Range<usize>, Value)],
    set: Transports,
    is_ports: bool,
) -> Result<(), ReadError> {
    let text = reader.text;
    reader.is_table = true;
    let with = |names: &[&str]| {
        let is_one = |key: &Range<usize>| names.contains(&plain_key(&text[key.clone()]).as_str());
        members
            .iter()
            .find(|(key, value)| is_one(key) && !value.is_null(text))
            .map(|(_, value)| value)
    };
    if let Some(reason) = left::reason(text, members) {
        if let Some((key, _)) = members.first() {
            reader.leave(reader.line_of(key.start), reason);
        }
        return Ok(());
    }
    let stated = with(&TRANSPORTS);
    let set = stated.map_or(set, |value| transports(text, value));
    // Kubernetes has `port` and `endPort`.
    let is_known = is_ports || stated.is_some();
    let general = |names: &[&str]| with(names).filter(|_| is_known);
    let first = with(&FIRST)
        .or_else(|| with(&["port"]))
        .or_else(|| general(&GENERAL_FIRST));
    let last = with(&LAST).or_else(|| general(&GENERAL_LAST));
    // `"from": "2024-01-02"` has another meaning.
    let is_port = |span: &Range<usize>| {
        let token = Scanner::new(text, span.clone()).next();
        matches!(token, Some(Token::Item(_)))
    };
    if let (Some(Value::Scalar(one)), Some(Value::Scalar(other))) = (first, last)
        && (is_port(one) || is_port(other))
    {
        add_range(reader, one, other, set)?;
        return others(reader, members, set, [first, last]);
    }
    // `"range": [3478, 3497]` has the ends.
    if let Some(ends) = with(&["range", "portrange"])
        && shapes::range(reader, ends, set)?
    {
        return others(reader, members, set, [Some(ends), None]);
    }
    if let Some(ports) = with(&PORTS).or_else(|| general(&GENERAL)) {
        walk(reader, ports, set, true)?;
        return others(reader, members, set, [Some(ports), None]);
    }
    if shapes::keyed(reader, members)? {
        return Ok(());
    }
    for (key, value) in members {
        member(reader, &text[key.clone()], value, set, false)?;
    }
    Ok(())
}

/// Reads the members of an object beside its own ports: lists and objects, and texts of ports. A text
/// beside a transport, as in `"tcp": true`, is a flag.
fn others(
    reader: &mut Reader<'_>,
    members: &[(Range<usize>, Value)],
    set: Transports,
    read: [Option<&Value>; 2],
) -> Result<(), ReadError> {
    let text = reader.text;
    // The records of this program have the former ones of their rows as well.
    if members
        .iter()
        .any(|(key, _)| text[key.clone()] == *"provenance")
    {
        return Ok(());
    }
    for (key, value) in members {
        let is_read = read.iter().flatten().any(|read| std::ptr::eq(*read, value));
        let key = &text[key.clone()];
        let plain = plain_key(key);
        let is_own = TRANSPORTS.contains(&plain.as_str());
        let is_single = matches!(value, Value::Scalar(_)) && !is_port_key(key);
        if !is_read && !is_own && !is_single {
            let is_ports = PORTS.contains(&plain.as_str());
            member(reader, key, value, set, is_ports)?;
        }
    }
    Ok(())
}

/// The transport that a key names: `tcp_ports`.
fn of_words(key: &str) -> Option<Transports> {
    key.split(['_', '-']).find_map(Transports::of_word)
}

/// Reads a member of an object: `{"tcp": [80, 443]}`.
fn member(
    reader: &mut Reader<'_>,
    key: &str,
    value: &Value,
    set: Transports,
    is_ports: bool,
) -> Result<(), ReadError> {
    if has_none_open(key) {
        return Ok(());
    }
    let is_ports = is_ports || Transports::of_word(key).is_some() || is_port_key(key);
    let set = of_words(key).filter(|_| is_ports).unwrap_or(set);
    walk(reader, value, set, is_ports)
}

pub(super) fn is_transport_key(text: &str, key: &Range<usize>) -> bool {
    TRANSPORTS.contains(&plain_key(&text[key.clone()]).as_str())
}

/// Adds the range whose ends are in two places.
pub(super) fn add_range(
    reader: &mut Reader<'_>,
    first: &Range<usize>,
    last: &Range<usize>,
    set: Transports,
) -> Result<(), ReadError> {
    let text = reader.text;
    let mut tokens = Scanner::new(text, first.clone());
    let item = match tokens.next() {
        Some(Token::Item(item)) => Some(item),
        _ => None,
    };
    let mut item = item.filter(|item| item.last.is_none());
    let is_range = item.as_mut().is_some_and(|item| item.end_at(text, last));
    let Some(item) = item.filter(|_| is_range) else {
        let (start, end) = if first.start < last.start {
            (first, last)
        } else {
            (last, first)
        };
        // What is between them may be an object, with ports of its own.
        let between = text.get(start.end..end.start).unwrap_or_default();
        let is_near = !between.contains(['{', '[']);
        let reason = || "it is not a range of ports".to_owned();
        if is_near {
            reader.unknown(start.start..end.end, set, reason());
        } else {
            reader.unknown(start.clone(), set, reason());
            reader.unknown(end.clone(), set, reason());
        }
        return Ok(());
    };
    let group_index = reader.new_group(group("-", None));
    let is_added = reader.add(item, set, group_index)?;
    if is_added && let Some(entry) = reader.entries.last_mut() {
        entry.last_span = Some(last.clone());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{shown, unread};

    #[test]
    fn a_range_that_is_none_hides_nothing_between_its_ends() {
        let text = r#"{"from": "8x", "a": {"port": 80, "protocol": "tcp"}, "to": 9}"#;
        assert_eq!(
            unread(text),
            [
                "1:11 it is not a range of ports",
                "1:60 it is not a range of ports"
            ]
        );
    }

    #[test]
    fn a_port_of_an_object_hides_none_of_its_lists() {
        for (text, ports) in [
            (
                r#"{"name": "a", "port": 8080, "tcp_ports": [80, 443], "udp_ports": "53"}"#,
                "8080/@1:23 80/tcp@1:43 443/tcp@1:47 53/udp@1:67",
            ),
            (
                r#"{"rules": [{"port": 80, "protocol": "tcp", "tcp": true}], "range": {"min": 1, "max": 2}}"#,
                "80/tcp@1:21 1-2/@1:76",
            ),
            (
                r#"{"port": 80, "protocol": "tcp", "also": [{"from": 5, "to": 6}], "source": {"ports": [7]}}"#,
                "80/tcp@1:10 5-6/tcp@1:51",
            ),
            (
                r#"{"from": 5, "to": 6, "protocol": "udp", "ports": [7], "id": 9, "ids": [10]}"#,
                "5-6/udp@1:10 7/udp@1:51",
            ),
            (
                r#"{"port": 80, "protocol": "tcp", "udp": 0}"#,
                "80/tcp@1:10",
            ),
            (r#"{"port": 80, "tcp": 1, "udp": false}"#, "80/@1:10"),
        ] {
            assert_eq!(shown(text).1.join(" "), ports, "{text}");
            assert_eq!(unread(text), [""; 0], "{text}");
        }
    }
}
