//! Verdict maps: `tcp dport vmap { 22 : accept, 80 : drop }`.

use std::collections::BTreeMap;
use std::ops::Range;

use appleports_model::Quoted;

use super::chains::{Chains, Effect};
use super::{Place, Uses, behind, leave};
use crate::expression::Reader;
use crate::transports::Transports;

/// An element of a map: the words of its key, and those of its verdict.
struct Element<'t> {
    /// Where the key is.
    key: Range<usize>,
    /// How many words the key has; more than one is not only a port.
    words: usize,
    verdict: Vec<&'t str>,
}

/// The elements between the brace at an index and the one that closes it. None opens among them: where
/// one does, the first is not closed.
fn elements<'t>(text: &'t str, tokens: &[Range<usize>], open: usize) -> Vec<Element<'t>> {
    let word = |token: &Range<usize>| &text[token.clone()];
    let inner = tokens.get(open + 1..).unwrap_or_default();
    let is_inner = |token: &&Range<usize>| !matches!(word(token), "{" | "}");
    let length = inner.iter().take_while(is_inner).count();
    let parts = inner[..length].split(|token| word(token) == ",");
    let elements = parts.filter_map(|part| {
        let colon = part.iter().position(|token| word(token).ends_with(':'))?;
        let glued = word(&part[colon]).len() - 1;
        let words = colon + usize::from(glued > 0);
        let end = part[colon].start + glued;
        let end = if glued > 0 {
            end
        } else {
            part.get(colon.checked_sub(1)?)?.end
        };
        Some(Element {
            key: part[0].start..end,
            words,
            verdict: part[colon + 1..].iter().map(word).collect(),
        })
    });
    elements.collect()
}

/// The braces with the elements of each named map.
fn named<'t>(text: &'t str, tokens: &[Range<usize>]) -> BTreeMap<&'t str, Vec<usize>> {
    let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.clone()]);
    let mut name = "";
    let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in 0..tokens.len() {
        match word(at) {
            "map" | "set" if word(at + 2) == "{" => name = word(at + 1),
            "elements" if word(at + 1) == "=" && word(at + 2) == "{" => {
                found.entry(name).or_default().push(at + 2);
            }
            "element" => {
                let brace = (at + 3..at + 5).find(|at| word(*at) == "{");
                if let Some(brace) = brace {
                    found.entry(word(brace - 1)).or_default().push(brace);
                }
            }
            _ => {}
        }
    }
    found
}

/// Reads the maps that rules use for ports.
pub(super) fn read<'t>(
    reader: &mut Reader<'t>,
    tokens: &[Range<usize>],
    chains: &mut Chains<'t, '_>,
    uses: &mut Uses<'t>,
) {
    let text = reader.text;
    let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.clone()]);
    let named = named(text, tokens);
    for (name, places) in std::mem::take(&mut uses.maps) {
        let Some(map) = name.strip_prefix('@') else {
            for (at, transports) in places {
                let reason = "a map does not say which of its ports are open";
                match word(at) {
                    // What else stands there has no elements.
                    "vmap" if word(at + 1) == "{" => read_one(
                        reader,
                        tokens,
                        (at + 1, ANONYMOUS),
                        transports,
                        chains,
                        uses,
                    ),
                    _ => unread(reader, tokens, at, transports, reason.to_owned()),
                }
            }
            continue;
        };
        let both = places.iter();
        let transports = both.fold(Transports::NONE, |set, (_, transports)| {
            set.and(*transports)
        });
        let is_verdicts = places.iter().all(|(at, _)| word(*at) == "vmap");
        match (named.get(map), places.first()) {
            (Some(blocks), _) if is_verdicts => {
                let key = uses.intervals.of_map(map);
                for brace in blocks {
                    read_one(reader, tokens, (*brace, key), transports, chains, uses);
                }
            }
            (None, Some((at, _))) => {
                let reason = format!("the map `{}` is not in this file", Quoted(name));
                unread(reader, tokens, *at, transports, reason);
            }
            (_, Some((at, _))) => {
                let reason = format!(
                    "the map `{}` does not say which of its ports are open",
                    Quoted(name)
                );
                unread(reader, tokens, *at, transports, reason);
            }
            _ => {}
        }
    }
}

/// Reports the map behind an index.
fn unread(
    reader: &mut Reader<'_>,
    tokens: &[Range<usize>],
    at: usize,
    transports: Transports,
    reason: String,
) {
    let end = behind(reader.text, tokens, at + 1);
    let span = tokens[at].start..tokens[end - 1].end;
    leave(reader, span, transports, Effect::Unknown(reason));
}

/// The keys of a map within a rule.
const ANONYMOUS: Place = Place::Key { has_ranges: true };

/// Reads the elements in the braces that open at an index, with what their keys may be.
fn read_one<'t>(
    reader: &mut Reader<'t>,
    tokens: &[Range<usize>],
    (brace, key): (usize, Place),
    transports: Transports,
    chains: &mut Chains<'t, '_>,
    uses: &mut Uses<'t>,
) {
    let text = reader.text;
    for element in elements(text, tokens, brace) {
        let effect = match element.verdict.as_slice() {
            _ if element.words != 1 => Effect::Unknown("its key is not a port alone".to_owned()),
            ["accept", ..] => Effect::Opens,
            ["jump" | "goto", chain, ..] => chains.effect(chain),
            _ => Effect::Nothing,
        };
        if effect == Effect::Opens {
            uses.regions.push((element.key, transports, key));
        } else if text[element.key.clone()] != *"*" {
            leave(reader, element.key, transports, effect);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{shown, unread};

    #[test]
    fn a_verdict_map_opens_what_it_accepts() {
        let text = "tcp dport vmap { 22 : accept, 80 : drop, 443-444: accept, * : reject }\n";
        assert_eq!(shown(text).1, ["22/tcp@1:18", "443-444/tcp@1:42"]);
        assert_eq!(unread(text), [""; 0]);
        let text = "map web {\n type inet_service : verdict\n elements = { 80 : jump ok,\n  81 : goto no }\n}\nchain ok { accept }\nchain no { drop }\nadd element inet f web { 82 : accept }\nudp dport vmap @web\ntcp dport vmap @web\n";
        assert_eq!(shown(text).1, ["80/tcp+udp@3:15", "82/tcp+udp@8:26"]);
        assert_eq!(unread(text), [""; 0]);
    }

    #[test]
    fn what_a_map_opens_may_be_unknown() {
        for (text, reason) in [
            (
                "tcp dport vmap @web\n",
                "1:11 the map `@web` is not in this file",
            ),
            (
                "tcp dport vmap { 80 : jump web, 81 : drop }\n",
                "1:18 the chain `web` is not in this file",
            ),
            (
                "ip daddr . tcp dport vmap { 10.0.0.1 . 80 : accept }\n",
                "1:29 its key is not a port alone",
            ),
            (
                "dnat to tcp dport map { 80 : 10.0.0.1 }\n",
                "1:19 a map does not say which of its ports are open",
            ),
        ] {
            assert_eq!(shown(text).1, [""; 0], "{text}");
            assert_eq!(unread(text), [reason]);
        }
    }
}
