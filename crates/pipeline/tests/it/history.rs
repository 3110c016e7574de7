//! One record through eleven years and two languages, by the committed captures up to 2026-10-11.

use appleports_diff::Edition;
use appleports_model::{Dataset, Form, Record};
use appleports_pipeline::{AssembleOptions, assemble, assemble_with};
use appleports_store::SourceFolder;

use crate::common::{self, committed, sources, store};

const NEWEST: &str = "apple/en-us/2026-10-11";
const SEED: &str = "apple/de-de/2015-10-23";

fn of(capture: &str) -> Dataset {
    assemble(&SourceFolder::new(committed()), Some(capture)).unwrap()
}

fn seen(record: &Record) -> Vec<String> {
    let seen = record.history.iter();
    seen.map(|seen| format!("{} {} {}", seen.locale, seen.first, seen.last))
        .collect()
}

fn record<'d>(dataset: &'d Dataset, id: &str) -> &'d Record {
    dataset
        .records
        .iter()
        .find(|record| record.id == id)
        .unwrap()
}

fn former(dataset: &Dataset, id: &str) -> Option<(String, String)> {
    let former = dataset
        .former
        .iter()
        .find(|former| former.record.id == id)?;
    Some((former.first.to_string(), former.last.to_string()))
}

#[test]
fn a_record_has_one_key_in_all_captures_and_languages() {
    let dataset = of(NEWEST);
    let push = record(&dataset, "5223-tcp");
    assert_eq!(
        seen(push),
        ["de-de 2015-10-23 2015-10-23", "en-us 2018-02-13 2026-10-11"]
    );
    // The names changed, the record did not.
    let screen = record(&dataset, "5900-tcp+udp-rfb");
    assert_eq!(seen(screen)[0], "de-de 2015-10-23 2015-10-23");
    let classroom = record(&dataset, "3284-tcp-classroom");
    assert_eq!(seen(classroom), ["en-us 2018-02-13 2026-10-11"]);
    let airplay = record(&dataset, "7000-tcp");
    assert_eq!(seen(airplay), ["en-us 2026-10-11 2026-10-11"]);
}

#[test]
fn what_left_the_article_is_kept_with_its_first_and_last_capture() {
    let dataset = of(NEWEST);
    let ends = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
    assert_eq!(former(&dataset, "7777-tcp-cbt"), ends(SEED, SEED));
    assert_eq!(
        former(&dataset, "2195-tcp"),
        ends(SEED, "apple/en-us/2022-08-25")
    );
    assert_eq!(
        former(&dataset, "10548-tcp-serverdocs"),
        ends("apple/en-us/2018-02-13", "apple/en-us/2018-02-13")
    );
    assert_eq!(former(&dataset, "2197-tcp"), None, "it is there");
    let both = dataset.former.iter().filter(|former| {
        dataset
            .records
            .iter()
            .any(|record| record.id == former.record.id)
    });
    assert_eq!(both.count(), 0);
    // As of 2015 nothing had left, and what came later is not among it.
    assert!(of(SEED).former.is_empty());
}

#[test]
fn a_foreign_title_has_the_english_one_beside_it() {
    let german = of(SEED);
    let mail = record(&german, "20-tcp-ftp-data");
    assert_eq!(mail.title, "File Transfer Protocol (FTP)");
    assert_eq!(mail.title_in_english(), "File Transport Protocol (FTP)");
    assert!(
        of(NEWEST)
            .records
            .iter()
            .all(|record| record.english_title.is_none())
    );
}

