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
