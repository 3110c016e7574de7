//! `datapackage.json`: the Frictionless manifest of the output folder, written last.

use appleports_model::{Dataset, SourceKind, sha256_hex, to_json};
use serde_json::{Value, json};

use super::Output;

/// The manifest's file name.
pub(super) const NAME: &str = "datapackage.json";

pub(super) fn write(dataset: &Dataset, outputs: &[Output]) -> Output {
    let date = dataset
        .sources
        .iter()
        .find(|source| source.kind == SourceKind::Article)
        .map(|source| &source.date);
    let sources: Vec<Value> = dataset
        .sources
        .iter()
        .map(|source| {
            json!({
                "title": source.id, "path": source.url, "date": source.date,
                "file": source.path, "bytes": source.bytes, "hash": format!("sha256:{}", source.sha256),
            })
        })
        .collect();
    let manifest = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "appleports",
        "title": "TCP and UDP ports used by Apple software products",
        "description": "The table of Apple's support article as data, with provenance and the IANA registry's verdicts.",
        "version": date,
        "sources": sources,
        "totals": dataset.totals,
        "accepted": dataset.accepted,
        "resources": outputs.iter().map(resource).collect::<Vec<_>>(),
    });
    Output {
        name: NAME,
        bytes: to_json(&manifest).into_bytes(),
        rows: None,
    }
}

fn resource(output: &Output) -> Value {
    let (format, mediatype) = match output.name.rsplit_once('.') {
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
        "hash": format!("sha256:{}", sha256_hex(&output.bytes)),
    });
    if let Some(rows) = output.rows {
        // Frictionless reads `rows` as the rows of a table; other files have items.
        let property = if format == "csv" { "rows" } else { "items" };
        resource[property] = json!(rows);
    }
    if format == "json" {
        // Else a validator may take `ports.schema.json` for a Table Schema.
        resource["type"] = json!("json");
    }
    if output.name == "ports.csv" {
        resource["type"] = json!("table");
        resource["profile"] = json!("tabular-data-resource");
        resource["schema"] = table_schema();
    }
    resource
}

/// The Table Schema of `ports.csv`.
fn table_schema() -> Value {
    let field = |(name, meaning): &(&str, &str)| {
        let (kind, constraints) = match *name {
            "port_first" | "port_last" => (
                "integer",
                json!({"required": true, "minimum": 1, "maximum": 65535}),
            ),
            "line" => ("integer", json!({"required": true, "minimum": 1})),
            "deprecated" => ("boolean", json!({"required": true})),
            "id" | "iana_status" | "source" => ("string", json!({"required": true})),
            _ => ("string", json!({})),
        };
        json!({"name": name, "type": kind, "description": meaning, "constraints": constraints})
    };
    let fields: Vec<Value> = super::csv::COLUMNS.iter().map(field).collect();
    json!({"fields": fields, "missingValues": [""]})
}
