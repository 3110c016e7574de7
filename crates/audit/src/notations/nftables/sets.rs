//! Sets and variables of ports.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use appleports_model::Quoted;

use super::{Uses, behind};
use crate::expression::Reader;
use crate::transports::Transports;

/// The variables that the text defines, and the sets that it fills.
#[derive(Default)]
pub(super) struct Sets<'t> {
    pub(super) defined: BTreeSet<&'t str>,
    pub(super) filled: BTreeSet<&'t str>,
}

/// Sets, in a table or added to, and variables.
pub(super) fn sets<'t>(
    reader: &mut Reader<'t>,
    tokens: &[Range<usize>],
    uses: &mut Uses<'t>,
) -> Sets<'t> {
    let text = reader.text;
    nested(text, tokens, uses);
    let mentioned: BTreeSet<&str> = tokens
        .iter()
        .filter_map(|token| text[token.clone()].strip_prefix('@'))
        .collect();
    // Sets of ports that no rule of the text uses.
    let mut unused: BTreeSet<&str> = BTreeSet::new();
    let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.clone()]);
    let place = |from: usize, to: usize| tokens[from].start..tokens[to - 1].end;
    let mut set = "";
    let mut is_ports = false;
    let mut found = Sets::default();
    let definitions = tokens
        .windows(2)
        .filter(|pair| &text[pair[0].clone()] == "define");
    let later: BTreeSet<&str> = definitions.map(|pair| &text[pair[1].clone()]).collect();
    for at in 0..tokens.len() {
        match word(at) {
            "define" if word(at + 2) == "=" => {
                if let Some(transports) = uses.variables.get(word(at + 1)) {
                    let end = behind(text, tokens, at + 3);
                    for token in tokens.get(at + 3..end).unwrap_or_default() {
                        let name = text[token.clone()].strip_prefix('$').unwrap_or_default();
                        if !found.defined.contains(name) && later.contains(name) {
                            let reason = "nft knows a variable only behind its definition";
                            reader.unknown(token.clone(), *transports, reason.to_owned());
                        }
                    }
                    found.defined.insert(word(at + 1));
                    if at + 3 < end {
                        let kind = uses.intervals.of_variable(word(at + 1), word(at + 3));
                        uses.regions.push((place(at + 3, end), *transports, kind));
                    }
                }
            }
            "set" if word(at + 2) == "{" => {
                set = word(at + 1);
                is_ports = uses.used.contains_key(set);
            }
            // `add set inet filter web { ... }`: it is empty until elements are added.
            "set" if word(at + 4) == "{" => {
                found.filled.insert(word(at + 3));
            }
            "set" if word(at + 3) == "{" => {
                found.filled.insert(word(at + 2));
            }
            "map" | "table" | "chain" => set = "",
            "type" | "typeof" if is_port_type(&word, at) => {
                if uses.has_rules && !mentioned.contains(set) {
                    unused.insert(set);
                } else {
                    is_ports = uses.used.contains_key(set) || !uses.closed.contains(set);
                }
            }
            "type" | "typeof" => is_ports = false,
            "elements" if unused.contains(set) && word(at + 2) == "{" => {
                let end = behind(text, tokens, at + 2);
                let reason = format!("no rule of this file uses the set `{}`", Quoted(set));
                reader.unread(place(at + 2, end), reason);
            }
            "elements" if is_ports && is_value(&word, at) => {
                let end = behind(text, tokens, at + 2);
                found.filled.insert(set);
                let kind = uses.intervals.of_set(set);
                uses.regions
                    .push((place(at + 2, end), of_set(&uses.used, set), kind));
            }
            "element" if word(at + 4) == "{" && uses.used.contains_key(word(at + 3)) => {
                let end = behind(text, tokens, at + 4);
                found.filled.insert(word(at + 3));
                let kind = uses.intervals.of_set(word(at + 3));
                uses.regions
                    .push((place(at + 4, end), of_set(&uses.used, word(at + 3)), kind));
            }
            _ => {}
        }
    }
    found
}

/// Whether the elements of a set begin at an index: in braces, or those of a variable.
fn is_value<'t>(word: &impl Fn(usize) -> &'t str, at: usize) -> bool {
    word(at + 1) == "=" && (word(at + 2) == "{" || word(at + 2).starts_with('$'))
}

/// The deepest that variables are used in each other.
const MAX_NESTED: usize = 8;

