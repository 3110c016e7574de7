//! L014: entries that share ports.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use appleports_model::{Level, PortRange, Rule, message};

use crate::judge::{Context, Found, remove, remove_line};
use crate::list::{BLANK, Entry};
use crate::notations::{comment_at, is_added_rule};
use crate::read::Shape;

pub(super) const RULE: Rule = Rule {
    code: "L014",
    level: Level::Note,
    short: "repeated ports",
    title: "two entries of the list share ports",
    why: "The port stays open after one of them is removed, and some programs refuse such a list.",
    example: "`80` twice, or `8000-8999` and `8080`.",
    help: "keep one of them",
};

pub(super) fn run(context: &Context<'_>, found: &mut Vec<Found>) {
    repeated_lines(context, found);
    repeated_rows(context, found);
    // What has an explanation is intended otherwise.
    let explained: BTreeSet<(u32, u32)> = found
        .iter()
        .map(|finding| (finding.line, finding.column))
        .collect();
    // Entries by what can overlap: those of one expression, one scope and one transport.
    let mut groups: BTreeMap<_, Vec<(PortRange, &Entry)>> = BTreeMap::new();
    let list = context.list;
    // Rows of a table may share ports, the ports of one cell may not.
    let is_list = |entry: &&Entry| !list.is_table || list.groups[entry.group].separator.is_some();
    for entry in list.entries.iter().filter(is_list) {
        if let Some(ports) = entry.ports
            && !explained.contains(&(entry.line, entry.column))
            && context.article.of_audit(entry.transports).is_some()
        {
            groups
                .entry((entry.group, entry.scope, entry.transports))
                .or_default()
                .push((ports, entry));
        }
    }
    let lines: Vec<&str> = context.text.lines().map(str::trim).collect();
    let written = |line: u32| lines.get(line as usize - 1);
    // Long lines that are alike may have thousands of entries each.
    let mut compared: HashMap<[u32; 2], bool> = HashMap::new();
    for mut entries in groups.into_values() {
        entries.sort_by_key(|(ports, entry)| {
            (
                ports.first(),
                std::cmp::Reverse(ports.last()),
                entry.span.start,
            )
        });
        let mut entries = entries.into_iter();
        let Some((mut widest, mut before)) = entries.next() else {
            continue;
        };
        for (ports, entry) in entries {
            if let Some(shared) = widest.intersection(ports) {
                let line = before.line;
                let is_within = shared == ports;
                let message = if ports == widest {
                    message!("{} is listed twice, first on line {line}", ports)
                } else if is_within {
                    message!("{} is already covered by {} (line {line})", ports, widest)
                } else {
                    message!("{} overlaps {} (line {line})", ports, widest)
                };
                // What some programs do not read may not stand for what they do.
                let covering = &context.text[before.span.clone()];
                let is_usual = covering
                    .chars()
                    .all(|c| c.is_ascii_digit() || "-:".contains(c))
                    || covering == &context.text[entry.span.clone()];
                let edit = (is_within && is_usual).then(|| {
                    let is_again = list.notation.shape == Shape::Plain
                        && line < entry.line
                        && *compared
                            .entry([line, entry.line])
                            .or_insert_with(|| written(line) == written(entry.line));
                    if is_again {
                        return remove_line(context.text, entry);
                    }
                    remove(context.text, list, entry)
                });
                let edit = edit.flatten();
                found.push(Found::at(&RULE, entry, message).edit(edit));
            }
            if ports.last() > widest.last() {
                (widest, before) = (ports, entry);
            }
        }
    }
}

/// Whether a line is a part of a rule or of a set, which has further lines.
fn is_part(notation: &str, line: &str) -> bool {
    let code = &line[..comment_at(line)];
    let word = match notation {
        "nftables" => "dport",
        "pf" => "port",
        _ => return false,
    };
    !code.contains(word) || code.matches('{').count() != code.matches('}').count()
}

