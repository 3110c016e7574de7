//! More inputs of [`super::hostile`]: something large that is said once, and thousands of rows, entries or
//! ports that each lead to it.

use super::compared::ESCAPED;
use super::datasets::syllables;
use super::lists::{AUDIT, list};
use super::shapes::{CAPTURE, HEADING, REGISTRY_HEADING, Shape};

/// It has all texts on a page and in a document for each of its ports.
pub(super) const WIDENED: &str =
    "texts that are written six times as long, on 16 ports each, as a site";

const INDEX: &str = "--sources {sources} check --rfc-index {index.txt} --format json";
const BOTH: &str =
    "--sources {sources} check --rfc-index {index.txt} --iana {2024-01-01.csv} --format json";

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "RFCs with long titles that all rows cite, checked",
        arguments: INDEX,
        largest: 950 * 43,
        files: |size| {
            let row = |at| format!("{},TCP,t{at:04},{CITED},n{at:04},\n", 1_000 + at);
            citing(size / 43, row)
        },
    },
    Shape {
        title: "RFCs with long titles, and a registry of many words, checked",
        arguments: BOTH,
        largest: 950 * 43,
        files: |size| {
            let row = |at| format!("1000,TCP,t{at:04},{CITED},z{at:04},\n");
            let mut files = citing(size / 43, row);
            files.push(("2024-01-01.csv", wordy()));
            files
        },
    },
    Shape {
        title: "RFCs with long titles, and a long word in a registry, checked",
        arguments: BOTH,
        largest: 950 * 43,
        files: |size| {
            let row = |at| format!("1000,TCP,t{at:04},{CITED},z{at:04},\n");
            let mut files = citing(size / 43, row);
            let long = format!("nnnn,1000,tcp,{},,,,,,,,\n", "q".repeat(3_900));
            files.push(("2024-01-01.csv", REGISTRY_HEADING.to_owned() + &long));
            files
        },
    },
    Shape {
        title: "numbers that may be one with a separator, behind thousands of others, in a list",
        arguments: AUDIT,
        largest: 29_500 * 4,
        files: |size| {
            let others = format!("{}\n", "7 ".repeat(100)).repeat(size / 400);
            list(&(others + &"4,500\n".repeat(size / 12)))
        },
    },
    Shape {
        title: WIDENED,
        arguments: "--sources {sources} site --out {site}",
        largest: 40 * 3_080,
        files: |size| {
            let text = ESCAPED.repeat(1_480);
            let rows = (0..size / 3_080).map(|at| {
                let ports = (0..16).map(|port| (48 * at + 3 * port + 1).to_string());
                let ports: Vec<String> = ports.collect();
                format!(
                    "\"{}\",TCP,T{at} {text},,,{text} iCloud\n",
                    ports.join(", ")
                )
            });
            vec![(CAPTURE, HEADING.to_owned() + &rows.collect::<String>())]
        },
    },
];

/// As many RFCs as a row of the article may cite to be read.
const CITED: &str = "1000;1003;1006;1009";

/// Rows, and an index of 16 RFCs with titles as long as are read.
fn citing(count: usize, row: impl Fn(usize) -> String) -> Vec<(&'static str, String)> {
    let entries = (0..16).map(|at| {
        let (number, title) = (1_000 + 3 * at, syllables(124, at));
        format!("{number} {title}. A. Author. June 1999. (Format: TXT) (Status: X)\n\n")
    });
    let rows: String = (0..count).map(row).collect();
    vec![
        (CAPTURE, HEADING.to_owned() + &rows),
        (
            "index.txt",
            "RFC INDEX\n\n".to_owned() + &entries.collect::<String>(),
        ),
    ]
}

/// A registry with as many rows for a port as there may be, each with as many words as one may have.
fn wordy() -> String {
    let rows = ["tcp", "udp"].map(|transport| {
        let row = |at| {
            let description = syllables(900, at);
            format!(
                "n{at}{},1000,{transport},{description},,,,,,,,\n",
                "n".repeat(36)
            )
        };
        (0..6).map(row).collect::<String>()
    });
    REGISTRY_HEADING.to_owned() + &rows.concat()
}
