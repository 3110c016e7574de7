//! The notations: one file each, one line in [`NOTATIONS`]. A text is in the first one that knows
//! it; the last one takes everything.

mod cells;
mod cisco;
mod closed;
pub(crate) mod comments;
mod csv;
mod firewalld;
mod hcl;
mod iptables;
mod json;
mod lines;
mod nftables;
mod nmap;
mod pf;
mod routeros;
mod services;
#[cfg(test)]
pub(crate) mod testing;
mod uci;
mod ufw;
mod ufw_status;
mod value;
mod windows;
mod yaml;

pub(crate) use cisco::usual_port;
pub(crate) use iptables::is_added_rule;
pub(crate) use value::joined;

use std::ops::Range;

use appleports_model::is_dash;

use crate::digits::damage;
use crate::read::Notation;

/// All notations, in the order in which a text is tried.
pub static NOTATIONS: &[Notation] = &[
    json::NOTATION,
    firewalld::NOTATION,
    iptables::NOTATION,
    cisco::NOTATION,
    nftables::NOTATION,
    routeros::NOTATION,
    uci::NOTATION,
    windows::NOTATION,
    ufw_status::NOTATION,
    ufw::NOTATION,
    pf::NOTATION,
    nmap::NOTATION,
    services::NOTATION,
    hcl::NOTATION,
    yaml::NOTATION,
    cells::NOTATION,
    csv::NOTATION,
    lines::NOTATION,
];

/// Why the ports of a rule are no part of the list.
pub const CLOSED: &str = "a rule that opens nothing";

/// Why a rule that was understood has none.
pub(crate) const NO_PORTS: &str = "a rule without destination ports";

/// Whether a word is a verdict that opens nothing.
fn is_closing(word: &str) -> bool {
    let word = word.trim_matches(['\'', '"', ';']);
    ["drop", "reject", "deny", "block", "tarpit"]
        .iter()
        .any(|closing| word.eq_ignore_ascii_case(closing))
}

/// Whether a target lets nothing in: packets are only logged, marked or counted.
fn is_idle(word: &str) -> bool {
    let word = word.trim_matches(['\'', '"']).to_ascii_lowercase();
    let known = [
        "log",
        "nflog",
        "ulog",
        "mark",
        "connmark",
        "notrack",
        "ct",
        "dscp",
        "tos",
        "tcpmss",
        "trace",
        "passthrough",
    ];
    let begins = ["mark-", "change-", "add-src-to-", "add-dst-to-"];
    known.contains(&word.as_str()) || begins.iter().any(|begin| word.starts_with(begin))
}

/// Whether a word in a table or beside a port says that the port is not open.
fn is_not_open(word: &str) -> bool {
    let known = [
        "closed",
        "close",
        "filtered",
        "denied",
        "blocked",
        "rejected",
        "dropped",
        "geschlossen",
        "gesperrt",
        "blockiert",
        "fermé",
    ];
    is_closing(word) || known.iter().any(|closed| word.eq_ignore_ascii_case(closed))
}

/// Keys of mappings whose value says whether a port is open.
const ACTIONS: [&str; 9] = [
    "action", "access", "verdict", "target", "policy", "state", "rule", "jump", "effect",
];

/// Whether a key of a mapping with its value says that the mapping opens nothing: `action: deny`,
/// `RuleAction: deny`, `enabled: false`. What is done by default is of other ports.
fn is_closed_by(key: &str, value: &str) -> bool {
    let is_action = ACTIONS.contains(&key) || key.ends_with("action") && !key.contains("default");
    is_action && is_not_open(value) || is_switched_off(key, value)
}

/// Whether a key of a mapping with its value says that the port, or the rule, is switched off.
fn is_switched_off(key: &str, value: &str) -> bool {
    let is_one = |words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    match key {
        "enabled" | "enable" | "active" => is_one(&["false", "no", "off", "0"]),
        "disabled" | "disable" | "inactive" | "delete" | "deleted" => {
            is_one(&["true", "yes", "on", "1"])
        }
        "state" | "status" => is_one(&["disabled", "inactive", "off", "absent"]),
        _ => false,
    }
}

/// The name that a word is one slip away from: `--dprt`.
fn slip_of(word: &str, names: &[&'static str]) -> Option<&'static str> {
    let plain = undisguised(word);
    let (letters, is_option) = (plain.trim_start_matches('-'), plain.starts_with('-'));
    let is_same = |name: &str| {
        name.ends_with(letters)
            && name.starts_with('-') == is_option
            && name.trim_start_matches('-') == letters
    };
    let mut near = names
        .iter()
        .filter(|name| damage(word, name).is_some() || is_same(name));
    near.next().copied().filter(|_| !names.contains(&word))
}

/// The most bytes of a word in which a name is sought; every name is shorter by far.
const MAX_DISGUISED: usize = 128;

/// A word that may be a name, without the dashes and the spaces of a word processor: `–dport`.
fn undisguised(word: &str) -> String {
    let start = &word[..word.floor_char_boundary(MAX_DISGUISED)];
    let head = start.split(char::is_whitespace).next().unwrap_or_default();
    let plain = head.chars().map(|c| if is_dash(c) { '-' } else { c });
    plain.collect()
}

/// Why an option that is misspelt is not read.
fn misspelt(word: &str, name: &str) -> String {
    format!("`{word}` is not an option; `{name}` may be meant")
}

/// Whether a line is a comment of a shell or a configuration file.
fn is_hash_comment(line: &str) -> bool {
    line.starts_with('#')
}

/// Where a comment begins in a line, at a `#` that nothing precedes or white space does.
pub(crate) fn comment_at(line: &str) -> usize {
    let mut marks = line.match_indices('#').map(|(at, _)| at);
    let begins = |at: &usize| *at == 0 || line[..*at].ends_with([' ', '\t', ';']);
    marks.find(begins).unwrap_or(line.len())
}

/// A place without the spaces around it.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let inner = text[span.clone()].trim();
    let start = span.end - text[span].trim_start().len();
    start..start + inner.len()
}

/// Words of a line with their places. A remark in quotes is one word: it has no rules.
fn words(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    std::iter::from_fn(move || {
        let rest = &line[end..];
        let start = end + rest.len() - rest.trim_ascii_start().len();
        end = word_end(line, start);
        (end > start).then(|| (start, &line[start..end]))
    })
}

/// Options whose value is a remark.
const REMARKS: [&str; 5] = ["comment", "prefix", "label", "name", "description"];

/// Where the word ends that begins at a place.
fn word_end(line: &str, start: usize) -> usize {
    let bytes = line.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at).filter(|byte| !byte.is_ascii_whitespace()) {
        let before = at;
        at += 1;
        if matches!(byte, b'"' | b'\'')
            && is_remark(&line[..before])
            && let Some(length) = bytes[at..].iter().position(|other| other == byte)
        {
            at += length + 1;
        }
    }
    at
}

/// Whether what a line has before a quote says that it opens a remark.
fn is_remark(before: &str) -> bool {
    let option = before.trim_end_matches(['=', ' ', '\t']);
    REMARKS.iter().any(|remark| option.ends_with(remark))
}