/// Adds the variables that are in the values of sets and of other variables for ports.
fn nested<'t>(text: &'t str, tokens: &[Range<usize>], uses: &mut Uses<'t>) {
    let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.clone()]);
    for _ in 0..MAX_NESTED {
        let before = uses.variables.clone();
        let mut set = "";
        for at in 0..tokens.len() {
            let value = match word(at) {
                "define" if word(at + 2) == "=" => {
                    let transports = uses.variables.get(word(at + 1)).copied();
                    transports.map(|transports| (at + 3, transports))
                }
                "set" if word(at + 2) == "{" => {
                    set = word(at + 1);
                    None
                }
                "elements" if is_value(&word, at) => {
                    let transports = uses.used.get(set).copied();
                    transports.map(|transports| (at + 2, transports))
                }
                _ => None,
            };
            let Some((from, transports)) = value.filter(|(from, _)| *from < tokens.len()) else {
                continue;
            };
            for index in from..behind(text, tokens, from) {
                if let Some(name) = word(index).strip_prefix('$') {
                    let set = uses.variables.entry(name).or_default();
                    *set = set.and(transports);
                }
            }
        }
        if before == uses.variables {
            break;
        }
    }
}

/// Whether a set has ports: `type inet_service`, `typeof tcp dport`; a map has more.
fn is_port_type<'t>(word: &impl Fn(usize) -> &'t str, at: usize) -> bool {
    let is_type = word(at) == "type" && word(at + 1) == "inet_service";
    let is_typeof = word(at) == "typeof" && word(at + 2) == "dport";
    is_type && word(at + 2) != ":" || is_typeof && word(at + 3) != ":"
}

fn of_set(used: &BTreeMap<&str, Transports>, name: &str) -> Transports {
    let transports = used.get(name).copied();
    transports.filter(|set| !set.is_empty()).unwrap_or_else(|| {
        let parts = name.split(['_', '-', '.']);
        parts
            .filter_map(Transports::of_word)
            .fold(Transports::NONE, Transports::and)
    })
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{shown, unread};
    use crate::rules::testing::audit;

    #[test]
    fn what_is_said_of_an_element_is_no_port() {
        let text = "set web { type inet_service; elements = { 80 timeout 5s expires 3s, 443 comment \"a, 7\", 53 counter packets 12 bytes 34, 9x } }\ntcp dport @web accept\n";
        assert_eq!(
            shown(text).1,
            ["80/tcp@1:43", "443/tcp@1:69", "53/tcp@1:89"]
        );
        assert_eq!(unread(text), ["1:121 it is not a port"]);
    }

    #[test]
    fn a_set_that_no_rule_uses_is_reported() {
        let set = "set web { type inet_service; elements = { 80 } }\n";
        // Without rules, the sets are the list.
        assert_eq!(shown(set).1, ["80/@1:43"]);
        let text = format!("{set}tcp dport 443 accept\n");
        assert_eq!(shown(&text).1, ["443/tcp@2:11"]);
        assert_eq!(
            unread(&text),
            ["1:41 no rule of this file uses the set `web`"]
        );
        let text = format!("{set}tcp dport @web accept\n");
        assert_eq!(shown(&text).1, ["80/tcp@1:43"]);
        assert_eq!(unread(&text), [""; 0]);
        // It closes, or it is for other ports.
        for rule in ["tcp dport @web drop", "tcp dport 443 tcp sport @web accept"] {
            assert_eq!(unread(&format!("{set}{rule}\n")), [""; 0], "{rule}");
        }
    }

    #[test]
    fn variables_may_be_in_sets_and_in_each_other() {
        let text = "define push = 5223\ndefine web = { 80, $push }\nset a { type inet_service; elements = $web }\ntcp dport @a accept\n";
        assert_eq!(shown(text).1, ["5223/tcp@1:15", "80/tcp@2:16"]);
        assert_eq!(unread(text), [""; 0]);
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        assert_eq!(list.names, []);
        let reason = "nft knows a variable only behind its definition";
        for (text, place) in [
            (
                "define a = $b\ndefine b = $a\ntcp dport $a accept\n",
                "1:12",
            ),
            ("define a = $a\ntcp dport $a accept\n", "1:12"),
            (
                "define a = { 80, $b }\ndefine b = { 443 }\ntcp dport $a accept\n",
                "1:18",
            ),
        ] {
            assert_eq!(unread(text), [format!("{place} {reason}")], "{text}");
            let found = audit(&["80/tcp", "443/tcp"], text);
            assert_eq!(found.len(), 1, "{text}{found:?}");
        }
        let text = text.replace("define push = 5223", "");
        assert_eq!(unread(&text), ["2:20 the value of `$push` is not known"]);
    }

    #[test]
    fn a_set_may_have_the_type_of_an_expression() {
        let text = "set web { typeof tcp dport\n elements = { 80, 443 } }\ntcp dport @web accept\n";
        assert_eq!(shown(text).1, ["80/tcp@2:15", "443/tcp@2:19"]);
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        assert_eq!(list.names, []);
    }
}
