//! iptables-save, and commands of iptables: `--dport` and `--dports` with `-p`.

mod refusal;
mod sets;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::comments::Comments;
use super::value::Value;
use super::{
    CLOSED, NO_PORTS, is_closing, is_hash_comment, is_idle, joined, slip_of, value, words,
};
use crate::expression::{Reader, octal, program_group};
use crate::list::{Group, Repeat};
use crate::read::{Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "iptables",
    shape: Shape::Rows,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Shell,
};

/// What one multiport match takes.
const MULTIPORT: usize = 15;

/// The options that add a rule.
const ADDING: [&str; 4] = ["-A", "-I", "--append", "--insert"];
const ONE: [&str; 2] = ["--dport", "--destination-port"];
const SEVERAL: [&str; 4] = ["--dports", "--destination-ports", "--ports", "--port"];

fn is_in(text: &str) -> bool {
    text.contains("--dport") || text.contains("--destination-port")
}

/// Whether a word is an option with its value.
fn is_attached(word: &str, option: &str) -> bool {
    let value = word.strip_prefix(option);
    value.is_some_and(|value| value.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// The chains of the text whose own rules open nothing; those with ports are read where they are.
fn closed_chains<'t>(reader: &Reader<'t>) -> BTreeSet<&'t str> {
    let text = reader.text;
    let mut chains: BTreeMap<&str, bool> = BTreeMap::new();
    for (_, span) in reader.logical_lines() {
        let mut fields = words(&text[span]).map(|(_, word)| word).peekable();
        let (mut chain, mut target, mut has_ports) = (None, "", false);
        while let Some(word) = fields.next() {
            match word {
                _ if ADDING.contains(&word) => chain = fields.peek().copied(),
                "-j" | "--jump" | "-g" | "--goto" => target = fields.peek().unwrap_or(&""),
                _ => has_ports |= ONE.contains(&word) || SEVERAL.contains(&word),
            }
        }
        let opens_nothing = target.is_empty() || target == "RETURN";
        let opens_nothing = opens_nothing || is_closing(target) || is_idle(target);
        if let Some(chain) = chain {
            *chains.entry(chain).or_insert(true) &= has_ports || opens_nothing;
        }
    }
    let closed = chains.into_iter().filter(|(_, is_closed)| *is_closed);
    closed.map(|(chain, _)| chain).collect()
}

