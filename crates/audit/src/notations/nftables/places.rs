//! What the places of ports take: a set or a map has ranges only with `flags interval`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::behind;
use crate::expression::{STATEMENTS, octal, program_group, spaced};
use crate::list::{Group, Repeat, Rewrite};

/// What a place with ports takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// One port or range, or several in braces.
    Word,
    /// Ports and ranges, in braces.
    Set,
    /// Ports alone, in braces: a set without `flags interval`.
    Points,
    /// The key of an element of a map: one port, or one range if it may have ranges.
    Key { has_ranges: bool },
}

impl Place {
    /// Of one word, or in braces.
    pub(super) fn of_word(word: &str) -> Self {
        if word == "{" { Self::Set } else { Self::Word }
    }
}

/// The group of ports in a place. Elements with an address or a statement of their own stay as they
/// are: what belongs to one of them cannot be given to two.
pub(super) fn group(written: &str, place: Place) -> Group {
    let is_set = matches!(place, Place::Set | Place::Points);
    let is_more = |word: &str| word == "." || STATEMENTS.contains(&word);
    let is_fixed = !is_set && place != Place::Word || written.split_whitespace().any(is_more);
    let group = octal(spaced(program_group(&["-"], is_set.then_some(", "))));
    let has_ranges = !matches!(place, Place::Points | Place::Key { has_ranges: false });
    Group {
        repeat: Repeat::Braces(", "),
        slots: if has_ranges { group.slots } else { 1 },
        rewrite: Rewrite::one_if(is_fixed),
        ..group
    }
}

/// The sets and maps of a text by what their elements may be.
#[derive(Default)]
pub(super) struct Intervals<'t> {
    /// Those that may have ranges.
    with: BTreeSet<&'t str>,
    /// Variables in the elements of a set that may not.
    points: BTreeSet<&'t str>,
}

impl<'t> Intervals<'t> {
    pub(super) fn new(text: &'t str, tokens: &[Range<usize>]) -> Self {
        let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.clone()]);
        let mut intervals = Self::default();
        let mut elements = Vec::new();
        let (mut set, mut has_flags) = ("", false);
        for at in 0..tokens.len() {
            match word(at) {
                "set" | "map" if let Some(brace) = (at + 2..at + 5).find(|at| word(*at) == "{") => {
                    (set, has_flags) = (word(brace - 1), false);
                }
                "chain" | "table" | "define" => (set, has_flags) = ("", false),
                "flags" => has_flags = true,
                "interval" if has_flags && !set.is_empty() => {
                    intervals.with.insert(set);
                }
                "elements" if word(at + 1) == "=" => elements.push((set, at + 2)),
                "element" if let Some(brace) = (at + 2..at + 5).find(|at| word(*at) == "{") => {
                    elements.push((word(brace - 1), brace));
                }
                _ => {}
            }
        }
        let is_definition = |at: &usize| matches!(word(*at), "set" | "map");
        let definitions = (0..tokens.len()).filter(is_definition);
        let defined: BTreeSet<&str> = definitions.map(|at| word(at + 1)).collect();
        for (set, from) in elements {
            let values = (from..behind(text, tokens, from)).map(word);
            // One that is defined elsewhere has ranges already, or none are known to be possible.
            let is_range = |value: &str| {
                let ends = value.split_once('-');
                ends.is_some_and(|(one, other)| {
                    one.parse().is_ok_and(|_: u16| other.parse::<u16>().is_ok())
                })
            };
            if !defined.contains(set) && values.clone().any(is_range) {
                intervals.with.insert(set);
            }
            if !intervals.with.contains(set) {
                intervals
                    .points
                    .extend(values.filter_map(|value| value.strip_prefix('$')));
            }
        }
        intervals
    }

    /// What the elements of a set are.
    pub(super) fn of_set(&self, set: &str) -> Place {
        if self.with.contains(set) {
            Place::Set
        } else {
            Place::Points
        }
    }

    /// What the elements of a named map are.
    pub(super) fn of_map(&self, map: &str) -> Place {
        Place::Key {
            has_ranges: self.with.contains(map),
        }
    }

    /// What the value of a variable may be, which begins with a word.
    pub(super) fn of_variable(&self, name: &str, first: &str) -> Place {
        if self.points.contains(name) {
            Place::Points
        } else {
            Place::of_word(first)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{audit, fixed};

    const ROWS: [&str; 3] = ["3478-3497/udp", "16384-16387/udp", "16393-16402/udp"];

    #[test]
    fn no_correction_writes_what_a_place_does_not_take() {
        let rule = "udp dport @s accept\n";
        let set = |elements: &str, flags: &str| {
            format!("set s {{ type inet_service; {flags}\n elements = {{ {elements} }} }}\n{rule}")
        };
        let define = |flags: &str| {
            format!(
                "define p = {{ 3478, 3497 }}\n{}",
                set("$p", flags).replace("{ $p }", "$p")
            )
        };
        let map = "map m { type inet_service : verdict; FLAGS\n elements = { 3478–3497 : accept } }\nudp dport vmap @m\n";
        for text in [
            set("3478, 3497", ""),
            set("3478–3497", "comment \"interval\";"),
            set("16384-16402 timeout 1h", "flags interval, timeout;"),
            set(
                "3478 comment \"a, 443\", 3497 comment \"b\"",
                "flags interval;",
            ),
            define(""),
            format!(
                "add set inet f s {{ type inet_service; }}\nadd element inet f s {{ 3478, 3497 }}\n{rule}"
            ),
            format!("add element inet f s {{ 3478, 3497 }}\n{rule}"),
            "udp dport vmap { 16384-16402 : accept }\n".to_owned(),
            map.replace("FLAGS", ""),
            "ip daddr . udp dport { 17.0.0.0/8 . 16384-16402 } accept\n".to_owned(),
            "ip daddr . udp dport { 17.0.0.0/8 . 3478, 17.0.0.0/8 . 3497 } accept\n".to_owned(),
        ] {
            assert_ne!(audit(&ROWS, &text), [""; 0], "{text}");
            assert_eq!(fixed(&ROWS, &text), text);
        }
        for (text, written) in [
            (set("3478, 3497", "flags interval;"), "{ 3478-3497 }"),
            (
                set("3478–3497", "flags constant, interval;"),
                "{ 3478-3497 }",
            ),
            (
                set("3478–3497 comment \"a\"", "flags interval;"),
                "{ 3478-3497 comment \"a\" }",
            ),
            (
                set("16384-16402", "flags interval;"),
                "{ 16384-16387, 16393-16402 }",
            ),
            (define("flags interval;"), "{ 3478-3497 }"),
            (
                format!(
                    "add set inet f s {{ type inet_service; flags interval; }}\nadd element inet f s {{ 3478, 3497 }}\n{rule}"
                ),
                "f s { 3478-3497 }",
            ),
            (
                format!("add element inet f s {{ 3478, 3497, 16384-16387 }}\n{rule}"),
                "f s { 3478-3497, 16384-16387 }",
            ),
            (
                "udp dport vmap { 3478–3497 : accept }\n".to_owned(),
                "{ 3478-3497 : accept }",
            ),
            (
                map.replace("FLAGS", "flags interval;"),
                "{ 3478-3497 : accept }",
            ),
            (
                "udp dport 16384-16402 accept\n".to_owned(),
                "{ 16384-16387, 16393-16402 }",
            ),
        ] {
            let after = fixed(&ROWS, &text);
            assert!(after.contains(written), "{text}{after}");
        }
    }
}
