//! L004: a range of which only the ends are left.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{Level, PortRange, PortSet, Rule, Transport, message};

use crate::article::outside;
use crate::judge::{Context, Coverage, Edit, Found, remove, rewritten};
use crate::list::Entry;

pub(super) const RULE: Rule = Rule {
    code: "L004",
    level: Level::Error,
    title: "a range is reduced to its ends",
    why: "The ports between count as free, or stay closed.",
    example: "`8000` and `8999` for the article's 8000-8999.",
    help: "write the range",
};

/// Finds the rows of which the list has the first and the last port alone.
pub(super) fn run(
    context: &Context<'_>,
    meant: &Coverage,
    found: &mut Vec<Found>,
) -> BTreeSet<(PortRange, Transport)> {
    let mut reduced = BTreeSet::new();
    let singles = context.list.entries.iter();
    let singles = singles.filter_map(|entry| {
        let ports = entry.ports.filter(|own| own.is_single())?;
        Some((ports.first(), entry))
    });
    let mut by_port: BTreeMap<u16, Vec<&Entry>> = BTreeMap::new();
    for (port, entry) in singles {
        by_port.entry(port).or_default().push(entry);
    }
    let single = |port: u16, transport: Transport| {
        let entries = by_port.get(&port)?;
        entries
            .iter()
            .copied()
            .find(|entry| entry.transports.is_empty() || entry.transports.has(transport))
    };
    let mut seen = BTreeSet::new();
    for row in context.expected().filter(|_| !context.list.is_names) {
        let (ports, Some(transport)) = (row.ports, row.transport) else {
            continue;
        };
        if ports.count() < 3 {
            continue;
        }
        let Ok(inner) = PortRange::new(ports.first() + 1, ports.last() - 1) else {
            continue;
        };
        let others: PortSet = meant.of(transport).clone();
        if outside(inner, &others) != inner.count() {
            continue;
        }
        let (Some(first), Some(last)) = (
            single(ports.first(), transport),
            single(ports.last(), transport),
        ) else {
            continue;
        };
        reduced.insert((ports, transport));
        if !seen.insert((first.span.start, last.span.start)) {
            continue;
        }
        let evidence = row.evidence();
        let message = message!(
            "{} and {}: only the ends of {} ({evidence})",
            ports.first(),
            ports.last(),
            row.name()
        );
        found.push(
            Found::at(&RULE, first, message)
                .row(row)
                .edit(edit(context, first, last, ports)),
        );
    }
    reduced
}

fn edit(context: &Context<'_>, first: &Entry, last: &Entry, ports: PortRange) -> Option<Edit> {
    if first.group != last.group || first.span.start > last.span.start {
        return None;
    }
    let range = rewritten(context.text, context.list, first, &[ports])?;
    let room = &context.list.groups[first.group];
    if room.separator.is_none() || room.used > room.slots {
        return None;
    }
    Some(range.and(remove(context.text, context.list, last)?))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{audit, fixed};

    #[test]
    fn the_ends_alone_are_one_finding() {
        let rows = ["80/tcp", "8000-8999/tcp"];
        for (text, right) in [
            ("80\n8000\n8999\n", "80\n8000-8999\n"),
            ("80, 8000, 8999\n", "80, 8000-8999\n"),
            ("[80, 8000, 8999]\n", "[80, \"8000-8999\"]\n"),
            (
                "-A O -p tcp -m multiport --dports 80,8000,8999 -j ACCEPT\n",
                "-A O -p tcp -m multiport --dports 80,8000:8999 -j ACCEPT\n",
            ),
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(
                found[0].contains("L004 8000 and 8999: only the ends"),
                "{found:?}"
            );
            assert_eq!(fixed(&rows, text), right);
        }
    }
}
