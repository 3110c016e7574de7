//! iptables-save, and commands of iptables: `--dport` and `--dports` with `-p`.

use std::collections::{BTreeMap, BTreeSet};

use super::{CLOSED, NO_PORTS, is_closing, is_hash_comment, is_idle, words};
use crate::expression::{Reader, program_group};
use crate::list::Repeat;
use crate::read::{Notation, ReadError};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "iptables",
    is_in,
    read,
    is_comment: is_hash_comment,
};

/// What one multiport match takes.
const MULTIPORT: usize = 15;

const ONE: [&str; 2] = ["--dport", "--destination-port"];
const SEVERAL: [&str; 4] = ["--dports", "--destination-ports", "--ports", "--port"];

fn is_in(text: &str) -> bool {
    text.contains("--dport") || text.contains("--destination-port")
}

/// Whether a line adds one rule and nothing else, so that it may be written once for each range.
fn is_added_alone(line: &str) -> bool {
    let adds = |word: &str| matches!(word, "-A" | "-I" | "--append" | "--insert");
    words(line).any(|(_, word)| adds(word)) && !line.contains([';', '&', '|', '\\'])
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
                "-A" | "-I" | "--append" | "--insert" => chain = fields.peek().copied(),
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

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let chains = closed_chains(reader);
    for (at, span) in reader.logical_lines() {
        let line = &reader.text[span.clone()];
        if line.trim_start().starts_with('#') {
            continue;
        }
        let mut transports = Transports::NONE;
        let mut found = Vec::new();
        let mut before = "";
        let mut is_negated = false;
        // Without a target a rule counts packets.
        let (mut is_closed, mut is_deleted) = (true, false);
        for (start, word) in words(line) {
            if word == "\\" {
                continue;
            }
            let (option, value, offset) = match word.split_once('=') {
                Some((option, value)) => (option, value, option.len() + 1),
                None => (before, word, 0),
            };
            let is_plain = value.trim_matches(|c| matches!(c, '"' | '\''));
            match option {
                "-p" | "--protocol" | "--proto" => {
                    transports = Transports::of_stated(is_plain).unwrap_or(transports);
                }
                "-j" | "--jump" | "-g" | "--goto" => {
                    is_closed =
                        is_closing(is_plain) || is_idle(is_plain) || chains.contains(is_plain);
                }
                "-D" | "--delete" => is_deleted = true,
                _ if ONE.contains(&option) || SEVERAL.contains(&option) => {
                    let is_one = ONE.contains(&option);
                    let from = span.start + start + offset;
                    if word != "!" {
                        found.push((from..from + value.len(), is_one, is_negated));
                    }
                }
                _ => {}
            }
            is_negated = word == "!" || is_negated && word.starts_with("--");
            if word != "!" {
                before = word;
            }
        }
        if found.is_empty() {
            reader.leave(at, NO_PORTS);
        } else if is_closed || is_deleted {
            reader.leave(at, CLOSED);
            continue;
        }
        let repeat = if is_added_alone(line) {
            Repeat::Line
        } else {
            Repeat::Never
        };
        for (ports, is_one, is_negated) in found {
            if is_negated {
                reader.excluded(ports, transports);
                continue;
            }
            let mut own = program_group(&[":"], (!is_one).then_some(","));
            own.slots = if is_one { 2 } else { MULTIPORT };
            own.repeat = repeat;
            reader.open_list(ports, transports, own)?;
        }
    }
    Ok(())
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
        assert!(found.iter().all(|own| !own.contains("L001")), "{found:?}");
        let right = text.replace("1024:", "5000:65535");
        assert_eq!(fixed(&rows, text), right);
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
}
