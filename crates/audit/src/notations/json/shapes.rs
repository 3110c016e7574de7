//! Shapes of JSON that may be ports: pairs of numbers, and numbers as keys.

use std::ops::Range;

use super::left::is_closed;
use super::object::{add_range, is_transport_key};
use super::transports;
use super::value::Value;
use crate::expression::{Reader, group};
use crate::notations::CLOSED;
use crate::read::ReadError;
use crate::scan::{Scanner, Token};
use crate::transports::Transports;

/// What the pairs of an array are: `[16384, 16387]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pairs {
    /// There is none, or other arrays as well.
    No,
    /// Single ports beside them, or equal ends, show that they are ranges.
    Ranges,
    /// Each may be a range or two ports.
    Unknown,
}

/// A value that is two numbers, the first one not greater.
fn pair(text: &str, value: &Value) -> Option<(u16, u16)> {
    let Value::Array(ends) = value else {
        return None;
    };
    let [Value::Scalar(first), Value::Scalar(last)] = ends.as_slice() else {
        return None;
    };
    let number = |span: &Range<usize>| text[span.clone()].parse::<u16>().ok();
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some((first, last))
}

/// What the pairs among the values of an array are.
pub(super) fn pairs(text: &str, values: &[Value]) -> Pairs {
    let is_scalar = |value: &&Value| matches!(value, Value::Scalar(_));
    let singles = values.iter().filter(is_scalar).count();
    let all: Vec<(u16, u16)> = values
        .iter()
        .filter_map(|value| pair(text, value))
        .collect();
    if all.is_empty() || singles + all.len() < values.len() {
        Pairs::No
    } else if singles > 0 || all.iter().any(|(first, last)| first == last) {
        Pairs::Ranges
    } else {
        Pairs::Unknown
    }
}

/// Reports pairs of which it is not known what they are.
pub(super) fn unknown(reader: &mut Reader<'_>, values: &[Value], set: Transports) {
    let text = reader.text;
    let ends = |value: Option<&Value>| match value {
        Some(Value::Array(ends)) => match ends.as_slice() {
            [Value::Scalar(first), Value::Scalar(last)] => Some((first.clone(), last.clone())),
            _ => None,
        },
        _ => None,
    };
    if let (Some((first, _)), Some((_, last))) = (ends(values.first()), ends(values.last())) {
        let start = text[..first.start].rfind('[').unwrap_or(first.start);
        let end = text[last.end..].find(']');
        let end = end.map_or(last.end, |length| last.end + length + 1);
        let reason = "a pair may be a range or two ports; write \"16384-16387\" or [80, 443]";
        reader.unknown(start..end, set, reason.to_owned());
    }
}

/// Reads a pair as the range that it is; false where it is none.
pub(super) fn range(
    reader: &mut Reader<'_>,
    value: &Value,
    set: Transports,
) -> Result<bool, ReadError> {
    let (Some(_), Value::Array(ends)) = (pair(reader.text, value), value) else {
        return Ok(false);
    };
    let [Value::Scalar(first), Value::Scalar(last)] = ends.as_slice() else {
        return Ok(false);
    };
    add_range(reader, first, last, set)?;
    Ok(true)
}

