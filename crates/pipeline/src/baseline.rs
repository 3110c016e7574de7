//! A baseline: findings that are known already.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context;
use appleports_model::Finding;
use appleports_store::{MAX_STORED, read_limited};

use crate::Failure;

/// What a baseline makes of the findings of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Findings that the baseline does not have.
    pub new: Vec<Finding>,
    /// Findings of the baseline that went away, so that it can shrink.
    pub gone: Vec<Finding>,
}

/// Compares findings with those in the file at `path`, which has the shape of
/// `findings.json`. A finding is known by code, record and message; its line may move.
///
/// # Errors
/// [`Failure::Input`] when the file cannot be read or has another shape.
pub fn compare_with_baseline(path: &Path, findings: &[Finding]) -> Result<Baseline, Failure> {
    let bytes = read_limited(path, MAX_STORED)?;
    let known: Vec<Finding> = serde_json::from_slice(&bytes).with_context(|| {
        format!(
            "{}: not a list of findings as in findings.json",
            path.display()
        )
    })?;
    Ok(Baseline {
        new: without(findings, &known),
        gone: without(&known, findings),
    })
}

fn without(findings: &[Finding], others: &[Finding]) -> Vec<Finding> {
    let others: BTreeSet<_> = others.iter().map(key).collect();
    findings
        .iter()
        .filter(|finding| !others.contains(&key(finding)))
        .cloned()
        .collect()
}

fn key(finding: &Finding) -> (&str, &str, &str) {
    (&finding.code, &finding.record, &finding.message)
}
