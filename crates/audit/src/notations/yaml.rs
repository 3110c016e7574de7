//! YAML with a mapping for each port: `port:`, `endPort:` and `protocol:`. Other YAML is read as
//! lines.

mod flow;

use std::ops::Range;

use super::{ACTIONS, CLOSED, comment_at, is_hash_comment, is_not_open, is_switched_off};
use crate::expression::{Reader, group};
use crate::list::Group;
use crate::read::{Notation, ReadError};
use crate::scan::{Item, Scanner, Token};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "yaml",
    is_by_line: false,
    is_in,
    read,
    is_comment: is_hash_comment,
};

const FIRST: [&str; 6] = [
    "port",
    "ports",
    "fromport",
    "from_port",
    "containerport",
    "startport",
];
const LAST: [&str; 4] = ["endport", "toport", "to_port", "lastport"];
const TRANSPORTS: [&str; 4] = ["protocol", "proto", "transport", "ipprotocol"];

/// A key of a mapping and where its value is in the text.
struct Member {
    key: String,
    value: Range<usize>,
}

/// A line with a key, by its place in the text.
struct Line {
    /// The column of the key.
    column: usize,
    member: Member,
    /// Whether a mapping of a list begins with it.
    is_first: bool,
}

fn line_of(text: &str, span: Range<usize>) -> Option<Line> {
    let line = &text[span.clone()];
    let line = line[..comment_at(line)].trim_end();
    let inner = line.trim_start();
    let behind = inner.strip_prefix("- ").map(str::trim_start);
    let own = behind.unwrap_or(inner);
    let (key, value) = own.split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let is_value = value.is_empty() || value.starts_with(' ');
    (is_key && is_value).then(|| Line {
        column: line.len() - own.len(),
        member: Member {
            key: key.to_ascii_lowercase(),
            value: span.start + line.len() - value.trim_start().len()..span.start + line.len(),
        },
        is_first: behind.is_some(),
    })
}

fn is_in(text: &str) -> bool {
    let lines = Reader::new(text).lines();
    let lines = lines.filter_map(|(_, span)| Some(line_of(text, span)?.member));
    let flows = flow::mappings(text).into_iter();
    let members: Vec<Member> = lines.chain(flows.flat_map(|(_, own)| own)).collect();
    let has = |keys: &[&str]| {
        let is_one = |own: &Member| keys.contains(&own.key.as_str()) && !own.value.is_empty();
        members.iter().any(is_one)
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
    /// Where its keys are.
    span: Range<usize>,
    /// Whether it is in braces.
    is_flow: bool,
    /// Its keys with their values, and the list that it belongs to.
    content: Vec<String>,
    section: usize,
}

impl Mapping {
    /// Takes a key; why nothing more is read from its line, where nothing is.
    fn take(&mut self, text: &str, member: Member) -> &'static str {
        let Member { key, value } = member;
        let key = key.as_str();
        let written = text[value.clone()].trim_matches(['"', '\'']);
        self.content
            .push(format!("{key}: {}", written.to_ascii_lowercase()));
        self.span = if self.span.is_empty() {
            value.clone()
        } else {
            self.span.start..value.end.max(self.span.end)
        };
        if FIRST.contains(&key) && !text[value.clone()].contains('{') {
            self.first = Some(value);
            "no port"
        } else if LAST.contains(&key) {
            self.last = Some(value);
            "the last port of a range"
        } else if TRANSPORTS.contains(&key) {
            self.transports = Transports::of_protocol(written).unwrap_or_default();
            "the transport of a port"
        } else if ACTIONS.contains(&key) && is_not_open(written) || is_switched_off(key, written) {
            self.is_closed = true;
            CLOSED
        } else {
            "another key"
        }
    }
}

/// The place of a port. In Kubernetes it takes one port, and the end of a range has a key of its
/// own; a text in quotes has no room for that.
fn place_of(text: &str, own: &Mapping, first: &Range<usize>, is_kubernetes: bool) -> Group {
    let is_quoted = text[first.clone()].starts_with(['"', '\'']);
    let sign = match (own.is_flow, text[first.end..].starts_with("\r\n")) {
        (true, _) => ", endPort: ".to_owned(),
        (false, true) => format!("\r\n{}endPort: ", " ".repeat(own.column)),
        (false, false) => format!("\n{}endPort: ", " ".repeat(own.column)),
    };
    let is_list = text[first.clone()].starts_with('[');
    let plain = Group {
        has_octal: !is_quoted,
        ..group("-", is_list.then_some(", "))
    };
    match (is_kubernetes && !is_list, is_quoted) {
        (false, _) => plain,
        (true, true) => Group { slots: 1, ..plain },
        (true, false) => Group {
            range_sign: sign.into(),
            slots: 1,
            ..plain
        },
    }
}

/// A value without its quotes.
fn unquoted(text: &str, value: Range<usize>) -> Range<usize> {
    let written = &text[value.clone()];
    let inner = written.trim_matches(['"', '\'']);
    let start = value.start + written.find(inner).unwrap_or_default();
    start..start + inner.len()
}

