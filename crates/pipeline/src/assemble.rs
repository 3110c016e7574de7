//! Sources to dataset.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use appleports_check::{Context, attach_corrections, check, cross_check, parse_corrections};
use appleports_emit::SourceText;
use appleports_ingest::{read_capture, read_registry};
use appleports_model::{Dataset, Finding, Registry, SourceInfo, SourceKind, sha256_hex};
use appleports_normalise::{Normalised, Vocabulary, normalise};
use appleports_store::{MAX_STORED, SourceFolder, Stored, read_limited};

use crate::{Failure, guards};

/// What to assemble, besides the defaults.
#[derive(Clone, Debug, Default)]
pub struct AssembleOptions {
    /// The capture to use instead of the newest.
    pub capture: Option<String>,
    /// A registry edition to use instead of the stored one; where it gives another
    /// verdict than the stored one, a finding says so.
    pub iana: Option<PathBuf>,
}

/// A dataset with the texts that its findings point into.
#[derive(Clone, Debug)]
pub struct Assembled {
    /// The dataset.
    pub dataset: Dataset,
    /// The texts of the sources, by id.
    pub texts: BTreeMap<String, SourceText>,
}

/// Reads a capture (the newest, or the one with the id `capture`) and the registry
/// edition nearest to and not after it, and makes the dataset of them.
///
/// # Errors
/// As [`assemble_with`].
pub fn assemble(sources: &SourceFolder, capture: Option<&str>) -> Result<Dataset, Failure> {
    let options = AssembleOptions {
        capture: capture.map(str::to_owned),
        ..AssembleOptions::default()
    };
    Ok(assemble_with(sources, &options)?.dataset)
}

/// Makes the dataset, and keeps the texts.
///
/// # Errors
/// [`Failure::Refused`] when the capture has lost its table, otherwise
/// [`Failure::Input`] with file and line.
pub fn assemble_with(
    sources: &SourceFolder,
    options: &AssembleOptions,
) -> Result<Assembled, Failure> {
    let capture = sources.load(&choose_capture(sources, options.capture.as_deref())?)?;
    let stored = sources.load(&choose_registry(sources, &capture.info.date)?)?;
    let vocabulary = vocabulary(sources)?;
    let Normalised {
        mut records,
        mut findings,
        totals,
        overlaps,
        coverage,
    } = interpret(&capture, &capture.info.path, &vocabulary)?;
    let (registry, compare) = match &options.iana {
        None => (stored, None),
        Some(path) => (foreign_registry(path)?, Some(stored)),
    };
    let table = read(&registry)?;
    let compare = compare.as_ref().map(read).transpose()?;
    cross_check(&mut records, &table);
    let (path, text) = sources.corrections()?;
    let corrections = parse_corrections(&path, &text)?;
    attach_corrections(&mut records, &corrections);
    findings.extend(check(&Context {
        records: &records,
        registry: &table,
        compare: compare.as_ref(),
        corrections: &corrections,
    }));
    let text = SourceText {
        path: sources
            .root()
            .join(&capture.info.path)
            .display()
            .to_string(),
        text: String::from_utf8_lossy(&capture.bytes).into_owned(),
    };
    let texts = BTreeMap::from([(capture.info.id.clone(), text)]);
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
    Ok(Assembled { dataset, texts })
}

pub(crate) fn read(stored: &Stored) -> Result<Registry, Failure> {
    Ok(read_registry(
        &stored.info.id,
        &stored.info.path,
        &stored.bytes,
    )?)
}

/// A registry edition outside the sources folder; its date is the one in its file name.
fn foreign_registry(path: &Path) -> Result<Stored, Failure> {
    let bytes = read_limited(path, MAX_STORED)?;
    let shown = path.display().to_string();
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let date = date_in(&name).unwrap_or_default().to_owned();
    let info = SourceInfo {
        id: format!("iana/{}", if date.is_empty() { &name } else { &date }),
        kind: SourceKind::Iana,
        date,
        url: String::new(),
        article_id: String::new(),
        locale: String::new(),
        path: shown,
        sha256: sha256_hex(&bytes),
        bytes: bytes.len() as u64,
    };
    Ok(Stored { info, bytes })
}

/// The first `YYYY-MM-DD` in a text.
fn date_in(text: &str) -> Option<&str> {
    (0..text.len())
        .filter_map(|at| text.get(at..at + 10))
        .find(|word| {
            word.bytes().enumerate().all(|(at, byte)| {
                if at == 4 || at == 7 {
                    byte == b'-'
                } else {
                    byte.is_ascii_digit()
                }
            })
        })
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
pub(crate) fn choose_registry(sources: &SourceFolder, date: &str) -> Result<String, Failure> {
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
