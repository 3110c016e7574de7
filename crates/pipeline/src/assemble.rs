//! Sources to dataset.

use std::collections::BTreeMap;

use appleports_check::{
    ServicesSummary, attach_corrections, check, cross_check, summarise_services,
};
use appleports_diff::Edition;
use appleports_emit::SourceText;
use appleports_model::{Dataset, Finding, Registry, ServicesFile, Siblings};
use appleports_normalise::Normalised;
use appleports_store::SourceFolder;

use crate::article_editions::{editions, steps, told};
use crate::both::both;
use crate::captures::{Captures, Lineages};
use crate::failure::Failure;
use crate::inputs::{AssembleOptions, Inputs};
use crate::rules::rules;

/// A dataset with the texts that its findings point into.
#[derive(Debug)]
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
    /// Newer captures that a guard refused and nobody has accepted, and why: they are not
    /// used.
    pub passed_over: Vec<Finding>,
    /// The article's history up to the capture, oldest edition first.
    pub editions: Vec<Edition>,
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
    let mut inputs = Inputs::read(sources, options)?;
    let Normalised {
        mut records,
        mut findings,
        unread: rejected,
        totals,
        overlaps,
        coverage,
    } = inputs.normalised()?;
    let (captures, at) = (&inputs.captures, inputs.choice.at);
    // No check looks at the history, and it takes as long as they do (`cargo xtask bench`, build).
    let ((lineages, editions), ()) = both(
        || traced(captures, at),
        || {
            cross_check(&mut records, &inputs.registry);
            attach_corrections(&mut records, &inputs.corrections);
            findings.extend(captures.compare_languages(at));
            findings.extend_from_slice(&inputs.findings);
            findings.extend(check(&inputs.context(&records)));
            Finding::sort(&mut findings);
        },
    );
    lineages.note(captures, at, &mut records);
    let mut former = lineages.former(captures, at);
    for former in &mut former {
        cross_check(std::slice::from_mut(&mut former.record), &inputs.registry);
    }
    let cited = records.iter().flat_map(|record| record.rfcs.clone());
    let dataset = Dataset {
        sources: std::mem::take(&mut inputs.sources),
        rfcs: inputs
            .rfcs
            .as_ref()
            .map_or_else(Vec::new, |index| index.facts(cited)),
        records,
        former,
        rejected,
        findings,
        rules: rules(),
        products: std::mem::take(&mut inputs.products),
        totals,
        overlaps,
        coverage,
        accepted: captures.accepted(at).to_owned(),
    };
    let services = inputs.services.into_iter();
    let services = services.map(|file| (summarise_services(&dataset.records, &file), file));
    Ok(Assembled {
        services: services.collect(),
        passed_over: captures.against(&inputs.choice.passed_over),
        editions,
        dataset,
        texts: inputs.texts,
        registry: inputs.registry,
        siblings: inputs.siblings,
    })
}

/// The article's history up to the capture at a place: of its records, and what Apple changed.
fn traced(captures: &Captures, at: usize) -> (Lineages, Vec<Edition>) {
    let editions = editions(captures, at);
    let mut steps = steps(&editions);
    let lineages = Lineages::trace(captures, &mut steps);
    (lineages, told(captures, &editions, steps))
}
