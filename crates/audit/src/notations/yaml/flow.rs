//! Mappings in braces: `{protocol: UDP, ports: [1900, 5353]}`.

use std::ops::Range;

use memchr::memmem;

use super::{Member, has_none_open, is_closed_by};
use crate::read::{MAX_ADDED, MAX_ENTRIES};

/// The most mappings that are kept; a list with more has too many.
pub(super) const MAX_FLOWS: usize = MAX_ENTRIES + MAX_ADDED;

/// The longest mapping in bytes.
const MAX_FLOW: usize = 1_000;

/// The most levels of mappings in each other of which the outer ones are asked: each reads all that is
/// in it.
const MAX_LEVELS: usize = 8;

/// The longest template in bytes.
const MAX_TEMPLATE: usize = 200;

/// A mapping in braces that has no others within.
pub(super) struct Flow {
    pub(super) span: Range<usize>,
    pub(super) members: Vec<Member>,
    /// Whether the one around it opens nothing, or it is of source ports.
    pub(super) is_closed: bool,
}

/// A mapping whose end was not read yet.
struct Open {
    from: usize,
    /// How many mappings were found before it.
    first: usize,
    /// How many levels are in it.
    levels: usize,
}

/// The innermost mappings in braces, each with its members; comments have none.
pub(super) fn mappings(text: &str) -> Vec<Flow> {
    let mut found: Vec<Flow> = Vec::new();
    // The open ones.
    let mut open: Vec<Open> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mut template_end = 0;
        for (at, c) in line.char_indices() {
            if at < template_end {
                continue;
            }
            // `{{ item }}` is no mapping.
            if let Some(length) = template(&line[at..]) {
                template_end = at + length;
                continue;
            }
            let at = start + at;
            match c {
                '{' => open.push(Open {
                    from: at,
                    first: found.len(),
                    levels: 0,
                }),
                '}' => {
                    let Some(Open {
                        from,
                        first,
                        levels,
                    }) = open.pop()
                    else {
                        continue;
                    };
                    if let Some(outer) = open.last_mut() {
                        outer.levels = outer.levels.max(levels + 1);
                    }
                    if at - from > MAX_FLOW || levels > MAX_LEVELS {
                        continue;
                    }
                    if found.len() == MAX_FLOWS {
                        return found;
                    }
                    let members = members(text, from + 1..at);
                    if found.len() == first {
                        found.push(Flow {
                            span: from..at + 1,
                            members,
                            is_closed: false,
                        });
                    } else {
                        close(text, &members, &mut found[first..]);
                    }
                }
                _ => {}
            }
        }
        start += line.len();
    }
    found
}

/// How long the template at the start of a text is.
fn template(text: &str) -> Option<usize> {
    let bytes = text
        .as_bytes()
        .get(..MAX_TEMPLATE)
        .unwrap_or(text.as_bytes());
    if !bytes.starts_with(b"{{") {
        return None;
    }
    Some(memmem::find(bytes, b"}}")? + 2)
}

/// Marks the mappings within another one that are closed by its members.
fn close(text: &str, members: &[Member], within: &mut [Flow]) {
    let written = |member: &Member| text[member.value.clone()].trim_matches(['"', '\'']);
    let is_closed = members
        .iter()
        .any(|member| is_closed_by(&member.key, written(member)));
    for flow in within {
        let is_of = |member: &&Member| member.value.contains(&flow.span.start);
        let of_source = members
            .iter()
            .find(is_of)
            .is_some_and(|member| has_none_open(&member.key));
        flow.is_closed |= is_closed || of_source;
    }
}

/// The members between braces; those of values in brackets are none.
fn members(text: &str, inner: Range<usize>) -> Vec<Member> {
    let mut depth = 0_usize;
    let is_end = |c: char| {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    };
    let parts = text[inner].split(is_end).filter_map(|part| {
        let (key, value) = part.split_once(':')?;
        let start = value.trim().as_ptr() as usize - text.as_ptr() as usize;
        let key = key.trim().trim_matches(['"', '\'']);
        Some(Member {
            key: key.to_ascii_lowercase(),
            value: start..start + value.trim().len(),
        })
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};
    use crate::rules::testing::audit;

    #[test]
    fn a_list_within_a_mapping_has_all_its_ports() {
        let text = "- {proto: tcp, ports: [80, 443, 5223]}\n- { ports: ['53', '3478-3497'], proto: udp }\n- {proto: tcp, ports: [81, 8x2]}\n";
        assert_eq!(
            ports(text),
            "80/tcp 443/tcp 5223/tcp 53/udp 3478-3497/udp 81/tcp"
        );
        assert_eq!(unread(text), ["3:28 it is not a port"]);
    }

    #[test]
    fn a_mapping_in_braces_with_several_lines_is_read_once() {
        let text = "- {proto: udp,\n   ports: [53, 3478–3497]}\n- {proto: tcp,\n   ports: [80]}\n- port: 81\n  proto: tcp\n";
        assert_eq!(ports(text), "53/udp 3478-3497/udp 80/tcp 81/tcp");
        let rows = ["53/udp", "3478-3497/udp", "80/tcp", "81/tcp"];
        let found = audit(&rows, text);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn mappings_of_no_bytes_are_not_kept_without_end() {
        let text = format!(
            "- {{port: 80, protocol: tcp}}\n{}\n",
            "{:}".repeat(super::MAX_FLOWS)
        );
        let refused = crate::read::read(text.as_bytes(), None);
        assert_eq!(refused, Err(crate::read::ReadError::TooManyEntries));
    }
}
