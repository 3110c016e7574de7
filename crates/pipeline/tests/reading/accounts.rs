//! Law 2: every row between the heading and the end is a record or is rejected.

use proptest::prelude::*;

use super::read;

const HEADING: &str = "Port,Type,Service,RFC,Name,Used by";
const GOOD: [&str; 3] = [
    "80,TCP,Hypertext Web,2616,http,Web",
    "443,TCP,Secure Web,2818,https,Web",
    "993,TCP,Mail Boxes,-,imaps,Mac",
];

fn written(rows: &[String]) -> Vec<String> {
    let cells = |row: &str, tag: &str| {
        format!(
            "<tr><{tag}>{}</tr>\n",
            row.replace(',', &format!("<{tag}>"))
        )
    };
    let html = |tag: &str| {
        let body: String = rows.iter().map(|row| cells(row, "td")).collect();
        format!(
            "<html><body><table>{}{body}</table><p>End</body>",
            cells(HEADING, tag)
        )
    };
    let pipe = |row: &str| format!("| {} |\n", row.replace(',', " | "));
    let pipes: String = rows.iter().map(|row| pipe(row)).collect();
    let csv: String = rows.iter().map(|row| format!("{row}\n")).collect();
    vec![
        html("th"),
        html("td"),
        format!(
            "{}|---|---|---|---|---|---|\n{pipes}\nEnd.\n",
            pipe(HEADING)
        ),
        format!("{HEADING}\n{csv}"),
        format!("{HEADING}\n{csv}").replace(',', "\t"),
    ]
}

#[test]
fn rows_above_the_first_port_count() {
    for first in [
        "7 (all),TCP,Echo,792,echo",
        "2O,TCP,Files,959,ftp-data,-",
        "7 (all),TCP,Echo,792,echo,-,more",
    ] {
        let rows: Vec<String> = std::iter::once(first)
            .chain(GOOD)
            .map(str::to_owned)
            .collect();
        for text in written(&rows) {
            let outcome = read(&text).unwrap();
            assert_eq!((outcome.read, outcome.records.len()), (4, 3), "{text}");
        }
    }
}

#[test]
fn rows_without_a_heading_count_too() {
    let rows: Vec<String> = std::iter::once("7 (all),TCP,Echo,792,echo,-")
        .chain(GOOD)
        .map(str::to_owned)
        .collect();
    for text in written(&rows) {
        let without: Vec<&str> = text
            .lines()
            .filter(|line| !line.contains("Service") && !line.contains("---"))
            .collect();
        let opening = if text.starts_with('<') {
            "<html><body><table>\n"
        } else {
            ""
        };
        let outcome = read(&format!("{opening}{}\n", without.join("\n"))).unwrap();
        assert_eq!((outcome.read, outcome.records.len()), (4, 3), "{text}");
    }
}

/// One text a line, and rows joined by spaces.
fn without_cells(rows: &[&str]) -> [String; 2] {
    let text = |between: &str| {
        let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
        let rows = rows.replace(',', between);
        format!("TCP and UDP ports\n\n{rows}\nEnd of it\n")
    };
    [text("\n"), text(" ")]
}

#[test]
fn unreadable_ports_count_where_nothing_marks_the_rows() {
    for bad in ["7a", "164O", "2O"] {
        let row = format!("{bad},TCP,Some Title,1034,name,Mac");
        for at in 0..=GOOD.len() {
            let mut rows = GOOD.to_vec();
            rows.insert(at, &row);
            for text in without_cells(&rows) {
                let outcome = read(&text).unwrap();
                assert_eq!(outcome.read, 4, "{text}");
                let is_right = |own: &String| GOOD.iter().any(|row| own.starts_with(&row[..2]));
                assert!(outcome.records.iter().all(is_right), "{outcome:?}");
                assert!(outcome.records.iter().all(|own| !own.contains(bad)));
            }
        }
    }
}

#[test]
fn a_joined_row_without_a_transport_is_no_part_of_another() {
    for row in ["11211,caching,cache,Mac", "11211,caching,-,cache,Mac"] {
        for at in 1..=GOOD.len() {
            let mut rows = GOOD.to_vec();
            rows.insert(at, row);
            let [_, text] = without_cells(&rows);
            let outcome = read(&text).unwrap();
            assert_eq!((outcome.read, outcome.rejected), (4, 2), "{text}");
            assert!(outcome.records.iter().all(|own| !own.contains("11211")));
        }
    }
}

proptest! {
    #[test]
    fn no_row_vanishes(bad in prop::collection::vec((0..4_usize, prop::sample::select(vec!["7 (all)", "2O", "70000", "5,,223"]), 3..8_usize), 0..3)) {
        let mut rows: Vec<String> = GOOD.map(str::to_owned).to_vec();
        for (place, port, width) in &bad {
            let cells = [port.replace(",,", "."), "TCP".into(), "A Title".into(), "1034".into(), "name".into(), "Mac".into(), "more".into()];
            rows.insert(*place % (rows.len() + 1), cells[..(*width).min(7)].join(","));
        }
        rows.push("5223,TCP,Last One,-,-,Mac".to_owned());
        for text in written(&rows) {
            let outcome = read(&text).unwrap();
            prop_assert_eq!(outcome.read as usize, rows.len(), "{}", text);
            prop_assert_eq!(outcome.records.len(), 4, "{}", text);
        }
    }
}

#[test]
fn text_between_the_rows_is_reported() {
    let rows = GOOD[..2].iter().map(|row| (*row).to_owned());
    let rows: Vec<String> = rows.collect();
    for text in &written(&rows)[..3] {
        let (row, text_row) = if text.starts_with('<') {
            ("<tr><td>443", "<tr><td colspan=6>Mail services</tr>\n")
        } else {
            ("| 443 ", "| Mail services | | | | | |\n")
        };
        let with = text.replacen(row, &format!("{text_row}{row}"), 1);
        let outcome = read(&with).unwrap();
        assert!(outcome.codes.contains(&"A006".to_owned()), "{with}");
        assert_eq!((outcome.read, outcome.records.len()), (2, 2), "{with}");
    }
}
