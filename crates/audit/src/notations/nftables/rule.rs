//! What a rule of nftables has behind its ports.

use std::ops::Range;

use super::chains::{Chains, Effect};
use super::{ends_between, is_closing};

/// The most words behind the ports of a rule that are looked at.
const MAX_RULE: usize = 64;

/// Statements that open nothing by themselves.
const IDLE: [&str; 4] = ["counter", "log", "mark", "limit"];

/// Statements that may open what a rule matches.
const VERDICTS: [&str; 10] = [
    "accept", "jump", "goto", "queue", "dnat", "redirect", "tproxy", "vmap", "continue", "return",
];

/// The words of the rule that goes on at an index, with theirs; those in braces are left out.
fn rest<'t>(
    text: &'t str,
    tokens: &[Range<usize>],
    at: usize,
) -> impl Iterator<Item = (usize, &'t str)> {
    let first = at.saturating_sub(1).min(tokens.len());
    let mut depth = 0_usize;
    let pairs = tokens[first..].windows(2).take(MAX_RULE).enumerate();
    let words = pairs.map_while(move |(index, pair)| {
        if depth == 0 && ends_between(text, &pair[0], &pair[1]) {
            return None;
        }
        let word = &text[pair[1].clone()];
        let is_outside = depth == 0;
        depth += usize::from(word == "{");
        depth = depth.saturating_sub(usize::from(word == "}"));
        Some(Some((first + index + 1, word)).filter(|_| is_outside))
    });
    words.flatten()
}

/// Where the rule that goes on at an index has another condition for ports.
pub(super) fn further(text: &str, tokens: &[Range<usize>], at: usize) -> Option<usize> {
    let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.clone()]);
    let mut words = rest(text, tokens, at);
    // `dnat to tcp dport map { ... }` is none.
    let is_condition = |at: usize, written: &str| written == "dport" && word(at + 1) != "map";
    words.find_map(|(at, written)| is_condition(at, written).then_some(at))
}

/// What the rule that goes on at an index does.
pub(super) fn effect<'t>(
    text: &'t str,
    tokens: &[Range<usize>],
    at: usize,
    chains: &mut Chains<'t, '_>,
) -> Effect {
    let mut is_quoted = false;
    let (mut is_idle, mut has_verdict) = (false, false);
    let mut words = rest(text, tokens, at).map(|(_, word)| word).peekable();
    while let Some(word) = words.next() {
        if !is_quoted && !word.contains('"') {
            if is_closing(word) {
                return Effect::Nothing;
            }
            if matches!(word, "jump" | "goto")
                && let Some(chain) = words.peek()
            {
                return chains.effect(chain);
            }
            is_idle |= IDLE.contains(&word);
            has_verdict |= VERDICTS.contains(&word);
        }
        is_quoted ^= word.matches('"').count() % 2 == 1;
    }
    if is_idle && !has_verdict {
        Effect::Nothing
    } else {
        Effect::Opens
    }
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};
    use crate::rules::testing::audit;

    #[test]
    fn several_conditions_for_the_port_are_reported() {
        let rows = ["8000-8999/tcp", "10000/tcp"];
        let reason = "the rule has another condition for the port; write them as one";
        for (rule, places) in [
            (
                "tcp dport >= 8000 tcp dport <= 8999 accept",
                ["2:14", "2:32"],
            ),
            ("tcp dport 1-65535 tcp dport != 25 accept", ["2:11", "2:32"]),
            (
                "tcp dport { 80, 443 } ip saddr { 10.0.0.1 } tcp dport @a accept",
                ["2:11", "2:55"],
            ),
        ] {
            let text = format!("tcp dport 80 accept\n{rule}\ntcp dport 443 accept\n");
            assert_eq!(ports(&text), "80/tcp 443/tcp", "{text}");
            let mut found = unread(&text);
            found.retain(|found| found.ends_with(reason));
            assert_eq!(found, places.map(|place| format!("{place} {reason}")));
            let found = audit(&rows, &text);
            assert!(
                found.iter().all(|found| !found.contains("L001")),
                "{found:?}"
            );
        }
        for rule in [
            "tcp dport 80 tcp sport 1024-65535 accept",
            "tcp dport 80 add @seen { ip saddr . tcp dport } accept",
            "tcp dport 80 accept; tcp dport 443 drop",
        ] {
            assert_eq!(ports(&format!("{rule}\n")), "80/tcp", "{rule}");
            assert_eq!(unread(&format!("{rule}\n")), [""; 0], "{rule}");
        }
        assert_eq!(ports("tcp dport 1-9 tcp dport 5-6 drop\n"), "");
    }

    #[test]
    fn a_set_behind_the_ports_hides_no_verdict() {
        let text = "tcp dport 80 ip saddr { 10.0.0.1,\n 10.0.0.2 } drop\ntcp dport 443 ip saddr { 10.0.0.1 } accept\n";
        assert_eq!(ports(text), "443/tcp");
    }
}
