//! `verify`: the output folder matches its manifest and the sources, and these theirs.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use appleports_emit::Document;
use appleports_model::{SourceId, SourceKind, one_line, sha256_hex};
use appleports_store::{MAX_OUTPUT, SourceFolder, StoreError, files_below, link_below, read_own};
use serde_json::Value;

use crate::assemble::assemble_with;
use crate::build::render;
use crate::failure::{Failure, InputError, VerifyError};
use crate::inputs::AssembleOptions;
use crate::kinds::Kind;
use crate::previous::{MANIFEST, ManifestError, PORTS, manifest};

/// No manifest lists more files; a build writes a dozen.
const MAX_RESOURCES: usize = 100;

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
    let manifest = manifest(output).map_err(|error| no_manifest(output, error))?;
    let mut problems = Vec::new();
    check_link(output, MANIFEST, &mut problems);
    let mut seen = BTreeSet::new();
    let resources = manifest["resources"].as_array().into_iter().flatten();
    if resources.clone().count() > MAX_RESOURCES {
        problems.push(format!(
            "{MANIFEST}: lists more than {MAX_RESOURCES} files; not all of them are read"
        ));
    }
    for resource in resources.take(MAX_RESOURCES) {
        // A file may be large, and a manifest may list anything: each is read once.
        let path = Path::new(resource["path"].as_str().unwrap_or_default());
        if seen.insert(path.components().collect::<PathBuf>()) {
            check_file(output, resource, &mut problems);
        } else {
            let name = one_line(resource["path"].as_str().unwrap_or_default());
            problems.push(format!("{MANIFEST}: `{name}` is listed more than once"));
        }
    }
    check_others(output, &manifest, &mut problems)?;
    check_rows(output, &manifest, &mut problems);
    check_sources(sources, output, iana, &manifest, &mut problems)?;
    check_stored(sources, &mut problems)?;
    Ok(problems)
}

/// Why there is nothing to compare with, and what to do.
fn no_manifest(output: &Path, error: ManifestError) -> InputError {
    match error {
        ManifestError::Store(error) if error.is_not_found() => VerifyError::NoManifest {
            manifest: output.join(MANIFEST).display().to_string(),
            output: output.display().to_string(),
        }
        .into(),
        error => error.into(),
    }
}

/// Whether a file of the set is a link, or below one, which is a problem.
fn check_link(output: &Path, name: &str, problems: &mut Vec<String>) -> bool {
    let is_link = link_below(output, name).is_some();
    let name = one_line(name);
    if is_link {
        problems.push(format!(
            "{name}: a link, and not a file of this set; remove it and run `appleports build`"
        ));
    }
    is_link
}

fn check_file(output: &Path, resource: &Value, problems: &mut Vec<String>) {
    let name = resource["path"].as_str().unwrap_or_default();
    let is_below = |part| matches!(part, Component::Normal(_));
    if name.is_empty() || name.contains('\\') || !Path::new(name).components().all(is_below) {
        problems.push(format!(
            "{MANIFEST}: `{}` is not the name of an output file",
            one_line(name)
        ));
        return;
    }
    if check_link(output, name, problems) {
        return;
    }
    let path = output.join(name);
    let name = one_line(name);
    let length = resource["bytes"].as_u64().unwrap_or(0).min(MAX_OUTPUT);
    match read_own(&path, length) {
        Err(error) if error.is_not_found() => {
            problems.push(format!("{name}: missing; run `appleports build`"));
        }
        Ok(bytes)
            if bytes.len() as u64 == length
                && resource["hash"] == format!("sha256:{}", sha256_hex(&bytes)) => {}
        Ok(_) | Err(StoreError::TooLarge { .. }) => problems.push(format!(
            "{name}: the bytes are not those that the manifest describes"
        )),
        Err(error) => problems.push(one_line(&error.to_string())),
    }
}

/// How many files that are not of the set are listed.
const MAX_OTHERS: usize = 20;

/// Files beside those of the set: who publishes the folder would publish them as well.
fn check_others(
    output: &Path,
    manifest: &Value,
    problems: &mut Vec<String>,
) -> Result<(), Failure> {
    let resources = manifest["resources"].as_array().into_iter().flatten();
    // A set: folder and manifest may both have a hundred thousand entries.
    let mut listed: BTreeSet<&str> = resources
        .filter_map(|resource| resource["path"].as_str())
        .collect();
    listed.insert(MANIFEST);
    let found = files_below(output)?;
    let others: Vec<&String> = found
        .iter()
        .filter(|name| !listed.contains(name.as_str()))
        .collect();
    for name in others.iter().take(MAX_OTHERS) {
        let name = one_line(name);
        problems.push(format!("{name}: not a file of this set; remove it"));
    }
    if let Some(more) = others
        .len()
        .checked_sub(MAX_OTHERS)
        .filter(|more| *more > 0)
    {
        problems.push(format!("and {more} more files that are not of this set"));
    }
    Ok(())
}

/// The row totals: of the manifest and of `ports.json`. (`ports.csv` is compared byte for byte.)
fn check_rows(output: &Path, manifest: &Value, problems: &mut Vec<String>) {
    let document = read_own(&output.join(PORTS), MAX_OUTPUT).ok();
    let Some(document) = document.and_then(|bytes| Document::parse(&bytes).ok()) else {
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
            "ports.json: {rows} rows of ports.csv, the manifest says {}",
            recorded.map_or_else(|| "nothing".to_owned(), |rows| rows.to_string())
        ));
    }
}

/// Every stored source, also those that this build does not use: they are evidence.
fn check_stored(sources: &SourceFolder, problems: &mut Vec<String>) -> Result<(), Failure> {
    for kind in SourceKind::ALL {
        for id in sources.list(kind)? {
            if let Err(error) = sources.load(&id) {
                problems.push(one_line(&error.to_string()));
            }
        }
    }
    Ok(())
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
    let is_capture = |id: &&&str| {
        let id = id.parse::<SourceId>();
        id.is_ok_and(|id| id.kind() == SourceKind::Article)
    };
    let capture = ids.iter().find(is_capture).ok_or(VerifyError::NoCapture)?;
    let wanted = AssembleOptions {
        capture: Some((*capture).to_owned()),
        iana: iana.map(Path::to_owned),
        ..AssembleOptions::default()
    };
    let mut assembled = assemble_with(sources, &wanted)?;
    for source in &assembled.dataset.sources {
        if let Some((option, what)) = Kind::of(source.kind).replaced_by
            && !ids.contains(&source.id.as_str())
        {
            problems.push(format!(
                "datapackage.json: built with {what} than {}; give it with {option}",
                source.id
            ));
            return Ok(());
        }
    }
    for expected in render(&mut assembled) {
        let length = expected.bytes.len() as u64;
        let is_other = match read_own(&output.join(expected.name), length) {
            Ok(bytes) => bytes != expected.bytes,
            Err(error) => matches!(error, StoreError::TooLarge { .. }),
        };
        if is_other {
            problems.push(format!(
                "{}: not what the sources give; run `appleports build`",
                expected.name
            ));
        }
    }
    Ok(())
}
