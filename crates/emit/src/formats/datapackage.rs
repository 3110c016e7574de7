//! `datapackage.json`: the Frictionless manifest of the output folder, written last.

use appleports_model::{Dataset, SourceInfo, SourceKind, to_json};
use serde_json::{Map, Value, json};

use super::Output;
use crate::columns::{COLUMNS, Column, Kind};

/// The manifest's file name.
pub(super) const NAME: &str = "datapackage.json";

pub(super) fn write(dataset: &Dataset, outputs: &[Output]) -> Output {
    let date = dataset
        .sources
        .iter()
        .find(|source| source.kind == SourceKind::Article)
        .map(SourceInfo::day);
    let sources: Vec<Value> = dataset
        .sources
        .iter()
        .map(|source| {
            let mut entry = json!({
                "title": source.id, "date": source.day(), "file": source.path,
                "bytes": source.bytes, "hash": format!("sha256:{}", source.sha256),
            });
            if let Some(url) = source.link() {
                entry["path"] = json!(url);
            }
            entry
        })
        .collect();
    let manifest = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "appleports",
        "title": "TCP and UDP ports used by Apple software products",
        "description": "The table of Apple's support article as data, with provenance and the IANA registry's verdicts.",
        "version": date,
        "licenses": LICENSES.map(|(name, title, path)| json!({"name": name, "title": title, "path": path})),
        "sources": sources,
        "totals": dataset.totals,
        "accepted": dataset.accepted,
        "resources": outputs.iter().map(resource).collect::<Vec<_>>(),
    });
    Output::new(NAME, to_json(&manifest).into_bytes(), None)
}

/// The licences of the project, by their identifiers in the list of the Open Definition.
const LICENSES: [(&str, &str, &str); 2] = [
    ("MIT", "MIT License", "https://opensource.org/license/mit"),
    (
        "Apache-2.0",
        "Apache License 2.0",
        "https://www.apache.org/licenses/LICENSE-2.0",
    ),
];

fn resource(output: &Output) -> Value {
    let (format, mediatype) = match output.name.rsplit_once('.') {
        // As plain JSON, a validator may take it for a Table Schema.
        Some((name, "json")) if name.ends_with(".schema") => {
            ("jsonschema", "application/schema+json")
        }
        Some((_, "csv")) => ("csv", "text/csv"),
        Some((_, "json")) => ("json", "application/json"),
        Some((_, "md")) => ("md", "text/markdown"),
        Some((_, "svg")) => ("svg", "image/svg+xml"),
        Some((_, "html")) => ("html", "text/html"),
        Some((_, "xml")) => ("xml", "application/atom+xml"),
        _ => ("text", "text/plain"),
    };
    let mut resource = json!({
        "name": output.name.replace(['.', '/'], "-"),
        "path": output.name,
        "format": format,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": output.bytes.len(),
        "hash": format!("sha256:{}", output.sha256),
    });
    if let Some(rows) = output.rows {
        // Frictionless reads `rows` as the rows of a table; other files have items.
        let property = if format == "csv" { "rows" } else { "items" };
        resource[property] = json!(rows);
    }
    if output.name == "ports.csv" {
        resource["type"] = json!("table");
        resource["schema"] = table_schema();
    }
    resource
}

/// The Table Schema of `ports.csv`.
fn table_schema() -> Value {
    let key = COLUMNS.iter().filter(|column| column.is_key);
    let key: Vec<&str> = key.map(|column| column.name).collect();
    let fields: Vec<Value> = COLUMNS.iter().map(field).collect();
    json!({"fields": fields, "missingValues": [""], "primaryKey": key})
}

fn field(column: &Column) -> Value {
    let mut field = json!({
        "name": column.name,
        "type": match column.kind {
            Kind::Number(_) => "integer",
            Kind::Flag => "boolean",
            Kind::Text | Kind::Choice(_) | Kind::Numbers | Kind::Texts(_) => "string",
        },
        "description": column.meaning,
    });
    let mut constraints = Map::new();
    if column.required || column.is_key {
        constraints.insert("required".to_owned(), json!(true));
    }
    match column.kind {
        Kind::Number(highest) => {
            constraints.insert("minimum".to_owned(), json!(1));
            constraints.insert("maximum".to_owned(), json!(highest));
        }
        Kind::Choice(words) => {
            constraints.insert("enum".to_owned(), json!(words));
            // A part of the key is never missing: here the empty text is one of the words.
            if words.contains(&"") {
                field["missingValues"] = json!([]);
            }
        }
        _ => {}
    }
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}
