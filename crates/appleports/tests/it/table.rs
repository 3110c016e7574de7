//! The compiled-in table says what `output/ports.csv` says.

use std::collections::BTreeSet;
use std::path::Path;

use appleports::{Service, Transport, lookup, named, services};

fn rows() -> Vec<csv::StringRecord> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../output/ports.csv");
    let mut reader = csv::Reader::from_path(path).expect("the workspace's output");
    reader.records().map(Result::unwrap).collect()
}

/// The columns of `ports.csv` that the library has.
fn as_row(service: &Service) -> Vec<String> {
    let rfcs: Vec<String> = service.rfcs.iter().map(ToString::to_string).collect();
    vec![
        service.id.to_owned(),
        service.first.to_string(),
        service.last.to_string(),
        service
            .transport
            .map_or(String::new(), |transport| transport.to_string()),
        service.name.unwrap_or_default().to_owned(),
        service.title.to_owned(),
        rfcs.join(" "),
        service.deprecated.to_string(),
        service.products.join("; "),
        service.iana_names.join(" "),
    ]
}

#[test]
fn the_table_has_the_rows_of_the_dataset() {
    let rows = rows();
    assert_eq!(services().len(), rows.len());
    for (service, row) in services().iter().zip(&rows) {
        let columns = [0, 1, 2, 3, 4, 5, 6, 8, 10, 13];
        let expected: Vec<String> = columns.iter().map(|at| row[*at].to_owned()).collect();
        assert_eq!(as_row(service), expected);
        // `NameElsewhere` is `name-elsewhere`.
        let verdict = format!("{:?}", service.verdict).to_lowercase();
        assert_eq!(verdict, row[12].replace('-', ""), "{}", service.id);
    }
}

#[test]
fn every_port_finds_just_the_rows_that_cover_it_narrowest_first() {
    for transport in [Transport::Tcp, Transport::Udp] {
        for port in 0..=u16::MAX {
            let found = lookup(port, transport);
            let ids: BTreeSet<_> = found.iter().map(|row| (row.id, row.first)).collect();
            let expected: BTreeSet<_> = services()
                .iter()
                .filter(|row| row.transport == Some(transport) && row.contains(port))
                .map(|row| (row.id, row.first))
                .collect();
            assert_eq!(ids, expected, "{port}/{transport}");
            assert_eq!(found.len(), expected.len(), "{port}/{transport}");
            assert!(
                found.is_sorted_by_key(|row| row.count()),
                "{port}/{transport}"
            );
        }
    }
}

#[test]
fn names_are_found_in_any_case_and_in_the_registry() {
    for service in services() {
        for name in service.name.iter().chain(service.iana_names) {
            assert!(named(&name.to_uppercase()).any(|row| row.id == service.id));
        }
    }
    assert_eq!(named("no such name").count(), 0);
}
