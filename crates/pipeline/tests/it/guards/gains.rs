//! Captures that open more ports than those before them.

use std::fs;

use appleports_pipeline::{AssembleOptions, Failure, assemble, assemble_with};

use super::{ENGLISH_2018, ENGLISH_2026, built, used};
use crate::common::{row, sources, store, table};

#[test]
fn a_row_that_opens_everything_is_refused() {
    for (range, codes) in [
        ("1-65535", vec!["G006", "G007"]),
        ("20000-25000", vec!["G006", "G007"]),
        ("20000-20500", vec!["G006"]),
        ("20000-20100", vec![]),
    ] {
        let (_folder, captures) = sources(Some(&[]));
        store(&captures, "en-us", "2020-01-01", &table(100), "");
        let wide = table(100) + &row(range, 500);
        store(&captures, "en-us", "2020-01-02", &wide, "");
        let (_, against) = used(&captures);
        let said: Vec<&str> = against.iter().map(|text| &text[..4]).collect();
        assert_eq!(said, codes, "{range}");
    }
}

/// The dynamic ports are nine of ten ports of the table.
#[test]
fn a_wide_range_hides_no_loss_and_no_gain() {
    let dynamic = row("49152-65535", 500);
    let half: String = (0..50)
        .map(|at| row(&format!("{}", 1000 + at * 10), at))
        .collect();
    let moved: String = (50..100)
        .map(|at| row(&format!("{}", 3000 + at), at))
        .collect();
    let lost: String = (0..100)
        .map(|at| row(&format!("{}", 50_000 + at), at))
        .collect();
    for (now, expected) in [
        (
            lost + &dynamic,
            "G003 0 ports below 49152, 100 in apple/en-us/2020-01-01",
        ),
        (
            half + &moved + &dynamic,
            "G003 51 of the 101 ports and ranges of apple/en-us/2020-01-01 are left",
        ),
        (
            table(100) + &row("20000-21000", 499) + &dynamic,
            "G006 1001 ports beyond those accepted so far; apple/en-us/2020-01-01 has ",
        ),
    ] {
        let (_folder, captures) = sources(Some(&[]));
        store(
            &captures,
            "en-us",
            "2020-01-01",
            &(table(100) + &dynamic),
            "",
        );
        store(&captures, "en-us", "2020-01-02", &now, "");
        let (_, against) = used(&captures);
        assert_eq!(against.len(), 1, "{against:?}");
        assert!(against[0].starts_with(expected), "{against:?}");
    }
}

/// What other captures claim to have had, in another locale and long ago, is no way around.
#[test]
fn old_days_are_no_way_around() {
    let (_folder, captures) = sources(Some(&[]));
    let rows: Vec<String> = (0..15)
        .map(|at| row(&format!("{}-{}", 3000 * at + 2000, 3000 * at + 4999), 500))
        .collect();
    for (at, wide) in rows.iter().enumerate() {
        let day = format!("{}-01-01", 2001 + at);
        store(&captures, "fr-fr", &day, &(table(100) + wide), "");
        store(&captures, "en-us", &day, &(table(100) + wide), "");
    }
    let honest = table(100) + &rows[0];
    store(&captures, "en-us", "2020-01-01", &honest, "");
    store(
        &captures,
        "en-us",
        "2020-01-02",
        &(honest + &rows[1..].concat()),
        "",
    );
    let (used, against) = used(&captures);
    assert_eq!(used, "apple/en-us/2020-01-01");
    assert!(against[0].starts_with("G006 42000 ports"), "{against:?}");
}

#[test]
fn a_first_capture_opens_no_more_than_an_article_may() {
    let quarters = ["1100-16384", "16386-32769", "32771-49154", "49156-65535"];
    for (ranges, expected) in [
        (&["49152-65535"][..], &[][..]),
        (&["30000-40000", "49152-65535"], &[]),
        (&["1-65535"], &["G006", "G007"]),
        (&quarters, &["G006"]),
    ] {
        let (_folder, captures) = sources(Some(&[]));
        let wide = ranges.iter().map(|range| row(range, 500));
        let wide = table(20) + &wide.collect::<String>();
        store(&captures, "en-us", "2020-01-01", &wide, "");
        let refused = match assemble(&captures, None) {
            Err(Failure::Refused(findings)) => findings,
            other => other.map(|_| Vec::new()).unwrap(),
        };
        let said: Vec<&str> = refused
            .iter()
            .map(|finding| finding.code.as_str())
            .collect();
        assert_eq!(said, expected, "{ranges:?}");
        if ranges == quarters {
            let text = format!("G006 {}", refused[0].message);
            assert!(
                text.ends_with("ports of tcp, more than 32768 in a first capture"),
                "{text}"
            );
            built(&captures, Some("as the article has them")).unwrap();
            assert_eq!(used(&captures).1, Vec::<String>::new());
        }
    }
}

/// A page from before an accepted loss, stored under a new day, would open again what a person
/// accepted as removed.
#[test]
fn what_was_accepted_as_removed_is_new_where_it_comes_back() {
    let wide = table(100) + &row("20000-29999", 500);
    for locale in ["en-us", "fr-fr"] {
        let (_folder, captures) = sources(Some(&[]));
        store(&captures, "en-us", "2020-01-01", &table(100), "");
        store(&captures, "en-us", "2020-01-02", &wide, "");
        built(&captures, Some("Apple lists the wide range")).unwrap();
        store(&captures, "en-us", "2020-01-03", &table(100), "");
        built(&captures, Some("the wide range is gone")).unwrap();
        store(&captures, locale, "2020-01-04", &wide, "");
        let options = AssembleOptions {
            locale: Some(locale.to_owned()),
            ..AssembleOptions::default()
        };
        let against = match assemble_with(&captures, &options) {
            Ok(assembled) => assembled.passed_over,
            Err(Failure::Refused(findings)) => findings,
            Err(other) => panic!("{other}"),
        };
        let codes: Vec<&str> = against
            .iter()
            .map(|finding| finding.code.as_str())
            .collect();
        assert_eq!(codes, ["G006", "G007"], "{locale}");
        assert_eq!(used(&captures).0, "apple/en-us/2020-01-03");
    }
}

#[test]
fn the_page_of_2018_does_not_come_back_under_a_new_day() {
    let (_folder, captures) = sources(None);
    let text = fs::read_to_string(captures.root().join(ENGLISH_2018).join("capture.csv")).unwrap();
    store(&captures, "en-us", "2026-11-20", &text, "");
    let (id, against) = used(&captures);
    assert_eq!(id, ENGLISH_2026);
    assert!(against[0].starts_with("G006 "), "{against:?}");
}

#[test]
fn a_port_that_a_capture_had_since_the_last_accepted_loss_is_not_new() {
    let (_folder, captures) = sources(Some(&[]));
    let wide = table(100) + &row("20000-20999", 500);
    store(&captures, "en-us", "2020-01-01", &wide, "");
    store(
        &captures,
        "en-us",
        "2020-01-02",
        &(table(100) + &row("20000-20800", 500)),
        "",
    );
    store(&captures, "en-us", "2020-01-03", &wide, "");
    assert_eq!(
        used(&captures),
        ("apple/en-us/2020-01-03".to_owned(), vec![])
    );
}
