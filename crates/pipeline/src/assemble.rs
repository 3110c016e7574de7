//! Sources to dataset.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use appleports_check::{
    Context, ServicesSummary, attach_corrections, check, cross_check, no_manifest,
    parse_corrections, summarise_services,
};
use appleports_diff::Edition;
use appleports_emit::SourceText;
use appleports_ingest::{read_capture, read_services};
use appleports_model::{Dataset, Finding, Registry, ServicesFile, Siblings};
use appleports_normalise::{Normalised, Vocabulary, confirm, normalise};
use appleports_store::{MAX_STORED, SourceFolder, Stored, read_limited};

use crate::article_editions::editions as article_editions;
use crate::captures::{Captures, Lineages, guards};
use crate::{Failure, editions};

/// What to assemble, besides the defaults.
#[derive(Clone, Debug, Default)]
pub struct AssembleOptions {
    /// The capture to use instead of the newest.
    pub capture: Option<String>,
    /// The locale of which the newest capture is used, instead of
    /// [`DEFAULT_LOCALE`](crate::DEFAULT_LOCALE).
    pub locale: Option<String>,
    /// A registry edition to use instead of the stored one; where it gives another
    /// verdict than the stored one, a finding says so.
    pub iana: Option<PathBuf>,
    /// An RFC index to use instead of the stored facts.
    pub rfc_index: Option<PathBuf>,
    /// services(5) files to compare with.
    pub services: Vec<PathBuf>,
}

/// A dataset with the texts that its findings point into.
#[derive(Clone, Debug)]
pub struct Assembled {
    /// The dataset.
    pub dataset: Dataset,
    /// The texts of the sources, by id.
    pub texts: BTreeMap<String, SourceText>,
    /// The registry on which the verdicts rest.
    pub registry: Registry,
    /// The services files that were compared with, and how the rows stand in them.
    pub services: Vec<(ServicesSummary, ServicesFile)>,
    /// What Apple's other articles say, where there is a file of it.
    pub siblings: Option<Siblings>,
    /// The article's history up to the capture, oldest edition first.
    pub editions: Vec<Edition>,
    /// Newer captures that a guard refused and nobody has accepted, and why: they are not
    /// used.
    pub passed_over: Vec<Finding>,
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
    if sources.captures()?.is_empty() {
        return Err(no_capture(sources.root()));
    }
    let vocabulary = vocabulary(sources)?;
    let captures = Captures::read(sources, &vocabulary)?;
    let (wanted, locale) = (options.capture.as_deref(), options.locale.as_deref());
    let choice = captures.choose(wanted, locale)?;
    let capture = &captures.all[choice.at];
    let info = capture.info().clone();
    let stored = sources.load(&editions::choose_registry(sources, &info.date)?)?;
    let (rfc_info, rfcs) = editions::rfc_index(sources, options.rfc_index.as_deref())?.unzip();
    let Some(Normalised {
        mut records,
        mut findings,
        totals,
        overlaps,
        coverage,
    }) = capture.normalised.clone()
    else {
        return Err(anyhow::anyhow!("{}: no table", info.id).into());
    };
    let (registry, compare) = match &options.iana {
        None => (stored, None),
        Some(path) => (editions::foreign_registry(path)?, Some(stored)),
    };
    let table = match &options.iana {
        None => editions::read(sources, &registry)?,
        Some(path) => editions::read_from(path, &registry)?,
    };
    let compare = compare
        .map(|stored| editions::read(sources, &stored))
        .transpose()?;
    findings.extend(captures.compare_languages(choice.at));
    findings.extend(
        sources
            .without_manifest()?
            .iter()
            .map(|path| no_manifest(path)),
    );
    let lineages = Lineages::trace(&captures);
    lineages.note(&captures, choice.at, &mut records);
    let mut former = lineages.former(&captures, choice.at);
    let (siblings_stored, siblings) = editions::siblings(sources)?.unzip();
    let (services, mut texts) = read_services_files(&options.services)?;
    findings.extend(services.iter().flat_map(|file| file.findings.clone()));
    cross_check(&mut records, &table);
    for former in &mut former {
        cross_check(std::slice::from_mut(&mut former.record), &table);
    }
    let (path, text) = sources.corrections()?;
    let corrections = parse_corrections(&path, &text)?;
    attach_corrections(&mut records, &corrections);
    findings.extend(check(&Context {
        records: &records,
        registry: &table,
        compare: compare.as_ref(),
        rfcs: rfcs.as_ref(),
        captured: &info.date,
        siblings: siblings.as_ref(),
        services: &services,
        corrections: &corrections,
    }));
    let shown = sources.root().join(&info.path);
    texts.insert(
        info.id.clone(),
        SourceText::new(&shown.display().to_string(), &capture.stored.bytes),
    );
    if let Some(stored) = &siblings_stored {
        let shown = sources.root().join(&stored.info.path).display().to_string();
        let text = SourceText::new(&shown, &stored.bytes);
        texts.insert(stored.info.id.clone(), text);
    }
    let cited = records.iter().flat_map(|record| record.rfcs.clone());
    let rfcs = rfcs.map(|index| index.facts(cited)).unwrap_or_default();
    let mut dataset = Dataset {
        sources: std::iter::once(info)
            .chain(captures.others(choice.at))
            .chain([registry.info])
            .chain(rfc_info)
            .chain(siblings_stored.map(|stored| stored.info))
            .collect(),
        records,
        former,
        findings: Vec::new(),
        totals,
        overlaps,
        coverage,
        rfcs,
        accepted: captures.accepted(choice.at).to_owned(),
    };
    findings.extend(appleports_emit::services_findings(&dataset));
    Finding::sort(&mut findings);
    dataset.findings = findings;
    let services = services
        .into_iter()
        .map(|file| (summarise_services(&dataset.records, &file), file))
        .collect();
    Ok(Assembled {
        dataset,
        texts,
        registry: table,
        services,
        siblings,
        editions: article_editions(&captures, choice.at),
        passed_over: captures.against(&choice.passed_over),
    })
}

