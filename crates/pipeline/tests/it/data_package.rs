//! `datapackage.json` keeps the rules of Data Package 2.0 that its `$schema` names, and what it
//! says of `ports.csv` is true of each cell.

use std::collections::BTreeSet;
use std::path::Path;

use appleports_emit::output_set;
use appleports_model::Dataset;
use appleports_pipeline::assemble;
use appleports_store::SourceFolder;
use serde_json::{Value, json};

const CAPTURES: [&str; 3] = [
    "apple/de-de/2015-10-23",
    "apple/en-us/2018-02-13",
    "apple/en-us/2022-08-25",
];

fn dataset(capture: &str) -> Dataset {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    assemble(&SourceFolder::new(sources), Some(capture)).unwrap()
}

/// The manifest and `ports.csv`.
fn written(dataset: &Dataset) -> (Value, Vec<u8>) {
    let mut outputs = output_set(dataset, Vec::new());
    let manifest = outputs.pop().unwrap();
    assert_eq!(manifest.name, "datapackage.json");
    let table = outputs.into_iter().find(|file| file.name == "ports.csv");
    (
        serde_json::from_slice(&manifest.bytes).unwrap(),
        table.unwrap().bytes,
    )
}

fn is_valid(manifest: &Value) -> Result<(), String> {
    let profile = include_str!("../profiles/data-package.json");
    let profile: Value = serde_json::from_str(profile).unwrap();
    jsonschema::validate(&profile, manifest).map_err(|error| error.to_string())
}

fn table_schema(manifest: &Value) -> &Value {
    let resources = manifest["resources"].as_array().unwrap();
    let table = resources
        .iter()
        .find(|resource| resource["path"] == "ports.csv");
    &table.unwrap()["schema"]
}

#[test]
fn the_manifest_keeps_the_profile_that_it_names() {
    for capture in CAPTURES {
        let (manifest, _) = written(&dataset(capture));
        assert_eq!(is_valid(&manifest), Ok(()), "{capture}");
    }
}

#[test]
fn a_source_without_an_address_has_no_path() {
    for url in ["", "javascript:alert(1)", "file:///etc/passwd"] {
        let mut dataset = dataset(CAPTURES[0]);
        dataset.sources[0].url = Some(url.to_owned());
        let (manifest, _) = written(&dataset);
        assert_eq!(is_valid(&manifest), Ok(()), "{url}");
        assert_eq!(manifest["sources"][0].get("path"), None);
    }
}

#[test]
fn each_cell_is_as_the_table_schema_says() {
    for capture in CAPTURES {
        let (manifest, table) = written(&dataset(capture));
        let schema = table_schema(&manifest);
        let fields = schema["fields"].as_array().unwrap();
        let mut reader = csv::Reader::from_reader(table.as_slice());
        let names: Vec<&str> = fields
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        assert_eq!(reader.headers().unwrap(), names);
        let is_key = |name: &str| {
            let key = schema["primaryKey"].as_array().unwrap();
            key.contains(&json!(name))
        };
        let mut keys = BTreeSet::new();
        for row in reader.records() {
            let row = row.unwrap();
            for (field, cell) in fields.iter().zip(&row) {
                assert!(fits(field, cell), "{capture}: {field} has `{cell}`");
            }
            let key = names.iter().zip(&row).filter(|(name, _)| is_key(name));
            let key: Vec<String> = key.map(|(_, cell)| cell.to_owned()).collect();
            assert!(
                keys.insert(key),
                "{capture}: two rows with one key: {row:?}"
            );
        }
        assert!(keys.len() > 50);
    }
}

/// Whether a cell has the type of its field and keeps its constraints, as Table Schema means
/// them: an empty cell is missing, but where the field says otherwise.
fn fits(field: &Value, cell: &str) -> bool {
    let constraints = &field["constraints"];
    let is_missing = cell.is_empty() && field.get("missingValues").is_none();
    if is_missing {
        return constraints["required"] != json!(true);
    }
    let is_listed = constraints["enum"]
        .as_array()
        .is_none_or(|words| words.contains(&json!(cell)));
    let has_type = match field["type"].as_str().unwrap() {
        "integer" => cell.parse::<i64>().is_ok_and(|number| {
            let (lowest, highest) = (&constraints["minimum"], &constraints["maximum"]);
            (lowest.as_i64().unwrap()..=highest.as_i64().unwrap()).contains(&number)
        }),
        "boolean" => ["true", "false"].contains(&cell),
        _ => true,
    };
    is_listed && has_type
}

#[test]
fn the_words_of_a_row_are_listed() {
    let (manifest, _) = written(&dataset(CAPTURES[0]));
    let fields = table_schema(&manifest)["fields"].as_array().unwrap();
    let listed = |name: &str| {
        let field = fields.iter().find(|field| field["name"] == name).unwrap();
        field["constraints"]["enum"].clone()
    };
    assert_eq!(
        listed("transport"),
        json!(["", "tcp", "udp", "sctp", "dccp"])
    );
    assert_eq!(
        listed("registration"),
        json!(["registered", "unregistered", "mixed"])
    );
    assert_eq!(listed("iana_status").as_array().unwrap().len(), 8);
}