#[test]
fn the_editions_tell_what_apple_changed() {
    let options = AssembleOptions {
        capture: Some(NEWEST.to_owned()),
        ..AssembleOptions::default()
    };
    let editions = assemble_with(&SourceFolder::new(committed()), &options)
        .unwrap()
        .editions;
    let shown = |edition: &Edition| {
        let counts = &edition.changes.counts;
        format!(
            "{} {} +{} -{} ~{}",
            edition.capture.id, edition.records, counts.added, counts.removed, counts.changed
        )
    };
    let ids: Vec<&str> = editions
        .iter()
        .map(|edition| edition.capture.id.as_str())
        .collect();
    assert_eq!(
        ids,
        [
            SEED,
            "apple/en-us/2018-02-13",
            "apple/en-us/2022-08-25",
            NEWEST
        ]
    );
    assert_eq!(editions[3].capture.form, Form::Compiled);
    // 115, 5060, 5190, 5269, 5298, 5678, 7777 left, 10548 and 3284 came.
    assert!(
        shown(&editions[1]).starts_with("apple/en-us/2018-02-13 130 +2 -7 "),
        "{}",
        shown(&editions[1])
    );
    // Netto 74 rows: 77 left, 2197, 3285 and 5228 came.
    assert!(
        shown(&editions[2]).starts_with("apple/en-us/2022-08-25 56 +3 -77 "),
        "{}",
        shown(&editions[2])
    );
    // 443/udp, 5000, 5901-5902, 6000 and 7000 came, 2195 and 2196 left, 49152 changed.
    assert!(
        shown(&editions[3]).starts_with("apple/en-us/2026-10-11 59 +5 -2 "),
        "{}",
        shown(&editions[3])
    );
}

#[test]
fn confirmations_are_read_and_those_that_cannot_be_are_findings() {
    let dataset = of(NEWEST);
    assert_eq!(
        record(&dataset, "7000-tcp").confirmed.as_deref(),
        Some("2026-10-11")
    );
    assert_eq!(
        record(&dataset, "53-tcp+udp-domain").confirmed.as_deref(),
        Some("2024")
    );
    assert!(
        of(SEED)
            .records
            .iter()
            .all(|record| record.confirmed.as_deref() == Some("2015-10-23"))
    );
    let (_folder, captures) = sources(Some(&[]));
    let rows = [
        ("80", "2024-13"),
        ("81", "2026-12"),
        ("82", "2025-10"),
        ("83", ""),
        ("84", "2025"),
        ("85", "2023-02"),
    ];
    let mut text = "Port,Type,Title,RFC,Service name,Used by,Confirmed\n".to_owned();
    for (port, confirmed) in rows {
        let row = format!("{port},TCP,Web {port},2616,http-{port},Mail,{confirmed}\n");
        text.push_str(&row);
    }
    store(
        &captures,
        "en-us",
        "2026-10-11",
        &text,
        "form = \"compiled\"\n",
    );
    let dataset = assemble(&captures, None).unwrap();
    let said: Vec<String> = dataset
        .findings
        .iter()
        .filter(|finding| finding.code.starts_with("N07"))
        .map(|finding| format!("{} {}: {}", finding.code, finding.line, finding.message))
        .collect();
    assert_eq!(
        said,
        [
            "N070 2: 80/tcp: `2024-13` is not YYYY-MM-DD, YYYY-MM or YYYY",
            "N070 3: 81/tcp: `2026-12` lies after the capture of 2026-10-11",
            "N071 5: 83/tcp: nothing confirms that the article still has the row",
            "N071 7: 85/tcp: last confirmed in 2023-02, the capture is of 2026-10-11",
        ]
    );
    let confirmed: Vec<Option<&str>> = dataset
        .records
        .iter()
        .map(|record| record.confirmed.as_deref())
        .collect();
    let days = [
        None,
        None,
        Some("2025-10"),
        None,
        Some("2025"),
        Some("2023-02"),
    ];
    assert_eq!(confirmed, days);
    // Without a word on what it is, such a table is no source.
    store(&captures, "en-us", "2026-10-11", &text, "");
    let error = assemble(&captures, None).unwrap_err().to_string();
    assert!(
        error.contains("capture.toml: the table says when its rows were confirmed"),
        "{error}"
    );
}

#[test]
fn a_table_without_a_manifest_is_a_finding() {
    let (_folder, captures) = sources(Some(&[SEED]));
    let folder = captures.root().join("apple/en-us/2020-01-01");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("capture.csv"), common::table(3)).unwrap();
    let dataset = assemble(&captures, None).unwrap();
    let said: Vec<String> = dataset
        .findings
        .iter()
        .filter(|finding| finding.code == "A033")
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        said,
        [
            "apple/en-us/2020-01-01:1: warning A033: `capture.csv` has no manifest beside it and is not used"
        ]
    );
}
