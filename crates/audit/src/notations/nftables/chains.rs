//! What a rule of nftables does that jumps to a chain.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use appleports_model::Quoted;

use super::{ends_between, is_closing};

/// What becomes of the packets that a rule matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Opens,
    Nothing,
    /// Why it is not known.
    Unknown(String),
}

/// The longest way from chain to chain that is followed.
const MAX_JUMPS: usize = 16;

/// Verdicts that let packets in, some elsewhere.
const OPENING: [&str; 5] = ["accept", "queue", "dnat", "redirect", "tproxy"];

/// The families that a command may name before the table.
const FAMILIES: [&str; 6] = ["ip", "ip6", "inet", "arp", "bridge", "netdev"];

/// The words of a rule, by the places of the first and of the last.
type Rule = Range<usize>;

/// Each chain with its definitions: several tables may have one of the name.
type Definitions<'t> = BTreeMap<&'t str, Vec<Vec<Rule>>>;

/// The chains of a text.
pub(super) struct Chains<'t, 'k> {
    text: &'t str,
    tokens: &'k [Range<usize>],
    /// Shared while what they do is found out.
    definitions: Rc<Definitions<'t>>,
    known: BTreeMap<&'t str, Effect>,
}

impl<'t, 'k> Chains<'t, 'k> {
    pub(super) fn new(text: &'t str, tokens: &'k [Range<usize>]) -> Self {
        let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.clone()]);
        let mut chains = Definitions::default();
        // The chain whose block or rule is read, and how many braces are open in it.
        let mut chain: Option<(&str, bool)> = None;
        let mut depth = 0_usize;
        let mut rule: Rule = 0..0;
        for at in 0..tokens.len() {
            let is_end = at > 0 && depth == 0 && ends_between(text, &tokens[at - 1], &tokens[at]);
            if let Some((name, is_block)) = chain.filter(|_| is_end) {
                add(&mut chains, name, std::mem::take(&mut rule));
                chain = chain.filter(|_| is_block && word(at) != "}");
            }
            match (chain, word(at)) {
                (None, "chain") if word(at + 2) == "{" => {
                    chains.entry(word(at + 1)).or_default().push(Vec::new());
                    chain = Some((word(at + 1), true));
                    depth = usize::MAX;
                }
                (None, "rule") => {
                    let family = usize::from(FAMILIES.contains(&word(at + 1)));
                    let name = word(at + 2 + family);
                    chains.entry(name).or_insert_with(|| vec![Vec::new()]);
                    chain = Some((name, false));
                    depth = 0;
                }
                (None, _) => {}
                // The brace of the chain itself.
                (Some(_), "{") if depth == usize::MAX => depth = 0,
                (Some(_), _) if depth == usize::MAX => {}
                (Some(_), token) => {
                    depth += usize::from(token == "{");
                    depth = depth.saturating_sub(usize::from(token == "}"));
                    if token != ";" {
                        rule = if rule.is_empty() { at } else { rule.start }..at + 1;
                    }
                }
            }
        }
        if let Some((name, _)) = chain {
            add(&mut chains, name, rule);
        }
        Self {
            text,
            tokens,
            definitions: Rc::new(chains),
            known: BTreeMap::new(),
        }
    }

    /// What the chain does with packets.
    pub(super) fn effect(&mut self, name: &'t str) -> Effect {
        self.after(name, 0)
    }

    fn after(&mut self, name: &'t str, jumps: usize) -> Effect {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        if jumps == MAX_JUMPS {
            return Effect::Unknown(format!("more than {MAX_JUMPS} chains lead to it"));
        }
        let chains = Rc::clone(&self.definitions);
        let Some(definitions) = chains.get(name) else {
            return Effect::Unknown(format!("the chain `{}` is not in this file", Quoted(name)));
        };
        let mut effects: Vec<Effect> = Vec::new();
        for rules in definitions {
            effects.push(self.of_rules(rules, jumps));
        }
        effects.dedup();
        let effect = match effects.as_slice() {
            [effect] => effect.clone(),
            _ => Effect::Unknown(format!("the chains of the name `{}` differ", Quoted(name))),
        };
        self.known.insert(name, effect.clone());
        effect
    }

    fn of_rules(&mut self, rules: &[Rule], jumps: usize) -> Effect {
        let text = self.text;
        for rule in rules {
            let words = self.tokens[rule.clone()].iter();
            let words = words.map(|token| &text[token.clone()]);
            let rule = without_statements(words.filter(|word| *word != ";"));
            // Ports of its own are read where they are, and replies open nothing.
            let is_reply = rule.iter().any(|word| word.contains("established"))
                && !rule.iter().any(|word| word.contains("new"));
            if rule.contains(&"dport") || is_reply {
                continue;
            }
            if rule.iter().any(|word| OPENING.contains(word)) {
                return Effect::Opens;
            }
            if rule.first().is_some_and(|word| is_closing(word)) {
                return Effect::Nothing;
            }
            if rule.contains(&"vmap") {
                return Effect::Unknown("a chain that it leads to has a verdict map".to_owned());
            }
            let jump = rule
                .iter()
                .position(|word| matches!(*word, "jump" | "goto"));
            let Some(name) = jump.and_then(|at| rule.get(at + 1)) else {
                continue;
            };
            match self.after(name, jumps + 1) {
                Effect::Nothing => {}
                effect => return effect,
            }
        }
        Effect::Nothing
    }
}

