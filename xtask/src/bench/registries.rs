//! More inputs of [`super::hostile`]: registries whose rows take their parser long, or whose texts differ
//! in each word. A registry may have far more bytes than any other file.

use super::datasets::words;
use super::shapes::{FREE, REGISTRY_HEADING, Shape};

const XML: &str = "diff {r.xml} {other.csv} --format json";

pub(super) const ALL: &[Shape] = &[
    Shape {
        // Refused for its text, but the whole element has been gone through by then.
        title: "empty paragraphs behind white space, in a registry",
        arguments: XML,
        largest: FREE,
        files: |size| {
            let paragraphs = "          <paragraph/>".repeat(size / 22);
            xml(&row(&paragraphs))
        },
    },
    Shape {
        title: "rows of empty paragraphs behind white space, in a registry",
        arguments: XML,
        largest: FREE - 1,
        files: |size| {
            let (spaces, paragraphs) = (" ".repeat(2_000), "<paragraph/>".repeat(2_000));
            let rows = row(&(spaces + &paragraphs));
            xml(&rows.repeat((size / rows.len()).max(1)))
        },
    },
    Shape {
        // Refused, as one attribute is compared with all others of its tag.
        title: "tags of many attributes behind a quoted `>`, in a registry",
        arguments: XML,
        largest: FREE,
        files: |size| xml(&tags(1_200, size)),
    },
    Shape {
        title: "tags of as many attributes as are read, behind a quoted `>`, in a registry",
        arguments: XML,
        largest: FREE - 1,
        files: |size| xml(&tags(48, size)),
    },
    Shape {
        title: "two registries with texts of 500 words each",
        arguments: "diff {a.csv} {b.csv} --format terminal",
        largest: FREE - 1,
        files: |size| csv(size / 6_100),
    },
    Shape {
        title: "two registries with texts of 500 words each, as HTML",
        arguments: "diff {a.csv} {b.csv} --format html",
        largest: FREE - 1,
        files: |size| csv(size / 6_100),
    },
];

fn row(description: &str) -> String {
    format!(
        "<record><name>x</name><protocol>tcp</protocol><description>{description}</description></record>\n"
    )
}

/// A registry with these rows or tags and one good row, and another to hold it against.
fn xml(rows: &str) -> Vec<(&'static str, String)> {
    let good = "<record><name>a</name><protocol>tcp</protocol><number>7</number></record>";
    vec![
        (
            "r.xml",
            format!("<registry id=\"service-names-port-numbers\">\n{rows}{good}</registry>\n"),
        ),
        ("other.csv", format!("{REGISTRY_HEADING}a,7,tcp,,,,,,,,,\n")),
    ]
}

/// Tags of so many attributes, up to so many bytes.
fn tags(count: usize, size: usize) -> String {
    let names: Vec<String> = (0..count).map(|at| format!(" a{at:03}=\"\"")).collect();
    let tag = format!("<x z=\">\"{}/>\n", names.concat());
    tag.repeat((size / tag.len()).max(1))
}

/// Two registries with so many rows of three texts, which differ in nearly all of their words.
fn csv(count: usize) -> Vec<(&'static str, String)> {
    let side = |from: usize| {
        let rows = (0..count).map(|at| {
            let [description, reference, note] =
                [0, 1, 2].map(|text| words(500, from + 3 * at + text));
            format!(
                "n{at},{},tcp,{description},,,,,{reference},,,{note}\n",
                at + 1
            )
        });
        format!(
            "{REGISTRY_HEADING}{}x,49151,tcp,,,,,,,,,\n",
            rows.collect::<String>()
        )
    };
    vec![("a.csv", side(0)), ("b.csv", side(3 * count))]
}
