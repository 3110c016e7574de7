//! pf: `port` in rules, and macros that rules use for ports.

mod macros;
mod ports;

use std::collections::BTreeSet;
use std::ops::Range;

use macros::{definition, macros};

use super::comments::Comments;
use super::{CLOSED, NO_PORTS, is_hash_comment, words};
use crate::expression::{Reader, program_group, spaced};
use crate::list::{Group, Repeat, Rewrite};
use crate::read::{Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "pf",
    shape: Shape::Rows,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Hash,
};

const RULES: [&str; 6] = ["pass", "block", "rdr", "nat", "match", "anchor"];

/// Why a list is not read that may have any port.
const UNCLOSED: &str = "its brace is not closed";

fn is_rule(line: &str) -> bool {
    line.split_ascii_whitespace()
        .next()
        .is_some_and(|word| RULES.contains(&word))
}

fn is_in(text: &str) -> bool {
    let mut lines = statements(&Reader::new(text)).into_iter();
    lines.any(|(_, span)| is_rule(&text[span.clone()]) && behind(&text[span], "port").is_some())
}

/// The rules and macros, each by the index of its first line: they go on behind a backslash, and as
/// long as braces are open. A rule begins where they were never closed, and an anchor has rules in
/// its own.
fn statements(reader: &Reader<'_>) -> Vec<(usize, Range<usize>)> {
    let mut joined: Vec<(usize, Range<usize>)> = Vec::new();
    let mut depth = 0_usize;
    for (at, span) in reader.logical_lines() {
        let line = &reader.text[span.clone()];
        let is_list = is_rule(line) && !line.trim_start().starts_with("anchor");
        let is_list = is_list || definition(line).is_some();
        match joined.last_mut() {
            Some((_, before)) if depth > 0 && !is_list => before.end = span.end,
            _ => {
                joined.push((at, span));
                depth = 0;
            }
        }
        if is_list || depth > 0 {
            depth += line.matches('{').count();
            depth = depth.saturating_sub(line.matches('}').count());
        }
    }
    joined
}

/// Where the text behind the first such word begins.
fn behind(line: &str, name: &str) -> Option<usize> {
    let mut words = words(line);
    words.find_map(|(at, word)| (word == name).then_some(at + word.len()))
}

/// Whether a rule opens nothing.
fn is_closed(line: &str) -> bool {
    let first = line.split_ascii_whitespace().next();
    first.is_some_and(|word| matches!(word, "block" | "match"))
}

/// The text in braces, or one word, at the start of a text.
fn operand(text: &str) -> &str {
    // A rule may go on behind a backslash.
    let blank = |c: char| c.is_ascii_whitespace() || c == '\\';
    let inner = text.trim_start_matches(blank);
    let inner = inner
        .strip_prefix('=')
        .unwrap_or(inner)
        .trim_start_matches(blank);
    let start = text.len() - inner.len();
    let length = if inner.starts_with('{') {
        inner.find('}').unwrap_or(inner.len())
    } else {
        ports::length(inner, false)
    };
    &text[start..start + length]
}

/// The transports that a rule names.
fn proto(line: &str) -> Transports {
    let Some(from) = behind(line, "proto") else {
        return Transports::NONE;
    };
    let words = operand(&line[from..])
        .split(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | '{' | '}'));
    words.fold(Transports::NONE, |set, word| {
        set.and(Transports::of_stated(word).unwrap_or_default())
    })
}

