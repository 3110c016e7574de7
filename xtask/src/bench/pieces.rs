//! More inputs of [`super::hostile`]: captures with rows that fall into thousands of pieces, or with texts
//! that are found again in thousands of rows. None of these is a row of the article, but each could be
//! kept, and told of, as if it were.

use super::limited::{BUILD, one};
use super::shapes::{CAPTURE, FREE, HEADING, INGEST, Shape, page};

/// A port as long as a bold line may have it, in characters of four bytes.
const WIDE: &str = "\u{1d4b3}";

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "bold lines with a row of many lines",
        arguments: INGEST,
        largest: 48_000 * 11,
        files: |size| one(bold(size)),
    },
    Shape {
        title: "bold lines with a row of many lines, built",
        arguments: BUILD,
        largest: 48_000 * 11,
        files: |size| vec![(CAPTURE, bold(size))],
    },
    Shape {
        // Each line has two findings, and more of them than a capture may have are refused.
        title: "a text a line, with marks on each line below the rows",
        arguments: INGEST,
        largest: 4_900 * 12,
        files: |size| one(marked(size)),
    },
    Shape {
        title: "a text a line, with marks on each line below the rows, built",
        arguments: BUILD,
        largest: 4_900 * 12,
        files: |size| vec![(CAPTURE, marked(size))],
    },
    Shape {
        // Refused for the text of its cells, but each table has been filled by then.
        title: "tables with a large cell that spans all rows",
        arguments: INGEST,
        largest: FREE,
        files: |size| {
            let row = "<tr><td>80<td>TCP<td>Mail<td>5321<td>smtp";
            let cell = format!("<td rowspan=0>{}", "Ma ".repeat(12_000));
            let table = format!("<table>{row}{cell}{}</table>\n", row.repeat(28));
            page(&table.repeat(size / table.len()), "")
        },
    },
    Shape {
        title: "rows that differ in where the lines of a cell break",
        arguments: INGEST,
        largest: 1_400 * 75,
        files: |size| {
            let rows = (0..size / 75).map(|at| {
                let breaks = [at % 26, at / 26 % 26];
                let gap = |at: usize| if breaks.contains(&at) { "x\n" } else { "x " };
                let users: String = (0..26).map(gap).collect();
                format!("80,TCP,S,,http,\"{users}x\"\n")
            });
            one(HEADING.to_owned() + &rows.collect::<String>())
        },
    },
];

/// Bold lines, one row of which goes on and on in lines with two mistakes each.
fn bold(size: usize) -> String {
    let row = |port: usize| format!("**{port}**\nTCP\nTitle {port}\n5321\nsmtp\nMail\n\n");
    let good: String = (20..50).map(row).collect();
    let heading = "**Port** **TCP or UDP** **Service** **RFC** **Name** **Used by**\n";
    let lines = "\u{e2}\u{20ac}\u{201d}\u{b2}\n".repeat(size / 11);
    let port = WIDE.repeat(77);
    format!(
        "{heading}{good}**3{port}**\nTCP\n{lines}\n{}\nText\n",
        row(60)
    )
}

/// Rows of a text a line, and lines with two mistakes each below them.
fn marked(size: usize) -> String {
    let rows = (20..60).map(|port| format!("{port}\nTCP\nTitle {port}\n5321\nsmtp\nMail\n"));
    let lines = "x\u{e2}\u{20ac}\u{153}\u{b2}\n".repeat(size / 12);
    format!(
        "TCP and UDP ports\n{}\n\nText\n{lines}",
        rows.collect::<String>()
    )
}
