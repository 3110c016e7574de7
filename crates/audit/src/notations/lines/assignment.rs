//! Variables whose name says that they have ports: `TCP_PORTS="80,443"`, `udp_ports: 53`.

use std::ops::Range;

use appleports_model::cut;

use super::broken::is_mostly_digits;
use super::is_filler;
use crate::expression::COMMANDS;
use crate::scan::Token;
use crate::transports::Transports;

/// The most characters of a word that are shown.
const MAX_SHOWN: usize = 30;

/// A variable in a line.
#[derive(Clone, Copy)]
pub(in crate::notations) struct Assignment {
    /// The transports that its name has.
    pub(in crate::notations) transports: Transports,
    /// Whether its name says that the ports are not open.
    pub(in crate::notations) is_closed: bool,
    /// Whether its name says that the value is one end of a range.
    pub(in crate::notations) is_one_end: bool,
    /// Where the value begins.
    pub(in crate::notations) value: usize,
}

impl Assignment {
    /// Why its value is not read.
    pub(in crate::notations) fn reason(&self, text: &str, value: &[Token]) -> String {
        let mut words = value.iter().filter_map(|token| match token {
            Token::Word(span) => Some(&text[span.clone()]).filter(|word| !is_filler(word)),
            _ => None,
        });
        match words.next() {
            _ if self.is_one_end => "one end of a range".to_owned(),
            Some(word) => format!("it has more than ports: `{}`", cut(word, MAX_SHOWN)),
            None => "no port in it was understood".to_owned(),
        }
    }
}

/// Parts of a name with which it ends, and those that say what it has.
const PORTS: [&str; 4] = ["port", "ports", "dport", "dports"];
const ENDS: [&str; 5] = ["in", "out", "open", "allow", "allowed"];
const CLOSED: [&str; 6] = ["deny", "denied", "block", "blocked", "closed", "drop"];
const RANGE_ENDS: [&str; 10] = [
    "from", "to", "first", "last", "start", "end", "begin", "min", "max", "high",
];
const SOURCES: [&str; 4] = ["src", "source", "sport", "sports"];

