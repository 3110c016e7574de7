//! What all captures of a folder may hold together: each limit at its figure, and one above.

use appleports_pipeline::{Failure, IngestOptions, Ingestion, assemble};
use appleports_store::SourceFolder;

use crate::common::{row, sources, store, table};

/// Why the folder is not read; empty where it is, or where only a guard refuses.
fn refusal(sources: &SourceFolder) -> String {
    match assemble(sources, None) {
        Ok(_) | Err(Failure::Refused(_)) => String::new(),
        Err(error) => error.to_string(),
    }
}

fn rows(count: u16) -> String {
    let rows = (0..count).map(|at| row(&(1000 + at).to_string(), at));
    table(0) + &rows.collect::<String>()
}

/// The message about a folder whose oldest capture is of 2020-01-01.
fn more_than(sources: &SourceFolder, what: &str) -> String {
    let folder = sources.root().display();
    format!(
        "{folder}: more than {what} in all captures together; remove the folder of an old one, such as sources/apple/en-us/2020-01-01"
    )
}

#[test]
fn captures_have_at_most_20000_rows_together() {
    let (_folder, captures) = sources(Some(&[]));
    for day in 1..=8 {
        let count = if day == 8 { 2_480 } else { 2_500 };
        store(
            &captures,
            "en-us",
            &format!("2020-01-0{day}"),
            &rows(count),
            "",
        );
    }
    // A row that cannot be read counts as well.
    let unread = "80,x,Web,2616,http,Mail\n";
    store(&captures, "en-us", "2020-01-09", &(rows(20) + unread), "");
    assert_eq!(refusal(&captures), more_than(&captures, "20000 rows"));
    store(&captures, "en-us", "2020-01-09", &(rows(19) + unread), "");
    assert_eq!(refusal(&captures), "");
    // One that is too much is not stored, so that it stops no other command.
    let options = IngestOptions {
        locale: Some("en-us".to_owned()),
        captured: "2020-01-10".parse().ok(),
        ..IngestOptions::default()
    };
    let refused = Ingestion::new(&captures)
        .unwrap()
        .store("x.csv", rows(20).as_bytes(), &options);
    let refused = refused.unwrap_err().to_string();
    assert!(
        refused.starts_with("x.csv: more than 20000 rows in all captures together"),
        "{refused}"
    );
    assert_eq!(refusal(&captures), "");
}

#[test]
fn captures_have_at_most_two_million_bytes_of_text_together() {
    let (_folder, captures) = sources(Some(&[]));
    let row = |at: usize| format!("{},TCP,{},1,http,Mail\n", 5000 + at, "x".repeat(980));
    let long = |bytes: usize| table(100) + &(0..bytes / 1_000).map(row).collect::<String>();
    for day in 1..=4 {
        let day = format!("2020-01-0{day}");
        store(&captures, "en-us", &day, &long(490_000), "");
    }
    assert_eq!(refusal(&captures), "");
    store(&captures, "en-us", "2020-01-05", &long(40_000), "");
    let expected = more_than(&captures, "2000000 bytes of text in the cells");
    assert_eq!(refusal(&captures), expected);
}

/// Rows that give so many ports to so many products each.
fn wide_rows(rows: usize, ports: usize, products: usize) -> String {
    let list = |texts: Vec<String>| format!("\"{}\"", texts.join(", "));
    let names = ["FaceTime", "iMessage", "Mail", "Siri", "Maps"];
    let used_by = list(names[..products].iter().map(ToString::to_string).collect());
    let rows = (0..rows).map(|at| {
        let first = at * ports;
        let ports = list(
            (first..first + ports)
                .map(|port| (1 + 2 * port).to_string())
                .collect(),
        );
        format!("{ports},TCP,Title {at},,n{at},{used_by}\n")
    });
    table(0) + &rows.collect::<String>()
}

#[test]
fn a_capture_gives_at_most_2500_ports_to_products() {
    let (_folder, captures) = sources(Some(&[]));
    store(&captures, "en-us", "2020-01-01", &wide_rows(50, 10, 5), "");
    assert_eq!(refusal(&captures), "");
    let (_folder, captures) = sources(Some(&[]));
    store(&captures, "en-us", "2020-01-01", &wide_rows(51, 10, 5), "");
    let refused = refusal(&captures);
    let expected = "2020-01-01/capture.csv: its rows give their products more than 2500 ports and ranges together, so this is not the article";
    assert!(refused.ends_with(expected), "{refused}");
}

#[test]
fn captures_give_at_most_30000_ports_to_products_together() {
    let (_folder, captures) = sources(Some(&[]));
    for day in 11..=22 {
        let day = format!("2020-01-{day}");
        store(&captures, "en-us", &day, &wide_rows(50, 10, 5), "");
    }
    assert_eq!(refusal(&captures), "");
    store(&captures, "en-us", "2020-01-01", &wide_rows(1, 1, 1), "");
    let expected = more_than(&captures, "30000 ports of products");
    assert_eq!(refusal(&captures), expected);
}

#[test]
fn captures_share_ports_in_at_most_40000_pairs_of_rows_together() {
    let (_folder, captures) = sources(Some(&[]));
    // Each row has all ports, so that 135 rows make 9,045 pairs.
    let row = |at: usize| format!("1000-1009,TCP,Title {at},,n{at},Mail\n");
    let rows = table(0) + &(0..135).map(row).collect::<String>();
    for day in 1..=4 {
        let day = format!("2020-01-0{day}");
        store(&captures, "en-us", &day, &rows, "");
    }
    assert_eq!(refusal(&captures), "");
    store(&captures, "en-us", "2020-01-05", &rows, "");
    let expected = more_than(
        &captures,
        "40000 findings and pairs of rows that share ports",
    );
    assert_eq!(refusal(&captures), expected);
}

#[test]
fn a_folder_has_at_most_200_captures() {
    let (_folder, captures) = sources(Some(&[]));
    for at in 0..201 {
        let day = format!("2020-{:02}-{:02}", 1 + at / 28, 1 + at % 28);
        store(&captures, "en-us", &day, &table(2), "");
        if at == 199 {
            assert_eq!(refusal(&captures), "");
        }
    }
    assert_eq!(refusal(&captures), more_than(&captures, "200 captures"));
}
