//! Files that are ingested in one run: what is known of the folder saves work, and every answer is
//! that of the folder as it is.

use std::fs;

use appleports_pipeline::{Failure, IngestOptions, Ingested, Ingestion};
use appleports_store::{Figure, SourceFolder};

use crate::common::{sources, store, table};

fn of_day(day: &str) -> IngestOptions {
    IngestOptions {
        locale: Some("en-us".to_owned()),
        captured: day.parse().ok(),
        ..IngestOptions::default()
    }
}

/// The codes of what the guards have against a capture, or the error.
fn answer(ingested: Result<Ingested, Failure>) -> String {
    match ingested {
        Ok(ingested) => {
            let codes = ingested.refused.iter().map(|finding| finding.code.as_str());
            codes.collect::<Vec<_>>().join(" ")
        }
        Err(error) => error.to_string(),
    }
}

/// The answer about a table of twenty rows later than all others, in a run that has begun and in a
/// new one.
fn asked(run: &mut Ingestion<'_>, captures: &SourceFolder) -> String {
    let (text, day) = (table(20), of_day("2020-01-09"));
    let within = answer(run.preview("x.csv", text.as_bytes(), &day));
    let mut new = Ingestion::new(captures).unwrap();
    assert_eq!(within, answer(new.preview("x.csv", text.as_bytes(), &day)));
    within
}

/// Stores that a person accepts the short capture of a day.
fn accept(captures: &SourceFolder, day: &str) {
    let id = format!("apple/en-us/{day}").parse().unwrap();
    let figure = |code: &str, what: &str| Figure {
        code: code.to_owned(),
        what: what.to_owned(),
        compared_with: "apple/en-us/2020-01-02".to_owned(),
        before: 40,
        now: 20,
    };
    let figures = vec![figure("G002", "rows"), figure("G003", "ports")];
    let bytes = captures.load(&id).unwrap().bytes;
    captures
        .accept_source(&id, &bytes, "a test", figures)
        .unwrap();
}

#[test]
fn a_run_sees_what_others_change_in_the_meantime() {
    let (_folder, captures) = sources(Some(&[]));
    let mut run = Ingestion::new(&captures).unwrap();
    let stored = run.store("x.csv", table(20).as_bytes(), &of_day("2020-01-01"));
    assert_eq!(answer(stored), "");
    assert_eq!(asked(&mut run, &captures), "");
    // Twenty rows are few where another has more.
    let few = "G002 G003";
    store(&captures, "en-us", "2020-01-02", &table(60), "");
    assert_eq!(asked(&mut run, &captures), few);
    store(&captures, "en-us", "2020-01-02", &table(20), "");
    assert_eq!(asked(&mut run, &captures), "");
    store(&captures, "en-us", "2020-01-02", &table(60), "");
    assert_eq!(asked(&mut run, &captures), few);
    // One that a guard refuses is no measure until a person accepts it.
    store(&captures, "en-us", "2020-01-03", &table(20), "");
    assert_eq!(asked(&mut run, &captures), few);
    accept(&captures, "2020-01-03");
    assert_eq!(asked(&mut run, &captures), "");
    // Nor is it where its bytes are others than those that were accepted.
    store(&captures, "en-us", "2020-01-03", &table(30), "");
    assert_eq!(asked(&mut run, &captures), few);
    // The one that refused it has gone, and it is the measure itself.
    fs::remove_dir_all(captures.root().join("apple/en-us/2020-01-02")).unwrap();
    assert_eq!(asked(&mut run, &captures), few);
    // Bytes are verified each time.
    let place = captures.root().join("apple/en-us/2020-01-01/capture.csv");
    fs::write(place, table(21)).unwrap();
    let error = asked(&mut run, &captures);
    assert!(error.contains("capture.csv"), "{error}");
}

#[test]
fn an_older_capture_is_judged_with_the_later_ones_of_its_run() {
    let (_folder, captures) = sources(Some(&[]));
    let mut run = Ingestion::new(&captures).unwrap();
    for (rows, day, expected) in [
        (20, "2020-01-05", ""),
        (20, "2020-01-03", ""),
        // With it, a guard would refuse the later ones.
        (40, "2020-01-04", "apple/en-us/2020-01-05"),
        (21, "2020-01-04", ""),
    ] {
        let stored = answer(run.store("x.csv", table(rows).as_bytes(), &of_day(day)));
        assert!(stored.contains(expected), "{rows} on {day}: {stored}");
        assert_eq!(stored.is_empty(), expected.is_empty(), "{stored}");
    }
}
