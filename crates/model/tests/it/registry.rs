//! Whatever the rows are, the registry gives them back as they came, and its look-ups
//! find what a walk through all rows finds, in the order of the file.

use appleports_model::{Assignment, PortRange, Registry, RegistryEntry, Transport};
use proptest::prelude::*;

/// Name, ports, transport and a text: few values, so that rows meet.
type Row = (String, Option<PortRange>, Option<Transport>, String);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let name = proptest::sample::select(vec!["", "http", "HTTP", "http-alt", "ä", "Ä", "x"]);
    let ports = (1_u16..7, 0_u16..4).prop_map(|(at, more)| PortRange::new(at, at + more).unwrap());
    let transport = proptest::sample::select(&Transport::ALL[..]);
    let row = (
        name.prop_map(str::to_owned),
        proptest::option::of(ports),
        proptest::option::of(transport),
        "\\PC{0,3}",
    );
    proptest::collection::vec(row, 0..40)
}

fn entry((line, row): (u32, &Row)) -> RegistryEntry<'_> {
    let (name, ports, transport, text) = row;
    RegistryEntry {
        name,
        ports: *ports,
        transport: *transport,
        assignment: Assignment::Assigned,
        description: text,
        reference: name,
        unauthorized_use: "",
        notes: text,
        line,
        spacing: 1,
    }
}

fn lines<'a>(found: impl Iterator<Item = RegistryEntry<'a>>) -> Vec<u32> {
    found.map(|entry| entry.line).collect()
}

proptest! {
    #[test]
    fn look_ups_find_what_a_walk_finds(rows in rows()) {
        let entries: Vec<_> = (1..).zip(&rows).map(entry).collect();
        let registry = Registry::new("e", entries.iter().copied());
        prop_assert_eq!(registry.entries().collect::<Vec<_>>(), entries.clone());
        let walk = |wanted: &dyn Fn(&RegistryEntry<'_>) -> bool| {
            lines(entries.iter().copied().filter(|entry| wanted(entry)))
        };
        for name in ["http", "Http", "http-alt", "ä", "Ä", "none", ""] {
            let named = walk(&|entry| !name.is_empty() && entry.name.eq_ignore_ascii_case(name));
            prop_assert_eq!(lines(registry.named(name)), named, "{}", name);
        }
        for (port, transport) in (0..12).flat_map(|port| Transport::ALL.map(|one| (port, one))) {
            let covers = |entry: &RegistryEntry<'_>| {
                entry.ports.is_some_and(|ports| ports.contains(port))
            };
            let named = walk(&|entry| {
                !entry.name.is_empty() && entry.transport == Some(transport) && covers(entry)
            });
            prop_assert_eq!(lines(registry.at(port, transport)), named);
            let others = walk(&|entry| {
                let names_it = !entry.name.is_empty() && entry.transport.is_some();
                !names_it && entry.transport.is_none_or(|known| known == transport) && covers(entry)
            });
            prop_assert_eq!(lines(registry.others_at(port, transport)), others);
        }
    }
}

#[test]
fn an_edition_without_rows_has_nothing_to_find() {
    let registry = Registry::default();
    assert_eq!(registry.entries().len(), 0);
    assert_eq!(registry.named("http").count(), 0);
    assert_eq!(registry.at(80, Transport::Tcp).count(), 0);
}

#[test]
fn a_row_added_after_a_look_up_is_found() {
    let port = Some(PortRange::single(80));
    let row = ("http".to_owned(), port, Some(Transport::Tcp), String::new());
    let mut registry = Registry::default();
    assert_eq!(registry.named("http").count(), 0);
    registry.push(&entry((1, &row)));
    assert_eq!(registry.named("HTTP").count(), 1);
    let found = registry.at(80, Transport::Tcp).next();
    assert_eq!(found.unwrap().name, "http");
}

/// One key for each port of each row would be 1.3 thousand million of them.
#[test]
fn a_range_of_all_ports_takes_no_more_room_than_one_port() {
    let all = PortRange::new(1, u16::MAX).ok();
    let row = ("all".to_owned(), all, Some(Transport::Tcp), String::new());
    let registry = Registry::new("e", (1..=20_000).map(|line| entry((line, &row))));
    assert_eq!(registry.at(80, Transport::Tcp).count(), 20_000);
    assert_eq!(registry.at(80, Transport::Udp).count(), 0);
}
