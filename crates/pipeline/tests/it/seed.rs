//! Facts about the German capture of 2015-10-23, counted by hand in the source.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use appleports_emit::output_set;
use appleports_model::{Dataset, IanaStatus, Record, Registration, Totals, Transport};
use appleports_pipeline::{Filter, assemble};
use appleports_store::SourceFolder;

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources")
}

fn dataset() -> Dataset {
    assemble(
        &SourceFolder::new(sources()),
        Some("apple/de-de/2015-10-23"),
    )
    .expect("the capture can be read")
}

fn record<'d>(dataset: &'d Dataset, id: &str) -> &'d Record {
    dataset
        .records
        .iter()
        .find(|record| record.id == id)
        .unwrap_or_else(|| panic!("no record {id}"))
}

#[test]
fn every_row_is_accounted_for() {
    use Transport::{Tcp, Udp};
    let dataset = dataset();
    let totals = Totals {
        rows_read: 135,
        rows_emitted: 135,
        rows_merged: 0,
        rows_rejected: 0,
        port_rows: 155,
    };
    assert_eq!(dataset.totals, totals);
    let mut by_transport: BTreeMap<&[Transport], usize> = BTreeMap::new();
    for record in &dataset.records {
        *by_transport.entry(&record.transports).or_default() += 1;
    }
    let expected = BTreeMap::from([
        (&[][..], 3),
        (&[Tcp][..], 82),
        (&[Udp][..], 32),
        (&[Tcp, Udp][..], 18),
    ]);
    assert_eq!(by_transport, expected);
    let ranges = dataset
        .records
        .iter()
        .flat_map(|record| &record.ports)
        .filter(|range| !range.is_single());
    assert_eq!(ranges.count(), 14);
    assert_eq!(
        dataset
            .records
            .iter()
            .filter(|record| record.ports.len() == 2)
            .count(),
        2
    );
}

#[test]
fn the_hard_rows_are_read_as_published() {
    let dataset = dataset();
    let get = |id: &str| record(&dataset, id);

    let lost = get("465-tcp-smtp");
    assert_eq!(
        (
            lost.service_name.as_str(),
            lost.deprecated,
            lost.rfcs.as_slice()
        ),
        ("smtp", true, &[][..])
    );
    assert_eq!(lost.used_by, "Mail (fur das Senden von E-Mails)");
    assert_eq!(lost.provenance.cell_lines, [263, 264, 265, 0, 266, 267]);
    assert_eq!(get("4488-tcp-awacs-ice").products, ["Back to My Mac"]);

    let password = get("106-tcp-3com-tsmux");
    assert_eq!(
        (password.title.as_str(), password.registration),
        ("Passwortserver", Registration::Unregistered)
    );
    assert_eq!(
        get("110-tcp-pop3").title,
        "Post Office Protocol (POP3) Authenticated Post Office Protocol (APOP)"
    );
    assert_eq!(get("25-tcp-smtp").products, ["Mail", "iCloud Mail"]);
    assert_eq!(
        get("5900-tcp-vnc-server").products,
        ["Apple Remote Desktop", "Screen Sharing"]
    );
    let arcp = get("7070-tcp-arcp");
    assert_eq!(
        arcp.title,
        "RTSP Automatic Router Configuration Protocol (ARCP)"
    );
    assert_eq!(arcp.registration, Registration::Mixed);
    assert_eq!(
        (
            get("5009-tcp-winfs").title.as_str(),
            get("5009-tcp-winfs").registration
        ),
        ("", Registration::Unregistered)
    );

    let stun = get("3478-3497-udp-nat-stun-port");
    let names: Vec<_> = stun
        .port_names
        .iter()
        .map(|entry| (entry.port, entry.name.as_str()))
        .collect();
    assert_eq!(names, [(3478, "nat-stun-port"), (3497, "ipether232port")]);
    let connected = get("16384-16403-udp-connected");
    assert_eq!(connected.port_names.len(), 1);
    assert_eq!(get("8821+8826-tcp").provenance.line_first, 862);
    assert_eq!(get("8170-tcp").products, ["Podcast Capture", "podcast CLI"]);

    let directory = get("625-tcp-dec_dlm");
    assert_eq!(directory.note, "Dieser Port ist fur DEC DLM registriert.");
    assert!(
        directory
            .used_by
            .ends_with("in Mac OS X Lion und alteren Versionen.")
    );
    assert_eq!(
        get("4500-udp-ipsec-msft").products,
        ["macOS Server VPN service", "macOS Server", "Back to My Mac"]
    );
    assert!(
        get("4500-udp-ipsec-msft")
            .note
            .starts_with("Durch Konfigurieren von")
    );

    assert_eq!(
        get("50006-unknown").used_by,
        "",
        "the closing paragraph is no cell"
    );
    assert_eq!(get("50006-unknown").provenance.line_last, 980);
    assert_eq!(
        get("5988-tcp-wbem-http").used_by,
        "Apple Remote Desktop 2.x (siehe http://dmtf.org/standards/wbem)"
    );
    assert_eq!(get("111-tcp+udp-sunrpc").rfcs, [1057, 1831]);
}

