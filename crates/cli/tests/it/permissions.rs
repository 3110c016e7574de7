//! Folders that may not be written and files that may not be read.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};

use crate::person::Person;

const INGEST: [&str; 6] = [
    "ingest",
    "page.md",
    "--locale",
    "de-de",
    "--captured",
    "2021-01-01",
];

#[test]
fn a_build_that_may_not_write_changes_nothing() {
    let Some(person) = Person::new() else { return };
    // No output yet.
    person.refused(&["build"], ".", 0o555, "output: cannot create the folder");
    person.done(&["build"]);
    fs::write(person.path("output/ports.csv"), "old").unwrap();
    let into = "cannot write into the folder";
    person.refused(&["build"], "output", 0o555, &format!("output: {into}"));
    person.refused(&["build"], "output", 0o444, "output");
    person.refused(&["build"], "output", 0o000, "output");
    fs::write(person.path("output/explorer/index.html"), "old").unwrap();
    let below = format!("output/explorer: {into}");
    person.refused(&["build"], "output/explorer", 0o555, &below);
    person.done(&["build"]);
    person.done(&["verify"]);
}

#[test]
fn a_file_that_may_not_be_written_is_replaced_where_its_folder_may() {
    let Some(person) = Person::new() else { return };
    person.done(&["build"]);
    let csv = || fs::metadata(person.path("output/ports.csv")).unwrap();
    for mode in [0o444, 0o600] {
        for name in ["ports.json", "ports.csv", "datapackage.json"] {
            let name = format!("output/{name}");
            fs::write(person.path(&name), "old").unwrap();
            person.mode(&name, mode);
        }
        person.done(&["build"]);
        person.done(&["verify"]);
        assert_eq!(csv().mode() & 0o777, mode);
    }
    // One that its owner could not read is one that could not be verified.
    person.mode("output/ports.csv", 0o000);
    person.done(&["build"]);
    person.done(&["verify"]);
    assert_eq!(csv().mode() & 0o777, 0o400);
    // One of somebody else becomes ours, and is open to nobody whom it was closed to.
    if chown(person.path("output/ports.csv"), Some(0), Some(0)).is_err() {
        return;
    }
    person.mode("output/ports.csv", 0o640);
    person.done(&["build"]);
    person.done(&["verify"]);
    assert_ne!(csv().uid(), 0);
    assert_eq!(csv().mode() & 0o777, 0o600);
}

#[test]
fn a_source_that_may_not_be_read_is_named_and_never_passed_over() {
    let Some(person) = Person::new() else { return };
    person.done(&["build"]);
    let capture = fs::read(person.path("sources/apple/de-de/2015-10-23/capture.md")).unwrap();
    fs::write(person.path("page.md"), capture).unwrap();
    // The newest of two, so that an older one could stand for it.
    person.done(&INGEST);
    for closed in [
        "sources/apple",
        "sources/apple/de-de",
        "sources/apple/de-de/2021-01-01",
        "sources/apple/de-de/2021-01-01/capture.toml",
        "sources/apple/de-de/2021-01-01/capture.md",
        "sources/apple/de-de/2015-10-23",
        "sources/iana",
        "sources/iana/2015-07-30.csv",
        "sources/iana/2015-07-30.toml",
        "sources/rfc",
        "sources/rfc/2024-08-26.facts.toml",
        "sources/vocabulary",
        "sources/vocabulary/products.toml",
        "sources/vocabulary/phrases",
        "sources/vocabulary/phrases/de.toml",
        "sources/corrections.toml",
    ] {
        person.refused(&["build"], closed, 0o000, closed);
    }
    person.refused(&["ingest", "page.md"], "page.md", 0o000, "page.md");
    person.done(&["build"]);
    person.done(&["verify"]);
}

#[test]
fn a_site_that_may_not_be_removed_is_not_replaced() {
    let Some(person) = Person::new() else { return };
    let words = ["site", "--out", "st"];
    person.done(&words);
    for closed in ["st", "st/port", "st/port/443"] {
        let said = format!("{closed}: cannot write into the folder");
        person.refused(&words, closed, 0o555, &said);
    }
    person.mode("st", 0o750);
    person.mode("st/port/443/index.html", 0o600);
    person.done(&words);
    let mode = |name: &str| fs::metadata(person.path(name)).unwrap().mode() & 0o777;
    assert_eq!(mode("st"), 0o750);
    assert_eq!(mode("st/port/443/index.html"), 0o600);
}

#[test]
fn a_capture_is_stored_whole_or_not_at_all() {
    let Some(person) = Person::new() else { return };
    let capture = fs::read(person.path("sources/apple/de-de/2015-10-23/capture.md")).unwrap();
    fs::write(person.path("page.md"), capture).unwrap();
    for (closed, mode) in [
        ("sources/apple/de-de", 0o555),
        ("sources/apple/de-de", 0o000),
        ("sources/apple", 0o000),
    ] {
        person.refused(&INGEST, closed, mode, closed);
    }
    person.done(&INGEST);
    person.done(&["build"]);
}

#[test]
fn a_result_for_a_file_goes_there_or_nowhere() {
    let Some(person) = Person::new() else { return };
    person.done(&["build"]);
    fs::create_dir(person.path("out")).unwrap();
    person.mode("out", 0o777);
    let into = "out: cannot write into the folder";
    for format in ["list", "json", "nftables"] {
        let words = ["export", "--format", format, "-o", "out/x"];
        person.done(&words);
        fs::write(person.path("out/x"), "old").unwrap();
        person.refused(&words, "out", 0o555, into);
    }
    let diff = ["diff", "output", "apple/de-de/2015-10-23", "-o", "out/x"];
    person.refused(&diff, "out", 0o555, into);
    person.refused(&diff, "output/ports.json", 0o000, "output/ports.json");
}

#[test]
fn the_temporary_file_of_another_person_stays() {
    let Some(person) = Person::new() else { return };
    // One that may not be opened may be another's, who is writing it; one that may is left over.
    for (name, mode) in [("another", 0o000), ("old", 0o644)] {
        let name = format!(".appleports-tmp-{name}");
        fs::write(person.path(&name), "half").unwrap();
        person.mode(&name, mode);
    }
    person.done(&["export", "--format", "csv", "-o", "ports.csv"]);
    assert!(person.path(".appleports-tmp-another").exists());
    assert!(!person.path(".appleports-tmp-old").exists());
}
