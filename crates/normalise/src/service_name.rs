//! The service-name cell: one name, or several that belong to single ports.

use std::collections::BTreeSet;

use appleports_model::{Message, PortName, PortRange, has_blank_text, joined, message};

/// What a service-name cell says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct NameCell {
    /// The name of the first port; empty where there is none.
    pub(crate) first: String,
    /// The names and their ports, where the cell has several.
    pub(crate) port_names: Vec<PortName>,
    /// Names for which the row has no port left.
    pub(crate) unplaced: Vec<String>,
}

/// The most names that one port can have: a name and its aliases.
const MAX_NAMES: usize = 16;

/// Reads a cell whose marks have been taken off.
///
/// `a - b` on a range names its ends; `a, b` names the first ports one by one (or
/// the ranges of a list one by one), a dash standing for a port without a name. On a
/// single port, `a, b` is a name and its alias.
pub(crate) fn read_names(text: &str, ports: &[PortRange]) -> NameCell {
    if has_blank_text(text) {
        return NameCell::default();
    }
    let ends: Vec<&str> = text
        .split(" - ")
        .flat_map(|part| part.split(" – "))
        .map(str::trim)
        .collect();
    let listed: Vec<&str> = text.split([',', ';']).map(str::trim).collect();
    if let ([range], [_, _, ..]) = (ports, listed.as_slice())
        && range.is_single()
    {
        return name_and_aliases(range.first(), listed);
    }
    let places: usize = match ports {
        [range] => usize::try_from(range.count()).unwrap_or(usize::MAX),
        _ => ports.len(),
    };
    let unplaced = listed
        .iter()
        .skip(places)
        .filter(|name| !has_blank_text(name))
        .map(|name| (*name).to_owned())
        .collect();
    let pairs: Vec<(u16, &str)> = match (ends.as_slice(), listed.as_slice(), ports) {
        ([first, last], [_], [range]) if !range.is_single() => {
            vec![(range.first(), first), (range.last(), last)]
        }
        (_, [_, _, ..], [range]) => (range.first()..=range.last()).zip(listed).collect(),
        (_, [_, _, ..], [_, _, ..]) => ports
            .iter()
            .map(|range| range.first())
            .zip(listed)
            .collect(),
        _ => {
            return NameCell {
                first: text.to_owned(),
                ..NameCell::default()
            };
        }
    };
    let port_names: Vec<PortName> = pairs
        .into_iter()
        .filter(|(_, name)| !has_blank_text(name))
        .map(|(port, name)| PortName {
            port,
            name: name.to_owned(),
        })
        .collect();
    let first_port = ports.first().map(|range| range.first());
    let first = port_names
        .iter()
        .find(|entry| Some(entry.port) == first_port)
        .map_or_else(String::new, |entry| entry.name.clone());
    NameCell {
        first,
        port_names,
        unplaced,
    }
}

/// Several names of one port: the first is its name, the others are its aliases.
fn name_and_aliases(port: u16, listed: Vec<&str>) -> NameCell {
    let mut seen = BTreeSet::new();
    let mut names = listed
        .into_iter()
        .filter(|name| !has_blank_text(name) && seen.insert(name.to_ascii_lowercase()))
        .map(str::to_owned);
    let placed: Vec<String> = names.by_ref().take(MAX_NAMES).collect();
    let unplaced = names.collect();
    let first = placed.first().cloned().unwrap_or_default();
    let entry = |name| PortName { port, name };
    let port_names = match placed.len() {
        0 | 1 => Vec::new(),
        _ => placed.into_iter().map(entry).collect(),
    };
    NameCell {
        first,
        port_names,
        unplaced,
    }
}

/// A sentence about a cell with several names.
pub(crate) fn describe(cell: &str, names: &[PortName]) -> Message {
    match names {
        [first, aliases @ ..]
            if !aliases.is_empty() && aliases.iter().all(|entry| entry.port == first.port) =>
        {
            let aliases = joined(aliases.iter().map(|entry| &entry.name), " and ");
            message!(
                "`{}` names port {} {}, with the alias {aliases}",
                cell,
                first.port,
                first.name
            )
        }
        _ => {
            let list = names
                .iter()
                .map(|entry| format!("{} for port {}", entry.name, entry.port));
            let list = joined(list, " and ");
            message!("`{}` names {list}", cell)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, ports: &[&str]) -> (String, Vec<(u16, String)>) {
        let ports: Vec<PortRange> = ports.iter().map(|port| port.parse().unwrap()).collect();
        let names = read_names(text, &ports);
        (
            names.first,
            names
                .port_names
                .into_iter()
                .map(|entry| (entry.port, entry.name))
                .collect(),
        )
    }

    #[test]
    fn each_name_goes_to_its_port() {
        assert_eq!(read("-", &["1"]), (String::new(), vec![]));
        assert_eq!(read("awacs-ice", &["4488"]), ("awacs-ice".into(), vec![]));
        assert_eq!(
            read("nat-stun-port - ipether232port", &["3478-3497"]),
            (
                "nat-stun-port".into(),
                vec![
                    (3478, "nat-stun-port".into()),
                    (3497, "ipether232port".into())
                ]
            )
        );
        assert_eq!(
            read("connected, -", &["16384-16387"]),
            ("connected".into(), vec![(16384, "connected".into())])
        );
        assert_eq!(
            read("rmiregistry", &["1099", "8043"]),
            ("rmiregistry".into(), vec![])
        );
        assert_eq!(
            read("a, b", &["10", "20"]),
            ("a".into(), vec![(10, "a".into()), (20, "b".into())])
        );
    }

    #[test]
    fn further_names_of_one_port_are_aliases() {
        assert_eq!(
            read("net-assistant, classroom", &["3283"]),
            (
                "net-assistant".into(),
                vec![(3283, "net-assistant".into()), (3283, "classroom".into())]
            )
        );
        for cell in ["http, HTTP", "-, http", "http; —", "http,"] {
            let (first, names) = read(cell, &["80"]);
            assert_eq!(
                (first.to_ascii_lowercase().as_str(), names.len()),
                ("http", 0),
                "{cell}"
            );
        }
    }

    #[test]
    fn names_without_a_port_are_told() {
        let unplaced =
            |text: &str, ports: &str| read_names(text, &[ports.parse().unwrap()]).unplaced;
        assert_eq!(unplaced("a, b, c", "10-11"), ["c"]);
        assert_eq!(unplaced("a, b, c", "10-12"), Vec::<String>::new());
        let many: Vec<String> = (1..=17).map(|number| format!("n{number}")).collect();
        assert_eq!(unplaced(&many.join(", "), "10"), ["n17"]);
        assert_eq!(unplaced(&many[..16].join(", "), "10"), Vec::<String>::new());
    }

    #[test]
    fn the_message_tells_aliases_from_ports() {
        let message = |text: &str, ports: &str| {
            describe(
                text,
                &read_names(text, &[ports.parse().unwrap()]).port_names,
            )
            .text
        };
        assert_eq!(
            message("net-assistant, classroom", "3283"),
            "`net-assistant, classroom` names port 3283 net-assistant, with the alias classroom"
        );
        assert_eq!(
            message("a - b", "1-2"),
            "`a - b` names a for port 1 and b for port 2"
        );
    }
}
