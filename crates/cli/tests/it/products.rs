//! Products: any spelling, several at once, and what is said of one that nobody knows.

use assert_cmd::assert::Assert;
use serde_json::Value;

use crate::run::{alone, appleports, complaint, scratch, stderr, stdout};
use crate::seed;

fn run(arguments: &[&str]) -> Assert {
    appleports(scratch().path(), arguments)
}

/// The answer from the capture of 2026-10-11, with the editions before it.
fn with_history(arguments: &[&str]) -> Assert {
    let sources = seed::repository().join("sources").display().to_string();
    let capture = ["--capture", "apple/en-us/2026-10-11"];
    let all = [&["--sources", &sources], arguments, &capture].concat();
    alone(scratch().path(), &all)
}

#[test]
fn a_spelling_is_the_product_in_each_command() {
    for arguments in [
        &["find", "--product", "@"][..],
        &["find", "--product", "@", "--format", "csv"],
        &["export", "--format", "csv", "--product", "@"],
        &["export", "--format", "list", "--product", "@"],
        &["history", "--product", "@"],
        &["check", "--product", "@"],
        &["check", "--product", "@", "--format", "json"],
        &["products", "@", "--format", "json"],
    ] {
        let shown = |spelling: &str| {
            let filled = |word: &&'static str| {
                if *word == "@" {
                    spelling.to_owned()
                } else {
                    (*word).to_owned()
                }
            };
            let words: Vec<String> = arguments.iter().map(filled).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            stdout(&run(&words).success())
        };
        let by_name = shown("Apple Remote Desktop");
        assert!(!by_name.is_empty());
        for spelling in ["ARD", "remote desktop", "apple  REMOTE-desktop"] {
            assert_eq!(shown(spelling), by_name, "{arguments:?} {spelling}");
        }
    }
}

#[test]
fn several_products_are_the_union_of_their_rows() {
    let ports = |products: &[&str]| -> Vec<String> {
        let each = products.iter().flat_map(|product| ["--product", product]);
        let arguments: Vec<&str> = ["export", "--format", "list"]
            .into_iter()
            .chain(each)
            .collect();
        stdout(&run(&arguments).success())
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(str::to_owned)
            .collect()
    };
    let mut both = [ports(&["Xsan"]), ports(&["QTSS"])].concat();
    let mut union = ports(&["QTSS", "Xsan"]);
    both.sort();
    union.sort();
    assert_eq!(union, both);
    assert!(both.len() > 4, "{both:?}");
}

#[test]
fn an_unknown_product_is_an_error_with_suggestions_and_writes_no_file() {
    let folder = scratch();
    let refused = |product: &str| {
        let arguments = [
            "export",
            "--format",
            "list",
            "--product",
            product,
            "-o",
            "rules",
        ];
        let refused = appleports(folder.path(), &arguments).code(2);
        assert_eq!(stdout(&refused), "");
        assert!(!folder.path().join("rules").exists());
        complaint(&refused)
    };
    let vocabulary = "is not in the product vocabulary;";
    assert_eq!(
        refused("remote desktp"),
        format!("error: `remote desktp` {vocabulary} did you mean `Apple Remote Desktop`?\n")
    );
    assert_eq!(
        refused("zzzzzz"),
        format!(
            "error: `zzzzzz` {vocabulary} `appleports products` lists every product, and `appleports find zzzzzz` looks in names and titles, too\n"
        )
    );
    let server = refused("server");
    assert_eq!(server.matches('`').count(), 8, "three at most: {server}");
    for arguments in [
        &["find", "--product", "facetme"][..],
        &["history", "--product", "facetme"],
        &["check", "--product", "facetme"],
    ] {
        let refused = run(arguments).code(2);
        assert!(
            stderr(&refused).contains("did you mean `FaceTime`?"),
            "{}",
            stderr(&refused)
        );
        assert_eq!(stdout(&refused), "");
    }
    for arguments in [
        &["find", ""][..],
        &["find", "--product", " "],
        &["check", "--product", ""],
        &["products", ""],
    ] {
        let empty = stderr(&run(arguments).code(2));
        assert!(empty.contains("the name is empty"), "{arguments:?} {empty}");
    }
}

#[test]
fn a_product_that_left_the_article_is_said_to_have_had_rows() {
    let left =
        "1220/tcp: not in the article of 2026-10-11; it was in those of 2015-10-23 to 2018-02-13";
    let export = with_history(&["export", "--format", "csv", "--product", "QTSS"]).code(1);
    assert_eq!(stdout(&export), "");
    let says = stderr(&export);
    assert!(
        says.contains("matches `QuickTime Streaming Server`; nothing was written\n"),
        "{says}"
    );
    assert!(
        says.contains(&format!("no longer: {left} (qt-serveradmin)\n")),
        "{says}"
    );
    assert!(!says.contains("no earlier one"), "{says}");
    for arguments in [&["find", "QTSS"][..], &["find", "--product", "qtss"]] {
        let found = with_history(arguments).code(1);
        assert!(stdout(&found).contains(left), "{}", stdout(&found));
    }
    let shown = stdout(&with_history(&["products", "qtss"]).success());
    assert!(shown.contains("  left after 2018-02-13  "), "{shown}");
    // Known, and without a row in any edition.
    let none = run(&["find", "Maps"]).code(1);
    assert!(
        stderr(&none).contains("no row of the article of 2015-10-23 matches `Maps`"),
        "{}",
        stderr(&none)
    );
}

#[test]
fn products_are_listed_with_their_rows_ports_and_spellings() {
    let shown = stdout(&run(&["products"]).success());
    insta::assert_snapshot!("products", shown);
    assert!(!shown.contains("in no edition"));
    let all = stdout(&run(&["products", "--all"]).success());
    assert!(all.starts_with(&shown) || all.lines().count() > shown.lines().count());
    assert!(all.contains("in no edition"), "{all}");
    let json = stdout(&run(&["products", "--all", "--format", "json"]).success());
    let json: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(json.len() + 1, all.lines().count());
    let facetime = json
        .iter()
        .find(|product| product["name"] == "FaceTime")
        .unwrap();
    assert_eq!(facetime["rows"], 7);
    assert_eq!(facetime["left_after"], Value::Null);
    let range = |first: u16, last: u16| serde_json::json!({"first": first, "last": last});
    assert_eq!(
        facetime["ports"],
        serde_json::json!([
            {"transport": "tcp", "ranges": [range(53, 53), range(443, 443), range(5223, 5223)]},
            {"transport": "udp", "ranges": [
                range(53, 53), range(3478, 3497), range(16384, 16387), range(16393, 16402),
            ]},
        ])
    );
    let none = run(&["products", "facetme"]).code(1);
    assert!(
        stderr(&none).contains("did you mean: FaceTime"),
        "{}",
        stderr(&none)
    );
    let push = stdout(&run(&["products", "push", "--format", "json"]).success());
    let push: Vec<Value> = serde_json::from_str(&push).unwrap();
    assert_eq!(push.len(), 1, "{push:?}");
}
