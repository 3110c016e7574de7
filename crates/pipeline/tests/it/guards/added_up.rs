//! Ports that captures open: small steps add up, in one locale and over all of them.

use appleports_model::Finding;
use appleports_pipeline::{
    AssembleOptions, BuildOptions, Failure, IngestOptions, Ingestion, assemble_with, build,
};
use appleports_store::SourceFolder;

use super::{ENGLISH_2018, GERMAN_2015, built, output_of, used, used_of};
use crate::common::{row, sources, store, table};

/// A table with so many further ranges of 201 ports.
fn wider(steps: usize) -> String {
    let ranges = ["20000-20200", "20300-20500", "20600-20800"];
    let rows = ranges[..steps].iter().map(|range| row(range, 500));
    table(100) + &rows.collect::<String>()
}

#[test]
fn small_gains_add_up_until_a_person_accepts_them() {
    for days in [
        ["2020-01-02", "2020-01-03", "2020-01-04"],
        ["2021-01-01", "2022-01-02", "2023-01-03"],
    ] {
        let (_folder, captures) = sources(Some(&[]));
        store(&captures, "en-us", "2020-01-01", &table(100), "");
        for (at, day) in days.iter().enumerate() {
            store(&captures, "en-us", day, &wider(at + 1), "");
        }
        let first = format!("apple/en-us/{}", days[0]);
        assert_eq!(used(&captures).0, first, "{days:?}");
        built(&captures, Some("Apple has them")).unwrap();
        assert_eq!(used(&captures).0, format!("apple/en-us/{}", days[2]));
    }
}

/// A fifth of the last accepted capture, not of one that nobody accepted.
#[test]
fn what_nobody_accepted_is_no_measure() {
    let with = |last: u16| table(100) + &row(&format!("20000-{last}"), 500);
    let (_folder, captures) = sources(Some(&[]));
    // 2,000 ports, 2,400 and 2,480: more than the first by a fifth, and by more than that.
    for (day, last) in [("01", 21_899), ("02", 22_299), ("03", 22_379)] {
        store(
            &captures,
            "en-us",
            &format!("2020-01-{day}"),
            &with(last),
            "",
        );
    }
    assert_eq!(used(&captures).0, "apple/en-us/2020-01-02");
    built(&captures, Some("Apple has them")).unwrap();
    assert_eq!(used(&captures).0, "apple/en-us/2020-01-03");
    // Of what a person accepted, it is a fifth again.
    store(&captures, "en-us", "2020-01-04", &with(22_875), "");
    assert_eq!(used(&captures).0, "apple/en-us/2020-01-04");
    store(&captures, "en-us", "2020-01-05", &with(22_876), "");
    assert_eq!(used(&captures).0, "apple/en-us/2020-01-04");
}

/// Captures of one day are judged in the order of their locales, before they are stored as well.
#[test]
fn a_capture_is_judged_before_it_is_stored_as_it_is_later() {
    let wide = table(100) + &row("1001-26001", 500);
    let with = |ports: &str| wide.clone() + &row(ports, 501);
    let (_folder, captures) = sources(Some(&[]));
    store(&captures, "en-us", "2020-01-01", &wide, "");
    built(&captures, Some("all of these")).unwrap();
    store(&captures, "en-us", "2020-01-02", &with("30000-32500"), "");
    let mut ingestion = Ingestion::new(&captures).unwrap();
    let known = IngestOptions {
        locale: Some("de-de".to_owned()),
        captured: "2020-01-02".parse().ok(),
        ..IngestOptions::default()
    };
    let ingested = ingestion
        .store("page", with("30000-35000").as_bytes(), &known)
        .unwrap();
    let german = AssembleOptions {
        locale: Some("de-de".to_owned()),
        ..AssembleOptions::default()
    };
    let Err(Failure::Refused(findings)) = assemble_with(&captures, &german) else {
        panic!("it passes once it is stored");
    };
    let codes = |findings: &[Finding]| -> Vec<String> {
        findings
            .iter()
            .map(|finding| finding.code.clone())
            .collect()
    };
    assert_eq!(codes(&ingested.refused), codes(&findings));
}

