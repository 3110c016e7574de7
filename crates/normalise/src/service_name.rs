//! The service-name cell: one name, or several that belong to single ports.

use appleports_model::{PortName, PortRange, has_blank_text};

/// What a service-name cell says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct NameCell {
    /// The name of the first port; empty where there is none.
    pub(crate) first: String,
    /// The names and their ports, where the cell names several ports.
    pub(crate) port_names: Vec<PortName>,
    /// Names for which the row has no port left.
    pub(crate) unplaced: Vec<String>,
}

/// Reads a cell whose marks have been taken off.
///
/// `a - b` on a range names its ends; `a, b` names the first ports one by one (or
/// the ranges of a list one by one), a dash standing for a port without a name.
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
}