fn close(reader: &mut Reader<'_>, own: Mapping, is_kubernetes: bool) -> Result<(), ReadError> {
    let text = reader.text;
    let Some(first) = own.first.clone() else {
        return Ok(());
    };
    if own.is_closed {
        reader.leave(reader.line_of(first.start), CLOSED);
        return Ok(());
    }
    let group = place_of(text, &own, &first, is_kubernetes);
    let mut content = own.content;
    content.sort_unstable();
    reader.row(own.section, own.span, |_| content.join("\n"));
    let first = unquoted(text, first);
    // The end of a range is one number: `16,384`.
    let Some(last) = own.last else {
        reader.expression(first, own.transports, group)?;
        return Ok(());
    };
    let item = Item::of_cell(text, &first);
    let mut item = item.filter(|own| own.last.is_none());
    let is_range = item.as_mut().is_some_and(|item| item.end_at(text, &last));
    let Some(item) = item.filter(|_| is_range) else {
        let reason = "it is not the end of a range".to_owned();
        reader.unknown(last, own.transports, reason);
        return Ok(());
    };
    let place = reader.new_group(Group { slots: 2, ..group });
    if reader.add(item, own.transports, place)?
        && let Some(entry) = reader.entries.last_mut()
    {
        entry.last_span = Some(last);
    }
    Ok(())
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    reader.is_table = true;
    let keys = ["apiVersion:", "endPort:"];
    let is_kubernetes = keys.iter().any(|key| text.contains(key));
    let mut sections = Sections::default();
    let mut mapping = Mapping::default();
    for (at, span) in reader.lines() {
        let section = sections.next(&text[span.clone()]);
        let place = span.clone();
        let Some(own) = line_of(text, span) else {
            reader.leave(at, "no key with a value");
            let own = place.start..place.start + comment_at(&text[place.clone()]);
            if is_port_alone(text, own.clone()) {
                let start = own.end - text[own.clone()].trim_start_matches([' ', '-']).len();
                let reason = "it has no key that says what it is".to_owned();
                reader.unknown(start..own.end, Transports::NONE, reason);
            }
            continue;
        };
        if own.is_first || own.column != mapping.column {
            close(reader, std::mem::take(&mut mapping), is_kubernetes)?;
            (mapping.column, mapping.section) = (own.column, section);
        }
        let reason = mapping.take(text, own.member);
        reader.leave(at, reason);
    }
    close(reader, mapping, is_kubernetes)?;
    for (span, members) in flow::mappings(text) {
        let mut mapping = Mapping {
            is_flow: true,
            section: sections.of_lines[reader.line_of(span.start)],
            ..Mapping::default()
        };
        for member in members {
            mapping.take(text, member);
        }
        mapping.span = span;
        close(reader, mapping, is_kubernetes)?;
    }
    Ok(())
}

/// Whether an item of a list is a port without a key.
fn is_port_alone(text: &str, line: Range<usize>) -> bool {
    let is_item = text[line.clone()].trim_start().starts_with("- ");
    let mut tokens = Scanner::new(text, line).filter(|own| match own {
        Token::Word(span) => text[span.clone()] != *"-",
        _ => true,
    });
    is_item && matches!(tokens.next(), Some(Token::Item(_))) && tokens.next().is_none()
}

/// Which list each line belongs to: a list ends where something less indented follows.
#[derive(Default)]
struct Sections {
    of_lines: Vec<usize>,
    section: usize,
    /// The column of the items.
    column: usize,
}

impl Sections {
    /// The list of the next line.
    fn next(&mut self, line: &str) -> usize {
        let inner = line.trim_start();
        let column = line.len() - inner.len();
        let is_item = inner.starts_with("- ");
        if !inner.is_empty() && !inner.starts_with('#') {
            let ends = column < self.column || column == self.column && !is_item;
            self.section += usize::from(ends);
            if is_item || ends {
                self.column = column;
            }
        }
        self.of_lines.push(self.section);
        self.section
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, unread};

    #[test]
    fn ports_without_their_key_are_reported() {
        let text = "- port: 80\n  protocol: tcp\n- 5223 # push\n- ports: [53, 54]\n  protocol: udp\n- en0\n";
        assert_eq!(shown(text).1, ["80/tcp@1:9", "53/udp@4:11", "54/udp@4:15"]);
        assert_eq!(unread(text), ["3:3 it has no key that says what it is"]);
    }

    #[test]
    fn mappings_may_be_in_braces() {
        let text = "ports: # {port: 9, protocol: tcp}\n- {protocol: UDP, port: 1900}\n- {port: 16384, endPort: 16387,\n   \"protocol\": \"UDP\"}\n- port: 80\nmore: [{port: 81, protocol: TCP}, {port: 82, protocol: TCP, action: deny}]\n";
        let entries = [
            "1900/udp@2:25",
            "16384-16387/udp@3:10",
            "80/@5:9",
            "81/tcp@6:15",
        ];
        assert_eq!(shown(text), ("yaml", entries.map(str::to_owned).to_vec()));
    }

    #[test]
    fn what_is_no_port_is_reported_and_a_name_stands_for_one() {
        let text = "- port: 52x\n  protocol: TCP\n- port: 16384\n  endPort: abc\n  protocol: UDP\n- port: https\n  protocol: TCP\n";
        assert_eq!(shown(text).1, [""; 0]);
        assert_eq!(
            unread(text),
            ["1:9 it is not a port", "4:12 it is not the end of a range"]
        );
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        assert!(list.names.iter().any(|(name, _)| name == "https"));
    }

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
        let text = "- port: 80\n  protocol: 6\n  enabled: true\n- port: 81\n  protocol: tcp\n  enabled: false\n- {port: 82, protocol: tcp, disabled: \"yes\"}\n- {port: 83, protocol: tcp, active: off}\n";
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