/// Reads an object whose keys are the ports: `{"80": "tcp"}`. False where none is one.
pub(super) fn keyed(
    reader: &mut Reader<'_>,
    members: &[(Range<usize>, Value)],
) -> Result<bool, ReadError> {
    let text = reader.text;
    let item = |key: &Range<usize>| {
        let mut tokens = Scanner::new(text, key.clone());
        match (tokens.next(), tokens.next()) {
            (Some(Token::Item(item)), None) if item.first.len() <= 5 => Some(item),
            _ => None,
        }
    };
    let items: Option<Vec<_>> = members.iter().map(|(key, _)| item(key)).collect();
    let Some(items) = items.filter(|items| !items.is_empty()) else {
        return Ok(false);
    };
    let sets = members.iter().map(|(_, value)| match value {
        Value::Object(inner) => {
            let stated = inner.iter().find(|(key, _)| is_transport_key(text, key));
            stated.map_or(Transports::NONE, |(_, value)| transports(text, value))
        }
        value => transports(text, value),
    });
    let sets: Vec<Transports> = sets.collect();
    if sets.iter().all(|set| set.is_empty()) {
        let reason = "its keys may be ports, and its values give no transport".to_owned();
        reader.unread(members[0].0.clone(), reason);
        return Ok(false);
    }
    for ((mut item, set), (_, value)) in items.into_iter().zip(sets).zip(members) {
        if let Value::Object(inner) = value
            && is_closed(text, inner)
        {
            reader.leave(reader.line_of(item.span.start), CLOSED);
            continue;
        }
        let has_suffix = item.suffix.take();
        let set = has_suffix.map_or(set, |(set, _)| set);
        let place = reader.new_group(group("-", None));
        reader.add(item, set, place)?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{shown, unread};

    fn entries(text: &str) -> Vec<String> {
        let all = shown(text).1.into_iter();
        all.filter_map(|entry| Some(entry.split_once('@')?.0.to_owned()))
            .collect()
    }

    #[test]
    fn a_pair_is_a_range_where_it_cannot_be_two_ports() {
        for (text, expected) in [
            ("[80, [16384, 16387]]", &["80/", "16384-16387/"][..]),
            (
                "{\"udp\": [[53, 53], [3478, 3497]]}",
                &["53/udp", "3478-3497/udp"],
            ),
            (
                "{\"range\": [3478, 3497], \"proto\": \"udp\"}",
                &["3478-3497/udp"],
            ),
            ("{\"ports\": [80, 443]}", &["80/", "443/"]),
            ("[[80, 443, 5223], [53]]", &["80/", "443/", "5223/", "53/"]),
        ] {
            assert_eq!(entries(text), expected, "{text}");
            assert_eq!(unread(text), [""; 0], "{text}");
        }
        let text = "{\"tcp\": [80],\n \"udp\": [[3478, 3497], [16384, 16387]]}";
        assert_eq!(entries(text), ["80/tcp"]);
        assert_eq!(
            unread(text),
            ["2:10 a pair may be a range or two ports; write \"16384-16387\" or [80, 443]"]
        );
    }

    #[test]
    fn of_pairs_that_are_not_known_nothing_is_missing() {
        let rows = ["80/tcp", "443/tcp", "3478-3497/udp", "16384-16387/udp"];
        let text = "{\"tcp\": [80], \"udp\": [[3478, 3497], [16384, 16387]]}";
        let found = crate::rules::testing::audit(&rows, text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("L001 443/tcp"), "{found:?}");
        let shown = "L017 `[3478, 3497], [16384, 16387]` was not read";
        assert!(found[1].contains(shown), "{found:?}");
    }

    #[test]
    fn keys_may_be_ports() {
        for (text, expected) in [
            (
                "{\"80\": \"tcp\", \"3478-3497\": \"UDP\"}",
                &["80/tcp", "3478-3497/udp"][..],
            ),
            ("{\"53\": [\"tcp\", \"udp\"]}", &["53/tcp+udp"]),
            (
                "{\"80/tcp\": {\"protocol\": \"tcp\"}, \"81\": {\"protocol\": \"tcp\", \"action\": \"deny\"}}",
                &["80/tcp"],
            ),
        ] {
            assert_eq!(entries(text), expected, "{text}");
            assert_eq!(unread(text), [""; 0], "{text}");
        }
        let text = "{\"5223\": \"Apple Push\", \"443\": \"Web\"}";
        assert_eq!(entries(text), [""; 0]);
        assert_eq!(
            unread(text),
            ["1:3 its keys may be ports, and its values give no transport"]
        );
        assert_eq!(unread("{\"ports\": [80], \"200\": \"OK\"}"), [""; 0]);
    }

    #[test]
    fn general_names_are_of_ports_only_beside_a_transport_or_below_a_port() {
        for (text, expected) in [
            (
                "[{\"min\": 3478, \"max\": 3497, \"protocol\": \"udp\"}]",
                &["3478-3497/udp"][..],
            ),
            ("{\"ports\": [{\"min\": 53, \"max\": 54}]}", &["53-54/"]),
            ("{\"service\": {\"port\": {\"number\": 80}}}", &["80/"]),
            ("[{\"number\": 80}, {\"number\": 443}]", &["80/", "443/"]),
            (
                "{\"port\": 80, \"retries\": {\"min\": 1, \"max\": 5}}",
                &["80/"],
            ),
            ("{\"tcp\": [80], \"build\": {\"number\": 7}}", &["80/tcp"]),
        ] {
            assert_eq!(entries(text), expected, "{text}");
        }
    }
}