/// The services files, and their texts by path.
fn read_services_files(
    paths: &[PathBuf],
) -> Result<(Vec<ServicesFile>, BTreeMap<String, SourceText>), Failure> {
    let (mut files, mut texts) = (Vec::new(), BTreeMap::new());
    for path in paths {
        let bytes = read_limited(path, MAX_STORED)?;
        let shown = path.display().to_string();
        files.push(read_services(&shown, &bytes)?);
        texts.insert(shown.clone(), SourceText::new(&shown, &bytes));
    }
    Ok((files, texts))
}

/// What came of reading a capture.
pub(crate) struct Interpreted {
    pub(crate) normalised: Normalised,
    /// The name of the layout that was read.
    pub(crate) layout: &'static str,
    /// Whether the table says when each row was confirmed, as no page does.
    pub(crate) has_confirmations: bool,
}

/// Reads and normalises one capture.
pub(crate) fn interpret(
    capture: &Stored,
    path: &str,
    vocabulary: &Vocabulary,
) -> Result<Interpreted, Failure> {
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
    let mut normalised = normalise(&table, &text, &capture.info.locale, vocabulary);
    let confirmed = confirm(&mut normalised.records, &table, &capture.info.date);
    normalised.findings.extend(confirmed);
    Ok(Interpreted {
        normalised,
        layout: table.layout,
        has_confirmations: table.rows.iter().any(|row| row.confirmed.is_some()),
    })
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

/// Which folder has no capture, and the ways to one that has.
pub(crate) fn no_capture(folder: &Path) -> Failure {
    let what = if folder.exists() {
        "no capture in this sources folder"
    } else {
        "no such sources folder"
    };
    Failure::Input(anyhow::anyhow!(
        "{}: {what}; run the command in a clone of the repository, name the folder with \
         `--sources DIR`, or add a capture with `appleports ingest FILE` or `appleports fetch`",
        folder.display()
    ))
}
