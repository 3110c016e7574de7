//! `verify`: the output folder matches its manifest and the sources.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path};

use anyhow::{Context, anyhow};
use appleports_emit::Document;
use appleports_model::{SourceKind, sha256_hex};
use appleports_store::SourceFolder;
use serde_json::Value;

use crate::{AssembleOptions, Failure, assemble_with, render};

/// Compares the output folder with its manifest, and with what the sources give
/// today (with the registry edition `iana`, where the build took one from outside
/// the sources). Returns what does not fit, one line each; nothing if all is well.
///
/// # Errors
/// [`Failure::Input`] when there is no manifest, or the sources cannot be read.
pub fn verify(
    sources: &SourceFolder,
    output: &Path,
    iana: Option<&Path>,
) -> Result<Vec<String>, Failure> {
    let path = output.join("datapackage.json");
    let text = fs::read(&path).map_err(|error| no_manifest(output, &path, &error))?;
    let manifest: Value = serde_json::from_slice(&text)
        .with_context(|| format!("{}: not a manifest", path.display()))?;
    let mut problems = Vec::new();
    for resource in manifest["resources"].as_array().into_iter().flatten() {
        check_file(output, resource, &mut problems);
    }
    check_rows(output, &manifest, &mut problems);
    check_sources(sources, output, iana, &manifest, &mut problems)?;
    Ok(problems)
}

/// Why there is nothing to compare with, and what to do.
fn no_manifest(output: &Path, path: &Path, error: &io::Error) -> anyhow::Error {
    let path = path.display();
    if error.kind() == ErrorKind::NotFound {
        anyhow!(
            "{path}: no such manifest, so there is nothing to verify; run \
             `appleports build --output {}`, or name another folder with `--output DIR`",
            output.display()
        )
    } else {
        anyhow!("{path}: cannot read the manifest: {error}")
    }
}

fn check_file(output: &Path, resource: &Value, problems: &mut Vec<String>) {
    let name = resource["path"].as_str().unwrap_or_default();
    let is_below = |part| matches!(part, Component::Normal(_));
    if name.is_empty() || name.contains('\\') || !Path::new(name).components().all(is_below) {
        problems.push(format!(
            "datapackage.json: `{name}` is not the name of an output file"
        ));
        return;
    }
    match fs::read(output.join(name)) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            problems.push(format!("{name}: missing; run `appleports build`"));
        }
        Err(error) => problems.push(format!("{name}: cannot be read: {error}")),
        Ok(bytes) => {
            let hash = format!("sha256:{}", sha256_hex(&bytes));
            if resource["hash"] != hash.as_str() || resource["bytes"] != bytes.len() {
                problems.push(format!(
                    "{name}: the bytes are not those that the manifest describes"
                ));
            }
        }
    }
}

/// The row totals: of the manifest and of `ports.json`. (`ports.csv` is compared byte for byte.)
fn check_rows(output: &Path, manifest: &Value, problems: &mut Vec<String>) {
    let Ok(document) = fs::read(output.join("ports.json"))
        .map_err(anyhow::Error::from)
        .and_then(|bytes| Ok(Document::parse(&bytes)?))
    else {
        problems.push("ports.json: not a dataset".to_owned());
        return;
    };
    if !document.summary.totals.balance() {
        problems.push("ports.json: rows read are not rows emitted, merged and rejected".to_owned());
    }
    let rows: usize = document
        .records
        .iter()
        .map(|record| record.rows().count())
        .sum();
    let recorded = manifest["totals"]["port_rows"].as_u64();
    if recorded != Some(rows as u64) {
        problems.push(format!(
            "ports.json: {rows} rows of ports.csv, the manifest says {recorded:?}"
        ));
    }
}

/// What the sources that the manifest names give today, byte for byte.
fn check_sources(
    sources: &SourceFolder,
    output: &Path,
    iana: Option<&Path>,
    manifest: &Value,
    problems: &mut Vec<String>,
) -> Result<(), Failure> {
    let ids: Vec<&str> = manifest["sources"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|source| source["title"].as_str())
        .collect();
    let capture = ids
        .iter()
        .find(|id| id.starts_with("apple/"))
        .ok_or_else(|| anyhow!("datapackage.json: no capture among the sources"))?;
    let wanted = AssembleOptions {
        capture: Some((*capture).to_owned()),
        iana: iana.map(Path::to_owned),
        ..AssembleOptions::default()
    };
    let mut dataset = assemble_with(sources, &wanted)?.dataset;
    for source in &dataset.sources {
        if source.kind == SourceKind::Iana && !ids.contains(&source.id.as_str()) {
            problems.push(format!(
                "datapackage.json: built with another edition of the registry than {}; give it with --iana FILE",
                source.id
            ));
            return Ok(());
        }
    }
    manifest["accepted"]
        .as_str()
        .unwrap_or_default()
        .clone_into(&mut dataset.accepted);
    for expected in render(&dataset) {
        if fs::read(output.join(expected.name)).is_ok_and(|bytes| bytes != expected.bytes) {
            problems.push(format!(
                "{}: not what the sources give; run `appleports build`",
                expected.name
            ));
        }
    }
    Ok(())
}
