//! A baseline: findings that are known already.

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::Path;

use appleports_model::{Finding, is_date, to_json};
use appleports_store::{StoreError, read_limited, rewrite_file};
use serde_json::Value;
use thiserror::Error;

/// Why a baseline cannot be compared with.
#[derive(Debug, Error)]
pub enum BaselineError {
    /// The file cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file has another shape.
    #[error("{path}: not a list of findings as in findings.json: {error}")]
    NotFindings {
        /// The file.
        path: String,
        /// What is wrong.
        error: serde_json::Error,
    },
}

/// No baseline is longer, some fifteen times that of the real article; each byte may take 150 of
/// memory.
const MAX_BASELINE: u64 = 640 << 10;

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
    /// Each as it is written, with whatever people wrote beside it.
    written: Vec<Value>,
    /// Whether an earlier version wrote it, without the parts of which keys are made. Such a finding
    /// is known by its message.
    is_old: Vec<bool>,
}

impl Known {
    /// Reads a list of findings of this or of an earlier version.
    pub(crate) fn read(bytes: &[u8]) -> serde_json::Result<Self> {
        let list: Vec<Value> = serde_json::from_slice(bytes)?;
        let (mut findings, mut is_old) = (Vec::new(), Vec::new());
        let written = list.clone();
        for mut value in list {
            let mut lacks_parts = false;
            for part in ["rows", "values"] {
                if let Some(object) = value.as_object_mut()
                    && !object.contains_key(part)
                {
                    object.insert(part.to_owned(), Value::Array(Vec::new()));
                    lacks_parts = true;
                }
            }
            findings.push(serde_json::from_value(value)?);
            is_old.push(lacks_parts);
        }
        Ok(Self {
            findings,
            written,
            is_old,
        })
    }

    /// The place among `others` of each finding of this list, if it is there: by its key, or, where
    /// it has none, by its message among those that are left. Of several, it is the one on the same
    /// line, or else the first in the same file.
    fn places(&self, others: &[Finding]) -> Vec<Option<usize>> {
        let mut places = vec![None; self.findings.len()];
        let mut is_taken = vec![false; others.len()];
        // The same damage twice is known where it was; the others are new.
        let steps = [false, true].map(|is_old| [(is_old, 2), (is_old, 1), (is_old, 0)]);
        for (is_old, detail) in steps.into_iter().flatten() {
            let name = |finding: &Finding| {
                let name = if is_old {
                    undated(finding)
                } else {
                    finding.key()
                };
                match detail {
                    2 => format!("{name} {}:{}", finding.source, finding.line),
                    1 => format!("{name} {}", finding.source),
                    _ => name,
                }
            };
            let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
            for (at, other) in others.iter().enumerate().filter(|(at, _)| !is_taken[*at]) {
                free.entry(name(other)).or_default().push_back(at);
            }
            for (at, finding) in self.findings.iter().enumerate() {
                if places[at].is_none() && self.is_old[at] == is_old {
                    places[at] = free.get_mut(&name(finding)).and_then(VecDeque::pop_front);
                }
            }
            for at in places.iter().flatten() {
                is_taken[*at] = true;
            }
        }
        places
    }

    /// The findings that this list does not have.
    pub(crate) fn new_in<'a>(&self, findings: &'a [Finding]) -> Vec<&'a Finding> {
        let known: HashSet<usize> = self.places(findings).into_iter().flatten().collect();
        let all = findings.iter().enumerate();
        let new = all.filter(|(at, _)| !known.contains(at));
        new.map(|(_, finding)| finding).collect()
    }

    /// The findings of this list that are not among `findings`.
    pub(crate) fn gone_from(&self, findings: &[Finding]) -> Vec<&Finding> {
        let all = self.findings.iter().zip(self.places(findings));
        let gone = all.filter(|(_, place)| place.is_none());
        gone.map(|(finding, _)| finding).collect()
    }

    /// The same list, with the parts of keys wherever a finding of this run has them; nothing
    /// where it would be the same.
    fn renewed(&self, findings: &[Finding]) -> Option<String> {
        let mut list = self.written.clone();
        let mut is_same = true;
        for (at, place) in self.places(findings).into_iter().enumerate() {
            let Some(place) = place.filter(|_| self.is_old[at]) else {
                continue;
            };
            let new = serde_json::to_value(&findings[place]).ok()?;
            if let (Value::Object(old), Value::Object(new)) = (&mut list[at], new) {
                old.extend(new);
                is_same = false;
            }
        }
        (!is_same).then(|| to_json(&list))
    }
}

/// Rule, record and message of a finding, without the days and lines in the message: that is what
/// the findings of earlier versions are known by.
fn undated(finding: &Finding) -> String {
    let record = finding.record.as_deref().unwrap_or_default();
    let mut text = format!("{}/{record}/", finding.code);
    let mut are_lines = false;
    for word in finding.message.split(' ') {
        let plain = word.trim_matches(|c: char| c.is_ascii_punctuation());
        let is_number = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit());
        let has_day = plain.rsplit('/').next().is_some_and(is_date);
        if !(are_lines && is_number || has_day) {
            text.push_str(word);
            text.push(' ');
        }
        are_lines = matches!(plain, "line" | "lines") || are_lines && is_number;
    }
    text
}

/// Compares findings with those in the file at `path`, which has the shape of `findings.json`,
/// by their keys: lines and editions may change. Findings that an earlier version wrote are
/// compared by their messages, and rewritten: those that are still there as they are now, the
/// others as they were. A file of an output folder is left to `build`.
///
/// # Errors
/// When the file cannot be read or has another shape.
pub fn compare_with_baseline(path: &Path, findings: &[Finding]) -> Result<Baseline, BaselineError> {
    let bytes = read_limited(path, MAX_BASELINE)?;
    let known = Known::read(&bytes).map_err(|error| BaselineError::NotFindings {
        path: path.display().to_string(),
        error,
    })?;
    let new = known.new_in(findings);
    let renewed = known.renewed(findings);
    let rewritten = renewed.map(|text| {
        if path.with_file_name("datapackage.json").exists() {
            return Err("it is one of an output folder; build that again".to_owned());
        }
        if text.len() as u64 > MAX_BASELINE {
            return Err(format!(
                "it would have more than {MAX_BASELINE} bytes, which nothing reads; write a new one"
            ));
        }
        let written = rewrite_file(path, &bytes, text.as_bytes());
        written.map_err(|error| error.to_string())
    });
    Ok(Baseline {
        gone: known.gone_from(findings).into_iter().cloned().collect(),
        new: new.into_iter().cloned().collect(),
        rewritten,
    })
}
