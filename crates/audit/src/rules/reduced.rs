//! L004: a range of which only the ends are left.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{Level, PortRange, Rule, Transport, message};

use super::transport_missing;
use crate::article::{Row, outside};
use crate::judge::{Context, Coverage, Edit, Found, remove, rewritten};
use crate::list::Entry;

pub(super) const RULE: Rule = Rule {
    code: "L004",
    level: Level::Error,
    short: "range reduced to its ends",
    title: "a range is reduced to its ends",
    why: "The ports between stay closed, or are taken for free.",
    example: "`8000` and `8999` for the article's 8000-8999.",
    help: "write the range",
};

/// A row, or rows that touch each other, of which a list may have the ends alone.
struct Range<'a> {
    ports: PortRange,
    transport: Transport,
    rows: Vec<&'a Row<'a>>,
}

/// The rows, and those that touch each other as one: lists that join them are right as well.
fn ranges<'a>(context: &Context<'a>) -> Vec<Range<'a>> {
    let article = context.article;
    let rows = context.expected();
    let rows = rows.filter_map(|row| {
        Some(Range {
            ports: row.ports,
            transport: row.transport?,
            rows: vec![row],
        })
    });
    let mut ranges: Vec<Range<'a>> = rows.collect();
    for transport in Transport::ALL {
        for ports in article.asked(transport).ranges() {
            let rows = context.expected_in(*ports);
            let rows: Vec<&Row<'a>> = rows
                .filter(|row| row.transport == Some(transport))
                .collect();
            if rows.len() > 1 {
                ranges.push(Range {
                    ports: *ports,
                    transport,
                    rows,
                });
            }
        }
    }
    ranges
}

/// The ports that the list has by themselves, with their entries.
fn singles<'a>(context: &Context<'a>) -> BTreeMap<u16, Vec<&'a Entry>> {
    let mut by_port: BTreeMap<u16, Vec<&Entry>> = BTreeMap::new();
    for entry in &context.list.entries {
        if let Some(ports) = entry.ports.filter(|ports| ports.is_single()) {
            by_port.entry(ports.first()).or_default().push(entry);
        }
    }
    by_port
}

/// Finds the ranges of which the list has the first and the last port alone. Returns their rows.
pub(super) fn run(
    context: &Context<'_>,
    intended: &Coverage,
    found: &mut Vec<Found>,
) -> BTreeSet<(PortRange, Transport)> {
    let mut reduced = BTreeSet::new();
    if context.list.is_names {
        return reduced;
    }
    let singles = singles(context);
    let single = |port: u16, transport: Transport| {
        let mut entries = singles.get(&port)?.iter().copied();
        entries.find(|entry| entry.transports.is_empty() || entry.transports.has(transport))
    };
    let mut seen = BTreeSet::new();
    for range in ranges(context) {
        let (ports, transport) = (range.ports, range.transport);
        if ports.count() < 3 {
            continue;
        }
        let Ok(inner) = PortRange::new(ports.first() + 1, ports.last() - 1) else {
            continue;
        };
        let (Some(first), Some(last)) = (
            single(ports.first(), transport),
            single(ports.last(), transport),
        ) else {
            continue;
        };
        if outside(inner, intended.of(transport)) != inner.count() {
            continue;
        }
        // Neighbours that are rows by themselves are right; what is between them is damaged.
        let is_row = |port: u16| {
            let mut rows = range.rows.iter();
            rows.any(|row| row.ports == PortRange::single(port))
        };
        if is_row(ports.first()) && is_row(ports.last()) {
            continue;
        }
        reduced.extend(range.rows.iter().map(|row| (row.ports, transport)));
        if !seen.insert((first.span.start, last.span.start)) {
            continue;
        }
        // A transport behind the last one is for the range.
        let is_first =
            |finding: &Found| (finding.line, finding.column) == (first.line, first.column);
        found.retain(|finding| {
            finding.rule.code != transport_missing::RULE.code || !is_first(finding)
        });
        let names: Vec<String> = range.rows.iter().map(|row| row.name()).collect();
        let row = range.rows[0];
        let evidence = row.evidence();
        let message = message!(
            "{} and {}: only the ends of {} ({evidence})",
            ports.first(),
            ports.last(),
            names.join(" and ")
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
    let places = |entry: &Entry| (entry.group, entry.scope);
    if places(first) != places(last) || first.span.start > last.span.start {
        return None;
    }
    let between = context.text.get(first.span.end..last.span.start)?;
    if !between.contains(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '\n' | '`')) {
        // Nothing is between them but a sign.
        let joined = Entry {
            span: first.span.start..last.span.end,
            ..first.clone()
        };
        return rewritten(context.text, context.list, &joined, &[ports]);
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

    #[test]
    fn the_ends_of_rows_that_touch_are_one_finding() {
        let rows = ["16393-16402/udp", "16403-16472/udp"];
        let found = audit(&rows, "16393/udp\n16472/udp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("L004"), "{found:?}");
        let right = fixed(&rows, "16393/udp\n16472/udp\n");
        assert_eq!(right, "16393-16472/udp\n");
    }

    #[test]
    fn neighbours_of_a_damaged_row_are_no_ends() {
        let rows = ["3283/tcp", "3284/tcp", "3285/tcp"];
        let found = audit(&rows, "3283/tcp\n3828/tcp\n3285/tcp\n");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].starts_with("0 L001 3284/tcp is missing"),
            "{found:?}"
        );
        assert!(found[1].starts_with("2:1 L002"), "{found:?}");
    }

    #[test]
    fn the_ends_in_two_lists_are_not_joined() {
        let rows = ["3478-3497/udp", "16384-16387/udp"];
        let text = "UDP_IN=\"3478,16384:16387\"\nUDP_OUT=\"16384:16387,3497\"\n";
        assert_eq!(fixed(&rows, text), text);
    }
}