/// What one locale brought is no measure for the first of another, nor is that one for the next.
#[test]
fn small_gains_add_up_over_locales() {
    let french = |captures: &SourceFolder| used_of(captures, "fr-fr");
    let (_folder, captures) = sources(Some(&[]));
    store(&captures, "en-us", "2020-01-01", &table(100), "");
    store(&captures, "en-us", "2020-01-02", &wider(1), "");
    store(&captures, "fr-fr", "2020-01-03", &wider(2), "");
    let Err(Failure::Refused(findings)) = french(&captures) else {
        panic!("the first of a locale passes");
    };
    assert!(
        findings[0].message.starts_with("402 ports beyond"),
        "{findings:?}"
    );
    // As one of many does that brings no more than the others.
    let (_folder, captures) = sources(Some(&[]));
    store(&captures, "en-us", "2020-01-01", &table(100), "");
    store(&captures, "en-us", "2020-01-02", &wider(1), "");
    store(&captures, "fr-fr", "2020-01-03", &wider(1), "");
    store(&captures, "fr-fr", "2020-01-04", &wider(2), "");
    assert_eq!(french(&captures).unwrap(), "apple/fr-fr/2020-01-03");
}

/// What a person accepted of one locale says nothing of the first capture of another.
#[test]
fn a_loss_that_was_accepted_of_one_locale_is_none_of_another() {
    let (_folder, captures) = sources(Some(&[]));
    store(&captures, "de-de", "2020-01-01", &table(100), "");
    store(&captures, "en-us", "2020-01-02", &table(100), "");
    store(&captures, "de-de", "2020-01-03", &table(40), "");
    let options = BuildOptions {
        sources: captures.root().to_owned(),
        output: output_of(&captures),
        capture: Some("apple/de-de/2020-01-03".to_owned()),
        locale: None,
        iana: None,
        accept: Some("the German page is shorter".to_owned()),
    };
    build(&options).unwrap();
    store(&captures, "it-it", "2020-01-04", &table(40), "");
    store(&captures, "fr-fr", "2020-01-04", &wider(3), "");
    store(&captures, "sv-se", "2020-01-04", &table(100), "");
    for locale in ["it-it", "fr-fr"] {
        let asked = used_of(&captures, locale);
        assert!(matches!(asked, Err(Failure::Refused(_))), "{asked:?}");
    }
    assert_eq!(
        used_of(&captures, "sv-se").unwrap(),
        "apple/sv-se/2020-01-04"
    );
    assert_eq!(
        used_of(&captures, "de-de").unwrap(),
        "apple/de-de/2020-01-03"
    );
}

/// What is accepted of an older capture makes the ports of a later one new: the person is told.
#[test]
fn who_accepts_a_loss_is_told_what_it_unseats() {
    let (_folder, captures) = sources(Some(&[GERMAN_2015, ENGLISH_2018]));
    store(&captures, "de-de", "2016-02-07", &table(50), "");
    assert_eq!(used(&captures), (ENGLISH_2018.to_owned(), vec![]));
    let id = "apple/de-de/2016-02-07";
    let options = BuildOptions {
        sources: captures.root().to_owned(),
        output: output_of(&captures),
        capture: Some(id.to_owned()),
        locale: None,
        iana: None,
        accept: Some("the German page is shorter".to_owned()),
    };
    let summary = build(&options).unwrap();
    assert_eq!(summary.unseated, [ENGLISH_2018]);
    let told = format!(
        "\nrefused   {ENGLISH_2018}, beside what was accepted; if it is right as well: appleports build --capture {ENGLISH_2018} --accept REASON\n"
    );
    assert!(summary.to_string().contains(&told), "{summary}");
    // Once that is accepted as well, it is used as before.
    let options = BuildOptions {
        capture: Some(ENGLISH_2018.to_owned()),
        ..options
    };
    assert_eq!(build(&options).unwrap().unseated, [""; 0]);
    assert_eq!(used(&captures), (ENGLISH_2018.to_owned(), vec![]));
}
