//! What people type: several products, a word in names, filters that leave nothing.

use std::fs::File;

use serde_json::Value;

use crate::run::{appleports, scratch, stderr, stdout};
use crate::seed;

fn asked(arguments: &[&str]) -> (String, String, i32) {
    let run = appleports(scratch().path(), arguments);
    let code = run.get_output().status.code().unwrap();
    (stdout(&run), stderr(&run), code)
}

/// The ids of the rows in the JSON of `find`.
fn ids(arguments: &[&str]) -> Vec<String> {
    let (json, _, _) = asked(&[&["find", "--format", "json"], arguments].concat());
    let json: Value = serde_json::from_str(&json).unwrap();
    let records = json["records"].as_array().unwrap().iter();
    records
        .map(|record| record["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn several_products_are_their_union_however_they_are_typed() {
    let both = ids(&["--product", "FaceTime", "--product", "Xsan Admin"]);
    assert!(both.len() > ids(&["facetime"]).len());
    for typed in [
        &["FaceTime, Xsan Admin"][..],
        &["facetime;xsan admin,"],
        &["facetime", "xsan", "admin"],
        &["xsan admin", "Face Time"],
    ] {
        assert_eq!(ids(typed), both, "{typed:?}");
    }
    let (_, said, code) = asked(&["find", "siri, facetime", "--product", "Mail"]);
    assert!(
        said.contains("name the products in one of the two ways"),
        "{said}"
    );
    assert_eq!(code, 2);
    let marked = ids(&["FaceTime (iOS), Xsan Admin (OS X)"]);
    assert_eq!(marked, both);
    // A word that is no product makes it a search for the words.
    assert_eq!(ids(&["facetime", "nonsense"]), Vec::<String>::new());
}

#[test]
fn rows_that_only_bear_the_name_of_a_product_stand_beside_its_own() {
    let (shown, _, code) = asked(&["find", "kerberos"]);
    assert_eq!(ids(&["kerberos"]), ids(&["--product", "kerberos"]));
    let named = "\n`kerberos` is also in the name or title of: 749/tcp+udp\n";
    assert!(shown.contains(named), "{shown}");
    assert_eq!(code, 0);
}

#[test]
fn a_product_without_a_row_is_named() {
    let products = ["--product", "FaceTime", "--product", "Maps"];
    let (found, _, code) = asked(&[&["find"], &products[..]].concat());
    assert!(found.contains("\nno row left is used by Maps\n"), "{found}");
    assert_eq!(code, 0);
    let (_, said, code) = asked(&[&["export", "--format", "list"], &products[..]].concat());
    assert!(
        said.contains("no row: no row left is used by Maps\n"),
        "{said}"
    );
    assert_eq!(code, 0);
    let (shown, said, _) = asked(&["check", "--product", "Maps"]);
    assert!(
        said.contains("nothing checked: no row of the article matches the filters"),
        "{said}"
    );
    assert!(shown.starts_with("0 errors"), "{shown}");
}

#[test]
fn nothing_found_says_what_was_asked() {
    for (arguments, sought) in [
        (
            &["find", "5223", "--transport", "udp"][..],
            "`5223` for udp",
        ),
        (&["find", "what", "must", "I", "open"], "`what must I open`"),
        (
            &["find", "5223", "--registered"],
            "`5223` whose name is registered",
        ),
        (
            &["find", "--service", "nobody", "--port", "80"],
            "`80` with the name `nobody`",
        ),
    ] {
        let (_, said, code) = asked(arguments);
        assert!(
            said.contains(&format!(" matches {sought}")),
            "{arguments:?}: {said}"
        );
        assert_eq!(code, 1);
    }
}

#[test]
fn an_export_of_findings_has_those_of_its_rows_and_a_report_has_no_part() {
    let (part, _, _) = asked(&["export", "--format", "findings", "--product", "Siri"]);
    let (whole, _, _) = asked(&["export", "--format", "findings"]);
    let (part, whole): (Vec<Value>, Vec<Value>) = (
        serde_json::from_str(&part).unwrap_or_default(),
        serde_json::from_str(&whole).unwrap(),
    );
    assert!(part.len() < whole.len());
    let (some, _, _) = asked(&["export", "--format", "findings", "--port", "5900"]);
    let some: Vec<Value> = serde_json::from_str(&some).unwrap();
    let (checked, _, _) = asked(&["check", "--format", "json", "--port", "5900"]);
    assert_eq!(some, serde_json::from_str::<Vec<Value>>(&checked).unwrap());
    assert!(!some.is_empty());
    for format in ["report", "schema"] {
        let (shown, said, code) = asked(&["export", "--format", format, "--port", "5900"]);
        let expected = "is about the whole dataset; remove the filters\n";
        assert!(said.ends_with(expected), "{said}");
        assert_eq!((shown.as_str(), code), ("", 2));
    }
}

#[test]
fn standard_output_is_written_to_by_its_path_too() {
    let folder = scratch();
    let path = folder.path().join("all");
    let file = File::create(&path).unwrap();
    for _ in 0..2 {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("appleports"));
        command.args([
            "export",
            "--format",
            "list",
            "--port",
            "5900",
            "-o",
            "/dev/stdout",
        ]);
        command.arg("--sources").arg(seed::sources());
        assert!(
            command
                .stdout(file.try_clone().unwrap())
                .status()
                .unwrap()
                .success()
        );
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        "5900/tcp\n5900/tcp\n"
    );
}
