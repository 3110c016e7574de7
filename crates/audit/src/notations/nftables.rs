//! nftables: `dport` in rules, and the elements of sets that rules use for ports.

mod chains;
mod maps;
mod places;
mod rule;
mod sets;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chains::{Chains, Effect};
use places::{Intervals, Place, group};
use rule::{effect, further};
use sets::sets;
use tokens::{behind, ends_between, tokens};

use super::comments::Comments;
use super::{CLOSED, is_closing, is_hash_comment};
use crate::expression::{Comparison, Reader};
use crate::read::{MAX_ADDED, MAX_ENTRIES, Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "nftables",
    shape: Shape::Rows,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Hash,
};

fn is_in(text: &str) -> bool {
    text.contains("inet_service")
        || ["tcp dport", "udp dport", "th dport"]
            .iter()
            .any(|begin| text.contains(begin))
}

/// Why ports are not read that a packet has to have beside others.
const SEVERAL: &str = "the rule has another condition for the port; write them as one";

/// What rules say of ports, and where.
#[derive(Default)]
struct Uses<'t> {
    /// The transports of the rules that use each set.
    used: BTreeMap<&'t str, Transports>,
    variables: BTreeMap<&'t str, Transports>,
    /// Where rules use each set first.
    places: BTreeMap<&'t str, Range<usize>>,
    /// Sets of rules that open nothing, or of which that is not known.
    closed: BTreeSet<&'t str>,
    /// The maps that rules use, by name; those without one are in the rules. Each with the places
    /// of the words before it.
    maps: BTreeMap<&'t str, Vec<(usize, Transports)>>,
    /// Whether there is a rule with ports.
    has_rules: bool,
    /// Places with ports, their transports, and what each place takes.
    regions: Vec<(Range<usize>, Transports, Place)>,
    /// Which sets may have ranges.
    intervals: Intervals<'t>,
    /// Comparisons: the index of the sign, that behind the ports, and the transports.
    compared: Vec<(usize, usize, Transports)>,
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    let tokens = tokens(text);
    let mut chains = Chains::new(text, &tokens);
    let mut uses = rules(reader, text, &tokens, &mut chains)?;
    uses.intervals = Intervals::new(text, &tokens);
    maps::read(reader, &tokens, &mut chains, &mut uses);
    let sets = sets(reader, &tokens, &mut uses);
    for (name, span) in &uses.places {
        if !sets.filled.contains(name)
            && let Some(transports) = uses.used.get(name)
        {
            reader.named(span.clone(), *transports)?;
        }
    }
    for (span, transports, place) in uses.regions {
        let group = group(&text[span.clone()], place);
        reader.expression(span, transports, group)?;
    }
    for (sign, end, transports) in uses.compared {
        let place = |from: usize| tokens[from].start..tokens[end - 1].end;
        if let Some(comparison) = Comparison::of(&text[tokens[sign].clone()]) {
            let group_index = reader.new_group(group("", Place::Word));
            reader.compared(
                place(sign),
                comparison,
                &place(sign + 1),
                transports,
                group_index,
            )?;
        }
    }
    reader.names.retain(|(name, _)| {
        let variable = name.strip_prefix('$');
        variable.is_none_or(|name| !sets.defined.contains(name))
    });
    Ok(())
}

