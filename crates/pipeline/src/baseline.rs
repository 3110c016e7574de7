//! A baseline: findings that are known already.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;
use appleports_model::{Finding, to_json};
use appleports_store::{MAX_STORED, read_limited, write_file};
use serde_json::Value;

use crate::Failure;

/// What a baseline makes of the findings of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Findings that the baseline does not have, or not so often.
    pub new: Vec<Finding>,
    /// Findings of the baseline that went away, so that it can shrink.
    pub gone: Vec<Finding>,
    /// Where an earlier version wrote the file, without the parts of which keys are made: whether
    /// it was rewritten with them, or why not.
    pub rewritten: Option<Result<(), String>>,
}

/// A list of findings, as `findings.json` has it.
pub(crate) struct Known {
    pub(crate) findings: Vec<Finding>,
    /// Whether an earlier version wrote it: its findings have no values, and are known by their
    /// messages.
    is_old: bool,
}

impl Known {
    /// Reads a list of findings of this or of an earlier version.
    pub(crate) fn read(bytes: &[u8]) -> serde_json::Result<Self> {
        let mut list: Vec<Value> = serde_json::from_slice(bytes)?;
        let mut is_old = false;
        for object in list.iter_mut().filter_map(Value::as_object_mut) {
            for part in ["rows", "values"] {
                if !object.contains_key(part) {
                    object.insert(part.to_owned(), Value::Array(Vec::new()));
                    is_old = true;
                }
            }
        }
        Ok(Self {
            findings: serde_json::from_value(Value::Array(list))?,
            is_old,
        })
    }

    /// The findings that this list does not have.
    pub(crate) fn new_in<'a>(&self, findings: &'a [Finding]) -> Vec<&'a Finding> {
        Finding::only_in(findings, &self.findings, |own| self.key(own))
    }

    /// The findings of this list that are not among `findings`.
    pub(crate) fn gone_from(&self, findings: &[Finding]) -> Vec<&Finding> {
        Finding::only_in(&self.findings, findings, |own| self.key(own))
    }

    /// The same list in the form of this version.
    fn renewed<'a>(&'a self, findings: &'a [Finding]) -> Vec<&'a Finding> {
        let mut now: HashMap<String, &Finding> = HashMap::new();
        for own in findings {
            now.entry(self.key(own)).or_insert(own);
        }
        let renew = |own: &'a Finding| now.get(&self.key(own)).copied().unwrap_or(own);
        self.findings.iter().map(renew).collect()
    }

    fn key(&self, finding: &Finding) -> String {
        if self.is_old {
            format!("{}/{}/{}", finding.code, finding.record, finding.message)
        } else {
            finding.key()
        }
    }
}

/// Compares findings with those in the file at `path`, which has the shape of `findings.json`,
/// by their keys: lines and editions may change. A file that an earlier version wrote is
/// compared by its messages, and rewritten: findings that are still there as they are now, the
/// others as they were. One of an output folder is left to `build`.
///
/// # Errors
/// [`Failure::Input`] when the file cannot be read or has another shape.
pub fn compare_with_baseline(path: &Path, findings: &[Finding]) -> Result<Baseline, Failure> {
    let bytes = read_limited(path, MAX_STORED)?;
    let known = Known::read(&bytes).with_context(|| {
        format!(
            "{}: not a list of findings as in findings.json",
            path.display()
        )
    })?;
    let new = known.new_in(findings);
    let rewritten = known.is_old.then(|| {
        if path.with_file_name("datapackage.json").exists() {
            return Err("it is one of an output folder; build that again".to_owned());
        }
        let written = write_file(path, to_json(&known.renewed(findings)).as_bytes());
        written.map_err(|error| error.to_string())
    });
    Ok(Baseline {
        gone: known.gone_from(findings).into_iter().cloned().collect(),
        new: new.into_iter().cloned().collect(),
        rewritten,
    })
}
