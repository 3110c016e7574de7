//! More inputs of [`super::hostile`]: rows with many ports and products, whose number together is
//! limited, beside what is told of each of them.

use std::fmt::Write;

use super::limited::BUILD;
use super::pairs::articles;
use super::shapes::{CAPTURE, HEADING, Shape};

const PRODUCTS: [&str; 8] = [
    "FaceTime", "iMessage", "Mail", "Siri", "Maps", "Xsan", "Calendar", "Contacts",
];

/// It has a page for each range.
pub(super) const SHARING: &str = "rows of one port, and ranges that share it, as a site";

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "ports of eight products each, built",
        arguments: BUILD,
        largest: 19 * 150,
        files: |size| vec![(CAPTURE, rows(size / 150, 8, &PRODUCTS))],
    },
    Shape {
        title: SHARING,
        arguments: "--sources {sources} site --out {site}",
        largest: 1_100 * 72,
        files: |size| {
            let rows = (0..size / 72).map(|at| {
                let last = 81 + at;
                format!("80,TCP,Row {at:05},5321,srv,Mail\n80-{last:05},TCP,Range {at:05},5321,srv,Mail\n")
            });
            vec![(CAPTURE, HEADING.to_owned() + &rows.collect::<String>())]
        },
    },
    Shape {
        title: "rows that differ in their second name, built",
        arguments: BUILD,
        largest: 2_400 * 34,
        files: |size| {
            let rows =
                (0..size / 34).map(|at| format!("80,TCP,Service,5321,\"srv, x{at:05}\",Mail\n"));
            vec![(CAPTURE, HEADING.to_owned() + &rows.collect::<String>())]
        },
    },
    Shape {
        title: "ports of eight products each, beside six other articles, checked",
        arguments: "--sources {many} check --format json",
        largest: 155 * 100,
        files: |size| {
            vec![
                (
                    "many/siblings/2024-07-29.facts.toml",
                    articles(&"t".repeat(118), &PRODUCTS),
                ),
                (
                    "many/apple/en-us/2024-01-01/capture.csv",
                    rows(size / 100, 1, &PRODUCTS),
                ),
            ]
        },
    },
    Shape {
        title: "lists of sixteen ports beside a list of one line, audited",
        arguments: "--sources {sources} audit {list} --format json",
        largest: 77 * 110,
        files: |size| {
            vec![
                (CAPTURE, rows(size / 110, 16, &PRODUCTS[..1])),
                ("list", "1/tcp\n".to_owned()),
            ]
        },
    },
    Shape {
        title: "rows that could not be read beside long records, compared",
        arguments: "--sources {sources} diff {a.csv} {b.csv} --format json",
        largest: 2_400 * 24,
        files: |size| {
            let title = "x".repeat(1_900);
            let long = (0..16).map(|at| format!("1640,TCP,{title}{at},,,Mail\n"));
            let unread = (0..size / 24).map(|at| format!("164O,TCP,x{at:05},,,Mail\n"));
            let text =
                |rows: Vec<String>| format!("{HEADING}22,TCP,SSH,4253,ssh,Mail\n{}", rows.concat());
            vec![
                ("a.csv", text(long.collect())),
                ("b.csv", text(unread.collect())),
            ]
        },
    },
];

/// So many rows with so many ports each, of these products.
fn rows(count: usize, ports: usize, products: &[&str]) -> String {
    let mut text = HEADING.to_owned();
    for at in 0..count {
        let first = 1_025 + 40 * at;
        let ports: Vec<String> = (0..ports)
            .map(|port| (first + 2 * port).to_string())
            .collect();
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "\"{}\",TCP/UDP,Title {at:04},,name-{at},\"{}\"",
            ports.join(", "),
            products.join(", ")
        );
    }
    text
}
