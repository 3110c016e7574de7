//! The documents keep to their schemas, and the index lists all of them.

use std::collections::BTreeSet;

use appleports_emit::FORMATS;
use jsonschema::Validator;
use serde_json::Value;

use crate::made::{dataset, files, is_kind, text};

fn json(path: &str) -> Value {
    serde_json::from_str(text(path)).unwrap()
}

fn validator(path: &str) -> Validator {
    jsonschema::validator_for(&json(path)).unwrap()
}

#[test]
fn documents_keep_to_their_schemas() {
    let schema = validator("api/v1/schema.json");
    let ports = validator("api/v1/ports.schema.json");
    let changes = validator("api/v1/changes.schema.json");
    let mut count = 0;
    for path in files().keys().filter(|path| is_kind(path, "json")) {
        let below = path.strip_prefix("api/v1/").unwrap();
        let validator = match below.split('/').next().unwrap() {
            "port" | "product" | "index.json" => &schema,
            "edition" => &changes,
            "ports.json" => &ports,
            "findings.json" | "schema.json" | "ports.schema.json" | "changes.schema.json" => {
                continue;
            }
            other => panic!("{other} has no schema"),
        };
        let document = json(path);
        if let Err(error) = validator.validate(&document) {
            panic!("{path}: {error} at {}", error.instance_path());
        }
        count += 1;
    }
    assert!(count > 200, "{count} documents");
}

#[test]
fn the_schema_refuses_what_it_should() {
    let schema = validator("api/v1/schema.json");
    for (path, field) in [
        ("api/v1/port/5223.json", "rows"),
        ("api/v1/port/5223.json", "registry"),
        ("api/v1/product/facetime.json", "answer"),
        ("api/v1/index.json", "endpoints"),
    ] {
        let mut document = json(path);
        assert!(schema.is_valid(&document));
        document.as_object_mut().unwrap().remove(field);
        assert!(!schema.is_valid(&document), "{path} without {field}");
    }
    let mut document = json("api/v1/port/5223.json");
    document["rows"][0]["ports"] = Value::Null;
    assert!(
        !schema.is_valid(&document),
        "a record is checked as in ports.json"
    );
}

#[test]
fn the_index_lists_every_document() {
    let index = json("api/v1/index.json");
    let names = |list: &str, field: &str| -> Vec<String> {
        let list = index[list].as_array().unwrap().iter();
        list.map(|entry| entry[field].as_str().unwrap().to_owned())
            .collect()
    };
    let editions = index["editions"].as_array().unwrap().iter();
    let editions: Vec<String> = editions
        .map(|day| day.as_str().unwrap().to_owned())
        .collect();
    let mut listed: BTreeSet<String> = BTreeSet::new();
    for endpoint in index["endpoints"].as_array().unwrap() {
        let path = endpoint["path"].as_str().unwrap();
        let names = match path {
            "port/{port}.json" => names("ports", "name"),
            "product/{product}.json" => names("products", "slug"),
            "edition/{day}.json" => editions.clone(),
            _ => vec![String::new()],
        };
        assert_eq!(
            endpoint["count"].as_u64().unwrap(),
            names.len() as u64,
            "{path}"
        );
        for name in names {
            let (start, end) = path.split_once('{').unwrap_or((path, "}"));
            let end = end.split_once('}').unwrap().1;
            listed.insert(format!("api/v1/{start}{name}{end}"));
        }
    }
    let found = files()
        .keys()
        .filter(|path| path.starts_with("api/") && !is_kind(path, "html"));
    assert!(found.eq(&listed), "the index and the files differ");
}

#[test]
fn names_are_plain() {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-/".contains(&byte);
    for path in files().keys().filter(|path| path.starts_with("api/")) {
        assert!(path.bytes().all(is_plain), "{path}");
    }
}

#[test]
fn a_port_and_a_product_give_the_dataset_back() {
    let port = json("api/v1/port/5223.json");
    let record = dataset()
        .records
        .iter()
        .find(|record| record.id == "5223-tcp")
        .unwrap();
    assert_eq!(port["rows"][0], serde_json::to_value(record).unwrap());
    assert_eq!(port["listed"], true);
    assert_eq!(port["registry"]["rows"][0]["name"], "hpvirtgrp");
    let left = json("api/v1/port/2195.json");
    assert_eq!(
        (&left["listed"], left["rows"].as_array().unwrap().len()),
        (&Value::Bool(false), 0)
    );
    assert_eq!(left["former"][0]["last"], "apple/en-us/2022-08-25");
    let product = json("api/v1/product/facetime.json");
    assert_eq!(
        product["answer"],
        "TCP 80, 443, 5223; UDP 3478-3497, 16384-16387, 16393-16402"
    );
}

#[test]
fn files_of_the_output_are_the_same_bytes() {
    for (name, format) in [
        ("ports.json", "json"),
        ("ports.csv", "csv"),
        ("services", "services"),
        ("findings.json", "findings"),
    ] {
        let format = FORMATS.iter().find(|entry| entry.name == format).unwrap();
        assert!(
            files()[&format!("api/v1/{name}")] == (format.write)(dataset()).0,
            "{name}"
        );
    }
}
