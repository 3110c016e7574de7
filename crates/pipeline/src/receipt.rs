//! The receipt of a build: what it asked of the sources, what it wrote, and what it said. As long as
//! all of that is as it was, there is nothing to build.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use appleports_diff::Changes;
use appleports_emit::Output;
use appleports_model::{Level, Totals};
use appleports_store::{
    Answers, FileStamp, Published, SourceFolder, StoreError, check_holds_no_source, read_private,
    write_private,
};
use serde::{Deserialize, Serialize};

use crate::build::{BuildOptions, BuildSummary, build, build_from};
use crate::failure::Failure;

/// No receipt is longer: 4 MiB. That of 200 captures has 300 kB.
const MAX_RECEIPT: u64 = 4 * 1024 * 1024;

/// Builds as [`build`] does, and leaves a receipt at `place`, which must be no place of a
/// repository's. Where the receipt of an earlier build is there and holds, that build stands for
/// this one, unless all is to be read `anew`. A receipt that cannot be read or written is no error:
/// it only spares work.
///
/// # Errors
/// As [`build`].
pub fn build_with_receipt(
    options: &BuildOptions,
    place: &Path,
    anew: bool,
) -> Result<BuildSummary, Failure> {
    // What is asked for besides is not on a receipt.
    if !options.is_plain() {
        return build(options);
    }
    check_holds_no_source(&options.output)?;
    let surroundings = Surroundings::of(options);
    if !anew
        && let Some(surroundings) = &surroundings
        && let Some(receipt) = Receipt::read(place)
        && receipt.holds(surroundings)?
    {
        return Ok(receipt.summary(options));
    }
    let sources = SourceFolder::noted(&options.sources);
    let (summary, outputs) = build_from(options, &sources)?;
    if let Some((surroundings, answers)) = surroundings.zip(sources.answers()) {
        Receipt::new(surroundings, answers, &summary, &outputs).write(place);
    }
    Ok(summary)
}

#[derive(Debug, Serialize, Deserialize)]
struct Receipt {
    surroundings: Surroundings,
    /// What the sources answered.
    answers: Answers,
    /// What was written.
    files: Vec<Published>,
    said: Said,
}

/// Which program built what from what. Another program may make something else of the same sources.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Surroundings {
    program: PathBuf,
    stamp: FileStamp,
    version: String,
    sources: PathBuf,
    output: PathBuf,
}

impl Surroundings {
    /// Those of this program; none where the system does not say which it is.
    fn of(options: &BuildOptions) -> Option<Self> {
        let program = std::env::current_exe().ok()?;
        Some(Self {
            stamp: FileStamp::at(&program)?,
            program,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            sources: std::path::absolute(&options.sources).ok()?,
            output: std::path::absolute(&options.output).ok()?,
        })
    }
}

/// What the summary says of a build, but for what it changed.
#[derive(Debug, Serialize, Deserialize)]
struct Said {
    sources: Vec<String>,
    totals: Totals,
    findings: Vec<(Level, String, usize)>,
    accepted: String,
}

impl Receipt {
    fn new(
        surroundings: Surroundings,
        answers: Answers,
        summary: &BuildSummary,
        outputs: &[Output],
    ) -> Self {
        let files = outputs.iter();
        let findings = summary.findings.iter();
        Self {
            surroundings,
            answers,
            files: files
                .map(|file| Published::of(file.name, file.bytes.len(), &file.sha256))
                .collect(),
            said: Said {
                sources: summary.sources.clone(),
                totals: summary.totals,
                findings: findings
                    .map(|((level, code), count)| (level.0, code.clone(), *count))
                    .collect(),
                accepted: summary.accepted.clone(),
            },
        }
    }

    fn read(place: &Path) -> Option<Self> {
        serde_json::from_slice(&read_private(place, MAX_RECEIPT)?).ok()
    }

    fn write(&self, place: &Path) {
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        if !bytes.is_empty() && bytes.len() as u64 <= MAX_RECEIPT {
            // Without it, the next build only takes as long as this one.
            let _ = write_private(place, &bytes);
        }
    }

    /// Whether a build now would read and write the same.
    fn holds(&self, surroundings: &Surroundings) -> Result<bool, StoreError> {
        Ok(self.surroundings == *surroundings
            && self.answers.still_hold(&surroundings.sources)
            && Published::all_stand(&surroundings.output, &self.files)?)
    }

    /// What a build now would say.
    fn summary(self, options: &BuildOptions) -> BuildSummary {
        let findings = self.said.findings.into_iter();
        BuildSummary {
            sources: self.said.sources,
            totals: self.said.totals,
            findings: findings
                .map(|(level, code, count)| ((Reverse(level), code), count))
                .collect(),
            changes: Ok(Changes::default()),
            accepted: self.said.accepted,
            unseated: Vec::new(),
            output: options.output.clone(),
            files: self.files.into_iter().map(|file| file.name).collect(),
        }
    }
}
