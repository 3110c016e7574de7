//! More inputs of [`super::hostile`]: rows that one side could not read, each of which may be any record of
//! the other side. What is said of a record could be written again for each, or compared with all.

use super::compared::{ESCAPED, MARKDOWN};
use super::datasets::{Made, dataset, record};
use super::shapes::{FREE, HEADING, Shape, page, rows};

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "rows that may each be any of 17 with a large cell, compared",
        arguments: MARKDOWN,
        largest: 17 * 60_000,
        files: |size| {
            let large = (0..17).map(|at| Made {
                cell: ESCAPED.repeat(size / 17),
                ..record(at, at + 1, "same")
            });
            let unread = (0..30).map(|at| Made {
                cell: format!("c{at}"),
                ports: (0, 0),
                ..record(at, 0, "same")
            });
            beside(large, unread)
        },
    },
    Shape {
        title: "rows whose ports are those of some records and texts of others, compared",
        arguments: "diff {a.json} {b.json} --format json",
        largest: 240 * 800,
        files: |size| {
            let half = size / 1_600;
            let records = (0..half).map(|at| record(at, at + 1, &format!("a{at}")));
            let others = (half..2 * half).map(|at| record(at, 30_000 + at, "same"));
            let unread = (0..2 * half).map(|at| Made {
                cell: format!("c{at}"),
                ports: (1, 20_000),
                ..record(at, 1, "same")
            });
            beside(records.chain(others), unread)
        },
    },
    Shape {
        title: "rows that were rejected in thousands of pieces, compared",
        arguments: "diff {page} {other} --format json",
        largest: FREE - 1,
        files: |size| {
            let cell = "a|b|".repeat(950);
            let row = format!("<tr><td>2000<td colspan=2>TCP<td>{cell}</tr>\n");
            let good = rows(vec!["Mail".to_owned(); 60]);
            let mut files = page("", &(good + &row.repeat(size / row.len())));
            files.push(("other", format!("{HEADING}80,TCP,Web,2616,http,Mail\n")));
            files
        },
    },
];

/// Records, and another side that has a record of its own beside the rows that it could not read.
fn beside(
    records: impl Iterator<Item = Made>,
    unread: impl Iterator<Item = Made>,
) -> Vec<(&'static str, String)> {
    let own = std::iter::once(record(0, 60_000, "z"));
    vec![
        ("a.json", dataset(records, std::iter::empty())),
        ("b.json", dataset(own, unread)),
    ]
}
