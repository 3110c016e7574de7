//! A filter that leaves some rows of a record: every table has those and no others.

use std::path::Path;

use appleports_emit::{EXPORTS, FORMATS, rust_table};
use appleports_model::{CrossCheck, IanaStatus, PortRange, Transport, UnreadRow};
use appleports_pipeline::{Filter, assemble};
use appleports_store::SourceFolder;

use crate::common;

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
    assert_eq!(
        rust_table(&left).unwrap().matches("    Service {").count(),
        expected
    );
}

#[test]
fn a_transport_that_the_library_lacks_is_refused() {
    let sources = SourceFolder::new(common::committed());
    let mut dataset = assemble(&sources, Some("apple/en-us/2022-08-25")).unwrap();
    let id = dataset.records[0].id.clone();
    for transport in Transport::ALL {
        dataset.records[0].cross_check[0].transport = Some(transport);
        let table = rust_table(&dataset);
        if [Transport::Tcp, Transport::Udp].contains(&transport) {
            assert!(table.is_ok(), "{transport}");
        } else {
            let error = table.unwrap_err().to_string();
            let expected = format!("record `{id}` is for {transport}, ");
            assert!(error.contains(&expected), "{error}");
        }
    }
}

/// The names of a services file, as `name port/transport`.
fn names(filter: &Filter, sources: &SourceFolder) -> Vec<String> {
    let dataset = assemble(sources, Some("apple/en-us/2020-01-01")).unwrap();
    let services = FORMATS
        .iter()
        .find(|format| format.name == "services")
        .unwrap();
    let (bytes, _) = (services.write)(&filter.apply(&dataset));
    let text = String::from_utf8(bytes).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split('\t').take(2).collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn a_services_file_has_only_what_passes_each_port_with_its_own_name() {
    let (_folder, sources) = common::sources(Some(&[]));
    let two = "\"514, 5222\",TCP/UDP,Messages,3164,\"syslog, xmpp-client\",Mail\n";
    let ends = "50010-50020,TCP,Ends,,first - last,Mail\n";
    let table = format!("{}{two}{ends}", common::table(20));
    common::store(&sources, "en-us", "2020-01-01", &table, "");
    let only = |port: u16, registered: bool| Filter {
        ports: Some(PortRange::single(port)),
        registered,
        ..Filter::default()
    };
    assert_eq!(
        names(&only(514, false), &sources),
        ["syslog 514/tcp", "syslog 514/udp"]
    );
    // The registry has `syslog` for UDP alone, and `xmpp-client` for TCP alone.
    assert_eq!(names(&only(514, true), &sources), ["syslog 514/udp"]);
    assert_eq!(names(&only(5222, true), &sources), ["xmpp-client 5222/tcp"]);
    let named = |name: &str, transport: Option<Transport>| Filter {
        service: Some(name.to_owned()),
        transport,
        ..Filter::default()
    };
    assert_eq!(
        names(&named("Xmpp-Client", None), &sources),
        ["xmpp-client 5222/tcp", "xmpp-client 5222/udp"]
    );
    let udp = named("syslog", Some(Transport::Udp));
    assert_eq!(names(&udp, &sources), ["syslog 514/udp"]);
    assert_eq!(names(&only(50010, false), &sources), ["first 50010/tcp"]);
    assert_eq!(names(&only(50020, false), &sources), ["last 50020/tcp"]);
    let dataset = assemble(&sources, None).unwrap();
    let filtered = only(5222, false).apply(&dataset);
    let record = filtered
        .records
        .iter()
        .find(|record| record.title == "Messages");
    let known = record.unwrap().port_names.iter();
    let known: Vec<_> = known
        .map(|entry| (entry.port, entry.name.as_str()))
        .collect();
    assert_eq!(known, [(5222, "xmpp-client")]);
}

#[test]
fn a_row_that_could_not_be_read_passes_by_what_is_known_of_it() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    let mut dataset =
        assemble(&SourceFolder::new(sources), Some("apple/de-de/2015-10-23")).unwrap();
    let unread = |port: u16, title: &str, product: &str| UnreadRow {
        line: port.into(),
        ports: vec![PortRange::single(port)],
        transports: vec![Transport::Tcp],
        title: title.into(),
        products: vec![product.into()],
        ..UnreadRow::default()
    };
    dataset.rejected = vec![
        unread(1640, "Certificates", "Profile Manager"),
        unread(5223, "Push", "FaceTime"),
        UnreadRow::default(),
    ];
    let kept = |filter: Filter| -> Vec<u32> {
        let rows = filter.apply(&dataset).into_owned().rejected;
        rows.iter().map(|row| row.line).collect()
    };
    assert_eq!(kept(Filter::default()), [1640, 5223, 0]);
    let range = PortRange::new(1600, 1700).ok();
    for (filter, lines) in [
        (
            Filter {
                ports: range,
                ..Filter::default()
            },
            vec![1640],
        ),
        (
            Filter {
                products: vec!["FaceTime".into()],
                ..Filter::default()
            },
            vec![5223],
        ),
        (
            Filter {
                transport: Some(Transport::Udp),
                ..Filter::default()
            },
            vec![],
        ),
        (
            Filter {
                words: Some("certif".into()),
                ..Filter::default()
            },
            vec![1640],
        ),
        (
            Filter {
                registered: true,
                ..Filter::default()
            },
            vec![],
        ),
    ] {
        assert_eq!(kept(filter.clone()), lines, "{filter:?}");
    }
}