/// Finds rows and rules that are there twice. Between two tables or sections, a line may be repeated.
fn repeated_lines(context: &Context<'_>, found: &mut Vec<Found>) {
    let list = context.list;
    if list.notation.shape != Shape::Rows {
        return;
    }
    let explained: BTreeSet<u32> = found.iter().map(|finding| finding.line).collect();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut entries = list.entries.iter().peekable();
    let mut is_open = false;
    for (line, account) in context.text.lines().zip(&list.account) {
        let written = line.trim().trim_end_matches(',');
        let continues = std::mem::replace(&mut is_open, written.ends_with('\\'));
        let ends_section = match list.notation.name {
            "csv" => false,
            // Whatever is not the rule that it adds may empty the chain, or be a branch.
            "iptables" => account.reason != BLANK && !is_added_rule(written),
            _ => account.entries == 0 && account.reason != BLANK,
        };
        if ends_section {
            seen.clear();
        }
        while entries.next_if(|entry| entry.line < account.line).is_some() {}
        let Some(entry) = entries.peek().filter(|entry| entry.line == account.line) else {
            continue;
        };
        let is_asked = context.article.of_audit(entry.transports).is_some();
        // Of a row of several lines, one says little.
        let is_part = entry.is_spread || is_part(list.notation.name, written);
        if continues || is_open || is_part || !is_asked || explained.contains(&account.line) {
            continue;
        }
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let (Some(ports), Some(before)) = (entry.ports, seen.get(&written)) else {
            seen.insert(written, account.line);
            continue;
        };
        let message = message!("{} is listed twice, by the same line {before}", ports);
        // Of the rules of pf that match the last one counts, unless one is quick.
        let is_last_counted = list.notation.name == "pf" && !written.contains(" quick ");
        let edit = remove_line(context.text, entry).filter(|_| !is_last_counted);
        found.push(Found::at(&RULE, entry, message).edit(edit));
    }
}

