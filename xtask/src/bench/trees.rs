//! More inputs of [`super::hostile`]: pages whose elements lie in each other. What is asked of an element
//! could be sought in all that are in it, or around it, again for each.

use super::shapes::{INGEST, Shape, page};

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "headings in headings without a text",
        arguments: INGEST,
        largest: 96 * 4_000,
        files: |size| page(&headings("", size / 4_000), ""),
    },
    Shape {
        title: "headings in headings around many words",
        arguments: INGEST,
        largest: 96 * 13_800,
        files: |size| page(&headings(&"a ".repeat(4_900), size / 13_800), ""),
    },
    Shape {
        title: "elements that may tell of the origin, below 500 others",
        arguments: INGEST,
        largest: 48_000 * 6,
        files: |size| {
            let (begin, end) = ("<div>".repeat(500), "</div>".repeat(500));
            page(&format!("{begin}{}{end}", "<meta>".repeat(size / 6)), "")
        },
    },
];

/// So many chains of 250 headings in each other, with a text in the innermost.
fn headings(text: &str, count: usize) -> String {
    let (begin, end) = ("<i><h1>".repeat(250), "</h1></i>".repeat(250));
    format!("{begin}{text}{end}").repeat(count)
}
