//! More inputs of [`super::hostile`]: captures in which something of one row, or of the page, could be
//! gone through again for each of its parts.

use super::limited::one;
use super::shapes::{FREE, HEADING, INGEST, Shape};

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "a row joined by spaces with a run of numbers and commas",
        arguments: INGEST,
        largest: FREE,
        files: |size| {
            let row = "80 TCP Simple Mail Transfer Protocol 5321 smtp Mail\n";
            let run = "123, ".repeat(size / 5);
            one(format!(
                "Port TCP RFC name\n{row}81 TCP Title {run}x\n{row}"
            ))
        },
    },
    Shape {
        title: "a cell with a raised text of many lines, and many lines behind it",
        arguments: INGEST,
        largest: 400_000,
        files: |size| {
            let (ends, lines) = ("\n".repeat(size / 2), "a<br>\n".repeat(size / 12));
            html(&format!("<td><sup>{ends}x{ends}</sup>{lines}"), size / 500)
        },
    },
    Shape {
        title: "240 headings around a text",
        arguments: INGEST,
        largest: FREE,
        files: |size| {
            let (begin, end) = ("<h1><i>".repeat(240), "</i></h1>".repeat(240));
            let text = "a ".repeat(size / 2);
            let table = html("", 20).remove(0).1;
            one(format!("<!doctype html>{begin}{text}{end}{table}"))
        },
    },
    Shape {
        title: "a row with a long port and broken dashes",
        arguments: INGEST,
        largest: 49_000 * 7,
        files: |size| {
            let (port, dashes) = (
                "\u{1f600}".repeat(400),
                ",\u{e2}\u{20ac}\u{201d}".repeat(size / 9),
            );
            let row = "80,TCP,Simple Mail,5321,smtp,Mail\n";
            one(format!("{HEADING}{row}{port}{dashes}\n{row}"))
        },
    },
    Shape {
        title: "a row with a long port that goes on in many lines",
        arguments: INGEST,
        largest: 9_000 * 2,
        files: |size| {
            let (port, lines) = ("\u{1f600}".repeat(400), "b\n".repeat(size / 2));
            let row = "| 80 | TCP | Simple Mail | 5321 | smtp | Mail |\n";
            let heading =
                "| Port | TCP | Service | RFC | Name | Used by |\n|---|---|---|---|---|---|\n";
            one(format!(
                "{heading}{row}| {port} | TCP | Mail | 5321 | smtp | a\n{lines}{row}"
            ))
        },
    },
    Shape {
        title: "rows in lines of words with accents",
        arguments: INGEST,
        largest: FREE / 2,
        files: |size| {
            let line = "\u{e9} \u{f6} \u{fc} \u{e4} ".repeat(4) + "\n";
            let rows =
                (0..size / (37 * 49)).map(|at| format!("{}\nTCP\n{}", 1000 + at, line.repeat(37)));
            let row = "80\nTCP\nSimple Mail\n5321\nsmtp\nMail\n\n";
            let rows: String = rows.collect();
            one(format!(
                "Port\nTCP or UDP\nService\nRFC\nName\nUsed by\n\n{row}{rows}\n{row}"
            ))
        },
    },
    Shape {
        title: "a long heading above many rows",
        arguments: INGEST,
        largest: FREE / 2,
        files: |size| {
            let mut files = html("", size / 1_000);
            files[0].1 = files[0].1.replacen("Port", &"P".repeat(size), 1);
            files
        },
    },
];

/// A page with so many rows, the last of which ends in a cell of its own.
fn html(cell: &str, count: usize) -> Vec<(&'static str, String)> {
    let heading = "<tr><th>Port<th>TCP<th>Service<th>RFC<th>Name<th>Used by\n";
    let row = "<tr><td>80<td>TCP<td>Simple Mail<td>5321<td>smtp<td>Mail\n";
    let rows = row.repeat(count.clamp(3, 2_400));
    one(format!(
        "<!doctype html><table>{heading}{rows}<tr><td>81<td>TCP{cell}</table>"
    ))
}
