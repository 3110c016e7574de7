//! Laws of the stage, on rows made up by proptest and on single hard cells.

use appleports_model::{Column, Finding, RawCell, RawRow, RawTable, Rejected};
use appleports_normalise::{Normalised, Vocabulary, normalise};
use proptest::prelude::*;

fn table(rows: &[[String; 6]]) -> RawTable {
    let rows = rows
        .iter()
        .zip(1_u32..)
        .map(|(texts, row)| {
            let first = row * 10;
            let mut cells = [const { None }; 6];
            for (at, text) in texts.iter().enumerate() {
                cells[at] = Some(RawCell {
                    text: text.clone(),
                    place: (first + u32::try_from(at).unwrap()).into(),
                });
            }
            RawRow {
                confirmed: None,
                cells,
                captured: texts.to_vec(),
                place: first.into(),
                line_last: first + 5,
            }
        })
        .collect();
    RawTable {
        source: "apple/en-us/2020-01-01".into(),
        layout: "test",
        columns: Column::ALL.to_vec(),
        rows,
        rejected: Vec::<Rejected>::new(),
        findings: Vec::<Finding>::new(),
    }
}

fn run(rows: &[[&str; 6]]) -> Normalised {
    let rows: Vec<[String; 6]> = rows.iter().map(|row| row.map(str::to_owned)).collect();
    let mut vocabulary = Vocabulary::new();
    for (path, text) in [
        (
            "de.toml",
            include_str!("../../../../sources/vocabulary/phrases/de.toml"),
        ),
        (
            "en.toml",
            include_str!("../../../../sources/vocabulary/phrases/en.toml"),
        ),
    ] {
        vocabulary.add_phrases(path, text).unwrap();
    }
    normalise(&table(&rows), "", "en-us", &vocabulary)
}

fn finding(rows: &[[&str; 6]], code: &str) -> Option<String> {
    run(rows)
        .findings
        .into_iter()
        .find(|finding| finding.code == code)
        .map(|finding| finding.to_string())
}

#[test]
fn a_bad_port_rejects_its_row_and_says_why() {
    for (port, expected) in [
        (
            "8O80",
            "error N001: row `8O80` rejected: `8O80` is not a port number",
        ),
        ("", "error N001: row `` rejected: `` is not a port number"),
        (
            "70000",
            "error N002: row `70000` rejected: port 70000 is out of range, the highest is 65535",
        ),
        (
            "90-80",
            "error N003: row `90-80` rejected: range 90-80 runs backwards",
        ),
        (
            "0",
            "error N004: row `0` rejected: port 0 is reserved and cannot be opened",
        ),
        (
            "80, 70000",
            "error N002: row `80, 70000` rejected: port 70000 is out of range, the highest is 65535",
        ),
        (
            &["1"; 17].join(", "),
            "error N005: row `1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1` rejected: it lists 17 ports or ranges, at most 16 are read",
        ),
    ] {
        let result = run(&[
            [port, "TCP", "x", "-", "x", "-"],
            ["7", "TCP", "echo", "792", "echo", "-"],
        ]);
        assert_eq!(
            (result.totals.rows_rejected, result.records.len()),
            (1, 1),
            "{port}"
        );
        assert_eq!(
            result.findings[0].to_string(),
            format!("apple/en-us/2020-01-01:10: {expected}")
        );
    }
}

#[test]
fn a_hidden_character_in_a_number_rejects_its_row() {
    for (port, rfc, quoted, column) in [
        ("70\u{202e}09", "-", "70\u{202e}09", "port"),
        ("7009", "26\u{202e}61", "26\u{202e}61", "rfc"),
    ] {
        let result = run(&[[port, "TCP", "x", rfc, "x", "-"]]);
        assert_eq!(
            (result.totals.rows_rejected, result.records.len()),
            (1, 0),
            "{port:?}"
        );
        let found = result.findings[0].to_string();
        assert!(
            found.ends_with(&format!(
                "error N006: row `{quoted}` rejected: U+202E turns round or parts the digits of the {column} cell"
            )),
            "{found}"
        );
    }
    let marked = run(&[[
        "\u{200f}5222\u{200b}-5223\u{200f}",
        "TCP",
        "x",
        "-",
        "x",
        "-",
    ]]);
    assert_eq!(marked.records[0].ports[0].to_string(), "5222-5223");
    assert_eq!(marked.findings[0].code, "N060");
}

