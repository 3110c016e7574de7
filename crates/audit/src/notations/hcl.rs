//! HCL of Terraform: blocks with `from_port`, `to_port` and `protocol`, or with
//! `destination_port_ranges`. Variables and locals are not read.

mod parts;

use std::ops::Range;

use parts::{Part, parts};

use super::comments::Comments;
use super::is_hash_comment;
use super::yaml::{Loops, Mapping, Member, elements, have_ports};
use crate::expression::Reader;
use crate::read::{Notation, ReadError, Shape};

pub(super) const NOTATION: Notation = Notation {
    name: "hcl",
    shape: Shape::Blocks,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: |line| is_hash_comment(line) || line.starts_with("//"),
    comments: Comments::Hcl,
};

/// The most blocks that may lie in each other; Terraform needs few.
const MAX_DEPTH: usize = 128;

/// `from_port = 80`.
fn member(text: &str, line: Range<usize>) -> Option<Member> {
    let (key, value) = text[line.clone()].split_once('=')?;
    let key = key.trim();
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_value = !key.is_empty() && key.chars().all(is_key) && !value.starts_with(['=', '>']);
    is_value.then(|| Member {
        key: key.to_ascii_lowercase(),
        value: line.end - value.trim_start().len()..line.end,
    })
}

/// A line without the spaces behind it, where its comment was.
fn code(text: &str, line: Range<usize>) -> Range<usize> {
    line.start..line.start + text[line].trim_end().len()
}

fn is_in(text: &str) -> bool {
    let lines = Reader::new(text).lines().map(|(_, span)| code(text, span));
    let lines: Vec<Range<usize>> = lines.collect();
    let is_block = |line: &Range<usize>| text[line.clone()].ends_with(" {");
    let members: Vec<Member> = lines
        .iter()
        .flat_map(|line| {
            let parts = parts(text, line.clone()).into_iter();
            parts.filter_map(|part| match part {
                Part::Member(place) => member(text, place),
                Part::Open(_) | Part::Close => None,
            })
        })
        .collect();
    lines.iter().any(is_block) && have_ports(members.iter())
}

/// A block while its lines are read; it may have others in it.
struct Block<'t> {
    mapping: Mapping,
    /// The last word that began a member or a block in it: the objects of a list have none of their
    /// own.
    word: &'t str,
}

impl Default for Block<'_> {
    fn default() -> Self {
        Self {
            mapping: Mapping::of_expressions(),
            word: "",
        }
    }
}

