//! YAML with a mapping for each port: `port:`, `endPort:` and `protocol:`. Other YAML is read as
//! lines.

use std::ops::Range;

use super::{ACTIONS, CLOSED, comment_at, is_hash_comment, is_not_open};
use crate::expression::{Reader, group};
use crate::read::{Notation, ReadError};
use crate::scan::{Item, Scanner, Token};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "yaml",
    is_in,
    read,
    is_comment: is_hash_comment,
};

const FIRST: [&str; 5] = [
    "port",
    "fromport",
    "from_port",
    "containerport",
    "startport",
];
const LAST: [&str; 4] = ["endport", "toport", "to_port", "lastport"];
const TRANSPORTS: [&str; 4] = ["protocol", "proto", "transport", "ipprotocol"];

/// A line of a mapping.
struct Member {
    /// The column of the key.
    column: usize,
    key: String,
    value: Range<usize>,
    /// Whether a mapping of a list begins with it.
    is_first: bool,
}

fn member(line: &str) -> Option<Member> {
    let line = line[..comment_at(line)].trim_end();
    let inner = line.trim_start();
    let behind = inner.strip_prefix("- ").map(str::trim_start);
    let own = behind.unwrap_or(inner);
    let (key, value) = own.split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let is_value = value.is_empty() || value.starts_with(' ');
    (is_key && is_value).then(|| Member {
        column: line.len() - own.len(),
        key: key.to_ascii_lowercase(),
        value: line.len() - value.trim_start().len()..line.len(),
        is_first: behind.is_some(),
    })
}

fn is_in(text: &str) -> bool {
    let members = || text.lines().filter_map(member);
    let has = |keys: &[&str]| {
        let is_one = |own: &Member| keys.contains(&own.key.as_str()) && !own.value.is_empty();
        members().any(|own| is_one(&own))
    };
    has(&FIRST) && (has(&LAST) || has(&TRANSPORTS))
}

/// A mapping while it is read.
#[derive(Default)]
struct Mapping {
    column: usize,
    first: Option<Range<usize>>,
    last: Option<Range<usize>>,
    transports: Transports,
    is_closed: bool,
}

fn close(reader: &mut Reader<'_>, own: Mapping) -> Result<(), ReadError> {
    let text = reader.text;
    let Some(first) = own.first else {
        return Ok(());
    };
    if own.is_closed {
        reader.leave(reader.line_of(first.start), CLOSED);
        return Ok(());
    }
    // The end of a range is one number: `16,384`.
    let grouped = own.last.as_ref().and_then(|_| Item::grouped(text, &first));
    let items = Scanner::new(text, first).filter_map(|token| match token {
        Token::Item(item) => Some(item),
        _ => None,
    });
    let items: Vec<Item> = grouped.map_or_else(|| items.collect(), |own| vec![own]);
    let place = reader.new_group(group("-", None));
    for mut item in items {
        if let Some(last) = &own.last
            && !item.end_at(text, last)
        {
            continue;
        }
        if reader.add(item, own.transports, place)?
            && let Some(entry) = reader.entries.last_mut()
        {
            entry.last_span.clone_from(&own.last);
        }
    }
    Ok(())
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    reader.is_table = true;
    let mut mapping = Mapping::default();
    for (at, span) in reader.lines() {
        let Some(own) = member(&reader.text[span.clone()]) else {
            reader.leave(at, "no key with a value");
            continue;
        };
        if own.is_first || own.column != mapping.column {
            close(reader, std::mem::take(&mut mapping))?;
            mapping.column = own.column;
        }
        let value = span.start + own.value.start..span.start + own.value.end;
        let key = own.key.as_str();
        if FIRST.contains(&key) {
            mapping.first = Some(value);
        } else if LAST.contains(&key) {
            mapping.last = Some(value);
            reader.leave(at, "the last port of a range");
        } else if TRANSPORTS.contains(&key) {
            mapping.transports = Transports::of_stated(&reader.text[value]).unwrap_or_default();
            reader.leave(at, "the transport of a port");
        } else if ACTIONS.contains(&key) && is_not_open(&reader.text[value]) {
            mapping.is_closed = true;
            reader.leave(at, CLOSED);
        } else {
            reader.leave(at, "another key");
        }
    }
    close(reader, mapping)
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;

    #[test]
    fn a_mapping_is_one_port_or_range() {
        let text = "ports: # 7\n  - port: 80\n    protocol: TCP\n  - protocol: UDP\n    endPort: 3497\n    port: 3478\n  - port: 53\nreplicas: 3\n";
        assert_eq!(
            shown(text),
            (
                "yaml",
                ["80/tcp@2:11", "3478-3497/udp@6:11", "53/@7:11"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
    }

    #[test]
    fn mappings_that_open_nothing_are_left_alone() {
        let text = "- port: 80\n  protocol: tcp\n- port: 81\n  protocol: tcp\n  action: deny\n";
        assert_eq!(shown(text).1, ["80/tcp@1:9"]);
        let text =
            "[{\"port\": 80, \"action\": \"allow\"}, {\"port\": 81, \"Access\": \"Deny\"}]\n";
        assert_eq!(shown(text).1, ["80/@1:11"]);
    }

    #[test]
    fn lists_with_a_transport_above_are_lines() {
        assert_eq!(shown("tcp:\n  - 80\nudp:\n  - 53\n").0, "lines");
        assert_eq!(shown("TCP: 80\nport: 53\n").0, "lines");
    }
}