/// The variable that a line sets, if its name says that it has ports. `ports = [80, 443]` has the
/// transport of its section.
pub(in crate::notations) fn assignment(line: &str, section: Transports) -> Option<Assignment> {
    let sign = line.find(['=', ':'])?;
    // `tcp:80` and `ports=80` have no name.
    let mut before = line[..sign].split_ascii_whitespace();
    let name = before.next_back()?;
    // `UDP+=53` adds to it.
    let name = name.strip_suffix('+').unwrap_or(name);
    let is_command = |word: &str| COMMANDS.contains(&word) || word.starts_with('-');
    let is_name = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if !is_name || !before.all(is_command) {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let parts: Vec<&str> = lower
        .split(['_', '-'])
        .filter(|part| !part.is_empty())
        .collect();
    let transports = parts.iter().filter_map(|part| Transports::of_word(part));
    let of_name = transports.fold(Transports::NONE, Transports::and);
    let is_array = lower == "ports" && line[sign + 1..].trim_start().starts_with('[');
    let transports = if is_array { section } else { of_name };
    let has = |known: &[&str]| parts.iter().any(|part| known.contains(part));
    let last = parts.last()?;
    let is_end = PORTS.contains(last) || ENDS.contains(last) || Transports::of_word(last).is_some();
    let is_known = has(&PORTS) || !of_name.is_empty();
    // `tcp: [80, 443,` goes on below.
    let is_list = !of_name.is_empty() && left_open(&line[sign + 1..]) == Some(']');
    let is_whole = parts.len() > 1 || is_list || is_array;
    (is_whole && is_end && is_known && !has(&SOURCES)).then(|| Assignment {
        transports,
        is_closed: has(&CLOSED),
        is_one_end: has(&RANGE_ENDS) && is_one_number(&line[sign + 1..]),
        value: sign + 1,
    })
}

/// Whether a value is one number, which may be one end of a range.
fn is_one_number(value: &str) -> bool {
    let number = value.trim().trim_matches(['"', '\'']);
    number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The sign that ends a value which goes on in the lines below: `"80`, `(80`.
pub(super) fn left_open(value: &str) -> Option<char> {
    let value = value.trim_start();
    let close = match value.chars().next()? {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        quote @ ('"' | '\'') => quote,
        _ => return None,
    };
    (!value[1..].contains(close)).then_some(close)
}

/// Takes the words out of a value that stand for ports, or are meant to be some: `$WEB`, `5223x`.
/// Where there are others, or nothing else, the value is something else.
pub(super) fn other_words(text: &str, tokens: &mut Vec<Token>) -> Vec<Range<usize>> {
    let is_other = |token: &Token| match token {
        Token::Word(span) => !is_filler(&text[span.clone()]),
        _ => false,
    };
    let has_port = tokens.iter().any(|token| matches!(token, Token::Item(_)));
    let is_port = |token: &Token| match token {
        Token::Word(span) => {
            let word = &text[span.clone()];
            let is_near = has_port && word.contains(|c: char| c.is_ascii_digit());
            is_near || is_mostly_digits(word) || has_port && word.starts_with('$')
        }
        _ => true,
    };
    if !tokens.iter().filter(|token| is_other(token)).all(is_port) {
        return Vec::new();
    }
    let (others, kept): (Vec<Token>, Vec<Token>) = tokens.drain(..).partition(is_other);
    *tokens = kept;
    let spans = others.into_iter().filter_map(|token| match token {
        Token::Word(span) => Some(span),
        _ => None,
    });
    spans.collect()
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, shown, unread};
    use crate::rules::testing::audit;

    #[test]
    fn variables_of_a_shell_are_lists() {
        let text = "#!/bin/sh\nexport TCP_PORTS=\"80,443\"\nUDP_PORTS='3478:3497 53' # mine\nSRC_PORTS=7\nTIMEOUT_TCP_S=30\nBLOCKED_TCP_PORTS=25\nTCP_OUT = 5223\nopen_ports=(81 82/udp)\nudp_ports:\n- 123\n";
        let expected = [
            "80/tcp@2:19",
            "443/tcp@2:22",
            "3478-3497/udp@3:12",
            "53/udp@3:22",
            "5223/tcp@7:11",
            "81/@8:13",
            "82/udp@8:16",
            "123/udp@10:3",
        ];
        assert_eq!(shown(text), ("lines", expected.map(str::to_owned).to_vec()));
        assert_eq!(unread(text), [""; 0]);
        let text = "TCP_PORTS=80,443\nUDP_PORTS=53,123\n";
        assert_eq!(shown(text).1.len(), 4);
    }

    #[test]
    fn one_end_of_a_range_is_no_port() {
        let text = "TCP_PORTS_TO_OPEN=\"80 443\"\n";
        assert_eq!(shown(text).1, ["80/tcp@1:20", "443/tcp@1:23"]);
        let text = "from_port = 3478\nto_port = 3497\ntcp_port = 80\n";
        assert_eq!(shown(text).1, ["80/tcp@3:12"]);
        let reason = "one end of a range";
        let expected = [format!("1:12 {reason}"), format!("2:10 {reason}")];
        assert_eq!(unread(text), expected);
    }

    #[test]
    fn a_word_in_a_value_that_is_no_port_is_reported() {
        let text = "TCP_PORTS=\"$WEB 5223 4x43\"\nUDP_PORTS=53\nTCP_OPEN_PORTS=see below 80\n";
        assert_eq!(shown(text).1, ["5223/tcp@1:17", "53/udp@2:11"]);
        let expected = [
            "1:12 this is no port",
            "1:22 this is no port",
            "3:16 it has more than ports: `see`",
        ];
        assert_eq!(unread(text), expected);
    }

    #[test]
    fn a_damaged_element_of_an_array_is_one_finding() {
        let rows = ["80/tcp", "5223/tcp", "3478-3497/udp", "5353/udp"];
        let right = "[tcp]\nports = [80, 5223]\n[udp]\nports = [\n  \"3478-3497\", # STUN\n  \"5353\",\n]\n";
        assert_eq!(audit(&rows, right), [""; 0]);
        for (from, to, place) in [
            ("3478", "З478", "5:4"),
            ("5353", "53x53", "6:4"),
            ("5353", "5353.", "6:4"),
            ("5223", "S223", "2:14"),
            ("5223", "5223.", "2:14"),
        ] {
            let found = audit(&rows, &right.replace(from, to));
            assert_eq!(found.len(), 1, "{to}: {found:?}");
            assert!(
                found[0].starts_with(&format!("{place} ")),
                "{to}: {found:?}"
            );
        }
        assert_eq!(ports("ports: [80, 53]\n"), "80/ 53/");
    }

    #[test]
    fn a_value_may_have_several_lines() {
        let text = "TCP_PORTS=(\n 80\n # web (old)\n 443\n)\n";
        assert_eq!(shown(text).1, ["80/tcp@2:2", "443/tcp@4:2"]);
        let text = "TCP_PORTS=\"80\n443\n5223\"\nUDP_PORTS=(\n  53\n  123 )\n81\n";
        let expected = [
            "80/tcp@1:12",
            "443/tcp@2:1",
            "5223/tcp@3:1",
            "53/udp@5:3",
            "123/udp@6:3",
            "81/@7:1",
        ];
        assert_eq!(shown(text).1, expected);
        assert_eq!(unread(text), [""; 0]);
    }

    #[test]
    fn a_list_of_a_transport_may_have_several_lines() {
        let text =
            "tcp: [80, 443,\n      5223]\nudp: [\"53\", # dns\n      \"3478-3497\",\n]\n81/tcp\n";
        let expected = "80/tcp 443/tcp 5223/tcp 53/udp 3478-3497/udp 81/tcp";
        assert_eq!(ports(text), expected);
        assert_eq!(unread(text), [""; 0]);
    }
}
