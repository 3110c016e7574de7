//! A filter that leaves some rows of a record: every table has those and no others.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

use std::path::Path;

use appleports_emit::{EXPORTS, FORMATS, rust_table};
use appleports_model::{CrossCheck, IanaStatus, Transport};
use appleports_pipeline::{Filter, assemble};
use appleports_store::SourceFolder;

#[test]
fn csv_parquet_and_the_library_have_the_same_rows() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    let mut dataset =
        assemble(&SourceFolder::new(sources), Some("apple/de-de/2015-10-23")).unwrap();
    // Two ranges and two transports, of whose four rows two are registered: ranges times
    // transports are more than the rows that are left.
    let two = dataset
        .records
        .iter_mut()
        .find(|record| record.ports.len() == 2 && record.transports == [Transport::Tcp])
        .unwrap();
    two.transports.push(Transport::Udp);
    two.cross_check = two
        .rows()
        .map(|(ports, transport)| CrossCheck {
            ports,
            transport,
            iana_status: if (ports == two.ports[0]) == (transport == Some(Transport::Tcp)) {
                IanaStatus::Match
            } else {
                IanaStatus::NameElsewhere
            },
            ..two.cross_check[0].clone()
        })
        .collect();
    let id = two.id.clone();
    let filter = Filter {
        registered: true,
        ..Filter::default()
    };
    let left = filter.apply(&dataset);
    let two = left.records.iter().find(|record| record.id == id).unwrap();
    assert_eq!((two.rows().count(), two.cross_check.len()), (4, 2));
    let expected: usize = left
        .records
        .iter()
        .map(|record| record.cross_check.len())
        .sum();
    for format in FORMATS.iter().chain(EXPORTS) {
        if ["csv", "parquet"].contains(&format.name) {
            let (_, rows) = (format.write)(&left);
            assert_eq!(rows, u64::try_from(expected).ok(), "{}", format.name);
        }
    }
    assert_eq!(rust_table(&left).matches("    Service {").count(), expected);
}
