//! The registry's verdict on each row of `ports.csv`.

use appleports_model::{CrossCheck, IanaStatus, PortRange, Record, Registry, Transport};

/// Gives each record its verdicts, one for each range and transport, each with
/// the lines of the registry on which it rests.
pub fn cross_check(records: &mut [Record], registry: &Registry) {
    for record in records {
        record.cross_check = record
            .rows()
            .map(|(ports, transport)| verdict(record, ports, transport, registry))
            .collect();
    }
}

/// Compares at the range's first port, case-insensitively, with all names there.
fn verdict(
    record: &Record,
    ports: PortRange,
    transport: Option<Transport>,
    registry: &Registry,
) -> CrossCheck {
    let port = ports.first();
    let name = record.name_at(port);
    let mut check = CrossCheck {
        ports,
        transport,
        iana_status: IanaStatus::NoTransport,
        iana_names: Vec::new(),
        edition: registry.edition.clone(),
        lines: Vec::new(),
    };
    let Some(transport) = transport else {
        return check;
    };
    for entry in registry.at(port, transport) {
        if !check.iana_names.iter().any(|name| name == entry.name) {
            check.iana_names.push(entry.name.to_owned());
        }
        check.lines.push(entry.line);
    }
    if check.lines.is_empty() {
        check
            .lines
            .extend(registry.others_at(port, transport).map(|entry| entry.line));
    }
    let is_name = |other: &String| other.eq_ignore_ascii_case(name);
    check.iana_status = if name.is_empty() {
        if check.iana_names.is_empty() {
            IanaStatus::NoNameUnassigned
        } else {
            IanaStatus::NoName
        }
    } else if check.iana_names.iter().any(is_name) {
        IanaStatus::Match
    } else if let Some(line) = elsewhere(registry, name, |ports| ports.contains(port)) {
        check.lines.push(line);
        check.lines.dedup();
        IanaStatus::OtherTransport
    } else if let Some(line) = elsewhere(registry, name, |_| true) {
        check.lines.push(line);
        IanaStatus::NameElsewhere
    } else if check.iana_names.is_empty() {
        IanaStatus::Unassigned
    } else {
        IanaStatus::OtherName
    };
    check
}

/// The line of the first row with this name whose ports satisfy `wanted`.
fn elsewhere(registry: &Registry, name: &str, wanted: impl Fn(PortRange) -> bool) -> Option<u32> {
    registry
        .named(name)
        .find(|entry| entry.ports.is_some_and(&wanted))
        .map(|entry| entry.line)
}

#[cfg(test)]
mod tests {
    use appleports_model::PortName;
    use appleports_model::Transport::{Tcp, Udp};

    use super::*;
    use crate::testing::{entry, record, registry};

    #[test]
    fn every_verdict_in_its_order() {
        let registry = registry(vec![
            entry("http", "80", Tcp, 2),
            entry("www", "80", Tcp, 3),
            entry("smtp", "25", Tcp, 4),
            entry("urd", "465", Tcp, 5),
            entry("rfb", "5900", Tcp, 6),
            entry("git", "9418", Tcp, 7),
        ]);
        for (ports, transports, name, status, names, lines) in [
            (
                "80",
                &[Tcp][..],
                "WWW",
                IanaStatus::Match,
                "http www",
                vec![2, 3],
            ),
            (
                "465",
                &[Tcp],
                "smtp",
                IanaStatus::NameElsewhere,
                "urd",
                vec![5, 4],
            ),
            (
                "5900",
                &[Tcp],
                "vnc-server",
                IanaStatus::OtherName,
                "rfb",
                vec![6],
            ),
            (
                "9418",
                &[Udp],
                "git",
                IanaStatus::OtherTransport,
                "",
                vec![7],
            ),
            (
                "5901",
                &[Tcp],
                "vnc-server",
                IanaStatus::Unassigned,
                "",
                vec![],
            ),
            ("80", &[Tcp], "", IanaStatus::NoName, "http www", vec![2, 3]),
            ("81", &[Tcp], "", IanaStatus::NoNameUnassigned, "", vec![]),
            ("80", &[], "http", IanaStatus::NoTransport, "", vec![]),
        ] {
            let mut records = [record(ports, transports, name)];
            cross_check(&mut records, &registry);
            let check = &records[0].cross_check[0];
            assert_eq!(
                (
                    check.iana_status,
                    check.iana_names.join(" ").as_str(),
                    &check.lines
                ),
                (status, names, &lines),
                "{ports} {name}"
            );
        }
    }

    #[test]
    fn the_verdict_is_about_the_name_and_not_its_alias() {
        let list = vec![entry("net-assistant", "3283", Tcp, 2)];
        let registry = registry(list);
        for (names, status) in [
            (["net-assistant", "classroom"], IanaStatus::Match),
            (["classroom", "net-assistant"], IanaStatus::OtherName),
        ] {
            let mut records = [record("3283", &[Tcp], names[0])];
            records[0].port_names = names
                .map(|name| PortName {
                    port: 3283,
                    name: name.to_owned(),
                })
                .to_vec();
            cross_check(&mut records, &registry);
            assert_eq!(records[0].cross_check[0].iana_status, status, "{names:?}");
        }
    }
}