/// The word that begins a member or a block.
fn word(text: &str) -> Option<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let inner = text.trim_start_matches(|c| !is_word(c));
    let word = &inner[..inner.find(|c| !is_word(c)).unwrap_or(inner.len())];
    (!word.is_empty()).then_some(word)
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    reader.is_table = true;
    let loops = Loops::new(text);
    let mut outer: Vec<Block<'_>> = Vec::new();
    let mut block = Block::default();
    let mut is_list = false;
    for (at, span) in reader.lines() {
        let mut line = code(text, span);
        // A list may be one of objects.
        is_list &= !text[line.clone()].trim_start().starts_with('{');
        if is_list {
            let (all, end) = elements(text, line.clone());
            for element in all {
                block.mapping.item(element);
            }
            is_list = end.is_none();
            reader.leave(at, "no port");
            line.start = end.unwrap_or(line.end);
        }
        let parts = parts(text, line);
        if parts.len() > 1 {
            reader.leave(at, "a block or an object");
        }
        for part in parts {
            match part {
                Part::Open(_) if outer.len() == MAX_DEPTH => {
                    let reason = format!("line {} has a block in {MAX_DEPTH} others", at + 1);
                    return Err(ReadError::Malformed("hcl", reason));
                }
                Part::Open(before) => {
                    block.word = word(&text[before]).unwrap_or(block.word);
                    let mapping = block.mapping.block(block.word);
                    let inner = Block { mapping, word: "" };
                    outer.push(std::mem::replace(&mut block, inner));
                    is_list = false;
                }
                Part::Close => {
                    let before = outer.pop().unwrap_or_default();
                    let inner = std::mem::replace(&mut block, before);
                    is_list = false;
                    inner.mapping.close(reader, false)?;
                }
                Part::Member(place) => {
                    block.word = word(&text[place.clone()]).unwrap_or(block.word);
                    if let Some(member) = member(text, place) {
                        let reason = block.mapping.take(&loops, member);
                        is_list = block.mapping.has_open_list();
                        reader.leave(at, reason);
                    }
                }
            }
        }
    }
    outer.push(block);
    while let Some(block) = outer.pop() {
        block.mapping.close(reader, false)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ports, shown, unread};
    use crate::read::{ReadError, read};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn reads_blocks_of_rules() {
        let text = "resource \"aws_security_group\" \"a\" {\n  name = \"a\"\n  ingress {\n    from_port   = 80\n    to_port     = 80\n    protocol    = \"tcp\" # web\n  }\n  egress {\n    from_port = 0\n    to_port   = 0\n    protocol  = \"-1\"\n  }\n  ingress {\n    from_port = 3478\n    to_port   = 3497\n    protocol  = \"17\"\n  }\n  ingress {\n    from_port = 8\n    to_port   = 0\n    protocol  = \"icmp\"\n  }\n}\n";
        assert_eq!(shown(text).0, "hcl");
        assert_eq!(ports(text), "80/tcp 3478-3497/udp");
        assert_eq!(
            unread(text),
            ["9:17 it opens every port; list the ports that are meant"]
        );
    }

    #[test]
    fn a_range_has_quotes_where_a_number_had_none() {
        let rows = ["3478-3497/udp", "16384-16387/udp"];
        for (value, right) in [
            ("port_range = 3478", "port_range = \"3478-3497\""),
            ("port_range = \"3478\"", "port_range = \"3478-3497\""),
            (
                "ports = [3478, 16384]",
                "ports = [\"3478-3497\", \"16384-16387\"]",
            ),
        ] {
            let block =
                |value: &str| format!("rule \"a\" {{\n  protocol = \"udp\"\n  {value}\n}}\n");
            assert_eq!(fixed(&rows, &block(value)), block(right));
        }
    }

    #[test]
    fn lists_may_have_several_lines() {
        let text = "resource \"azurerm_network_security_rule\" \"a\" {\n  access = \"Allow\"\n  protocol = \"Tcp\"\n  source_port_range = \"*\"\n  destination_port_ranges = [\n    \"80\", // web\n    \"443-445\",\n  ]\n}\nresource \"google_compute_firewall\" \"b\" {\n  allow {\n    protocol = \"udp\"\n    ports    = [\"53\", \"3478-3497\"]\n  }\n  deny {\n    protocol = \"tcp\"\n    ports    = [\"25\"]\n  }\n}\n";
        assert_eq!(ports(text), "80/tcp 443-445/tcp 53/udp 3478-3497/udp");
        assert_eq!(
            ports(&text.replace("Allow", "Deny")),
            "53/udp 3478-3497/udp"
        );
    }

    #[test]
    fn a_damaged_element_is_one_finding() {
        let rows = ["80/udp", "3478-3497/udp", "5353/udp"];
        let right = "resource \"azurerm_network_security_rule\" \"a\" {\n  access = \"Allow\"\n  protocol = \"Udp\"\n  destination_port_ranges = [\n    \"80\", # web\n    \"3478-3497\", # STUN\n    \"5353\",\n  ]\n}\n";
        let first = right.replace("[\n    ", "[").replace(" # web", "");
        assert_eq!(audit(&rows, right), [""; 0]);
        assert_eq!(audit(&rows, &first), [""; 0]);
        for (from, to) in [
            ("3478-3497", "3.478-3.497"),
            ("3478-3497", "3,478-3,497"),
            ("3478-3497", "3478-3497[1]"),
            ("3478-3497", "3478-3497*"),
            ("3478-3497", "3478–3497"),
            ("\"80", "\"80[1]"),
            ("\"5353\"", "5353[1]"),
        ] {
            for right in [right, &first] {
                let text = right.replace(from, to);
                let found = audit(&rows, &text);
                assert_eq!(found.len(), 1, "{text}{found:?}");
                let fixed = fixed(&rows, &text);
                assert_eq!(fixed.replace(" 5353,", " \"5353\","), *right);
            }
        }
    }

    #[test]
    fn damage_is_found_where_it_is() {
        let rows = ["443/tcp", "3478-3497/udp"];
        let right = "ingress {\n  from_port = 443\n  to_port = 443\n  protocol = \"tcp\"\n}\ningress {\n  from_port = 3478\n  to_port = 3497\n  protocol = \"udp\"\n}\n";
        assert_eq!(audit(&rows, right), [""; 0]);
        for (from, to, place) in [
            ("3497", "3479", "8:13 L005"),
            ("3497", "3478", "8:13 L001"),
            ("3478", "478", "7:15 L005"),
        ] {
            let wrong = right.replace(from, to);
            let found = audit(&rows, &wrong);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with(place), "{found:?}");
            assert_eq!(fixed(&rows, &wrong), right);
        }
    }

    #[test]
    fn blocks_that_lie_in_too_many_others_are_refused() {
        let nested = |count| {
            let (open, close) = ("a {\n".repeat(count), "}\n".repeat(count));
            format!("{open}port = 80\nprotocol = \"tcp\"\n{close}")
        };
        assert_eq!(ports(&nested(super::MAX_DEPTH)), "80/tcp");
        let refused = read(nested(super::MAX_DEPTH + 1).as_bytes(), None);
        assert!(matches!(refused, Err(ReadError::Malformed("hcl", _))));
    }
}
