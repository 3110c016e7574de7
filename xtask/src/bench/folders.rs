//! More inputs of [`super::hostile`]: a sources folder with many captures or large files of facts,
//! and captures of which a large site is made.

use std::fmt::Write;

use super::claims::SHARING;
use super::multiplied::WIDENED;
use super::shapes::{CAPTURE, HEADING, Shape, cited, page, rows};

/// Parts the captures of a folder.
pub(super) const NEXT: char = '\u{c}';

/// Shapes that may take more memory than others, in MiB: all records that ever were are kept for the
/// history, and a site has a page of 27 KB for each port or range.
pub(super) const LARGE: [(&str, f64); 4] = [
    (ROWS, 400.0),
    (SITE, 250.0),
    (SHARING, 250.0),
    (WIDENED, 250.0),
];

/// Pages that one run stores: the largest power of the size with which their time may grow over all
/// sizes, and over the last two doublings. Before each, the captures that are stored are looked at,
/// whether somebody has changed them: never more than 200.
pub(super) const LOOKED_AT: (&str, [f64; 2]) = (STORED, [1.25, 1.4]);

const STORED: &str = "pages that one run stores";
const ROWS: &str = "rows of many captures";
const SITE: &str = "ranges that lie in each other, as a site";

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "captures in a folder",
        arguments: "--sources {many} find 22",
        largest: 199 * 250,
        files: |size| captures(size / 250, 5),
    },
    Shape {
        title: ROWS,
        arguments: "--sources {many} build --anew --output {built}",
        largest: 81 * 245 * 41,
        files: |size| captures((size / 245 / 41).max(1), 245),
    },
    Shape {
        title: "facts from other articles",
        arguments: "--sources {many} check --format json",
        largest: 63 * 1024,
        files: |size| {
            let mut facts = "[[article]]\nid = \"1\"\ntitle = \"t\"\nurl = \"https://support.apple.com/1\"\nseen = \"2024\"\n".to_owned();
            for at in 0..size / 68 {
                // Writing to a String cannot fail.
                let _ = writeln!(
                    facts,
                    "[[article.fact]]\nproduct = \"FaceTime\"\nuse = \"{at:05}\"\ntcp = \"{}\"",
                    at + 1
                );
            }
            beside("many/siblings/2024-07-29.facts.toml", facts)
        },
    },
    Shape {
        title: "facts about RFCs, one replaced by one many times",
        arguments: "--sources {many} check --format json",
        largest: 63 * 1024,
        files: |size| {
            let later = "2,".repeat(size / 2);
            beside(
                "many/rfc/2024-08-26.facts.toml",
                format!(
                    "# Facts about the RFCs\n[[rfc]]\nnumber = 1\ndate = \"1969-07\"\nstatus = \"UNKNOWN\"\nobsoleted_by = [{later}]\n"
                ),
            )
        },
    },
    Shape {
        title: "facts about RFCs of no words",
        arguments: "--sources {many} check --format json",
        largest: 63 * 1024,
        files: |size| {
            let fact = "[[rfc]]\nnumber=1\ndate=\"\"\nstatus=\"\"\nobsoleted_by=[]\n";
            let facts = fact.repeat(size / fact.len());
            beside(
                "many/rfc/2024-08-26.facts.toml",
                format!("# Facts about the RFCs\n{facts}"),
            )
        },
    },
    Shape {
        title: STORED,
        arguments: "--sources {many} ingest {saved/}",
        largest: 199 * 300_000,
        files: |size| {
            let script = format!("<script>{}</script>", "x".repeat(300_000));
            let page = page(&script, &rows(vec!["Mail".to_owned(); 20]))
                .swap_remove(0)
                .1
                + &NEXT.to_string();
            vec![("saved/apple", page.repeat((size / 300_000).max(1)))]
        },
    },
    Shape {
        title: SITE,
        arguments: "--sources {sources} site --out {site}",
        largest: 2_400 * 45,
        files: |size| {
            let mut text = HEADING.to_owned();
            for at in 0..size / 45 {
                // Writing to a String cannot fail.
                let _ = writeln!(
                    text,
                    "{}-{},TCP,Service {at},{},,Mail",
                    49_152 + at % 8_000,
                    65_535 - at % 8_000,
                    1_000 + at
                );
            }
            vec![(CAPTURE, text)]
        },
    },
];

/// So many captures with so many rows each, of the dynamic ports under other names every day.
fn captures(count: usize, rows: usize) -> Vec<(&'static str, String)> {
    let mut text = String::new();
    for day in 0..count {
        text.push_str(HEADING);
        for at in 0..rows {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{},TCP,Thing {at},{},n{at}d{day},Mail",
                50_000 + at,
                1_000 + at
            );
        }
        text.push(NEXT);
    }
    vec![("many/apple", text)]
}

/// A file of facts beside a small capture.
fn beside(name: &'static str, text: String) -> Vec<(&'static str, String)> {
    vec![("many/apple", cited(1..100)), (name, text)]
}
