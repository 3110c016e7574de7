//! `findings.json`: all findings, ordered by source, line, code.

use appleports_model::Dataset;

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    (
        super::to_json(&dataset.findings),
        Some(dataset.findings.len() as u64),
    )
}
