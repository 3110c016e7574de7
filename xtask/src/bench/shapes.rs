//! The inputs of [`super::hostile`], by their size in bytes.

use std::fmt::Write;

/// An input that is made to be slow or large.
pub(super) struct Shape {
    pub(super) title: &'static str,
    /// The arguments of the command; `{name}` is a file.
    pub(super) arguments: &'static str,
    /// The most bytes of it that are read, nearly; more are refused.
    pub(super) largest: usize,
    /// The files with their texts, of about so many bytes.
    pub(super) files: fn(usize) -> Vec<(&'static str, String)>,
}

/// No limit is nearer than that of its bytes.
pub(super) const FREE: usize = 3 << 20;

pub(super) const INGEST: &str =
    "ingest {page} --dry-run --format json --locale en-us --captured 2024-01-01";
const CHECK: &str = "--sources {sources} check --rfc-index {index.txt} --format json";
pub(super) const HEADING: &str =
    "Port,TCP or UDP,Service or Protocol Name,RFC,Service Name,Used by\n";
pub(super) const REGISTRY_HEADING: &str = "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Known Unauthorized Uses,Assignment Notes\n";
pub(super) const CAPTURE: &str = "sources/apple/en-us/2024-01-01/capture.csv";

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "`<h1>` without an end",
        arguments: INGEST,
        largest: 480 * 4,
        files: |size| page(&"<h1>".repeat(size / 4), ""),
    },
    Shape {
        title: "`<title><` without an end",
        arguments: INGEST,
        largest: FREE,
        files: |size| page(&"<title><".repeat(size / 8), ""),
    },
    Shape {
        title: "rows whose digests collide",
        arguments: INGEST,
        largest: 2_400 * 90,
        files: |size| page("", &rows(super::collisions::texts(size / 90))),
    },
    Shape {
        title: "equal rows",
        arguments: INGEST,
        largest: 2_400 * 78,
        files: |size| page("", &rows(vec!["Mail".to_owned(); size / 78])),
    },
    Shape {
        title: "cells that span a thousand columns",
        arguments: INGEST,
        largest: 2_400 * 33,
        files: |size| {
            let row = "<tr><td colspan=1000>80</td></tr>";
            let rows = row.repeat(size / row.len());
            vec![(
                "page",
                format!("<title>TCP UDP</title><table>{rows}</table>"),
            )]
        },
    },
    Shape {
        title: "short lines",
        arguments: INGEST,
        largest: 49_000 * 2,
        files: |size| vec![("page", "x\n".repeat(size / 2))],
    },
    Shape {
        title: "lines of one quote",
        arguments: INGEST,
        largest: 49_000 * 2,
        files: |size| vec![("page", "\"\n".repeat(size / 2))],
    },
    Shape {
        title: "short lines, compared",
        arguments: "diff {page} {other} --format json",
        largest: 49_000 * 2,
        files: |size| {
            vec![
                ("page", "x\n".repeat(size / 2)),
                ("other", "y\n".repeat(size / 2)),
            ]
        },
    },
    Shape {
        title: "a list of numbers in a cell",
        arguments: INGEST,
        largest: 2_900 * 2,
        files: |size| list("1,", size),
    },
    Shape {
        title: "a list of products in a cell",
        arguments: INGEST,
        largest: 2_900 * 6,
        files: |size| list("Mail, ", size),
    },
    Shape {
        title: "a list of products with `and`",
        arguments: INGEST,
        largest: 490_000,
        files: |size| list("Mail and ", size),
    },
    Shape {
        title: "chains of RFCs",
        arguments: CHECK,
        largest: 2_000 << 10,
        files: |size| {
            // A longer chain is refused.
            let is_last = |at: usize| at.is_multiple_of(64) || at == size / 100;
            index(size / 100, |at| {
                if is_last(at) {
                    Vec::new()
                } else {
                    vec![at + 1]
                }
            })
        },
    },
    Shape {
        title: "an RFC with many successors",
        arguments: CHECK,
        largest: FREE,
        files: |size| {
            let count = size / 100;
            index(count, |at| {
                if at <= 2_000 {
                    (at + 1..=count).take(count / 100).collect()
                } else {
                    Vec::new()
                }
            })
        },
    },
    Shape {
        title: "RFCs that the index does not list",
        arguments: CHECK,
        largest: 2_400 * 60,
        files: |size| {
            let mut files = index(size / 180, |_| Vec::new());
            let count = size / 180;
            files[0].1 = cited((0..size / 60).map(|at| at % count * 2 + 1));
            files
        },
    },
    Shape {
        title: "one file many times in a manifest",
        arguments: "verify --output {set}",
        largest: FREE,
        files: |size| {
            let entry = format!(
                "{{\"path\": \"big\", \"bytes\": {}, \"hash\": \"sha256:0\"}}",
                32 << 20
            );
            let entries = vec![entry; size / 4096].join(",");
            vec![
                (
                    "set/datapackage.json",
                    format!("{{\"resources\": [{entries}]}}"),
                ),
                ("set/big", "x".repeat(32 << 20)),
            ]
        },
    },
    Shape {
        title: "many files beside a long manifest",
        arguments: "verify --output {many}",
        largest: FREE,
        files: |size| {
            let names: Vec<String> = (0..size / 60).map(|at| format!("{at:07}\n")).collect();
            let names = names.concat();
            let entry = |name| format!("{{\"path\": \"q/{name}\", \"bytes\": 0, \"hash\": \"x\"}}");
            let entries: Vec<String> = names.lines().map(entry).collect();
            let manifest = format!("{{\"resources\": [{}]}}", entries.join(","));
            vec![("many/z/", names), ("many/datapackage.json", manifest)]
        },
    },
    Shape {
        title: "a services file",
        arguments: "--sources {sources} check --services {services} --format json",
        largest: 29_000 * 24,
        files: |size| {
            vec![
                (CAPTURE, cited(1..100)),
                ("services", services(size, "one")),
            ]
        },
    },
    Shape {
        title: "two services files",
        arguments: "diff {services} {others} --format json",
        largest: 58_000 * 24,
        files: |size| {
            vec![
                ("services", services(size / 2, "one")),
                ("others", services(size / 2, "two")),
            ]
        },
    },
    Shape {
        title: "two registries as HTML",
        arguments: "diff {a.csv} {b.csv} --format html",
        largest: 1_500 << 10,
        files: |size| {
            vec![
                ("a.csv", registry(size / 2, "one")),
                ("b.csv", registry(size / 2, "two")),
            ]
        },
    },
];

