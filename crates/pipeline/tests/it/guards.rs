//! The guards, on the real sequence of captures and on those that somebody might try.

mod added_up;
mod columns;
mod gains;

use std::fs;
use std::path::PathBuf;

use appleports_model::Dataset;
use appleports_pipeline::{
    AssembleOptions, BuildOptions, Failure, Ingestion, assemble, assemble_with, build,
};
use appleports_store::SourceFolder;

use crate::common::{row, sources, store, table};

/// The capture that is used, and the guards' words against newer ones.
fn used(sources: &SourceFolder) -> (String, Vec<String>) {
    let assembled = assemble_with(sources, &AssembleOptions::default()).unwrap();
    let against = assembled.passed_over.iter();
    let against = against.map(|finding| format!("{} {}", finding.code, finding.message));
    let id = assembled.dataset.capture().unwrap().id.clone();
    (id, against.collect())
}

/// The capture of a locale that is used.
fn used_of(sources: &SourceFolder, locale: &str) -> Result<String, Failure> {
    let options = AssembleOptions {
        locale: Some(locale.to_owned()),
        ..AssembleOptions::default()
    };
    let assembled = assemble_with(sources, &options)?;
    Ok(assembled.dataset.capture().unwrap().id.clone())
}

fn built(sources: &SourceFolder, accept: Option<&str>) -> Result<(), Failure> {
    let options = BuildOptions {
        sources: sources.root().to_owned(),
        output: output_of(sources),
        capture: None,
        locale: None,
        iana: None,
        accept: accept.map(str::to_owned),
    };
    build(&options).map(drop)
}

/// The output folder beside the sources.
fn output_of(sources: &SourceFolder) -> PathBuf {
    sources.root().with_file_name("output")
}

const GERMAN_2015: &str = "apple/de-de/2015-10-23";
const ENGLISH_2018: &str = "apple/en-us/2018-02-13";
const ENGLISH_2022: &str = "apple/en-us/2022-08-25";
const ENGLISH_2026: &str = "apple/en-us/2026-10-11";

#[test]
fn the_real_sequence_passes_but_for_2022() {
    let (_folder, captures) = sources(Some(&[GERMAN_2015, ENGLISH_2018]));
    assert_eq!(used(&captures), (ENGLISH_2018.to_owned(), vec![]));
    let (_folder, captures) = sources(Some(&[GERMAN_2015, ENGLISH_2018, ENGLISH_2022]));
    let acceptance = captures.root().join(ENGLISH_2022).join("accepted.toml");
    let kept = fs::read(&acceptance).unwrap();
    fs::remove_file(&acceptance).unwrap();
    let (id, against) = used(&captures);
    assert_eq!(id, ENGLISH_2018);
    assert!(
        against[0].starts_with(
            "G002 56 rows, 130 in apple/en-us/2018-02-13; gone: 7/tcp+udp echo, 20/tcp ftp-data, "
        ),
        "{against:?}"
    );
    assert!(
        against[0].contains("; products without a row: AOL")
            || against[0].contains("; products without a row: ")
    );
    assert_eq!(
        against[1],
        "G003 18550 ports, 39857 in apple/en-us/2018-02-13"
    );
    assert!(matches!(built(&captures, None), Err(Failure::Refused(_))));
    fs::write(&acceptance, kept).unwrap();
    assert_eq!(used(&captures), (ENGLISH_2022.to_owned(), vec![]));
    let (_folder, captures) = sources(None);
    assert_eq!(used(&captures), (ENGLISH_2026.to_owned(), vec![]));
}

#[test]
fn a_refused_capture_cannot_be_asked_for_either() {
    let (_folder, captures) = sources(Some(&[ENGLISH_2018, ENGLISH_2022]));
    fs::remove_file(captures.root().join(ENGLISH_2022).join("accepted.toml")).unwrap();
    let Err(Failure::Refused(findings)) = assemble(&captures, Some(ENGLISH_2022)) else {
        panic!("a refused capture was used");
    };
    assert!(
        findings[0]
            .help
            .contains("appleports build --capture apple/en-us/2022-08-25 --accept REASON"),
        "{}",
        findings[0].help
    );
}

#[test]
fn what_is_accepted_is_stored_with_its_figures_and_holds_for_these_bytes_alone() {
    let (_folder, captures) = sources(Some(&[]));
    store(&captures, "en-us", "2020-01-01", &table(100), "");
    store(&captures, "en-us", "2021-01-01", &table(50), "");
    assert!(matches!(built(&captures, None), Err(Failure::Refused(_))));
    built(&captures, Some("half of it is gone")).unwrap();
    let accepted = |dataset: &Dataset| dataset.accepted.clone();
    let text = "half of it is gone (G002: 50 rows, 100 in apple/en-us/2020-01-01; G003: 50 ports, 100 in apple/en-us/2020-01-01)";
    assert_eq!(accepted(&assemble(&captures, None).unwrap()), text);
    // Without the outputs as well: every clone agrees.
    fs::remove_dir_all(output_of(&captures)).unwrap();
    built(&captures, None).unwrap();
    assert_eq!(accepted(&assemble(&captures, None).unwrap()), text);
    // Fewer rows than those that were accepted are refused again.
    store(&captures, "en-us", "2021-01-01", &table(40), "");
    assert_eq!(used(&captures).0, "apple/en-us/2020-01-01");
    // Nobody has to accept again what fits the accepted one.
    store(&captures, "en-us", "2021-01-01", &table(50), "");
    store(&captures, "en-us", "2022-01-01", &table(48), "");
    assert_eq!(
        used(&captures),
        ("apple/en-us/2022-01-01".to_owned(), vec![])
    );
}

