//! `build`: sources to output, offline and deterministic.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use appleports_diff::{Changes, changes_between, changes_json, changes_markdown, feed};
use appleports_emit::{Document, Output, output_set};
use appleports_model::{Dataset, Form, Level, SourceInfo, SourceKind, Totals, counted, one_line};
use appleports_store::{SourceFolder, check_holds_no_source, publish};

use crate::assemble::{Assembled, assemble_with};
use crate::captures::{accept, against_output};
use crate::failure::{BuildError, Failure};
use crate::inputs::AssembleOptions;
use crate::previous::{PORTS, Previous};
use crate::side_size::check_size;
use crate::sides::{of_dataset, of_document};

/// What to build from what.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The sources folder.
    pub sources: PathBuf,
    /// The output folder.
    pub output: PathBuf,
    /// The capture to use instead of the newest.
    pub capture: Option<String>,
    /// The locale of which the newest capture is used, instead of the usual one.
    pub locale: Option<String>,
    /// A registry edition to use instead of the stored one.
    pub iana: Option<PathBuf>,
    /// Why the guards may be overruled this once.
    pub accept: Option<String>,
}

impl BuildOptions {
    /// The folders of a clone of the repository, with nothing else asked for.
    pub fn of_clone(root: &Path) -> Self {
        Self {
            sources: root.join("sources"),
            output: root.join("output"),
            capture: None,
            locale: None,
            iana: None,
            accept: None,
        }
    }

    /// Whether nothing but the folders is asked for.
    pub(crate) const fn is_plain(&self) -> bool {
        self.capture.is_none()
            && self.locale.is_none()
            && self.iana.is_none()
            && self.accept.is_none()
    }
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
    /// The captures that the guards refuse beside what was accepted, and did not before.
    pub unseated: Vec<String>,
    /// The output folder.
    pub output: PathBuf,
    /// The names of the files.
    pub files: Vec<String>,
}

/// Builds the output folder.
///
/// # Errors
/// [`Failure::Refused`] when a guard refuses and no reason to accept is given;
/// the output is then as before. [`Failure::Input`] otherwise.
pub fn build(options: &BuildOptions) -> Result<BuildSummary, Failure> {
    check_holds_no_source(&options.output)?;
    let sources = SourceFolder::new(&options.sources);
    Ok(build_from(options, &sources)?.0)
}

/// Builds from these sources, into a folder that holds none; what was done, and what was written.
pub(crate) fn build_from(
    options: &BuildOptions,
    sources: &SourceFolder,
) -> Result<(BuildSummary, Vec<Output>), Failure> {
    let wanted = AssembleOptions {
        capture: options.capture.clone(),
        locale: options.locale.clone(),
        iana: options.iana.clone(),
        ..AssembleOptions::default()
    };
    let mut unseated = Vec::new();
    if let Some(reason) = &options.accept {
        if reason.trim().is_empty() {
            return Err(BuildError::NoReason.into());
        }
        let (capture, locale) = (wanted.capture.as_deref(), wanted.locale.as_deref());
        unseated = accept(sources, capture, locale, reason)?;
    }
    let mut assembled = assemble_with(sources, &wanted)?;
    if options.capture.is_none() && !assembled.passed_over.is_empty() {
        return Err(Failure::Refused(assembled.passed_over));
    }
    let mut outputs = render(&mut assembled);
    let mut previous = Previous::read(&options.output, &outputs);
    // A folder of outputs may be a stranger's.
    if let Previous::Document(document) = &previous
        && let Err(error) = check_size(
            &options.output.join(PORTS).display().to_string(),
            &document.records,
            &document.rejected,
        )
    {
        previous = Previous::Lost(error.to_string());
    }
    if let Previous::Document(document) = &previous {
        unchanged(&options.output, document, &assembled.dataset)?;
    }
    if let Previous::Document(document) = &previous
        && let Some(refusal) = against_output(sources, document, &assembled.dataset)?
    {
        let Some(reason) = &options.accept else {
            return Err(Failure::Refused(refusal.findings));
        };
        if let Some(id) = assembled.dataset.capture().and_then(SourceInfo::source_id) {
            let stored = sources.load(&id)?;
            sources.accept_source(&id, &stored.bytes, reason, refusal.figures)?;
        }
        assembled = assemble_with(sources, &wanted)?;
        outputs = render(&mut assembled);
    }
    let files: Vec<(&str, &[u8])> = outputs
        .iter()
        .map(|output| (output.name, output.bytes.as_slice()))
        .collect();
    publish(&options.output, &files)?;
    let summary = BuildSummary {
        unseated,
        ..summary(options, &assembled.dataset, &outputs, previous)
    };
    Ok((summary, outputs))
}