/// Rules, and which sets they use.
fn rules<'t>(
    reader: &mut Reader<'t>,
    text: &'t str,
    tokens: &[Range<usize>],
    chains: &mut Chains<'t, '_>,
) -> Result<Uses<'t>, ReadError> {
    let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.clone()]);
    let place = |from: usize, to: usize| tokens[from].start..tokens[to - 1].end;
    let mut uses = Uses::default();
    // The transport that a rule matches, and where the match ends.
    let mut matched = Transports::NONE;
    let mut matched_until = 0;
    // Where the rule of the ports before has others.
    let mut other = None;
    for at in 0..tokens.len() {
        if at > 0 && at >= matched_until && ends_between(text, &tokens[at - 1], &tokens[at]) {
            matched = Transports::NONE;
        }
        if word(at) == "include" && text[tokens[at].end..].trim_start().starts_with('"') {
            let reason = "files that a list includes are not read".to_owned();
            reader.unknown(
                place(at, (at + 2).min(tokens.len())),
                Transports::NONE,
                reason,
            );
        }
        if matches!(word(at), "l4proto" | "protocol") {
            matched_until = behind(text, tokens, at + 1);
            let named =
                (at + 1..matched_until).filter_map(|index| Transports::of_protocol(word(index)));
            matched = named.fold(Transports::NONE, Transports::and);
        }
        let is_type = at > 1 && word(at - 2) == "typeof";
        if word(at) != "dport" || at + 1 >= tokens.len() || is_type {
            continue;
        }
        uses.has_rules = true;
        // What is behind each of them is read.
        if uses.regions.len() > MAX_ENTRIES + MAX_ADDED {
            return Err(ReadError::TooManyEntries);
        }
        let transports = match at.checked_sub(1).map(word) {
            Some("th") => matched,
            Some(before) => Transports::of_stated(before).unwrap_or_default(),
            None => continue,
        };
        let comparison = Comparison::of(word(at + 1));
        let has_sign = comparison.is_some() || matches!(word(at + 1), "==" | "eq");
        let first = at + 1 + usize::from(has_sign);
        if first == tokens.len() {
            reader.unknown(
                place(at + 1, first),
                transports,
                "no port is behind it".to_owned(),
            );
            break;
        }
        if matches!(word(first), "vmap" | "map") {
            uses.maps
                .entry(word(first + 1))
                .or_default()
                .push((first, transports));
            continue;
        }
        let end = behind(text, tokens, first);
        let next = further(text, tokens, end);
        let is_one = std::mem::replace(&mut other, next) != Some(at) && next.is_none();
        let effect = match effect(text, tokens, end, chains) {
            Effect::Opens if !is_one => Effect::Unknown(SEVERAL.to_owned()),
            effect => effect,
        };
        match effect {
            Effect::Opens => {}
            other => {
                if let Some(name) = word(first).strip_prefix('@') {
                    uses.closed.insert(name);
                }
                let ports = place(first, end.max(first + 1).min(tokens.len()));
                leave(reader, ports, transports, other);
                continue;
            }
        }
        if comparison.is_some() {
            uses.closed.extend(word(first).strip_prefix('@'));
            uses.compared.push((at + 1, end, transports));
            continue;
        }
        if matches!(word(first), "&" | "." | "and" | "or" | "xor" | "|" | "^") {
            let reason = "it is not a port alone".to_owned();
            reader.unknown(place(first - 1, first + 1), transports, reason);
            continue;
        }
        for index in first..end {
            if let Some(name) = word(index).strip_prefix('$') {
                let set = uses.variables.entry(name).or_default();
                *set = set.and(transports);
            }
        }
        if let Some(name) = word(first).strip_prefix('@') {
            let set = uses.used.entry(name).or_default();
            *set = set.and(transports);
            uses.places.entry(name).or_insert(tokens[first].clone());
        } else {
            uses.regions
                .push((place(first, end), transports, Place::of_word(word(first))));
        }
    }
    Ok(uses)
}

