//! L014: entries that share ports.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{Level, PortRange, Rule, message};

use crate::judge::{Context, Found, remove};
use crate::list::Entry;
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
        assert_eq!(
            audit(&rows, "port\tproto\n80\ttcp\n80\ttcp\n8000-8999\ttcp\n"),
            [""; 0]
        );
    }
}
