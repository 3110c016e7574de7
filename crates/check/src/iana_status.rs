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
        if !check.iana_names.contains(&entry.name) {
            check.iana_names.push(entry.name.clone());
        }
        check.lines.push(entry.line);
    }
    if check.lines.is_empty() {
        check.lines.extend(
            registry
                .nameless_at(port, transport)
                .map(|entry| entry.line),
        );
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
    use appleports_model::{Assignment, Provenance, Registration, RegistryEntry};

    use super::*;

    fn entry(name: &str, ports: &str, transport: Transport, line: u32) -> RegistryEntry {
        RegistryEntry {
            name: name.into(),
            ports: ports.parse().ok(),
            transport: Some(transport),
            assignment: Assignment::Assigned,
            description: String::new(),
            reference: String::new(),
            unauthorized_use: String::new(),
            notes: String::new(),
            line,
        }
    }

    fn record(ports: &str, transports: &[Transport], name: &str) -> Record {
        Record {
            id: "r".into(),
            ports: vec![ports.parse().unwrap()],
            transports: transports.to_vec(),
            port_names: vec![],
            service_name: name.into(),
            title: String::new(),
            rfcs: vec![],
            registration: Registration::Unstated,
            deprecated: false,
            used_by: String::new(),
            products: vec![],
            used_by_parts: vec![],
            note: String::new(),
            same_port: vec![],
            cross_check: vec![],
            provenance: Provenance {
                source: "s".into(),
                line_first: 1,
                line_last: 1,
                cells: vec![],
                cell_lines: vec![],
                merged_lines: vec![],
            },
        }
    }

    #[test]
    fn every_verdict_in_the_order_of_the_contract() {
        use Transport::{Tcp, Udp};
        let registry = Registry::new(
            "iana/2020-01-01",
            vec![
                entry("http", "80", Tcp, 2),
                entry("www", "80", Tcp, 3),
                entry("smtp", "25", Tcp, 4),
                entry("urd", "465", Tcp, 5),
                entry("rfb", "5900", Tcp, 6),
                entry("git", "9418", Tcp, 7),
            ],
        );
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
}