#[test]
fn small_steps_add_up() {
    let (_folder, captures) = sources(Some(&[]));
    for (day, rows) in [("01", 135), ("02", 109), ("03", 88), ("04", 71)] {
        store(
            &captures,
            "en-us",
            &format!("2020-01-{day}"),
            &table(rows),
            "",
        );
    }
    let (id, against) = used(&captures);
    assert_eq!(
        id, "apple/en-us/2020-01-02",
        "109 of 135 pass, 88 of 135 do not"
    );
    assert!(against[0].starts_with("G002 71 rows, 135 in apple/en-us/2020-01-01"));
}

#[test]
fn another_locale_is_no_way_around() {
    let (_folder, captures) = sources(Some(&[]));
    store(&captures, "en-us", "2020-01-01", &table(100), "");
    store(&captures, "en-gb", "2020-01-02", &table(50), "");
    store(&captures, "fr-fr", "2020-01-02", &table(100), "");
    store(&captures, "fr-fr", "2020-01-03", &table(50), "");
    let ask = |locale: &str| used_of(&captures, locale);
    assert!(matches!(ask("en-gb"), Err(Failure::Refused(_))));
    assert_eq!(ask("fr-fr").ok().as_deref(), Some("apple/fr-fr/2020-01-02"));
    // A page in another language does not turn the dataset's.
    assert_eq!(used(&captures).0, "apple/en-us/2020-01-01");
    assert!(matches!(ask("xx-xx"), Err(Failure::Input(_))));
}

#[test]
fn an_older_capture_unseats_no_later_one() {
    let (_folder, captures) = sources(None);
    let add = |text: &str, day: &str| {
        let options = appleports_pipeline::IngestOptions {
            locale: Some("en-us".to_owned()),
            captured: day.parse().ok(),
            url: None,
            today: None,
        };
        Ingestion::new(&captures)?.store("x.csv", text.as_bytes(), &options)
    };
    let text = |capture: &str| {
        let text = fs::read_to_string(captures.root().join(capture).join("capture.csv"));
        text.unwrap()
    };
    let expected = "the guards would refuse apple/en-us/2026-10-11, which is used today";
    // Twenty rows from before all others: what the others have would all be new.
    let whole = text(ENGLISH_2022);
    let few: String = whole.split_inclusive('\n').take(20).collect();
    let error = add(&few, "2010-01-01").unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
    // A long table just before the newest makes that one short.
    let more: String = (0..100)
        .map(|at| row(&(1100 + at).to_string(), at))
        .collect();
    let error = add(&(text(ENGLISH_2022) + &more), "2026-10-02")
        .unwrap_err()
        .to_string();
    assert!(error.contains(expected), "{error}");
    assert_eq!(used(&captures), (ENGLISH_2026.to_owned(), vec![]));
    // One that is refused itself unseats nothing, and is stored to be looked at.
    let wide = table(100) + &row("20000-64000", 500);
    let read = add(&wide, "2026-10-01").unwrap();
    assert!(!read.refused.is_empty());
    assert_eq!(used(&captures), (ENGLISH_2026.to_owned(), vec![]));
}

#[test]
fn an_acceptance_holds_although_an_older_capture_was_found() {
    let (_folder, captures) = sources(None);
    let text = fs::read_to_string(captures.root().join(ENGLISH_2018).join("capture.csv")).unwrap();
    let more = text + &row("2222", 1);
    store(&captures, "en-us", "2020-01-01", &more, "");
    assert_eq!(used(&captures), (ENGLISH_2026.to_owned(), vec![]));
}

#[test]
fn an_acceptance_of_nothing_is_no_new_measure() {
    let (_folder, captures) = sources(Some(&[]));
    store(&captures, "en-us", "2020-01-01", &table(100), "");
    store(&captures, "en-us", "2020-01-02", &table(85), "");
    let hash = appleports_model::sha256_hex(table(85).as_bytes());
    let path = captures.root().join("apple/en-us/2020-01-02/accepted.toml");
    fs::write(path, format!("reason = \"x\"\nsha256 = \"{hash}\"\n")).unwrap();
    store(&captures, "en-us", "2020-01-03", &table(72), "");
    assert_eq!(used(&captures).0, "apple/en-us/2020-01-02");
}