#[test]
fn cells_in_the_provenance_are_those_of_the_capture() {
    let text =
        std::fs::read_to_string(sources().join("apple/de-de/2015-10-23/capture.md")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for record in &dataset().records {
        for cell in &record.provenance.cells {
            for line in cell.lines() {
                let place = &lines[record.provenance.line_first as usize - 1
                    ..record.provenance.line_last as usize];
                assert!(
                    place.iter().any(|text| text.contains(line)),
                    "{}: {line}",
                    record.id
                );
            }
        }
        let port_line = lines[record.provenance.line_first as usize - 1];
        assert!(
            port_line.starts_with("**") && port_line.contains(&record.ports[0].first().to_string())
        );
    }
}

#[test]
fn two_services_on_one_port_are_both_kept_and_linked() {
    let dataset = dataset();
    for (a, b) in [
        ("500-udp-isakmp", "500-udp-ikev2"),
        ("4500-udp-ipsec-msft", "4500-udp-ikev2"),
    ] {
        assert_eq!(record(&dataset, a).same_port, [b]);
        assert_eq!(record(&dataset, b).same_port, [a]);
    }
}

#[test]
fn every_word_of_the_used_by_column_is_covered() {
    let dataset = dataset();
    let parts = || {
        dataset
            .records
            .iter()
            .flat_map(|record| &record.used_by_parts)
    };
    let unknown: Vec<&str> = parts()
        .filter(|part| !part.known)
        .map(|part| part.text.as_str())
        .collect();
    assert_eq!(unknown, Vec::<&str>::new());
    assert_eq!(parts().count(), 196);
    let mac = record(&dataset, "311-tcp-asip-webadmin");
    assert_eq!(
        mac.products,
        [
            "Server app",
            "Server Admin",
            "Workgroup Manager",
            "Server Monitor",
            "Xsan Admin"
        ]
    );
    let qualifier = &record(&dataset, "312-tcp-vslmp").used_by_parts[0];
    assert_eq!(qualifier.qualifier, "OS X Mountain Lion 10.8 und neuer");
}

#[test]
fn verdicts_of_the_registry() {
    let dataset = dataset();
    let checks = || {
        dataset
            .records
            .iter()
            .flat_map(|record| &record.cross_check)
    };
    assert_eq!(
        checks().count(),
        155,
        "one verdict for each row of ports.csv"
    );
    let count = |status| checks().filter(|check| check.iana_status == status).count();
    // 106 with the names as raw cells, and two `connected, -` once the name is taken out.
    assert_eq!(count(IanaStatus::Match), 108);
    for check in checks() {
        assert_eq!(check.edition, "iana/2015-07-30");
        if !matches!(
            check.iana_status,
            IanaStatus::NoTransport | IanaStatus::NoNameUnassigned | IanaStatus::Unassigned
        ) {
            assert!(!check.lines.is_empty(), "{check:?} has no evidence");
        }
    }
}

#[test]
fn a_merge_a_rejection_and_the_rest_balance() {
    let totals = dataset().totals;
    assert!(totals.balance());
}

#[test]
fn the_filters_narrow_records() {
    let dataset = dataset();
    let find = |filter: Filter| -> Vec<String> {
        filter
            .apply(&dataset)
            .into_owned()
            .records
            .into_iter()
            .map(|record| record.id)
            .collect()
    };
    let port = |text: &str| Filter {
        ports: text.parse().ok(),
        ..Filter::default()
    };
    assert_eq!(
        find(port("8080")),
        ["6970-9999-udp", "8000-8999-tcp-irdmi", "8080-tcp-http-alt"]
    );
    let kept = &port("8043").apply(&dataset).records[0];
    assert_eq!(
        (kept.ports.len(), kept.cross_check.len()),
        (1, 1),
        "only the port asked for"
    );
    assert_eq!(
        find(Filter {
            service: Some("XMPP-client".into()),
            ..Filter::default()
        }),
        ["5222-tcp-jabber-client"]
    );
    let udp = Filter {
        transport: Some(Transport::Udp),
        ..port("626")
    };
    assert_eq!(find(udp), ["600-1023-tcp+udp-ipcserver", "626-udp-asia"]);
}

#[test]
fn ports_json_validates_and_the_schema_refuses_what_it_should() {
    let outputs = output_set(&dataset(), Vec::new());
    let json = |name: &str| -> serde_json::Value {
        serde_json::from_slice(
            &outputs
                .iter()
                .find(|output| output.name == name)
                .unwrap()
                .bytes,
        )
        .unwrap()
    };
    let validator = jsonschema::validator_for(&json("ports.schema.json")).unwrap();
    let mut document = json("ports.json");
    let errors: Vec<String> = validator
        .iter_errors(&document)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    document["records"][0]["ports"][0]["first"] = serde_json::json!(70000);
    assert!(!validator.is_valid(&document));
}

#[test]
fn services_lines_have_the_form_of_services_5() {
    let outputs = output_set(&dataset(), Vec::new());
    let services = String::from_utf8(
        outputs
            .iter()
            .find(|output| output.name == "services")
            .unwrap()
            .bytes
            .clone(),
    )
    .unwrap();
    assert!(services.ends_with('\n'));
    let mut seen = std::collections::BTreeSet::new();
    for line in services.lines() {
        assert!(line.len() <= 127, "{line}");
        if line.starts_with('#') {
            continue;
        }
        let (names, comment) = line.split_once("\t# ").unwrap();
        assert!(!comment.is_empty());
        let mut words = names.split('\t');
        let (name, place) = (words.next().unwrap(), words.next().unwrap());
        assert!(appleports_model::is_service_name(name), "{line}");
        let (port, transport) = place.split_once('/').unwrap();
        assert!(
            port.parse::<u16>().is_ok() && transport.parse::<Transport>().is_ok(),
            "{line}"
        );
        assert!(seen.insert(place.to_owned()), "two lines for {place}");
    }
    assert_eq!(seen.len(), 120);
}

#[test]
fn every_verdict_has_its_evidence() {
    use appleports_model::IanaStatus::{NoNameUnassigned, NoTransport, Unassigned};
    for record in &dataset().records {
        assert_eq!(record.cross_check.len(), record.rows().count());
        for check in &record.cross_check {
            assert_eq!(check.edition, "iana/2015-07-30");
            let rests_on_absence = matches!(
                check.iana_status,
                NoNameUnassigned | NoTransport | Unassigned
            );
            assert!(
                rests_on_absence || !check.lines.is_empty(),
                "{} {}",
                record.id,
                check.ports
            );
        }
    }
}
