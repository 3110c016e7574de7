//! `build`: sources to output, offline and deterministic.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use appleports_diff::{Changes, changes};
use appleports_emit::{Output, output_set};
use appleports_model::{Dataset, Finding, Level, SourceInfo, SourceKind, Totals, one_line};
use appleports_store::{SourceFolder, publish};

use crate::guards;
use crate::previous::{Previous, accepted_before};
use crate::{AssembleOptions, Failure, assemble_with};

/// What to build from what.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The sources folder.
    pub sources: PathBuf,
    /// The output folder.
    pub output: PathBuf,
    /// The capture to use instead of the newest.
    pub capture: Option<String>,
    /// A registry edition to use instead of the stored one.
    pub iana: Option<PathBuf>,
    /// Why the guards may be overruled this once.
    pub accept: Option<String>,
}

/// What a build did; its `Display` is the short summary.
#[derive(Clone, Debug)]
pub struct BuildSummary {
    /// The sources, as they are shown.
    pub sources: Vec<String>,
    /// The accounts of the rows.
    pub totals: Totals,
    /// How many findings there are, by level and code.
    pub findings: BTreeMap<(std::cmp::Reverse<Level>, String), usize>,
    /// What changed against the previous output, or why it cannot be compared.
    pub changes: Result<Changes, String>,
    /// Why the guards were overruled; empty where they were not.
    pub accepted: String,
    /// The output folder.
    pub output: PathBuf,
    /// The names of the files.
    pub files: Vec<&'static str>,
}

/// Builds the output folder.
///
/// # Errors
/// [`Failure::Refused`] when a guard refuses and no reason to accept is given;
/// the output is then as before. [`Failure::Input`] otherwise.
pub fn build(options: &BuildOptions) -> Result<BuildSummary, Failure> {
    let wanted = AssembleOptions {
        capture: options.capture.clone(),
        iana: options.iana.clone(),
        ..AssembleOptions::default()
    };
    if let Some(reason) = &options.accept
        && reason.trim().is_empty()
    {
        return Err(
            anyhow::anyhow!("--accept needs a reason; it is recorded in the output").into(),
        );
    }
    let mut dataset = assemble_with(&SourceFolder::new(&options.sources), &wanted)?.dataset;
    dataset.accepted = accepted_before(&options.output, &dataset);
    let mut outputs = render(&dataset);
    let previous = Previous::read(&options.output, &outputs);
    let mut refusals = guards::refusals(&dataset, previous.extent().as_ref());
    let said = |finding: &Finding| format!("{}: {}", finding.code, finding.message);
    // What was accepted for this capture need not be accepted again.
    refusals.retain(|finding| !dataset.accepted.contains(&said(finding)));
    match &options.accept {
        None if !refusals.is_empty() => return Err(Failure::Refused(refusals)),
        Some(reason) if !refusals.is_empty() => {
            let said: Vec<String> = refusals.iter().map(said).collect();
            dataset.accepted = format!("{reason} ({})", said.join("; "));
            outputs = render(&dataset);
        }
        _ => {}
    }
    let files: Vec<(&str, &[u8])> = outputs
        .iter()
        .map(|output| (output.name, output.bytes.as_slice()))
        .collect();
    publish(&options.output, &files)?;
    Ok(summary(options, &dataset, &outputs, previous))
}

/// All output files of a dataset, in memory.
pub fn render(dataset: &Dataset) -> Vec<Output> {
    output_set(dataset)
}

/// The ids of the sources that a dataset is built from. Captures that only tell its
/// history are left out; the first is the one that is built from.
pub(crate) fn sources_used(sources: &[SourceInfo]) -> Vec<String> {
    let is_used = |(at, source): &(usize, &SourceInfo)| {
        *at == 0 || matches!(source.kind, SourceKind::Iana | SourceKind::Rfc)
    };
    let used = sources.iter().enumerate().filter(is_used);
    used.map(|(_, source)| source.id.clone()).collect()
}

/// The sources that were used, and how many captures tell the history.
fn sources_shown(sources: &[SourceInfo]) -> Vec<String> {
    let mut shown = sources_used(sources);
    let more = sources.len() - shown.len();
    if let Some(capture) = shown.first_mut().filter(|_| more > 0) {
        let plural = if more == 1 { "" } else { "s" };
        *capture = format!("{capture} ({more} more capture{plural})");
    }
    shown
}

fn summary(
    options: &BuildOptions,
    dataset: &Dataset,
    outputs: &[Output],
    previous: Previous,
) -> BuildSummary {
    let mut findings = BTreeMap::new();
    for finding in &dataset.findings {
        *findings
            .entry((std::cmp::Reverse(finding.level), finding.code.clone()))
            .or_default() += 1;
    }
    BuildSummary {
        sources: sources_shown(&dataset.sources),
        totals: dataset.totals,
        findings,
        changes: match previous {
            Previous::Same => Ok(Changes::default()),
            Previous::Document(document) => Ok(changes(&document.records, &dataset.records)),
            Previous::Lost(reason, _) => Err(reason),
        },
        accepted: dataset.accepted.clone(),
        output: options.output.clone(),
        files: outputs.iter().map(|output| output.name).collect(),
    }
}

impl fmt::Display for BuildSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let totals = &self.totals;
        writeln!(f, "sources   {}", self.sources.join(" + "))?;
        if !self.accepted.is_empty() {
            writeln!(f, "accepted  {}", one_line(&self.accepted))?;
        }
        writeln!(
            f,
            "rows      {} read = {} emitted + {} merged + {} rejected; {} rows of ports.csv",
            totals.rows_read,
            totals.rows_emitted,
            totals.rows_merged,
            totals.rows_rejected,
            totals.port_rows
        )?;
        for level in [Level::Error, Level::Warning, Level::Note] {
            let codes: Vec<String> = self
                .findings
                .iter()
                .filter(|((own, _), _)| own.0 == level)
                .map(|((_, code), count)| format!("{code} x{count}"))
                .collect();
            if !codes.is_empty() {
                writeln!(f, "{:<9} {}", format!("{level}s"), codes.join(", "))?;
            }
        }
        match &self.changes {
            Err(reason) => writeln!(f, "changes   not compared: {}", one_line(reason))?,
            Ok(changes) if changes.is_empty() => writeln!(f, "changes   none")?,
            Ok(changes) => {
                let mut label = "changes";
                for line in changes.short() {
                    writeln!(f, "{label:<9} {}", one_line(&line))?;
                    label = "";
                }
            }
        }
        let folder = self.output.display();
        writeln!(f, "output    {folder}: {}", self.files.join(", "))
    }
}
