//! Small records and registry rows for the tests.

use appleports_model::{
    Assignment, Provenance, Record, Registration, Registry, RegistryEntry, Transport,
};

/// A registry row: name, ports, transport; description, reference and notes to be set.
pub(crate) fn entry(
    name: &'static str,
    ports: &str,
    transport: Transport,
    line: u32,
) -> RegistryEntry<'static> {
    RegistryEntry {
        name,
        ports: ports.parse().ok(),
        transport: Some(transport),
        assignment: Assignment::Assigned,
        description: name.to_uppercase().leak(),
        reference: "",
        unauthorized_use: "",
        notes: "",
        line,
        spacing: 0,
    }
}

/// A registry of the edition 2020-01-01.
pub(crate) fn registry(entries: Vec<RegistryEntry<'_>>) -> Registry {
    Registry::new("iana/2020-01-01", entries)
}

/// A record whose row starts on line 10, one line a cell.
pub(crate) fn record(ports: &str, transports: &[Transport], name: &str) -> Record {
    Record {
        id: "r".into(),
        ports: vec![ports.parse().unwrap()],
        transports: transports.to_vec(),
        port_names: vec![],
        service_name: name.into(),
        title: "Title".into(),
        rfcs: vec![],
        registration: Registration::Unstated,
        deprecated: false,
        used_by: String::new(),
        products: vec![],
        used_by_parts: vec![],
        note: String::new(),
        same_port: vec![],
        cross_check: vec![],
        corrections: vec![],
        history: vec![],
        formerly: vec![],
        english_title: String::new(),
        confirmed: String::new(),
        provenance: Provenance {
            source: "s".into(),
            line_first: 10,
            line_last: 15,
            cells: vec![],
            cell_lines: vec![10, 11, 12, 13, 14, 15],
            merged_lines: vec![],
        },
    }
}