pub(super) fn page(head: &str, rows: &str) -> Vec<(&'static str, String)> {
    let heading = "<tr><th>Port</th><th>TCP or UDP</th><th>Service or Protocol Name</th><th>RFC</th><th>Service Name</th><th>Used By</th></tr>";
    let rows = if rows.is_empty() {
        self::rows(vec!["Mail".to_owned()])
    } else {
        rows.to_owned()
    };
    let page = format!(
        "<!DOCTYPE html><html lang=en-us><head><title>TCP and UDP ports</title>{head}</head><body><table>{heading}\n{rows}</table></body></html>"
    );
    vec![("page", page)]
}

pub(super) fn rows(used_by: Vec<String>) -> String {
    let row = |text| {
        format!(
            "<tr><td>80</td><td>TCP</td><td>S</td><td>-</td><td>http</td><td>{text}</td></tr>\n"
        )
    };
    used_by.into_iter().map(row).collect()
}

fn list(item: &str, size: usize) -> Vec<(&'static str, String)> {
    let list = item.repeat(size / item.len());
    vec![(
        "page",
        format!("{HEADING}22,TCP,SSH,4253,ssh,Mail\n80,TCP,Web,2616,http,\"{list}\"\n"),
    )]
}

/// A capture whose rows cite these RFCs.
pub(super) fn cited(numbers: impl IntoIterator<Item = usize>) -> String {
    let mut text = HEADING.to_owned();
    for (at, number) in numbers.into_iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{},TCP,Service {at},{number},name-{at},Mail",
            at % 65_535 + 1
        );
    }
    text
}

/// An index of so many RFCs, and a capture that cites the first. Only even numbers are
/// there: an index without gaps is taken for a part of the real one.
fn index(count: usize, next: impl Fn(usize) -> Vec<usize>) -> Vec<(&'static str, String)> {
    let mut text = "(CREATED ON: 07/11/1969.)\n\n".to_owned();
    for at in 1..=count {
        let later: Vec<String> = next(at)
            .iter()
            .map(|later| format!("RFC{:04}", later * 2))
            .collect();
        let later = if later.is_empty() {
            String::new()
        } else {
            format!("(Obsoleted by {}) ", later.join(", "))
        };
        let _ = writeln!(
            text,
            "{:04} A Title. A. Author. July 1969. {later}(Status: UNKNOWN)\n",
            at * 2
        );
    }
    vec![
        (CAPTURE, cited((1..=2_000).map(|at| at * 2))),
        ("index.txt", text),
    ]
}

fn services(size: usize, word: &str) -> String {
    let mut text = String::new();
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        let _ = writeln!(text, "name-{at}\t{}/tcp\t# {word}", at % 65_535 + 1);
    }
    text
}

fn registry(size: usize, word: &str) -> String {
    let mut text = REGISTRY_HEADING.to_owned();
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        let _ = writeln!(
            text,
            "name-{at},{},tcp,Service {at} {word},,,,,,,,",
            at * 7_919 % 65_535 + 1
        );
    }
    text
}
