//! More inputs of [`super::hostile`]: two datasets of which each row may be any of the other's, or has
//! texts that differ in each word. The rows that belong together are sought among all, and what is said
//! of a pair could be found, or written, again for each other.

use super::datasets::{Made, dataset, record, syllables, words};
use super::shapes::{FREE, Shape};

const TERMINAL: &str = "diff {a.json} {b.json} --format terminal";
const HTML: &str = "diff {a.json} {b.json} --format html";
pub(super) const MARKDOWN: &str = "diff {a.json} {b.json} --format markdown --overflow {rest.md}";

/// A character that is one byte in a file and six where people read it.
pub(super) const ESCAPED: &str = "\u{7f}";

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "rows within wide ranges whose ports have many names, compared",
        arguments: TERMINAL,
        largest: 2_400 * 580,
        files: |size| {
            let count = size / 580;
            let wide = (0..16).map(|at| Made {
                names: (1..count / 4)
                    .map(|port| (port, format!("n{port}")))
                    .collect(),
                ..wide(at)
            });
            pair(wide, (0..count).map(|at| within(at, "")))
        },
    },
    Shape {
        title: "rows within wide ranges with ids of 990 bytes, compared",
        arguments: MARKDOWN,
        largest: 2_000 * 1_450,
        files: |size| {
            let id = ESCAPED.repeat(980);
            let rows = (0..size / 1_450).map(|at| within(at, &id));
            pair((0..16).map(wide), rows)
        },
    },
    Shape {
        title: "texts of 500 words each, compared",
        arguments: TERMINAL,
        largest: FREE - 1,
        files: |size| texts(size / 6_900, [500; 3]),
    },
    Shape {
        title: "texts of 500 words each, compared as HTML",
        arguments: HTML,
        largest: FREE - 1,
        files: |size| texts(size / 6_900, [500; 3]),
    },
    Shape {
        title: "titles of as many words as are marked, compared",
        arguments: HTML,
        largest: 1_200 * 1_500,
        files: |size| texts(size / 1_500, [128, 0, 0]),
    },
    Shape {
        title: "rows that are like none of sixteen others on their port, compared",
        arguments: TERMINAL,
        largest: 2_400 * 410,
        files: |size| {
            let side = |from: usize| {
                (0..size / 410).map(move |at| Made {
                    title: syllables(24, from + at),
                    ..record(
                        from + at,
                        1 + at / 16,
                        &syllables(8, from + at).replace(' ', ""),
                    )
                })
            };
            pair(side(0), side(size))
        },
    },
];

fn pair(
    a: impl Iterator<Item = Made>,
    b: impl Iterator<Item = Made>,
) -> Vec<(&'static str, String)> {
    let none = std::iter::empty;
    vec![
        ("a.json", dataset(a, none())),
        ("b.json", dataset(b, none())),
    ]
}

fn wide(at: usize) -> Made {
    Made {
        ports: (1, 60_000),
        title: "alpha beta gamma delta".to_owned(),
        ..record(at, 1, &format!("o{at}"))
    }
}

/// A record within the wide ones, nearly with their title.
fn within(at: usize, id: &str) -> Made {
    Made {
        id: format!("n{at}-{id}"),
        others: &["udp"],
        title: "alpha beta gamma epsilon".to_owned(),
        ..record(at, at + 1, &format!("m{at}"))
    }
}

/// Two sides with so many records of three texts each, which differ in nearly all of their words.
fn texts(count: usize, [title, users, note]: [usize; 3]) -> Vec<(&'static str, String)> {
    let side = |from: usize| {
        (0..count).map(move |at| Made {
            title: words(title, from + 3 * at),
            users: words(users, from + 3 * at + 1),
            note: words(note, from + 3 * at + 2),
            ..record(at, at + 1, &format!("n{at}"))
        })
    };
    pair(side(0), side(3 * count))
}
