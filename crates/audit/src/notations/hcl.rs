//! HCL of Terraform: blocks with `from_port`, `to_port` and `protocol`, or with
//! `destination_port_ranges`. Variables and locals are not read.

mod objects;

use std::ops::Range;

use objects::objects;

use super::yaml::{Mapping, Member, have_ports};
use super::{comment_at, is_hash_comment};
use crate::expression::Reader;
use crate::read::{Notation, ReadError, Shape};

pub(super) const NOTATION: Notation = Notation {
    name: "hcl",
    shape: Shape::Blocks,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: |line| is_hash_comment(line) || line.starts_with("//"),
};

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

/// A line without its comment.
fn code(text: &str, line: Range<usize>) -> Range<usize> {
    let own = &text[line.clone()];
    let slashes = own.find("//").unwrap_or(own.len());
    let own = own[..comment_at(own).min(slashes)].trim_end();
    line.start..line.start + own.len()
}

/// The elements of a list in one of its lines, and whether it ends there; what is in quotes ends
/// nothing.
fn elements(text: &str, line: Range<usize>) -> (Vec<Range<usize>>, bool) {
    let mut ends = Vec::new();
    let (mut is_quoted, mut depth, mut is_last) = (false, 0, false);
    for (at, c) in text[line.clone()].char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '[' => depth += 1,
            ']' if depth > 0 => depth -= 1,
            ',' => ends.push(line.start + at),
            ']' => is_last = true,
            _ => {}
        }
        if is_last {
            ends.push(line.start + at);
            break;
        }
    }
    if !is_last {
        ends.push(line.end);
    }
    let mut from = line.start;
    let all = ends.into_iter().map(|end| {
        let own = from..end;
        from = end + 1;
        let inner = text[own.clone()].trim();
        let start = own.end - text[own.clone()].trim_start().len();
        start..start + inner.len()
    });
    (all.filter(|own| !own.is_empty()).collect(), is_last)
}

fn is_in(text: &str) -> bool {
    let lines = Reader::new(text).lines().map(|(_, span)| code(text, span));
    let lines: Vec<Range<usize>> = lines.collect();
    let is_block = |line: &Range<usize>| text[line.clone()].ends_with(" {");
    let members: Vec<Member> = lines
        .iter()
        .flat_map(|line| {
            let within = objects(text, line.clone()).into_iter().flatten();
            within.chain(member(text, line.clone()))
        })
        .collect();
    lines.iter().any(is_block) && have_ports(members.iter())
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    reader.is_table = true;
    // A block may have others in it.
    let mut blocks = vec![Mapping::default()];
    let mut is_list = false;
    for (at, span) in reader.lines() {
        let line = code(text, span);
        let written = text[line.clone()].trim();
        let Some(block) = blocks.last_mut() else {
            break;
        };
        let objects = objects(text, line.clone());
        if is_list {
            let (all, is_end) = elements(text, line);
            for own in all {
                block.item(own);
            }
            is_list = !is_end;
            reader.leave(at, "no port");
        } else if !objects.is_empty() {
            let word = written.split_ascii_whitespace().next().unwrap_or_default();
            reader.leave(at, "objects in one line");
            for members in objects {
                let mut inner = block.block(word);
                for own in members {
                    inner.take(text, own);
                }
                inner.close(reader, false)?;
            }
        } else if written.ends_with('{') || written.starts_with('}') {
            let word = written.split_ascii_whitespace().next().unwrap_or_default();
            // `}, {` ends one object and begins another.
            if word.starts_with('}')
                && let Some(own) = blocks.pop()
            {
                own.close(reader, false)?;
            }
            if blocks.is_empty() {
                blocks.push(Mapping::default());
            }
            let inner = blocks.last().map(|own| own.block(word));
            blocks.extend(inner.filter(|_| written.ends_with('{')));
            reader.leave(at, "a block");
        } else if let Some(own) = member(text, line) {
            let reason = block.take(text, own);
            is_list = block.has_open_list();
            reader.leave(at, reason);
        }
    }
    for own in blocks {
        own.close(reader, false)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ports, shown, unread};
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
}