/// Whether a line adds one rule and does nothing else.
pub(crate) fn is_added_rule(line: &str) -> bool {
    refusal::Line::of(line).added == refusal::Added::Rule
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let chains = closed_chains(reader);
    let of_addresses = sets::of_addresses(reader.text);
    for (at, span) in reader.logical_lines() {
        let line = &reader.text[span.clone()];
        let mut transports = Transports::NONE;
        let (mut found, mut misspelt) = (Vec::new(), Vec::new());
        // The word before, and where it begins.
        let (mut before, mut before_at) = ("", 0);
        let mut is_negated = false;
        // Without a target a rule counts packets.
        let (mut is_closed, mut is_deleted) = (true, false);
        let mut until = 0;
        for (start, word) in words(line) {
            if word == "\\" || start < until {
                continue;
            }
            let attached = word.split_once('=').filter(|_| word.starts_with('-'));
            let (option, value, offset) = match attached {
                Some((option, value)) => (option, value, option.len() + 1),
                // `-jACCEPT`.
                _ if ["-j", "-g", "-p"]
                    .iter()
                    .any(|flag| is_attached(word, flag)) =>
                {
                    (&word[..2], &word[2..], 2)
                }
                _ => (before, word, 0),
            };
            let is_plain = value.trim_matches(|c| matches!(c, '"' | '\''));
            match option {
                "-p" | "--protocol" | "--proto" => {
                    transports = Transports::of_protocol(is_plain).unwrap_or(transports);
                }
                "-j" | "--jump" | "-g" | "--goto" => {
                    is_closed =
                        is_closing(is_plain) || is_idle(is_plain) || chains.contains(is_plain);
                }
                "-D" | "--delete" | "-C" | "--check" => is_deleted = true,
                // `iptables -C ... || iptables -A ...`.
                _ if is_deleted && ADDING.contains(&option) => {
                    is_deleted = false;
                    found.clear();
                }
                _ if ONE.contains(&option) || SEVERAL.contains(&option) => {
                    let is_one = ONE.contains(&option);
                    let from = start + offset;
                    if word != "!" {
                        let list = value::value(line, from..joined(line, from + value.len()));
                        until = list.span.end;
                        found.push(Found {
                            value: list,
                            is_one,
                            is_negated,
                        });
                    }
                }
                _ => {
                    let name = slip_of(option, &ONE).or_else(|| slip_of(option, &SEVERAL));
                    let from = if offset == 0 { before_at } else { start };
                    let place = from..start + word.len();
                    misspelt.extend(name.map(|name| (place, super::misspelt(option, name))));
                }
            }
            is_negated = word == "!" || is_negated && word.starts_with("--");
            if word != "!" {
                (before, before_at) = (word, start);
            }
        }
        if found.is_empty() {
            reader.leave(at, NO_PORTS);
            if !is_closed && !is_deleted {
                sets::report(reader, &span, transports, &of_addresses);
            }
        }
        if !is_closed && !is_deleted {
            for (place, reason) in misspelt {
                let place = span.start + place.start..span.start + place.end;
                reader.unknown(place, transports, reason);
            }
        }
        if found.is_empty() {
            continue;
        }
        if is_closed || is_deleted {
            reader.leave(at, CLOSED);
            continue;
        }
        ports_of_line(reader, &span, found, transports)?;
    }
    Ok(())
}

/// Ports behind an option.
struct Found {
    value: Value,
    /// Whether the option takes one port or range.
    is_one: bool,
    /// Whether they are those that are not meant.
    is_negated: bool,
}

/// Reads all ports of a line.
fn ports_of_line(
    reader: &mut Reader<'_>,
    span: &Range<usize>,
    found: Vec<Found>,
    transports: Transports,
) -> Result<(), ReadError> {
    let rule = refusal::Line::of(&reader.text[span.clone()]);
    for option in found {
        let place = option.value.place(span.start);
        if option.is_negated {
            reader.excluded(place, transports);
            continue;
        }
        let is_one = option.is_one;
        let mut group = octal(program_group(&[":"], (!is_one).then_some(",")));
        group.slots = if is_one { 2 } else { MULTIPORT };
        if rule.added == refusal::Added::Rule {
            group.repeat = Repeat::Line;
        }
        let count = ports(reader, span.start, &option.value, group, transports)?;
        // A space among them is reported by now.
        let is_word = !reader.text[place.clone()].contains(char::is_whitespace);
        if let Some(reason) = rule.refusal(is_one, count).filter(|_| count > 0 && is_word) {
            reader.refused(place, reason);
        }
    }
    Ok(())
}