/// Adds a rule to the last definition of a chain.
fn add(chains: &mut Definitions<'_>, name: &str, rule: Rule) {
    let definitions = chains.get_mut(name);
    if let Some(last) = definitions
        .and_then(|rules| rules.last_mut())
        .filter(|_| !rule.is_empty())
    {
        last.push(rule);
    }
}

/// A rule without what only counts and logs, and without texts.
fn without_statements<'t>(mut words: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut is_quoted = false;
    let mut left = Vec::new();
    while let Some(word) = words.next() {
        let is_text = is_quoted || word.contains('"');
        is_quoted ^= word.matches('"').count() % 2 == 1;
        match word {
            _ if is_text => {}
            "counter" | "log" | "prefix" | "comment" => {}
            "packets" | "bytes" => {
                words.next();
            }
            _ => left.push(word),
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{shown, unread};

    #[test]
    fn a_rule_that_jumps_opens_what_the_chain_opens() {
        for (chain, opens) in [
            ("chain web { accept }", true),
            (
                "chain web { counter packets 1 bytes 2 accept comment \"drop\" }",
                true,
            ),
            ("chain web { ip saddr 10.0.0.0/8 accept\n drop }", true),
            ("chain web { ip saddr 10.0.0.0/8 drop\n accept }", true),
            ("chain web { log prefix \"accept\" drop }", false),
            ("chain web { drop; accept }", false),
            ("chain web { }", false),
            ("chain web { tcp dport 443 counter accept }", false),
            ("chain web { ct state established,related accept }", false),
            ("chain web { goto other }\nchain other { accept }", true),
            (
                "chain web { jump other; drop }\nchain other { return }",
                false,
            ),
            ("add rule inet f web accept", true),
            ("add rule f web drop", false),
        ] {
            for verb in ["jump", "goto"] {
                let text = format!("tcp dport 80 {verb} web\n{chain}\ntcp dport 443 accept\n");
                let entries = shown(&text).1;
                assert_eq!(
                    entries.iter().any(|entry| entry.starts_with("80/")),
                    opens,
                    "{text}"
                );
                assert!(
                    entries.iter().any(|entry| entry.starts_with("443/")),
                    "{text}"
                );
                assert_eq!(unread(&text), [""; 0], "{text}");
            }
        }
    }

    #[test]
    fn what_a_chain_opens_may_be_unknown() {
        for (chains, reason) in [
            ("", "the chain `web` is not in this file"),
            ("chain web { jump web }", "more than 16 chains lead to it"),
            ("chain web { jump a }", "the chain `a` is not in this file"),
            (
                "chain web { accept }\nchain web { drop }",
                "the chains of the name `web` differ",
            ),
            (
                "chain web { ip saddr vmap @hosts }",
                "a chain that it leads to has a verdict map",
            ),
        ] {
            let text = format!("udp dport {{ 53, 54 }} jump web\n{chains}\n");
            assert_eq!(shown(&text).1, [""; 0], "{text}");
            assert_eq!(unread(&text), [format!("1:11 {reason}")]);
        }
    }
}