/// The destination ports of a rule, without those of a source.
fn destination(line: &str) -> Option<&str> {
    let to = behind(line, "to");
    let has_source = to.is_none() && behind(line, "from").is_some();
    let rest = &line[to.unwrap_or(0)..];
    let from = behind(rest, "port").filter(|_| !has_source)?;
    Some(operand(&rest[from..]))
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    let used = macros(reader);
    let mut defined = BTreeSet::new();
    for (at, span) in statements(reader) {
        let line = &text[span.clone()];
        if is_closed(line) {
            reader.leave(at, CLOSED);
        } else if is_rule(line) {
            let Some(ports) = destination(line) else {
                reader.leave(at, NO_PORTS);
                continue;
            };
            let from = ports.as_ptr() as usize - line.as_ptr() as usize;
            let start = span.start + from;
            let behind_ports = &line[from + ports.len()..];
            if ports.starts_with('{') && !behind_ports.starts_with('}') {
                reader.unknown(start..span.end, proto(line), UNCLOSED.to_owned());
                continue;
            }
            // A port of a redirect has its partner behind the arrow: `port 80:90 -> host port 8000:*`.
            let is_redirect = behind_ports.contains("->");
            let group = Group {
                repeat: if is_redirect {
                    Repeat::Never
                } else {
                    Repeat::Braces(", ")
                },
                rewrite: Rewrite::one_if(is_redirect),
                ..spaced(program_group(
                    &[":"],
                    ports.starts_with('{').then_some(", "),
                ))
            };
            ports::read(reader, start..start + ports.len(), proto(line), group)?;
        } else if let Some(from) = behind(line, "include").filter(|_| line.starts_with("include")) {
            let reason = "files that a list includes are not read".to_owned();
            let span = span.start..span.start + line.trim_end().len().max(from);
            reader.unknown(span, Transports::NONE, reason);
        } else if let Some((name, from)) = definition(line) {
            if let Some(transports) = used.get(name) {
                defined.insert(name);
                if line.contains('{') && !line.contains('}') {
                    reader.unknown(
                        span.start + from..span.end,
                        *transports,
                        UNCLOSED.to_owned(),
                    );
                    continue;
                }
                let separator = line[from..].contains('{').then_some(", ");
                let group = spaced(program_group(&[":"], separator));
                ports::read(
                    reader,
                    span.start + from..span.start + line.len(),
                    *transports,
                    group,
                )?;
            } else {
                reader.leave(at, "a macro that no rule uses for ports");
            }
        }
    }
    reader.names.retain(|(name, _)| {
        let macro_name = name.strip_prefix('$');
        macro_name.is_none_or(|name| !defined.contains(name))
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_comparison_is_a_range_or_reported() {
        for (ports, expected) in [
            ("> 1023", "1024-65535"),
            (">=1023", "1023-65535"),
            ("< 1024", "1-1023"),
            ("<= 1024", "1-1024"),
            ("1:5", "1-5"),
            ("1 : 5", "1-5"),
            ("1><5", "2-4"),
            ("1 >< 5", "2-4"),
            ("= 80", "80"),
        ] {
            let text = format!("pass out proto tcp to port {ports} keep state (max 5)\n");
            let column = if ports == "= 80" { 30 } else { 28 };
            assert_eq!(
                shown(&text).1,
                [format!("{expected}/tcp@1:{column}")],
                "{text}"
            );
        }
        let text = "pass out proto tcp to port { 80, >= 443 10 >< 20 }\n";
        let entries = ["80/tcp@1:30", "443-65535/tcp@1:34", "11-19/tcp@1:41"];
        assert_eq!(shown(text).1, entries);
        let reason = "it matches every port but these; list the ports that are meant";
        for (ports, reason) in [
            ("!= 25", reason),
            ("1<>5", reason),
            ("> ssh", "it does not compare with one port"),
            ("5 >< 6", "it does not compare with two ports"),
            ("8x", "it is not a port"),
            ("> 65535", "no port matches it"),
        ] {
            let text = format!("pass out proto tcp to port {ports}\n");
            assert_eq!(unread(&text), [format!("1:28 {reason}")], "{text}");
            assert_eq!(shown(&text).1, [""; 0], "{text}");
        }
    }

    #[test]
    fn a_comparison_is_written_as_the_ranges_of_the_article() {
        let between = "pass out proto udp to port 3477><3498\n";
        assert_eq!(audit(&["3478-3497/udp"], between), [""; 0]);
        let rows = ["3478-3497/udp", "3500/udp"];
        let text = "pass out proto udp to port 3477 >< 3501\n";
        let right = "pass out proto udp to port { 3478:3497, 3500 }\n";
        assert_eq!(fixed(&rows, text), right);
    }

    #[test]
    fn rules_that_open_nothing_are_left_alone() {
        let text = "closed = \"{ 81 }\"\nmatch out proto tcp to port 79\nblock out proto tcp to port 80\nblock out proto tcp to port $closed\npass out proto tcp to port 82\n";
        assert_eq!(shown(text).1, ["82/tcp@5:28"]);
    }

    #[test]
    fn of_a_negation_nothing_is_missing() {
        let text = "pass out proto tcp to port 80\npass out proto udp to any port 53 <> 54\n";
        assert_eq!(shown(text).1, ["80/tcp@1:28"]);
        let found = crate::rules::testing::audit(&["80/tcp", "3478-3497/udp"], text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("2:32 L017"), "{found:?}");
    }

    #[test]
    fn a_macro_of_another_file_is_reported() {
        let rows = ["80/tcp", "443/tcp"];
        let text = "pass out proto tcp to port 80\npass out proto tcp to port $web\n";
        let found = audit(&rows, text);
        assert_eq!(
            found,
            ["2:28 L017 `$web` was not read: the value of `$web` is not known"]
        );
        let nested =
            "push = \"443\"\nweb = \"{\" $push \", 80 }\"\npass out proto tcp to port $web\n";
        assert_eq!(audit(&rows, nested), [""; 0]);
        // Of one that is here, the ports are known.
        let found = audit(&rows, "web = \"80\"\npass out proto tcp to port $web\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("L001 443/tcp"), "{found:?}");
        let found = audit(
            &rows,
            "include \"/etc/web\"\npass out proto tcp to port 80\n",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("1:1 L017"), "{found:?}");
    }

    #[test]
    fn reads_rules_and_the_macros_that_they_use() {
        let text = "lan = \"{ 10.0.0.1 99 }\"\nudp_ports = \"{ 53, 3478:3497 }\"\npass out proto { tcp udp } to port { 80 443 16384:16387 }\npass out proto udp from any port 1 to any port $udp_ports keep state (max 5)\npass in proto tcp from any port 22\n";
        assert_eq!(
            shown(text),
            (
                "pf",
                [
                    "53/udp@2:16",
                    "3478-3497/udp@2:20",
                    "80/tcp+udp@3:38",
                    "443/tcp+udp@3:41",
                    "16384-16387/tcp+udp@3:45"
                ]
                .map(str::to_owned)
                .to_vec()
            )
        );
    }

    #[test]
    fn a_rule_goes_on_behind_a_backslash() {
        let text = "# no \\\nweb = \"{ 80, \\\n 443 }\"\npass out proto \\\n udp to any port \\\n 53\npass out proto tcp \\\n to any \\\n  port $web\nblock out \\\n proto tcp to port 81\n";
        let entries = ["80/tcp@2:10", "443/tcp@3:2", "53/udp@6:2"];
        assert_eq!(shown(text), ("pf", entries.map(str::to_owned).to_vec()));
    }

    #[test]
    fn a_list_in_braces_may_have_several_lines() {
        let text = "web = \"{ 80,\n  443 }\"\nanchor \"a\" {\n  pass out proto tcp to port {\n    5223, # 25\n    7000\n  }\n}\npass out proto { tcp\n  udp } to port { 53\n  3478:3497 }\nblock out proto tcp to port {\n 26 }\npass out proto tcp to port $web\n";
        let entries = [
            "80/tcp@1:10",
            "443/tcp@2:3",
            "5223/tcp@5:5",
            "7000/tcp@6:5",
            "53/tcp+udp@10:19",
            "3478-3497/tcp+udp@11:3",
        ];
        assert_eq!(shown(text), ("pf", entries.map(str::to_owned).to_vec()));
        assert_eq!(unread(text), [""; 0]);
        // Lines that are alike are parts of other lists, which keep them.
        let rows = ["80/tcp", "443/tcp", "80/udp", "443/udp"];
        let list = "pass out proto tcp to port {\n  80,\n  443\n}\n";
        let both = format!("{list}{}", list.replace("tcp", "udp"));
        assert_eq!(audit(&rows, &both), [""; 0]);
        assert_eq!(fixed(&rows, &both), both);
    }

    #[test]
    fn a_brace_that_is_not_closed_is_reported() {
        let rows = ["80/tcp", "5223/tcp"];
        let open =
            "web = \"{ 80,\npass out proto tcp to port $web\npass out proto tcp to port { 443,\n";
        let text = format!("{open}pass out proto tcp to port 80\n");
        let reason = "its brace is not closed";
        assert_eq!(
            unread(&text),
            [format!("1:6 {reason}"), format!("3:28 {reason}")]
        );
        assert_eq!(shown(&text).1, ["80/tcp@4:28"]);
        assert!(
            audit(&rows, &text)
                .iter()
                .all(|found| found.contains("L017"))
        );
    }
}
