//! The library knows products as the command does: any spelling, the same rows.

use std::collections::BTreeSet;
use std::path::Path;

use appleports::{product, products};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::run::{alone, stdout};

/// The answer of the command for the sources of which the table was made.
fn answer(arguments: &[&str]) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    serde_json::from_str(&stdout(&alone(&root, arguments).success())).unwrap()
}

#[test]
fn every_spelling_gives_the_rows_of_the_command() {
    let list = answer(&["products", "--all", "--format", "json"]);
    let list = list.as_array().unwrap();
    assert_eq!(products().len(), list.len());
    let dataset = answer(&["find", "--format", "json"]);
    let records = dataset["records"].as_array().unwrap();
    let mut asked = 0;
    for entry in list {
        let name = entry["name"].as_str().unwrap();
        let others = entry["spellings"].as_array().unwrap().iter();
        let others: Vec<&str> = others.map(|spelling| spelling.as_str().unwrap()).collect();
        let uses = |record: &&Value| {
            record["products"]
                .as_array()
                .unwrap()
                .contains(&entry["name"])
        };
        let rows: BTreeSet<&str> = records
            .iter()
            .filter(uses)
            .map(|record| record["id"].as_str().unwrap())
            .collect();
        let known = product(name).unwrap();
        assert_eq!((known.name, known.spellings), (name, others.as_slice()));
        let found: BTreeSet<&str> = known.services().map(|row| row.id).collect();
        assert_eq!(found, rows, "{name}");
        for spelling in others.iter().chain([&name]) {
            for typed in [
                (*spelling).to_owned(),
                spelling.to_uppercase(),
                spelling.nfd().collect(),
                spelling.replace(' ', "\u{a0} "),
                spelling.replace('-', "\u{2011}"),
                spelling.replace([' ', '-'], ""),
                format!("{spelling} (as it is written)"),
            ] {
                assert_eq!(product(&typed), Some(known), "{typed}");
                asked += 1;
            }
        }
    }
    assert!(asked > 1_000, "{asked}");
}

#[test]
fn a_part_of_a_name_and_nothing_are_no_product() {
    for text in [
        "",
        " ",
        "-",
        "Face",
        "Apple",
        "FaceTimes",
        "Siri (a), FaceTime (b)",
    ] {
        assert_eq!(product(text), None, "{text:?}");
    }
}
