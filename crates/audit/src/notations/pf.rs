//! pf: `port` in rules, and macros that rules use for ports.

use super::{CLOSED, comment_at, is_hash_comment, words};
use crate::expression::{Reader, group};
use crate::read::{Notation, ReadError};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "pf",
    is_in,
    read,
    is_comment: is_hash_comment,
};

const RULES: [&str; 6] = ["pass", "block", "rdr", "nat", "match", "anchor"];

fn is_rule(line: &str) -> bool {
    line.split_ascii_whitespace()
        .next()
        .is_some_and(|word| RULES.contains(&word))
}

fn is_in(text: &str) -> bool {
    text.lines()
        .any(|line| is_rule(line) && line.contains(" port "))
}

/// Whether a rule opens nothing.
fn is_closed(line: &str) -> bool {
    line.split_ascii_whitespace().next() == Some("block")
}

/// The text in braces, or the word, at the start of a text.
fn operand(text: &str) -> &str {
    let inner = text.trim_start();
    let inner = inner.strip_prefix('=').unwrap_or(inner).trim_start();
    let start = text.len() - inner.len();
    let length = if inner.starts_with('{') {
        inner.find('}').unwrap_or(inner.len())
    } else {
        // `3478 : 3497` is one operand.
        let word = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let joined = inner[word..].trim_start().starts_with(':');
        if joined {
            let colon = inner.find(':').unwrap_or(word) + 1;
            let last = inner[colon..].trim_start();
            let behind = inner.len() - last.len();
            behind + last.find(char::is_whitespace).unwrap_or(last.len())
        } else {
            word
        }
    };
    &text[start..start + length]
}

/// The transports that a rule names.
fn proto(line: &str) -> Transports {
    let Some((_, rest)) = line.split_once(" proto ") else {
        return Transports::NONE;
    };
    let words = operand(rest).split(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}'));
    words.fold(Transports::NONE, |set, word| {
        set.and(Transports::of_word(word).unwrap_or_default())
    })
}

/// The name of a macro and where its value begins.
fn definition(line: &str) -> Option<(&str, usize)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then_some((name, line.len() - value.len()))
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    // What rules say of a macro that is used for destination ports.
    let mut used = std::collections::BTreeMap::new();
    for line in text
        .lines()
        .filter(|line| is_rule(line) && !is_closed(line))
    {
        let destination = line.rfind(" port ").map(|at| &line[at + 6..]);
        let names = destination
            .map_or("", operand)
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}'));
        for name in names.filter_map(|word| word.strip_prefix('$')) {
            let set: &mut Transports = used.entry(name).or_default();
            *set = set.and(proto(line));
        }
    }
    for (at, span) in reader.lines() {
        let line = &text[span.clone()];
        let line = &line[..comment_at(line)];
        if is_closed(line) {
            reader.leave(at, CLOSED);
        } else if is_rule(line) {
            let to = line.find(" to ").unwrap_or(0);
            let behind_to = line[to..].find(" port ").map(|at| to + at + 6);
            let is_source = to == 0 && words(line).any(|(_, word)| word == "from");
            let Some(from) = behind_to.filter(|_| !is_source) else {
                reader.leave(at, "a rule without destination ports");
                continue;
            };
            let ports = operand(&line[from..]);
            let start =
                span.start + from + (ports.as_ptr() as usize - line[from..].as_ptr() as usize);
            let is_list = ports.starts_with('{');
            let is_other = ports.starts_with(['!', '<', '>', '$']);
            if !is_other {
                let own = group(":", is_list.then_some(" "));
                reader.expression(start..start + ports.len(), proto(line), own)?;
            }
        } else if let Some((name, from)) = definition(line) {
            if let Some(transports) = used.get(name) {
                let is_list = line[from..].contains('{');
                let own = group(":", is_list.then_some(" "));
                reader.expression(span.start + from..span.start + line.len(), *transports, own)?;
            } else {
                reader.leave(at, "a macro that no rule uses for ports");
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;

    #[test]
    fn rules_that_open_nothing_are_left_alone() {
        let text = "closed = \"{ 81 }\"\nblock out proto tcp to port 80\nblock out proto tcp to port $closed\npass out proto tcp to port 82\n";
        assert_eq!(shown(text).1, ["82/tcp@4:28"]);
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
}
