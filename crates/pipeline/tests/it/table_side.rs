//! A `ports.csv` as a side of a comparison: it says what the dataset says that it was made of.

use std::fs;
use std::path::Path;

use appleports_diff::{Body, Report};
use appleports_emit::output_set;
use appleports_pipeline::{assemble, compare};
use appleports_store::SourceFolder;

use crate::common;

const CAPTURES: [&str; 3] = [
    "apple/de-de/2015-10-23",
    "apple/en-us/2018-02-13",
    "apple/en-us/2022-08-25",
];

fn sources() -> SourceFolder {
    SourceFolder::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources"))
}

/// The `ports.csv` of a capture.
fn table(capture: &str) -> String {
    table_of(&sources(), capture)
}

fn table_of(sources: &SourceFolder, capture: &str) -> String {
    let outputs = output_set(&assemble(sources, Some(capture)).unwrap(), Vec::new());
    let table = outputs.into_iter().find(|file| file.name == "ports.csv");
    String::from_utf8(table.unwrap().bytes).unwrap()
}

fn compared(capture: &str, table: &str) -> Result<Report, String> {
    compared_in(&sources(), capture, table)
}

fn compared_in(sources: &SourceFolder, capture: &str, table: &str) -> Result<Report, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.csv");
    fs::write(&file, table).unwrap();
    let report = compare(sources, capture, file.to_str().unwrap());
    report.map_err(|failure| {
        failure
            .to_string()
            .replace(&file.display().to_string(), "list.csv")
    })
}

fn short(report: &Report) -> Vec<String> {
    let Body::Records(changes) = &report.body else {
        panic!("not records");
    };
    changes.short()
}

#[test]
fn the_table_of_a_capture_is_no_change() {
    for capture in CAPTURES {
        let report = compared(capture, &table(capture)).unwrap();
        assert_eq!(short(&report), ["no change"], "{capture}");
    }
}

#[test]
fn the_order_of_rows_is_no_change() {
    for capture in CAPTURES {
        let table = table(capture);
        let (heading, rows) = table.split_once('\n').unwrap();
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.reverse();
        let turned = format!("{heading}\n{}\n", rows.join("\n"));
        rows.sort_by_key(|row| row.split(',').nth(3));
        let by_transport = format!("{heading}\n{}\n", rows.join("\n"));
        for other in [turned, by_transport] {
            let report = compared(capture, &other).unwrap();
            assert_eq!(short(&report), ["no change"], "{capture}");
        }
    }
}

#[test]
fn a_changed_cell_is_the_change() {
    let capture = "apple/en-us/2018-02-13";
    let edited =
        table(capture).replace("22-tcp-ssh,22,22,tcp,ssh,", "22-tcp-ssh,2222,2222,tcp,ssh,");
    let report = compared(capture, &edited).unwrap();
    assert_eq!(
        short(&report),
        [
            "0 added, 0 removed, 1 changed",
            "~ 22-tcp-ssh: ports 22 -> 2222, +1 port, -1 port, moved"
        ]
    );
}

#[test]
fn a_row_that_its_capture_could_not_read_is_unread() {
    let (_folder, sources) = common::sources(Some(&[]));
    let whole = common::table(100);
    common::store(&sources, "en-us", "2020-01-01", &whole, "");
    let damaged = whole.replacen("\n1500,", "\n15O0,", 1);
    assert_ne!(damaged, whole);
    common::store(&sources, "en-us", "2020-02-01", &damaged, "");
    let table = table_of(&sources, "apple/en-us/2020-02-01");
    let report = compared_in(&sources, "apple/en-us/2020-01-01", &table).unwrap();
    let short = short(&report);
    assert_eq!(
        short[0], "0 added, 0 removed, 0 changed, 1 unread",
        "{short:#?}"
    );
}

#[test]
fn a_row_that_is_none_is_refused_by_its_line() {
    let table = table("apple/en-us/2018-02-13");
    for (from, to, said) in [
        (
            "22-tcp-ssh,22,",
            "22-tcp-ssh,70000,",
            "list.csv:6: not a row of a ports.csv",
        ),
        (
            "22-tcp-ssh,22,22,tcp",
            "22-tcp-ssh,22,21,tcp",
            "list.csv:6: not a row of a ports.csv",
        ),
        (
            "22-tcp-ssh,22,22,tcp",
            "22-tcp-ssh,22,22,tpc",
            "list.csv:6: not a row of a ports.csv",
        ),
        (
            "22-tcp-ssh,22,22,tcp,ssh,",
            "22-tcp-ssh,22,22,tcp,",
            "list.csv: not a ports.csv",
        ),
    ] {
        assert!(table.contains(from), "{from}");
        let error = compared("apple/en-us/2018-02-13", &table.replace(from, to)).unwrap_err();
        assert!(error.contains(said), "{error}");
    }
}
