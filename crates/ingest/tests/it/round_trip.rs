//! A page written in any layout and of any era reads back as the cells it was written from.

use appleports_ingest::read_capture;
use appleports_model::{Column, RawTable, Transport, collapse_whitespace, has_blank_text};
use proptest::prelude::*;

use crate::pages::{self, Era, Row};

fn read(page: &str) -> RawTable {
    read_capture("apple/x/2020-01-01", "page", page.as_bytes())
        .unwrap_or_else(|error| panic!("{error}\n{page}"))
}

/// A text in the one form in which cells are compared.
fn plain(text: &str, keep_lines: bool) -> String {
    let text = text.replace("TCP, UDP", "TCP/UDP");
    if has_blank_text(&text) {
        "-".to_owned()
    } else if keep_lines {
        text.lines()
            .map(collapse_whitespace)
            .collect::<Vec<_>>()
            .join("\n")
    } else {
        collapse_whitespace(&text)
    }
}

fn expected(rows: &[Row], era: Era, keep_lines: bool) -> Vec<Vec<String>> {
    let cell = |row: &Row, at: usize| {
        if era.columns().contains(&at) {
            plain(&row[at], keep_lines)
        } else {
            "-".to_owned()
        }
    };
    rows.iter()
        .map(|row| (0..6).map(|at| cell(row, at)).collect())
        .collect()
}

fn found(table: &RawTable, keep_lines: bool) -> Vec<Vec<String>> {
    let row = |row: &appleports_model::RawRow| {
        Column::ALL
            .iter()
            .map(|column| plain(row.text(*column), keep_lines))
            .collect()
    };
    table.rows.iter().map(row).collect()
}

fn assert_same(page: &str, layout: &str, rows: &[Row], era: Era) {
    let table = read(page);
    assert_eq!(table.layout, layout);
    assert_eq!(table.rejected, [], "{page}");
    assert_eq!(found(&table, true), expected(rows, era, true), "{page}");
    let lines: Vec<u32> = table.rows.iter().map(|row| row.place.line).collect();
    assert!(lines.is_sorted());
    for row in &table.rows {
        let line = page
            .lines()
            .nth(usize::try_from(row.place(Column::Port).line).unwrap() - 1);
        let near = page
            .lines()
            .nth(usize::try_from(row.place(Column::Port).line).unwrap());
        let port = row.text(Column::Port).replace('&', "&amp;");
        let is_there = |text: Option<&str>| {
            text.is_some_and(|text| text.contains(row.text(Column::Port)) || text.contains(&port))
        };
        assert!(
            is_there(line) || is_there(near),
            "{port} is not on line {}",
            row.place.line
        );
    }
}

fn port() -> impl Strategy<Value = (String, String, String)> {
    let transport = prop::sample::select(vec!["TCP", "UDP", "TCP/UDP"]);
    let title = "[A-Z][a-z]{2,8}( [A-Z][a-z]{1,7}){1,3}( \\([A-Z]{2,5}\\))?(\n[A-Z][a-z]{2,6} (& |\\| )?[A-Z][a-z]{3,8})?";
    let shape = prop::sample::select(vec!["", "-", "&"]);
    (shape, transport, title)
        .prop_map(|(shape, transport, title)| (shape.to_owned(), transport.to_owned(), title))
}

/// Rows in ascending order of ports. The first two are plain, so that every
/// column has contents of its own.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let tail = (
        prop::option::of(100_u32..9000),
        prop::option::of("[a-z]{2,6}(-[a-z]{2,5})?( \\(legacy\\))?"),
        prop::option::of(
            "[A-Z][a-z]{2,7}, i[A-Z][a-z]{2,6}( \\([a-z \"]{2,9}\\))?(\n[A-Z][a-z]{2,8} [A-Z][a-z]{2,4})?",
        ),
    );
    let made = prop::collection::vec((port(), tail), 1..12).prop_map(|made| {
        let mut rows: Vec<Row> = vec![
            ["7", "TCP/UDP", "echo", "792", "echo", "-"].map(str::to_owned),
            [
                "22",
                "TCP",
                "Secure Shell (SSH)",
                "4253",
                "ssh",
                "Xcode Server",
            ]
            .map(str::to_owned),
            ["53", "UDP", "Names of Hosts", "1034", "domain", "-"].map(str::to_owned),
        ];
        for (at, ((shape, transport, title), (rfc, name, used))) in made.into_iter().enumerate() {
            let first = 100 * (at + 1);
            let port = match shape.as_str() {
                "-" => format!("{first}-{}", first + 9),
                "&" => format!("{first} & {}", first + 3),
                _ => first.to_string(),
            };
            let dash = || "-".to_owned();
            rows.push([
                port,
                transport,
                title,
                rfc.map_or_else(dash, |rfc| rfc.to_string()),
                name.unwrap_or_else(dash),
                used.map_or_else(dash, |used| used.trim().to_owned()),
            ]);
        }
        rows.push(["50006", "TCP", "Last Helper", "-", "-", "-"].map(str::to_owned));
        rows
    });
    made.prop_filter("a line `Udp` is a transport", |rows| {
        let texts = rows.iter().flat_map(|row| [&row[2], &row[4], &row[5]]);
        let mut words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        words.all(|word| word.parse::<Transport>().is_err())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn html_of_every_year(rows in rows()) {
        for era in Era::ALL {
            assert_same(&pages::html_today(&rows, era), "html", &rows, era);
            assert_same(&pages::html_bare(&rows, era), "html", &rows, era);
            assert_same(&pages::html_old(&rows, era), "html", &rows, era);
        }
    }

    #[test]
    fn pipe_tables(rows in rows(), outer: bool, dashes: bool) {
        for era in Era::ALL {
            assert_same(&pages::pipes(&rows, era, outer, dashes), "pipe-table", &rows, era);
        }
    }

    #[test]
    fn delimited_text(rows in rows(), delimiter in prop::sample::select(vec![',', ';', '\t'])) {
        // Between tabs, a cell has no line ends.
        let one_line = |row: &Row| row.clone().map(|text| text.replace('\n', " "));
        let rows = if delimiter == '\t' { rows.iter().map(one_line).collect() } else { rows };
        for era in Era::ALL {
            assert_same(&pages::delimited(&rows, era, delimiter), "csv", &rows, era);
        }
    }

    #[test]
    fn plain_lines(rows in rows()) {
        for era in [Era::Y2008, Era::Y2015, Era::Y2018, Era::Y2024] {
            assert_same(&pages::lines(&rows, era), "plain-lines", &rows, era);
        }
    }

    /// Only rows that can be cut in one way come back, and no cell is wrong.
    #[test]
    fn joined_rows_are_read_right_or_rejected(rows in rows()) {
        for era in [Era::Y2015, Era::Y2024] {
            let table = read(&pages::joined(&rows, era));
            prop_assert_eq!(table.rows.len() + table.rejected.len(), rows.len());
            let right = expected(&rows, era, false);
            for row in found(&table, false) {
                prop_assert!(right.contains(&row), "{:?}", row);
            }
            prop_assert!(table.rows.len() >= 3, "the plain rows are certain");
        }
    }
}
