//! Sources to dataset.

use appleports_check::{Context, check, cross_check, parse_corrections};
use appleports_ingest::{read_capture, read_registry};
use appleports_model::{Dataset, Finding};
use appleports_normalise::{Normalised, Vocabulary, normalise};
use appleports_store::{SourceFolder, Stored};

use crate::{Failure, guards};

/// Reads a capture (the newest, or the one with the id `capture`) and the registry
/// edition nearest to and not after it, and makes the dataset of them.
///
/// # Errors
/// [`Failure::Refused`] when the capture has lost its table, otherwise
/// [`Failure::Input`] with file and line.
pub fn assemble(sources: &SourceFolder, capture: Option<&str>) -> Result<Dataset, Failure> {
    let capture = sources.load(&choose_capture(sources, capture)?)?;
    let registry = sources.load(&choose_registry(sources, &capture.info.date)?)?;
    let vocabulary = vocabulary(sources)?;
    let Normalised {
        mut records,
        mut findings,
        totals,
        overlaps,
        coverage,
    } = interpret(&capture, &capture.info.path, &vocabulary)?;
    let table = read_registry(&registry.info.id, &registry.info.path, &registry.bytes)?;
    cross_check(&mut records, &table);
    let (path, text) = sources.corrections()?;
    let corrections = parse_corrections(&path, &text)?;
    findings.extend(check(&Context {
        records: &records,
        registry: &table,
        compare: None,
        corrections: &corrections,
    }));
    let mut dataset = Dataset {
        sources: vec![capture.info, registry.info],
        records,
        findings: Vec::new(),
        totals,
        overlaps,
        coverage,
        accepted: String::new(),
    };
    findings.extend(appleports_emit::services_findings(&dataset));
    Finding::sort(&mut findings);
    dataset.findings = findings;
    Ok(dataset)
}

/// Reads and normalises one capture.
pub(crate) fn interpret(
    capture: &Stored,
    path: &str,
    vocabulary: &Vocabulary,
) -> Result<Normalised, Failure> {
    let table = match read_capture(&capture.info.id, path, &capture.bytes) {
        Ok(table) => table,
        Err(error) if error.is_missing_table() => {
            return Err(Failure::Refused(vec![guards::missing_table(
                &capture.info.id,
                &error.to_string(),
            )]));
        }
        Err(error) => return Err(error.into()),
    };
    // `read_capture` has checked that the bytes are UTF-8.
    let text = String::from_utf8_lossy(&capture.bytes);
    Ok(normalise(&table, &text, &capture.info.locale, vocabulary))
}

/// Loads the vocabulary from the sources folder.
pub(crate) fn vocabulary(sources: &SourceFolder) -> Result<Vocabulary, Failure> {
    let files = sources.vocabulary()?;
    let mut vocabulary = Vocabulary::new();
    for (path, text) in &files.phrases {
        vocabulary.add_phrases(path, text)?;
    }
    vocabulary.add_products(&files.products.0, &files.products.1)?;
    Ok(vocabulary)
}

fn choose_capture(sources: &SourceFolder, wanted: Option<&str>) -> Result<String, Failure> {
    match wanted {
        Some(id) => Ok(id.to_owned()),
        None => sources.captures()?.pop().ok_or_else(|| {
            Failure::Input(anyhow::anyhow!(
                "no capture in the sources folder; add one with `appleports ingest FILE`"
            ))
        }),
    }
}

/// The newest edition not after `date`; the oldest one where all are later.
fn choose_registry(sources: &SourceFolder, date: &str) -> Result<String, Failure> {
    let editions = sources.registries()?;
    editions
        .iter()
        .rfind(|id| id.trim_start_matches("iana/") <= date)
        .or(editions.first())
        .cloned()
        .ok_or_else(|| {
            Failure::Input(anyhow::anyhow!(
                "no registry edition in the sources folder (iana/YYYY-MM-DD.csv)"
            ))
        })
}
