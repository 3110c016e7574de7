//! `build`: sources to output, offline and deterministic.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use appleports_diff::{Changes, changes};
use appleports_emit::{Document, Output, output_set};
use appleports_model::{Dataset, Level, SourceInfo, SourceKind, Totals};
use appleports_store::{SourceFolder, publish};

use crate::guards::{self, Previous};
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
    /// The ids of the sources.
    pub sources: Vec<String>,
    /// The accounts of the rows.
    pub totals: Totals,
    /// How many findings there are, by level and code.
    pub findings: BTreeMap<(std::cmp::Reverse<Level>, String), usize>,
    /// What changed against the previous output, or why it cannot be compared.
    pub changes: Result<Changes, String>,
    /// The output folder.
    pub output: PathBuf,
    /// Names and lengths of the files.
    pub files: Vec<(&'static str, usize)>,
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
    let mut dataset = assemble_with(&SourceFolder::new(&options.sources), &wanted)?.dataset;
    if options
        .accept
        .as_ref()
        .is_some_and(|reason| reason.trim().is_empty())
    {
        return Err(
            anyhow::anyhow!("--accept needs a reason; it is recorded in the output").into(),
        );
    }
    let mut outputs = render(&dataset);
    let previous = previous(&options.output, &outputs);
    let known = match &previous {
        Ok(Before::Same) => Previous::Same,
        Ok(Before::Other(document)) => Previous::Document(document),
        Err(_) => rows_of_manifest(&options.output).map_or(Previous::Nothing, Previous::Rows),
    };
    let refusals = guards::refusals(&dataset, &known);
    if !refusals.is_empty() {
        match &options.accept {
            None => return Err(Failure::Refused(refusals)),
            Some(reason) => {
                let said: Vec<String> = refusals
                    .iter()
                    .map(|finding| format!("{}: {}", finding.code, finding.message))
                    .collect();
                dataset.accepted = format!("{reason} ({})", said.join("; "));
                outputs = render(&dataset);
            }
        }
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

/// The output that holds the dataset.
const PORTS: &str = "ports.json";

/// The dataset that the build replaces.
enum Before {
    /// The usual case: there is nothing to read, and nothing to compare by meaning.
    Same,
    Other(Document<'static>),
}

/// The dataset in the output folder; none where there is no `ports.json`, or where
/// it is damaged. An interrupted run leaves no damaged file, so this is somebody's
/// hand, and the build mends it; the reason is returned for the summary.
fn previous(output: &Path, outputs: &[Output]) -> Result<Before, String> {
    let path = output.join(PORTS);
    match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err("there was no previous output".to_owned())
        }
        Err(error) => Err(format!("{}: {error}", path.display())),
        Ok(bytes)
            if outputs
                .iter()
                .any(|own| own.name == PORTS && own.bytes == bytes) =>
        {
            Ok(Before::Same)
        }
        Ok(bytes) => Document::parse(&bytes)
            .map(Before::Other)
            .map_err(|error| format!("the previous {} is damaged: {error}", path.display())),
    }
}

/// How many rows the previous manifest says there were, where `ports.json` cannot be read.
fn rows_of_manifest(output: &Path) -> Option<usize> {
    let bytes = std::fs::read(output.join("datapackage.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    manifest["totals"]["rows_emitted"]
        .as_u64()
        .and_then(|rows| usize::try_from(rows).ok())
}

/// The ids of the sources; captures that only tell the history are counted.
fn sources_used(dataset: &Dataset) -> Vec<String> {
    let is_article = |source: &&SourceInfo| source.kind == SourceKind::Article;
    let captures = dataset.sources.iter().filter(is_article).count();
    let mut ids = Vec::new();
    for (at, source) in dataset.sources.iter().enumerate() {
        match (at, source.kind) {
            (0, _) if captures > 1 => {
                ids.push(format!("{} ({} more captures)", source.id, captures - 1));
            }
            (0, _) | (_, SourceKind::Iana | SourceKind::Rfc) => ids.push(source.id.clone()),
            (_, SourceKind::Article) => {}
        }
    }
    ids
}

fn summary(
    options: &BuildOptions,
    dataset: &Dataset,
    outputs: &[Output],
    previous: Result<Before, String>,
) -> BuildSummary {
    let mut findings = BTreeMap::new();
    for finding in &dataset.findings {
        *findings
            .entry((std::cmp::Reverse(finding.level), finding.code.clone()))
            .or_default() += 1;
    }
    BuildSummary {
        sources: sources_used(dataset),
        totals: dataset.totals,
        findings,
        changes: previous.map(|before| match before {
            Before::Same => Changes::default(),
            Before::Other(document) => changes(&document.records, &dataset.records),
        }),
        output: options.output.clone(),
        files: outputs
            .iter()
            .map(|output| (output.name, output.bytes.len()))
            .collect(),
    }
}

impl fmt::Display for BuildSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let totals = &self.totals;
        writeln!(f, "sources   {}", self.sources.join(" + "))?;
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
            Err(reason) => writeln!(f, "changes   not compared: {reason}")?,
            Ok(changes) if changes.is_empty() => writeln!(f, "changes   none")?,
            Ok(changes) => {
                let mut label = "changes";
                for line in changes.short() {
                    writeln!(f, "{label:<9} {line}")?;
                    label = "";
                }
            }
        }
        let files: Vec<&str> = self.files.iter().map(|(name, _)| *name).collect();
        writeln!(
            f,
            "output    {}: {}",
            self.output.display(),
            files.join(", ")
        )
    }
}