/// Refuses a capture that has other bytes than those that the output was built from: its manifest
/// may have been changed with it. Facts that somebody wrote down may be corrected.
fn unchanged(output: &Path, before: &Document<'_>, now: &Dataset) -> Result<(), BuildError> {
    let captures = now.sources.iter();
    for capture in captures.filter(|capture| capture.kind == SourceKind::Article) {
        // A page stays one, whatever its manifest has come to say.
        let is_page = |old: &&SourceInfo| [old.form, capture.form].contains(&Form::Page);
        let old = before.sources.iter().find(|old| old.id == capture.id);
        if let Some(old) = old
            .filter(is_page)
            .filter(|old| old.sha256 != capture.sha256)
        {
            return Err(BuildError::CaptureChanged {
                id: capture.id.clone(),
                output: output.display().to_string(),
                now: capture.sha256.clone(),
                before: old.sha256.clone(),
            });
        }
    }
    Ok(())
}

/// All output files, in memory. The editions are taken: they take more than what is written of them.
pub fn render(assembled: &mut Assembled) -> Vec<Output> {
    let written = {
        let editions = &std::mem::take(&mut assembled.editions);
        let count = Some(editions.len() as u64);
        [
            ("changes.md", changes_markdown(editions), None),
            ("changes.json", changes_json(editions), count),
            ("feed.xml", feed(editions), count),
        ]
    };
    let further = written.map(|(name, text, rows)| Output::new(name, text.into_bytes(), rows));
    output_set(&assembled.dataset, further.into())
}

/// The sources that a dataset is built from, each with what it is: the first capture and all that
/// are no captures. Further captures only tell its history.
pub(crate) fn sources_used(sources: &[SourceInfo]) -> Vec<String> {
    let is_capture = |source: &&SourceInfo| source.kind == SourceKind::Article;
    let capture = sources.iter().find(is_capture);
    let others = sources.iter().filter(|source| !is_capture(source));
    capture.into_iter().chain(others).map(titled).collect()
}

/// The id; of a capture with what it is. How the registry was written down is no news.
fn titled(source: &SourceInfo) -> String {
    if source.kind == SourceKind::Article {
        source.titled()
    } else {
        source.id.clone()
    }
}

/// The sources that were used, and how many captures tell the history.
fn sources_shown(sources: &[SourceInfo]) -> Vec<String> {
    let mut shown = sources_used(sources);
    let captures = sources
        .iter()
        .filter(|source| source.kind == SourceKind::Article);
    let more = captures.count().saturating_sub(1);
    if let Some(first) = shown.first_mut().filter(|_| more > 0) {
        first.push_str(" and ");
        first.push_str(&counted(more, "other capture"));
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
            Previous::Document(document) => {
                Ok(changes_between(of_document(&document), of_dataset(dataset)))
            }
            Previous::Lost(reason) => Err(reason),
        },
        accepted: dataset.accepted.clone(),
        unseated: Vec::new(),
        output: options.output.clone(),
        files: outputs
            .iter()
            .map(|output| output.name.to_owned())
            .collect(),
    }
}

/// The most lines of changes that the summary shows.
const MAX_CHANGES: usize = 20;

impl fmt::Display for BuildSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let totals = &self.totals;
        writeln!(f, "sources   {}", self.sources.join(" + "))?;
        if !self.accepted.is_empty() {
            writeln!(f, "accepted  {}", one_line(&self.accepted))?;
        }
        for id in &self.unseated {
            writeln!(
                f,
                "refused   {id}, beside what was accepted; if it is right as well: appleports build --capture {id} --accept REASON"
            )?;
        }
        writeln!(
            f,
            "rows      {totals}; {} rows of ports.csv",
            totals.port_rows
        )?;
        for level in [Level::Error, Level::Warning, Level::Note] {
            let codes: Vec<String> = self
                .findings
                .iter()
                .filter(|((rank, _), _)| rank.0 == level)
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
                let lines = changes.short();
                for line in lines.iter().take(MAX_CHANGES) {
                    writeln!(f, "{label:<9} {}", one_line(line))?;
                    label = "";
                }
                if let Some(more) = lines
                    .len()
                    .checked_sub(MAX_CHANGES)
                    .filter(|more| *more > 0)
                {
                    writeln!(
                        f,
                        "{label:<9} and {more} more; `appleports diff` shows them all"
                    )?;
                }
            }
        }
        let folder = self.output.display();
        writeln!(f, "output    {folder}: {}", self.files.join(", "))
    }
}
