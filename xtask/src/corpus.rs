//! `cargo xtask corpus DIR`: reads every capture in a folder and prints a table.
//!
//! Nothing is stored. A capture is read, or refused with the reason; the rows of
//! those read are accounted for, and the reasons of rejected rows are listed.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use appleports_model::Level;
use appleports_pipeline::{Failure, IngestOptions, Ingested, Ingestion};
use appleports_store::{SourceFolder, read_limited};

/// A little more than a capture may have, so that the reader can refuse it.
const MAX_CAPTURE: u64 = 32 * 1024 * 1024;

/// Prints the table; true unless the folder has no capture in it.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub(crate) fn run(sources: &Path, folder: &Path) -> anyhow::Result<bool> {
    let mut names = Vec::new();
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let is_capture = [".md", ".txt", ".html", ".htm", ".csv", ".tsv"]
            .iter()
            .any(|ending| name.ends_with(ending));
        if is_capture {
            names.push(name);
        }
    }
    names.sort();
    let sources = SourceFolder::new(sources);
    let mut ingestion = Ingestion::new(&sources)?;
    let mut text = "| file | layout | language | read | emitted | merged | rejected | findings |\n|---|---|---|---|---|---|---|---|\n".to_owned();
    let mut reasons = String::new();
    for name in &names {
        let bytes = read_limited(&folder.join(name), MAX_CAPTURE)?;
        let options = IngestOptions {
            locale: locale_in(name),
            ..IngestOptions::default()
        };
        // Writing to a String cannot fail.
        match ingestion.preview(name, &bytes, &options) {
            Ok(ingested) => {
                let _ = writeln!(text, "{}", row(name, &ingested));
                for finding in &ingested.normalised.findings {
                    if finding.level == Level::Error {
                        let _ = writeln!(
                            reasons,
                            "{name}:{}: {}: {}",
                            finding.place(),
                            finding.code,
                            finding.message
                        );
                    }
                }
            }
            Err(failure) => {
                let _ = writeln!(
                    text,
                    "| {name} | refused | | | | | | {} |",
                    reason(&failure)
                );
            }
        }
    }
    print!("{text}\n{reasons}");
    Ok(!names.is_empty())
}

/// The locale with which a file's name begins: `en-ca_...`.
fn locale_in(name: &str) -> Option<String> {
    let (locale, _) = name.split_once('_')?;
    let is_locale =
        locale.len() <= 11 && locale.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    is_locale.then(|| locale.to_owned())
}

fn row(name: &str, ingested: &Ingested) -> String {
    let totals = &ingested.normalised.totals;
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &ingested.normalised.findings {
        *codes.entry(&finding.code).or_default() += 1;
    }
    let codes: Vec<String> = codes
        .iter()
        .map(|(code, count)| format!("{code} x{count}"))
        .collect();
    format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} |",
        ingested.layout,
        ingested.info.locale_text(),
        totals.rows_read,
        totals.rows_emitted,
        totals.rows_merged,
        totals.rows_rejected,
        codes.join(", ")
    )
}

fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Refused(findings) => findings
            .iter()
            .map(|finding| format!("{}: {}", finding.code, finding.message))
            .collect::<Vec<_>>()
            .join("; "),
        Failure::Input(error) => error.to_string(),
    }
}