#[test]
fn ports_and_transports_in_every_notation() {
    for (port, count) in [
        ("1099 & 8043", 2),
        ("8821, 8826", 2),
        ("1 and 2", 2),
        ("3478–3497", 1),
        ("1, 2 or 3", 3),
        ("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16", 16),
    ] {
        assert_eq!(
            run(&[[port, "TCP", "", "", "", ""]]).records[0].ports.len(),
            count,
            "{port}"
        );
    }
    for (transport, count) in [
        ("TCP, UDP", 2),
        ("tcp/udp", 2),
        ("TCP or UDP", 2),
        ("TCP oder UDP", 0),
        ("UDP", 1),
        ("—", 0),
        ("TPC", 0),
    ] {
        assert_eq!(
            run(&[["1", transport, "", "", "", ""]]).records[0]
                .transports
                .len(),
            count,
            "{transport}"
        );
    }
}

#[test]
fn each_finding_fires_and_keeps_silent() {
    let plain = ["7", "TCP", "Echo", "862", "echo", "-"];
    let many = "7 ".repeat(17);
    let cases: &[(&str, &[[&str; 6]])] = &[
        ("N010", &[["7", "-", "Echo", "862", "echo", "-"]]),
        ("N011", &[["7", "TPC", "Echo", "862", "echo", "-"]]),
        ("N020", &[plain, plain]),
        ("N021", &[plain, ["7", "TCP", "Other", "-", "other", "-"]]),
        ("N022", &[plain, ["5-9", "TCP", "", "-", "", "-"]]),
        ("N030", &[["7", "TCP", "Echo", "862", "ech_o", "-"]]),
        ("N031", &[["7-9", "TCP", "Echo", "862", "echo - eche", "-"]]),
        ("N034", &[["7", "TCP", "Echo", "-", "-", "echo"]]),
        (
            "N035",
            &[["7", "TCP", "Echo", "-", "echo", "A.** Note:** b"]],
        ),
        (
            "N040",
            &[["7", "TCP", "Echo", "-", "echo", "Zeitreise-Dienst"]],
        ),
        ("N041", &[["7", "TCP", "Echo", "see editor", "echo", "-"]]),
        ("N041", &[["7", "TCP", "Echo", "0", "echo", "-"]]),
        ("N041", &[["7", "TCP", "Echo", &many, "echo", "-"]]),
        (
            "N050",
            &[[
                "7",
                "TCP",
                "A (unregistered use)\nB (C - registered use)",
                "-",
                "echo",
                "-",
            ]],
        ),
    ];
    for (code, rows) in cases {
        assert!(finding(rows, code).is_some(), "{code} does not fire");
        assert_eq!(finding(&[plain], code), None, "{code} fires on a plain row");
    }
}

#[test]
fn lost_letters_are_said_once_and_only_where_they_are_lost() {
    let mut vocabulary = Vocabulary::new();
    vocabulary
        .add_phrases(
            "de.toml",
            include_str!("../../../../sources/vocabulary/phrases/de.toml"),
        )
        .unwrap();
    let count = |text: &str, locale: &str| {
        let findings = normalise(&table(&[]), text, locale, &vocabulary).findings;
        findings
            .iter()
            .filter(|finding| finding.code == "A001")
            .count()
    };
    assert_eq!(count("Ports fur Mac\nuber TCP, Straße", "de-de"), 1);
    assert_eq!(count("Ports für Mac\nuber TCP", "de-de"), 0);
    assert_eq!(count("Ports fur Mac", "nl-nl"), 0);
    assert_eq!(count("Ports", "de-de"), 0);
}

