//! More inputs of [`super::hostile`]: rows of an article beside as much as another source may say of
//! their port. Each grows with the rows alone; what is beside them is at its limit.

use std::fmt::Write;

use super::shapes::{CAPTURE, HEADING, REGISTRY_HEADING, Shape};

const REGISTRY: &str = "--sources {sources} check --iana {2024-01-01.csv} --format json";

pub(super) const ALL: &[Shape] = &[
    Shape {
        title: "rows beside six long names of the registry, checked",
        arguments: REGISTRY,
        largest: 1_200 * 40,
        files: |size| beside("2024-01-01.csv", names(), size, "TCP/UDP"),
    },
    Shape {
        title: "rows beside long references of the registry, checked",
        arguments: REGISTRY,
        largest: 2_400 * 40,
        files: |size| beside("2024-01-01.csv", references(), size, "TCP"),
    },
    Shape {
        title: "rows beside the names of a services file, checked",
        arguments: "--sources {sources} check --services {services} --format json",
        largest: 2_400 * 40,
        files: |size| {
            let names = (0..16).map(|at| format!("name-{at:02} 80/tcp\n"));
            beside("services", names.collect(), size, "TCP")
        },
    },
    Shape {
        title: "rows beside six other articles, checked",
        arguments: "--sources {many} check --format json",
        largest: 2_400 * 40,
        files: |size| {
            let rows = rows(size, "TCP");
            let capture = "many/apple/en-us/2024-01-01/capture.csv";
            vec![
                (
                    "many/siblings/2024-07-29.facts.toml",
                    articles("t", &["FaceTime"]),
                ),
                (capture, rows),
            ]
        },
    },
];

/// Another source with as many rows of an article as have so many bytes.
fn beside(
    name: &'static str,
    text: String,
    size: usize,
    transports: &str,
) -> Vec<(&'static str, String)> {
    vec![(CAPTURE, rows(size, transports)), (name, text)]
}

/// Rows of one port, which two RFCs and a product stand beside.
fn rows(size: usize, transports: &str) -> String {
    let rows =
        (0..size / 40).map(|at| format!("80,{transports},Title {at:04},4120,xx-y,FaceTime\n"));
    HEADING.to_owned() + &rows.collect::<Vec<_>>().concat()
}

/// Six other articles, as many as there may be, which give a port for each of the products.
pub(super) fn articles(title: &str, products: &[&str]) -> String {
    let mut facts = String::new();
    for at in 0..6 {
        // Writing to a String cannot fail.
        let _ = writeln!(
            facts,
            "[[article]]\nid = \"{at}\"\ntitle = \"{title}\"\nurl = \"https://support.apple.com/{at}\"\nseen = \"2024\""
        );
        for product in products {
            let _ = writeln!(
                facts,
                "[[article.fact]]\nproduct = \"{product}\"\ntcp = \"1\""
            );
        }
    }
    facts
}

fn names() -> String {
    let rows = ["tcp", "udp"].map(|transport| {
        let rows = (0..6).map(|at| format!("n{at}{},80,{transport},,,,,,,,,\n", "x".repeat(38)));
        rows.collect::<Vec<_>>().concat()
    });
    REGISTRY_HEADING.to_owned() + &rows.concat()
}

fn references() -> String {
    let numbers: Vec<String> = (0..440).map(|at| format!("[RFC{}]", 5_000 + at)).collect();
    let rows = (0..6).map(|at| format!("name-{at},80,tcp,,,,,,{},,,\n", numbers.concat()));
    REGISTRY_HEADING.to_owned() + &rows.collect::<Vec<_>>().concat()
}
