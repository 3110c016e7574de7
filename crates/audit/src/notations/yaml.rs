//! YAML with a mapping for each port: `port:`, `endPort:` and `protocol:`. Other YAML is read as
//! lines.

mod brackets;
mod flow;
mod kubernetes;
mod loops;
mod mapping;
mod role;
mod unknown;

use std::collections::BTreeSet;
use std::ops::Range;

use super::closed::{closed_lines, has_none_open};
use super::comments::Comments;
use super::{CLOSED, is_closed_by, is_hash_comment};
use crate::expression::Reader;
use crate::read::{Notation, ReadError, Shape};
use crate::scan::{Scanner, Token};
use crate::transports::Transports;
pub(super) use brackets::elements;
use flow::Flow;
pub(super) use loops::Loops;
pub(super) use mapping::{Mapping, Member, have_ports};

pub(super) const NOTATION: Notation = Notation {
    name: "yaml",
    shape: Shape::Blocks,
    is_tcp_by_default: true,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Yaml,
};

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
    let line = line.trim_end();
    let inner = line.trim_start();
    let behind = inner.strip_prefix("- ").map(str::trim_start);
    let content = behind.unwrap_or(inner);
    let (key, value) = content.split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let is_value = value.is_empty() || value.starts_with(' ');
    (is_key && is_value).then(|| Line {
        column: line.len() - content.len(),
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
    let members: Vec<Member> = lines.chain(flows.flat_map(|flow| flow.members)).collect();
    have_ports(members.iter())
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    reader.is_table = true;
    let keys = ["apiVersion:", "endPort:"];
    let is_kubernetes = keys.iter().any(|key| text.contains(key));
    let transports = kubernetes::transports(text);
    let mut sections = Sections::default();
    let mut mapping = Mapping::default();
    let closed = closed_lines(text);
    let loops = Loops::new(text);
    let flows = flow::mappings(text);
    if flows.len() == flow::MAX_FLOWS {
        return Err(ReadError::TooManyEntries);
    }
    let within = within(reader, &flows);
    for (at, span) in reader.lines() {
        let section = sections.next(&text[span.clone()]);
        let place = span.clone();
        if closed[at] {
            reader.leave(at, CLOSED);
            continue;
        }
        if within.contains(&at) {
            reader.leave(at, "a mapping in braces");
            continue;
        }
        let Some(line) = line_of(text, span) else {
            reader.leave(at, "no key with a value");
            let code = place;
            mapping.open_list(&text[code.clone()]);
            if mapping.has_open_list() {
                let (elements, end) = elements(text, code);
                mapping.elements(elements, end.is_some());
                continue;
            }
            unknown::report_arguments(reader, code.clone());
            if is_behind(&text[code.clone()], &mapping) {
                std::mem::take(&mut mapping).close(reader, is_kubernetes)?;
            }
            let written = text[code.clone()].trim();
            let Some(item) = written.strip_prefix("- ").map(str::trim_start) else {
                continue;
            };
            let start = item.as_ptr() as usize - text.as_ptr() as usize;
            let item = start..start + item.len();
            // Whatever is in a list of ports is meant to be one.
            let is_flow = text[item.clone()].starts_with('{');
            if (is_flow || !mapping.item(item.clone())) && is_port_alone(text, code) {
                let reason = "it has no key that says what it is".to_owned();
                reader.unknown(item, Transports::NONE, reason);
            }
            continue;
        };
        unknown::report_arguments(reader, place);
        let is_again = mapping.has(&line.member.key);
        if line.is_first || is_again || line.column != mapping.column() {
            let before =
                std::mem::replace(&mut mapping, Mapping::at(line.column, section, transports));
            before.close(reader, is_kubernetes)?;
        }
        let reason = mapping.take(&loops, line.member);
        reader.leave(at, reason);
    }
    mapping.close(reader, is_kubernetes)?;
    for flow in flows {
        let line = reader.line_of(flow.span.start);
        if flow.is_closed || closed[line] {
            reader.leave(line, CLOSED);
            continue;
        }
        let mut mapping = Mapping::flow(sections.of_lines[line], transports);
        for member in flow.members {
            mapping.take(&loops, member);
        }
        mapping.span = flow.span;
        mapping.close(reader, is_kubernetes)?;
    }
    like_others(reader);
    Ok(())
}

/// The lines that begin within a mapping in braces, which is read as a whole.
fn within(reader: &Reader<'_>, flows: &[Flow]) -> BTreeSet<usize> {
    let lines = flows.iter().flat_map(|flow| {
        let (first, last) = (
            reader.line_of(flow.span.start),
            reader.line_of(flow.span.end),
        );
        first + 1..=last
    });
    lines.collect()
}

/// Whether a line is behind a mapping: something that is less indented ends it.
fn is_behind(line: &str, mapping: &Mapping) -> bool {
    let inner = line.trim_start();
    !inner.is_empty() && line.len() - inner.len() < mapping.column()
}

/// New ranges are written as all others are: `3478:3497` for ufw in Ansible.
fn like_others(reader: &mut Reader<'_>) {
    let has = |sign: char| {
        let mut right = reader.entries.iter().filter(|entry| entry.oddity.is_none());
        right.any(|entry| reader.text[entry.span.clone()].contains(sign))
    };
    if has(':') && !has('-') {
        let plain = reader
            .groups
            .iter_mut()
            .filter(|group| group.range_sign == "-");
        plain.for_each(|group| group.range_sign = ":".into());
    }
}

/// Whether an item of a list is a port without a key.
fn is_port_alone(text: &str, line: Range<usize>) -> bool {
    let is_item = text[line.clone()].trim_start().starts_with("- ");
    let mut tokens = Scanner::new(text, line).filter(|token| match token {
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
    use super::super::testing::{ports, shown, unread};
    use crate::rules::testing::{audit, fixed};

    /// As netsh shows rules.
    #[test]
    fn a_key_that_comes_again_begins_another_mapping() {
        let text = "Rule Name: a\nEnabled: Yes\nProtocol: TCP\nRemotePort: 80,443\n\nRule Name: b\nEnabled: Yes\nProtocol: UDP\nRemotePort: 53\n";
        assert_eq!(
            shown(text).1,
            ["80/tcp@4:13", "443/tcp@4:16", "53/udp@9:13"]
        );
    }

    #[test]
    fn a_range_without_its_last_port_is_reported() {
        let text = "- IpProtocol: tcp\n  FromPort: 80\n  ToPort: 80\n- {IpProtocol: tcp, FromPort: 443, ToPort: 443}\n";
        let rows = ["80/tcp", "443/tcp"];
        assert_eq!(audit(&rows, text), [""; 0]);
        for (lost, place) in [
            ("  ToPort: 80\n", "2:13 L017"),
            (", ToPort: 443", "4:31 L017"),
        ] {
            let found = audit(&rows, &text.replace(lost, ""));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with(place), "{found:?}");
        }
        let hcl = "resource \"aws_security_group\" \"a\" {\n  ingress {\n    from_port = 80\n    protocol = \"tcp\"\n  }\n}\n";
        assert_eq!(unread(hcl).len(), 1);
    }

    #[test]
    fn a_damaged_range_is_written_as_the_others_are() {
        let text = "loop:\n  - { port: 80, proto: tcp }\n  - { port: \"3478–3497\", proto: udp }\n  - { port: \"16384:16387\", proto: udp }\n";
        let rows = ["80/tcp", "3478-3497/udp", "16384-16387/udp"];
        assert_eq!(fixed(&rows, text), text.replace('–', ":"));
        let text = text
            .replace(':', ": ")
            .replace("16384: 16387", "16384-16387");
        assert_eq!(fixed(&rows, &text), text.replace('–', "-"));
    }

    #[test]
    fn ports_without_their_key_are_reported() {
        let text = "- port: 80\n  protocol: tcp\n- 5223 # push\n- ports: [53, 54]\n  protocol: udp\n- en0\n";
        assert_eq!(shown(text).1, ["80/tcp@1:9", "53/udp@4:11", "54/udp@4:15"]);
        assert_eq!(unread(text), ["3:3 it has no key that says what it is"]);
    }

    #[test]
    fn what_is_no_port_in_a_list_of_ports_is_reported() {
        let right =
            "- protocol: udp\n  destination_ports:\n    - \"3478:3497\" # STUN\n    - \"5353\"\n";
        let rows = ["3478-3497/udp", "5353/udp"];
        assert_eq!(audit(&rows, right), [""; 0]);
        for (from, to, place) in [
            ("3478:3497", "3,478:3,497", "3:8 L009"),
            ("5353", "5,353", "4:8 L009"),
            ("5353", "53x53", "4:8 L017"),
            ("\"5353\"", "53x53", "4:7 L017"),
        ] {
            let found = audit(&rows, &right.replace(from, to));
            assert_eq!(found.len(), 1, "{to}: {found:?}");
            assert!(found[0].starts_with(place), "{to}: {found:?}");
        }
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

    #[test]
    fn keys_of_other_programs_have_ports() {
        for text in [
            "- protocol: TCP\n  portRange: 80-81\n- protocol: UDP\n  portRange: 53\n",
            "- protocol: TCP\n  from: 80\n  to: 81\n- protocol: UDP\n  from: 53\n  to: 53\n",
            "- destination_ports:\n    - \"80-81\" # web\n  protocol: tcp\n- destination_port: 53\n  protocol: udp\n",
        ] {
            assert_eq!(ports(text), "80-81/tcp 53/udp", "{text}");
            assert_eq!(unread(text), [""; 0]);
        }
        // Addresses and days.
        let text = "- port: 80\n  protocol: tcp\n  from: 10.0.0.0/8\n  to: 10.1.0.0/16\n- from: 2026-01-02\n  to: 2026-01-03\n  protocol: udp\n";
        assert_eq!((ports(text), unread(text).len()), ("80/tcp".to_owned(), 0));
        let rows = ["80-81/tcp", "53/udp"];
        let text =
            "- protocol: TCP\n  from: 80\n  to: 8１\n- protocol: UDP\n  from: 53*\n  to: 53\n";
        let found = audit(&rows, text);
        assert!(found[0].starts_with("3:7 L007"), "{found:?}");
        assert!(found[1].starts_with("5:9 L008"), "{found:?}");
        // Every protocol, and one without ports.
        let text = "- port: 80\n  protocol: tcp\n- fromPort: 0\n  toPort: 0\n  protocol: -1\n- fromPort: 8\n  toPort: 0\n  protocol: icmp\n";
        let reason = "it opens every port; list the ports that are meant";
        assert_eq!(unread(text), [format!("3:13 {reason}")]);
        assert_eq!(ports(text), "80/tcp");
    }
}
