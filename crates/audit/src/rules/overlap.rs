//! L014: entries that share ports.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{Level, PortRange, Rule, message};

use crate::judge::{Context, Found, remove, remove_line};
use crate::list::{BLANK, Entry};
use crate::transports::Transports;

pub(super) const RULE: Rule = Rule {
    code: "L014",
    level: Level::Note,
    title: "two entries of the list share ports",
    why: "The port stays open after one of them is removed, and some programs refuse such a list.",
    example: "`80` twice, or `8000-8999` and `8080`.",
    help: "keep one of them",
};

pub(super) fn run(context: &Context<'_>, found: &mut Vec<Found>) {
    repeated_lines(context, found);
    if context.list.is_table {
        return;
    }
    // What has an explanation is intended otherwise.
    let explained: BTreeSet<(u32, u32)> = found.iter().map(|own| (own.line, own.column)).collect();
    // Entries by what can overlap: those of one expression and one transport.
    let mut groups: BTreeMap<(usize, Transports), Vec<(PortRange, &Entry)>> = BTreeMap::new();
    for entry in &context.list.entries {
        if let Some(ports) = entry.ports
            && !explained.contains(&(entry.line, entry.column))
            && context.article.of_audit(entry.transports).is_some()
        {
            groups
                .entry((entry.group, entry.transports))
                .or_default()
                .push((ports, entry));
        }
    }
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
                let edit = is_within
                    .then(|| remove(context.text, context.list, entry))
                    .flatten();
                found.push(Found::at(&RULE, entry, message).edit(edit));
            }
            if ports.last() > widest.last() {
                (widest, before) = (ports, entry);
            }
        }
    }
}

/// The notations in which a line is a rule or a row, so that the same line again adds nothing.
const BY_LINE: [&str; 7] = [
    "csv",
    "json",
    "iptables",
    "cisco",
    "ufw",
    "ufw-status",
    "firewalld",
];

/// Finds rows and rules that are there twice. Between two tables or sections, a line may be repeated.
fn repeated_lines(context: &Context<'_>, found: &mut Vec<Found>) {
    let list = context.list;
    if !BY_LINE.contains(&list.notation) {
        return;
    }
    let explained: BTreeSet<u32> = found.iter().map(|own| own.line).collect();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let mut entries = list.entries.iter().peekable();
    let mut is_open = false;
    for (line, own) in context.text.lines().zip(&list.account) {
        let written = line.trim().trim_end_matches(',');
        let continues = std::mem::replace(&mut is_open, written.ends_with('\\'));
        let ends_section = match list.notation {
            "csv" => false,
            "iptables" => written.starts_with('*') || written == "COMMIT",
            _ => own.entries == 0 && own.reason != BLANK,
        };
        if ends_section {
            seen.clear();
        }
        while entries.next_if(|entry| entry.line < own.line).is_some() {}
        let Some(entry) = entries.peek().filter(|entry| entry.line == own.line) else {
            continue;
        };
        let is_part =
            list.notation == "json" && !(written.starts_with('{') && written.ends_with('}'));
        let is_asked = context.article.of_audit(entry.transports).is_some();
        if continues || is_open || is_part || !is_asked || explained.contains(&own.line) {
            continue;
        }
        let (Some(ports), Some(before)) = (entry.ports, seen.get(written)) else {
            seen.insert(written, own.line);
            continue;
        };
        let message = message!("{} is listed twice, by the same line {before}", ports);
        let is_line = list.notation != "json";
        let edit = is_line.then(|| remove_line(context.text, entry)).flatten();
        found.push(Found::at(&RULE, entry, message).edit(edit));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

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
    }

    #[test]
    fn the_same_row_or_rule_twice_is_noted_and_removed() {
        let rows = ["80/tcp"];
        for (line, heading) in [
            ("80\ttcp", "port\tproto\n"),
            ("-A O -p tcp --dport 80 -j ACCEPT", ""),
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
        // The other rows say what each is for, and other sections are other lists.
        for text in [
            "port\tproto\tname\n80\ttcp\ta\n80\ttcp\tb\n",
            "*filter\n-A O -p tcp --dport 80 -j ACCEPT\nCOMMIT\n*raw\n-A O -p tcp --dport 80 -j ACCEPT\nCOMMIT\n",
            "ip access-list extended A\n permit tcp any any eq 80\nip access-list extended B\n permit tcp any any eq 80\n",
        ] {
            assert_eq!(audit(&rows, text), [""; 0], "{text}");
        }
    }
}