/// Finds rows that say the same: those of one table, with the same keys and values.
fn repeated_rows(context: &Context<'_>, found: &mut Vec<Found>) {
    let entries = &context.list.entries;
    let explained: BTreeSet<(u32, u32)> = found
        .iter()
        .map(|finding| (finding.line, finding.column))
        .collect();
    let mut seen: BTreeMap<(usize, &str), u32> = BTreeMap::new();
    for row in &context.list.rows {
        let from = entries.partition_point(|entry| entry.span.start < row.span.start);
        let entry = entries
            .get(from)
            .filter(|entry| entry.span.start < row.span.end);
        let Some((entry, ports)) = entry.and_then(|entry| Some((entry, entry.ports?))) else {
            continue;
        };
        let is_asked = context.article.of_audit(entry.transports).is_some();
        if !is_asked || explained.contains(&(entry.line, entry.column)) {
            continue;
        }
        let key = (row.section, row.content.as_str());
        match seen.get(&key) {
            Some(line) => {
                let message = message!("{} is listed twice, first on line {line}", ports);
                found.push(Found::at(&RULE, entry, message));
            }
            None => {
                seen.insert(key, entry.line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

    #[test]
    fn a_line_that_comes_again_is_removed_as_a_whole() {
        let rows = ["80/tcp", "443/tcp", "3478-3497/udp"];
        for (line, again) in [
            ("- UDP 3478 to 3497", true),
            ("STUN (UDP 3478-3497)", true),
            ("UDP  3478-3497  out  2020-11-12", true),
            ("- TCP 80 and 443", true),
            ("TCP: 80, 443", true),
            // Another line with the same ports is another matter.
            ("- UDP 3478-3497", false),
            ("- TCP 443 and 80", false),
        ] {
            let first = "TCP: 80, 443\nUDP: 3478-3497\n";
            let (text, right) = if again {
                let other = if line.contains("TCP") {
                    "UDP: 3478-3497"
                } else {
                    "TCP: 80, 443"
                };
                (
                    format!("{other}\n{line}\n{line}\n"),
                    format!("{other}\n{line}\n"),
                )
            } else {
                (format!("{first}{line}\n"), format!("{first}{line}\n"))
            };
            let found = audit(&rows, &text);
            assert!(!found.is_empty(), "{text}");
            assert!(
                found.iter().all(|finding| finding.contains("L014")),
                "{text}{found:?}"
            );
            assert_eq!(fixed(&rows, &text), right);
        }
    }

    #[test]
    fn the_same_object_mapping_service_or_rule_twice_is_noted() {
        let rows = ["80/tcp", "443/tcp"];
        let status = "Status: active\n\nTo Action From\n-- ------ ----\n";
        for (text, place) in [
            ("[{\"port\":80,\"protocol\":\"tcp\"},{\"protocol\":\"TCP\",\"port\":80},{\"port\":443,\"protocol\":\"tcp\"}]\n".to_owned(), "1:56"),
            ("{\"tcp\": [80, 443, 80]}\n".to_owned(), "1:19"),
            ("ports:\n- port: 80\n  protocol: TCP\n- port: 443\n- protocol: TCP\n  port: 80\n".to_owned(), "6:9"),
            ("- {port: 80, protocol: TCP}\n- {port: 443, protocol: TCP}\n- port: 80\n  protocol: TCP\n".to_owned(), "3:9"),
            ("http 80/tcp www\nhttps 443/tcp\nhttp 80/tcp # again\n".to_owned(), "3:6"),
            (format!("{status}[ 1] 80/tcp ALLOW IN Anywhere\n[ 2] 443/tcp ALLOW IN Anywhere\n[ 3] 80/tcp  ALLOW IN Anywhere # again\n"), "7:6"),
            ("add action=accept dst-port=80 protocol=tcp\nadd action=accept dst-port=443 protocol=tcp\nadd action=accept dst-port=80 protocol=tcp\n".to_owned(), "3:28"),
            ("pass out proto tcp to port 80\npass out proto tcp to port 443\npass out proto tcp to  port 80\n".to_owned(), "3:29"),
            ("config rule\n option proto tcp\n option dest_port '80'\nconfig rule\n option proto tcp\n option dest_port 443\nconfig rule\n option dest_port 80\n option proto 'tcp'\n".to_owned(), "8:19"),
        ] {
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{text}{found:?}");
            let expected = format!("{place} L014 80 is listed twice");
            assert!(found[0].starts_with(&expected), "{found:?}");
        }
    }

    #[test]
    fn the_same_port_for_something_else_is_no_duplicate() {
        let rows = ["80/tcp"];
        let status = "Status: active\n\nTo Action From\n-- ------ ----\n";
        for text in [
            "[{\"name\":\"a\",\"port\":80,\"protocol\":\"tcp\"},{\"name\":\"b\",\"port\":80,\"protocol\":\"tcp\"}]\n",
            "{\"a\": [{\"port\": 80}], \"b\": [{\"port\": 80}]}\n",
            "egress:\n- to: a\n  ports:\n  - port: 80\n    protocol: TCP\n- to: b\n  ports:\n  - port: 80\n    protocol: TCP\n",
            "- name: a\n  port: 80\n  protocol: TCP\n- name: b\n  port: 80\n  protocol: TCP\n",
            "http 80/tcp\nwww 80/tcp http\n",
            "config rule\n option name a\n option proto tcp\n option dest_port 80\nconfig rule\n option name b\n option proto tcp\n option dest_port 80\n",
            &format!("{status}[ 1] 80/tcp ALLOW IN 10.0.0.1\n[ 2] 80/tcp ALLOW IN 10.0.0.2\n"),
        ] {
            assert_eq!(audit(&rows, text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_port_twice_is_noted_and_removed() {
        let rows = ["80/tcp", "8000-8999/tcp"];
        let found = audit(&rows, "80\n8000-8999\n8080\n80\n");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].starts_with("3:1 L014 8080 is already covered by 8000-8999 (line 2)"),
            "{found:?}"
        );
        assert_eq!(fixed(&rows, "80\n8000-8999\n8080\n80\n"), "80\n8000-8999\n");
        // The bracket of a list over several lines stays.
        for text in [
            "- tcp: [80,\n    8000-8999]\n- tcp: [8080,\n    8000-8999]\n- tcp: [1]\n",
            "TCP: \"80,\n  8000-8999\"\nmore tcp: \"1,\n  8000-8999\"\n",
        ] {
            let after = fixed(&rows, text);
            let count = |text: &str, sign| text.matches(sign).count();
            for sign in ['[', ']', '"'] {
                assert_eq!(count(&after, sign), count(text, sign), "{after}");
            }
        }
        // Of two, the one stays that every program reads.
        for (text, right) in [
            ("80, 8000..8999, 8000-8999\n", None),
            ("80, 8000 - 8999, 8000-8999\n", None),
            ("80, 8000 - 8999, 8000 - 8999\n", Some("80, 8000 - 8999\n")),
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{text}{found:?}");
            assert_eq!(fixed(&rows, text), right.unwrap_or(text));
        }
    }

    #[test]
    fn the_same_row_or_rule_twice_is_noted_and_removed() {
        let rows = ["80/tcp"];
        for (line, heading) in [
            ("80\ttcp", "port\tproto\n"),
            ("-A O -p tcp --dport 80 -j ACCEPT", ""),
            ("tcp dport 80 accept", "chain output {\n"),
            ("ufw allow out 80/tcp", ""),
            ("permit tcp any any eq 80", "ip access-list extended A\n"),
            ("<port port=\"80\" protocol=\"tcp\"/>", "<service>\n"),
        ] {
            let text = format!("{heading}{line}\n\n{line}\n");
            let found = audit(&rows, &text);
            assert_eq!(found.len(), 1, "{text}{found:?}");
            assert!(found[0].contains("L014 80 is listed twice"), "{found:?}");
            assert_eq!(fixed(&rows, &text), format!("{heading}{line}\n\n"));
        }
        let objects = "[\n {\"port\": 80},\n {\"port\": 80}\n]\n";
        assert_eq!(audit(&rows, objects).len(), 1);
        let sets = "tcp dport { 443,\n80 } accept\nudp dport { 443,\n80 } accept\n";
        let both = ["80/tcp", "443/tcp", "80/udp", "443/udp"];
        assert_eq!(audit(&both, sets), [""; 0]);
        // The other rows say what each is for, and other sections are other lists.
        for text in [
            "port\tproto\tname\n80\ttcp\ta\n80\ttcp\tb\n",
            "chain a {\ntcp dport 80 accept\n}\nchain b {\ntcp dport 80 accept\n}\n",
            "*filter\n-A O -p tcp --dport 80 -j ACCEPT\nCOMMIT\n*raw\n-A O -p tcp --dport 80 -j ACCEPT\nCOMMIT\n",
            "ip access-list extended A\n permit tcp any any eq 80\nip access-list extended B\n permit tcp any any eq 80\n",
        ] {
            assert_eq!(audit(&rows, text), [""; 0], "{text}");
        }
    }

    /// Commands between two rules may take the first away, or be other branches of a script.
    #[test]
    fn rules_of_a_script_are_repeated_only_side_by_side() {
        let rule = "iptables -A OUTPUT -p tcp --dport 443 -j ACCEPT\n";
        let rows = ["443/tcp"];
        for text in [
            format!("if [ -n \"$VPN\" ]; then\n{rule}else\n{rule}fi\n"),
            format!("{rule}iptables -F OUTPUT\n{rule}"),
            format!("{rule}iptables -D OUTPUT -p tcp --dport 443 -j ACCEPT\n{rule}"),
            format!("start)\n{rule};;\nrestart)\n{rule};;\n"),
        ] {
            assert_eq!(fixed(&rows, &text), text);
        }
        let text = format!("{rule}# again\niptables -A OUTPUT -o lo -j ACCEPT\n{rule}");
        assert_ne!(fixed(&rows, &text), text);
    }

    #[test]
    fn the_last_rule_of_pf_counts() {
        let rows = ["443/tcp"];
        let text = "pass out proto tcp to port 443 queue web\npass out on em1 proto tcp to port 443 queue slow\npass out proto tcp to port 443 queue web\n";
        assert_eq!(fixed(&rows, text), text);
    }
}
