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
    // A dash marks a row whose port cannot be read, and that has both transports.
    for first in [
        "7 (all),TCP,Echo,792,echo,-",
        "seven,TCP/UDP,Echo,-,echo,Mac",
        "7 (all),both,Echo,792,echo,-",
    ] {
        let rows: Vec<String> = std::iter::once(first)
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
                let is_right =
                    |record: &String| GOOD.iter().any(|row| record.starts_with(&row[..2]));
                assert!(outcome.records.iter().all(is_right), "{outcome:?}");
                assert!(outcome.records.iter().all(|record| !record.contains(bad)));
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
            assert!(
                outcome
                    .records
                    .iter()
                    .all(|record| !record.contains("11211"))
            );
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

#[test]
fn a_row_of_ports_is_a_row_also_in_the_heading() {
    let row = |tag: &str, row: &str| {
        format!(
            "<tr><{tag}>{}</tr>\n",
            row.replace(',', &format!("<{tag}>"))
        )
    };
    let pipe = |row: &str| format!("| {} |\n", row.replace(',', " | "));
    let dashes = "|---|---|---|---|---|---|\n";
    let [first, second, third] = GOOD;
    for text in [
        [row("th", first), row("td", second), row("td", third)].concat(),
        [
            row("th", HEADING),
            row("th", first),
            row("td", second),
            row("td", third),
        ]
        .concat(),
        [
            row("th", HEADING),
            row("td", first),
            row("th", second),
            row("td", third),
        ]
        .concat(),
    ] {
        let text = format!("<html><body><table>{text}</table><p>End</body>");
        assert_eq!(read(&text).unwrap().records.len(), 3, "{text}");
    }
    let text = format!(
        "{}{dashes}{}{}\nEnd.\n",
        pipe(first),
        pipe(second),
        pipe(third)
    );
    assert_eq!(read(&text).unwrap().records.len(), 3);
    // Also where its port cannot be read.
    let odd = "7 (all),TCP,Echo,792,echo,-";
    let rows = [row("td", first), row("td", second), row("td", third)].concat();
    let below = [pipe(first), pipe(second), pipe(third)].concat();
    for text in [
        format!(
            "<html><body><table>{}{}{rows}</table><p>End</body>",
            row("th", HEADING),
            row("th", odd)
        ),
        format!("{}{}{dashes}{below}\nEnd.\n", pipe(HEADING), pipe(odd)),
    ] {
        let outcome = read(&text).unwrap();
        assert_eq!((outcome.read, outcome.records.len()), (4, 3), "{text}");
    }
}

#[test]
fn a_first_row_of_another_width_is_no_heading() {
    for (first, rejected) in [
        ("TCP,Files,959,ftp-data,-", 1),
        ("Files,959,ftp-data,-", 1),
        ("20", 1),
        ("20,TCP", 1),
    ] {
        let rows: Vec<String> = std::iter::once(first)
            .chain(GOOD)
            .map(str::to_owned)
            .collect();
        for text in &written(&rows)[3..] {
            let outcome = read(text).unwrap();
            let counts = (outcome.records.len(), outcome.rejected);
            assert_eq!(counts, (3, rejected), "{text}");
        }
    }
}

#[test]
fn a_rejected_row_counts_the_rows_in_it() {
    let [first, second, third] = GOOD;
    for (rows, counts) in [
        (vec![first.to_owned(), format!("{second},{third}")], (1, 2)),
        (vec![format!("{first},{second},{third}")], (0, 3)),
    ] {
        let rows: Vec<String> = rows
            .into_iter()
            .chain(["22,TCP,Shell,4253,ssh,Mac".to_owned()])
            .collect();
        for text in written(&rows) {
            let outcome = read(&text).unwrap();
            assert_eq!(
                (outcome.records.len(), outcome.rejected),
                (counts.0 + 1, counts.1),
                "{text}"
            );
        }
    }
}

#[test]
fn a_row_with_another_separator_counts() {
    let [first, second, third] = GOOD;
    for odd in [
        second.replace(',', ";"),
        second.replace(',', "\t"),
        second.replace(',', " "),
    ] {
        let text = format!("{HEADING}\n{first}\n{odd}\n{third}\n");
        let outcome = read(&text).unwrap();
        assert_eq!((outcome.records.len(), outcome.rejected), (2, 1), "{text}");
    }
}