#[test]
fn an_exact_duplicate_is_merged_and_counted() {
    let row = ["7", "TCP", "Echo", "862", "echo", "-"];
    let result = run(&[row, row, row]);
    assert_eq!(result.records[0].provenance.merged_lines, [20, 30]);
    assert_eq!(
        (result.totals.rows_emitted, result.totals.rows_merged),
        (1, 2)
    );
}

/// Every sign of ASCII that markup or a list may have, letters of two, three and four bytes, and spaces
/// of several kinds.
const CELL: &str = "([!-/:-@\\[-`{-~]|[éß\u{a0}–、（）５\u{3000}\u{1f600}\u{301}]|TCP|UDP|RFC|[0-9]{1,4}|[a-z]| |\n){0,6}";

proptest! {
    #[test]
    fn totals_balance_and_ids_are_unique(rows in prop::collection::vec(
        ["[0-9]{1,5}(-[0-9]{1,5})?", "(TCP|UDP|TCP/UDP|-|x)", "[a-z ()]{0,8}", "[0-9]{0,4}", "[a-z, -]{0,6}", "[A-Za-z,;.() ]{0,12}"], 0..12)
    ) {
        let vocabulary = Vocabulary::new();
        let result = normalise(&table(&rows), "", "", &vocabulary);
        prop_assert!(result.totals.balance());
        prop_assert_eq!(result.totals.rows_read as usize, rows.len());
        let mut ids: Vec<&str> = result.records.iter().map(|record| record.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), result.records.len());
        let union: u32 = result.coverage.iter().map(|entry| entry.ports).sum();
        let sum: u32 = result.records.iter().flat_map(|record| record.rows().collect::<Vec<_>>()).map(|(range, _)| range.count()).sum();
        prop_assert!(union <= sum);
    }

    #[test]
    fn signs_beside_any_letters_are_read(rows in prop::collection::vec(
        [CELL, CELL, CELL, CELL, CELL, CELL], 0..6), has_ports: bool
    ) {
        let mut rows = rows;
        for row in rows.iter_mut().filter(|_| has_ports) {
            (row[0], row[1]) = ("80".to_owned(), "TCP".to_owned());
        }
        let texts: Vec<[&str; 6]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
        prop_assert!(run(&texts).totals.balance());
    }

    #[test]
    fn a_key_does_not_depend_on_the_place_of_its_row(mut order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let row = |at: usize| [format!("{}", 100 + at), "TCP".into(), format!("t{at}"), "-".into(), format!("n{at}"), "-".into()];
        let ids = |order: &[usize]| {
            let rows: Vec<[String; 6]> = order.iter().map(|at| row(*at)).collect();
            let mut ids: Vec<String> = normalise(&table(&rows), "", "", &Vocabulary::new()).records.into_iter().map(|record| record.id).collect();
            ids.sort();
            ids
        };
        let shuffled = ids(&order);
        order.sort_unstable();
        prop_assert_eq!(shuffled, ids(&order));
    }
}

#[test]
fn more_overlaps_than_any_article_has_are_cut_and_said() {
    let rows: Vec<[String; 6]> = (1..=250)
        .map(|at| {
            [
                format!("1-{}", 1000 + at),
                "TCP".into(),
                format!("t{at}"),
                "-".into(),
                format!("n{at}"),
                "-".into(),
            ]
        })
        .collect();
    let result = normalise(&table(&rows), "", "", &Vocabulary::new());
    assert_eq!(result.overlaps.len(), 10_000);
    assert_eq!(
        result
            .findings
            .iter()
            .filter(|finding| finding.code == "N023")
            .count(),
        1
    );
    assert!(result.totals.balance());
}

/// Three texts of one digest, so that nothing but a number tells their rows apart.
#[test]
fn rows_that_collide_in_every_text_are_counted() {
    let row = |used_by| ["80", "TCP", "S", "-", "http", used_by];
    let rows = ["u0kmzlV7", "u0lm7kJj", "u0ofus40"].map(row);
    let ids: Vec<String> = run(&rows)
        .records
        .into_iter()
        .map(|record| record.id)
        .collect();
    assert_eq!(ids[1], format!("{}-again2", ids[0]));
    assert_eq!(ids[2], format!("{}-again3", ids[0]));
}