/// Leaves the ports of a rule that opens nothing, or reports that this is not known.
fn leave(reader: &mut Reader<'_>, ports: Range<usize>, transports: Transports, effect: Effect) {
    match effect {
        Effect::Unknown(reason) => reader.unknown(ports, transports, reason),
        _ => reader.leave(reader.line_of(ports.start), CLOSED),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, unread};
    use crate::rules::testing::fixed;

    #[test]
    fn a_comparison_is_a_range_or_reported() {
        for (ports, expected) in [
            ("> 1023", "1024-65535"),
            (">= 1023", "1023-65535"),
            ("lt 1024", "1-1023"),
            ("<= 1024", "1-1024"),
        ] {
            let text = format!("tcp dport {ports} accept\n");
            assert_eq!(shown(&text).1, [format!("{expected}/tcp@1:11")], "{text}");
        }
        assert_eq!(shown("tcp dport eq 80 accept\n").1, ["80/tcp@1:14"]);
        for end in [
            "tcp dport >",
            "tcp dport >= 8000 tcp dport <=",
            "tcp dport ==",
        ] {
            let text = format!("tcp dport 80 accept\n{end}");
            let found = unread(&text);
            assert!(
                found.last().unwrap().ends_with("no port is behind it"),
                "{text}{found:?}"
            );
        }
        let reason = "it matches every port but these; list the ports that are meant";
        for ports in ["!= 25", "!= { 25, 26 }", "ne @web", "!= $web"] {
            let set = "set web { type inet_service; elements = { 80 } }";
            let set = if ports.contains('@') { set } else { "" };
            let text = format!("{set}\ntcp dport {ports} accept\n");
            assert_eq!(shown(&text).1, [""; 0], "{text}");
            assert_eq!(unread(&text), [format!("2:11 {reason}")]);
        }
        assert_eq!(
            unread("tcp dport { 80, 8x } accept\n"),
            ["1:17 it is not a port"]
        );
        assert_eq!(unread("tcp dport > 1023 drop\n"), [""; 0]);
        let calculated = "tcp dport & 0xff == 5 accept\n";
        assert_eq!(unread(calculated), ["1:5 it is not a port alone"]);
        let rows = ["3478-3497/udp", "3499/udp"];
        let right = "udp dport { 3478-3497, 3499 } accept\n";
        assert_eq!(fixed(&rows, "udp dport { 3478-3499 } accept\n"), right);
    }

    #[test]
    fn variables_have_the_transport_of_the_rules_that_use_them() {
        let text = "define STUN = { 3478-3497, 53 }\ndefine WEB = 80\ndefine lan = { 10, 11 }\nip saddr $lan udp dport $STUN accept\ntcp dport { $WEB, 443 } accept\n";
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        assert_eq!(list.names, []);
        assert_eq!(
            shown(text).1,
            [
                "3478-3497/udp@1:17",
                "53/udp@1:28",
                "80/tcp@2:14",
                "443/tcp@5:19"
            ]
        );
    }

    #[test]
    fn rules_without_a_verdict_are_left_alone() {
        let text = "tcp dport 80 counter accept\ntcp dport 81 counter\ntcp dport 82 log prefix \"accept \"\ntcp dport 83 meta mark set 1\n";
        assert_eq!(shown(text).1, ["80/tcp@1:11"]);
    }

    #[test]
    fn the_transport_of_a_rule_ends_with_it() {
        for end in ["; ", "\n", " # web\n", " }\nchain b { "] {
            let text = format!("meta l4proto udp th dport 53 accept{end}th dport 443 accept\n");
            let entries = shown(&text).1;
            assert!(entries[0].starts_with("53/udp@"), "{entries:?}");
            assert!(entries[1].starts_with("443/@"), "{entries:?}");
        }
        assert_eq!(
            shown("meta l4proto 17 th dport 53 accept\n").1,
            ["53/udp@1:26"]
        );
        let entries = shown("meta l4proto udp; th dport 443 accept\n").1;
        assert_eq!(entries, ["443/@1:28"]);
        let text = "meta l4proto { tcp,\n udp } \\\n th dport 53 accept\n";
        assert_eq!(shown(text).1, ["53/tcp+udp@3:11"]);
        // The verdict may be on the next line as well.
        assert_eq!(shown("udp dport 53 \\\n counter drop\n").1, [""; 0]);
    }

    #[test]
    fn a_set_from_elsewhere_may_have_any_port() {
        let text =
            "add element inet f web { 80 }\ntcp dport @web accept\nudp dport @other accept\n";
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        let names: Vec<&str> = list.names.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["@other"]);
        let reason = "3:11 the set `other` is not in this file";
        assert_eq!(unread(text), [reason]);
        let text = "include \"web.nft\"\ntcp dport 80 accept\ntcp dport { $web, 81 } accept\n";
        assert_eq!(
            unread(text),
            [
                "1:1 files that a list includes are not read",
                "3:13 the value of `$web` is not known"
            ]
        );
        let found = crate::rules::testing::audit(&["80/tcp", "81/tcp", "53/udp"], text);
        assert!(
            found.iter().all(|finding| finding.contains("L017")),
            "{found:?}"
        );
    }

    #[test]
    fn a_map_may_have_any_port() {
        let text = "tcp dport 80 accept\ntcp dport vmap @elsewhere\n";
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        assert_eq!((list.names.len(), list.entries.len()), (1, 1));
        assert_eq!(
            list.unread[0].reason,
            "the map `@elsewhere` is not in this file"
        );
    }

    #[test]
    fn rules_that_open_nothing_are_left_alone() {
        let text = "set no { type inet_service; elements = { 79 } }\ntcp dport @no drop\ntcp dport 80 counter drop\nudp dport { 81,\n 82 } reject with icmp type port-unreachable\ntcp dport 83 log prefix \"x drop \" accept\nudp dport 84 accept; tcp dport 85 drop\n";
        assert_eq!(shown(text).1, ["83/tcp@6:11", "84/udp@7:11"]);
    }

    #[test]
    fn reads_rules_and_sets_and_leaves_other_numbers_alone() {
        let text = "table inet filter {\n set apple { type inet_service; flags interval\n  elements = { 80, 443,\n   5223 } }\n set lan { type ipv4_addr; elements = { 10.0.0.1, 10 } }\n chain out {\n  type filter hook output priority 0; policy drop\n  tcp dport @apple counter packets 12 bytes 3456 accept # 99\n  ip daddr @lan vlan id 7 meta l4proto { tcp, udp } th dport { 53, 3478-3497 } accept\n  udp sport 68 udp dport 67 accept\n }\n}\n";
        assert_eq!(
            shown(text),
            (
                "nftables",
                [
                    "80/tcp@3:16",
                    "443/tcp@3:20",
                    "5223/tcp@4:4",
                    "53/tcp+udp@9:64",
                    "3478-3497/tcp+udp@9:68",
                    "67/udp@10:26"
                ]
                .map(str::to_owned)
                .to_vec()
            )
        );
    }
}