/// Reads the ports of a rule behind `--dport` or `--dports`, in a line that begins at a place: how
/// many they are.
fn ports(
    reader: &mut Reader<'_>,
    start: usize,
    value: &Value,
    group: Group,
    transports: Transports,
) -> Result<usize, ReadError> {
    let place = value.place(start);
    let before = reader.entries.len();
    if !value::read_spaced(reader, &place, transports, &group)? {
        reader.open_list(place, transports, group)?;
    }
    value.report(reader, start);
    Ok(reader.entries.len() - before)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_range_may_lack_an_end_and_a_match_may_be_negated() {
        let text = "-A O -p udp --dport 1024: -j ACCEPT\n-A O -p tcp -m multiport --dports :1023,3000 -j ACCEPT\n-A O -p tcp ! --dport 25 -j ACCEPT\n-A O -p tcp --dport ! 26 -j ACCEPT\n-A O -p tcp --dport 8x -j ACCEPT\n";
        let entries = ["1024-65535/udp@1:21", "1-1023/tcp@2:35", "3000/tcp@2:41"];
        assert_eq!(shown(text).1, entries);
        let reason = "it matches every port but these; list the ports that are meant";
        let expected = [
            format!("3:23 {reason}"),
            format!("4:23 {reason}"),
            "5:21 it is not a port".to_owned(),
        ];
        assert_eq!(unread(text), expected);
        let rows = ["80/tcp", "5000-65535/udp"];
        let found = audit(&rows, text);
        assert!(
            found.iter().all(|finding| !finding.contains("L001")),
            "{found:?}"
        );
        let right = text.replace("1024:", "5000:65535");
        assert_eq!(fixed(&rows, text), right);
    }

    #[test]
    fn a_value_that_a_space_cuts_is_read_and_reported() {
        let rows = ["443/tcp", "5223/tcp"];
        let rule = "-A O -p tcp -m multiport --dports PORTS -j ACCEPT\n";
        for (ports, reported) in [
            ("443, 5223", "1:40 L017 `5223`: a space ends the list here"),
            ("443 ,5223", "1:39 L017 `,5223`: a space ends the list here"),
            (
                "443 , 5223",
                "1:39 L017 `, 5223`: a space ends the list here",
            ),
            ("443,5223,", "1:43 L017 `,`: a comma ends the list"),
        ] {
            let text = rule.replace("PORTS", ports);
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with(reported), "{found:?}");
            assert_eq!(fixed(&rows, &text), text);
        }
        let text = rule.replace("PORTS", "443,5 223");
        assert!(audit(&rows, &text)[0].starts_with("1:39 L009"));
        assert_eq!(fixed(&rows, &text), rule.replace("PORTS", "443,5223"));
        let quoted = rule.replace("PORTS", "\"443, 5223\"");
        assert_eq!(audit(&rows, &quoted), [""; 0]);
        // An option or a host is no part of it.
        let text = "iptables -A O -p tcp --dport 80 -4 -j ACCEPT\nnmap 5223\n";
        assert_eq!(shown(text).1, ["80/tcp@1:30"]);
    }

    #[test]
    fn protocols_may_be_numbers() {
        let text = "-A O -p 6 --dport 80 -j ACCEPT\n-A O -p 17 --dport 53 -j ACCEPT\n";
        assert_eq!(shown(text).1, ["80/tcp@1:19", "53/udp@2:20"]);
    }

    #[test]
    fn what_may_have_ports_and_is_not_read_is_reported() {
        let rows = ["80/tcp", "5223/tcp"];
        let open = "-A O -p tcp --dport 80 -j ACCEPT\n";
        for (rule, reported) in [
            (
                "-A O -p tcp -m multiport --dports $push -j ACCEPT",
                "2:35 L017 `$push` was not read: the value of `$push` is not known",
            ),
            (
                "-A O -p tcp -m multiport --dports 80,${push} -j ACCEPT",
                "2:38 L017 `${push}` was not read: the value of `${push}` is not known",
            ),
            (
                "-A O -p tcp -m set --match-set push dst -j ACCEPT",
                "2:32 L017 `push` was not read: the set `push` may have ports, and sets are not read",
            ),
            (
                "-A O -p tcp --dprt 5223 -j ACCEPT",
                "2:13 L017 `--dprt 5223` was not read: `--dprt` is not an option; `--dport` may be meant",
            ),
        ] {
            let text = format!("{open}{rule}\n");
            assert_eq!(audit(&rows, &text), [reported]);
            let closed = text.replace(rule, &rule.replace("ACCEPT", "DROP"));
            assert_eq!(audit(&rows[..1], &closed), [""; 0]);
        }
        for addresses in [
            "-A O -m set --match-set apple src -j ACCEPT\n",
            "-A O -m set --match-set apple dst -p tcp --dport 5223 -j ACCEPT\n",
            "create apple hash:net\n-A O -m set --match-set apple dst -j ACCEPT\n",
        ] {
            assert_eq!(
                unread(&format!("{open}{addresses}")),
                [""; 0],
                "{addresses}"
            );
        }
    }

    #[test]
    fn rules_that_open_nothing_are_left_alone() {
        let text = "-A INPUT -p tcp --dport 80 -j DROP\n-A INPUT -p tcp --dport 81 -j REJECT --reject-with tcp-reset\niptables -A INPUT -p tcp --dport 82 --jump=DROP\n-A INPUT -p tcp --dport 83 -j ACCEPT\n-A INPUT -p tcp --dport 84 -j LOG --log-prefix x\n-A INPUT -p tcp --dport 85\n-D INPUT -p tcp --dport 86 -j ACCEPT\n-A INPUT -p tcp --dport 87 -j MARK --set-mark 1\n";
        assert_eq!(shown(text).1, ["83/tcp@4:25"]);
    }

    #[test]
    fn a_rule_that_jumps_to_a_chain_that_drops_opens_nothing() {
        let rule = "-A INPUT -p tcp --dport 80 -j WEB\n";
        for (chain, opens) in [
            ("-A WEB -j DROP\n", false),
            ("-A WEB -j LOG\n-A WEB -j RETURN\n", false),
            (
                "-A WEB -p tcp --dport 443 -j ACCEPT\n-A WEB -j REJECT\n",
                false,
            ),
            ("-A WEB -s 10.0.0.0/8 -j ACCEPT\n-A WEB -j DROP\n", true),
            ("-A WEB -j OTHER\n-A OTHER -j ACCEPT\n", true),
            ("", true),
        ] {
            let entries = shown(&format!("{rule}{chain}")).1;
            assert_eq!(
                entries.contains(&"80/tcp@1:25".to_owned()),
                opens,
                "{chain}"
            );
        }
    }

    #[test]
    fn reads_destination_ports_and_leaves_counters_alone() {
        let text = "*filter\n:OUTPUT ACCEPT [12:3456]\n-A OUTPUT -p tcp -m multiport --dports 80,443,5223 -j ACCEPT\n[5:80] -A OUTPUT -d 17.0.0.0/8 -p udp -m udp --sport 22 --dport 3478:3497 -j ACCEPT\nCOMMIT\n";
        assert_eq!(
            shown(text),
            (
                "iptables",
                [
                    "80/tcp@3:40",
                    "443/tcp@3:43",
                    "5223/tcp@3:47",
                    "3478-3497/udp@4:65"
                ]
                .map(str::to_owned)
                .to_vec()
            )
        );
    }

    #[test]
    fn a_command_goes_on_behind_a_backslash() {
        let text = "iptables -A OUTPUT -p tcp \\\n  -m multiport --dports \\\n  80,443 -j ACCEPT\n";
        let entries = ["80/tcp@3:3", "443/tcp@3:6"].map(str::to_owned).to_vec();
        assert_eq!(shown(text), ("iptables", entries));
    }

    #[test]
    fn a_comment_ends_with_its_line() {
        let text = "# web \\\n-A OUTPUT -p tcp --dport 80 -j ACCEPT\n";
        assert_eq!(shown(text).1, ["80/tcp@2:26"]);
    }

    #[test]
    fn a_rule_that_is_only_checked_opens_nothing() {
        let checked = "iptables -C F -p tcp --dport 80 -j ACCEPT";
        let added = "iptables -A F -p tcp --dport 81 -j ACCEPT";
        assert_eq!(
            shown(&format!("{checked} || echo no\n{added}\n")).1.len(),
            1
        );
        let text = format!("{checked} || {}\n", added.replace("81", "80"));
        assert_eq!(shown(&text).1.len(), 1, "{text}");
    }
}
