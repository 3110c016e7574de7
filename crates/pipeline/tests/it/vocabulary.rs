//! The vocabulary against every committed capture, and what a second name becomes.

use std::fs;
use std::path::{Path, PathBuf};

use appleports_emit::output_set;
use appleports_model::{Dataset, PortName};
use appleports_pipeline::assemble;
use appleports_store::SourceFolder;

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources")
}

fn folders(path: &Path) -> Vec<String> {
    fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn dataset(capture: &str) -> Dataset {
    assemble(&SourceFolder::new(sources()), Some(capture)).unwrap()
}

#[test]
fn every_text_of_every_capture_is_covered() {
    let apple = sources().join("apple");
    let captures = folders(&apple).into_iter().flat_map(|locale| {
        let dates = folders(&apple.join(&locale));
        dates
            .into_iter()
            .map(move |date| format!("apple/{locale}/{date}"))
    });
    let mut read = 0;
    for capture in captures {
        for record in dataset(&capture).records {
            read += 1;
            for part in record.used_by_parts {
                assert!(part.known, "{capture}: no entry for `{}`", part.text);
            }
        }
    }
    assert!(read >= 135);
}

#[test]
fn a_second_name_of_a_port_is_an_alias() {
    let mut dataset = dataset("apple/de-de/2015-10-23");
    let id = "3283-tcp+udp-net-assistant";
    let record = dataset.records.iter_mut().find(|record| record.id == id);
    record.unwrap().port_names = ["net-assistant", "classroom"]
        .map(|name| PortName {
            port: 3283,
            name: name.to_owned(),
        })
        .to_vec();
    let outputs = output_set(&dataset, Vec::new());
    let lines = |output: &str, start: &str| -> Vec<String> {
        let output = outputs.iter().find(|one| one.name == output).unwrap();
        let text = String::from_utf8(output.bytes.clone()).unwrap();
        let lines = text.lines().filter(|line| line.starts_with(start));
        lines.map(str::to_owned).collect()
    };
    for transport in ["tcp", "udp"] {
        let start = format!("net-assistant\t3283/{transport}\t");
        let expected = format!("{start}classroom\t# Net Assistant");
        assert_eq!(lines("services", &start), [expected]);
        let row = format!("{id},3283,3283,{transport},net-assistant,");
        assert_eq!(lines("ports.csv", &row).len(), 1);
    }
    assert_eq!(lines("services", "classroom"), Vec::<String>::new());
}

#[test]
fn german_titles_name_products_too() {
    let dataset = dataset("apple/de-de/2015-10-23");
    let records_of = |product: &str| -> Vec<&str> {
        let records = dataset.records.iter();
        records
            .filter(|record| record.products.iter().any(|name| name == product))
            .map(|record| record.id.as_str())
            .collect()
    };
    for (product, ids) in [
        (
            "Apple Push Notification service",
            &["2195-tcp", "2196-tcp", "5223-tcp"][..],
        ),
        ("Feedback service", &["2196-tcp"]),
        (
            "Messages Server",
            &["5269-tcp-jabber-server", "7777-tcp-cbt"],
        ),
        ("Kerberos", &["88-tcp-kerberos"]),
        ("Wi-Fi Calling", &["500-udp-ikev2", "4500-udp-ikev2"]),
        (
            "FileMaker",
            &["5003-tcp-fmpro-internal", "50003-unknown", "50006-unknown"],
        ),
        ("World Wide Web", &[]),
    ] {
        assert_eq!(records_of(product), ids, "{product}");
    }
}
