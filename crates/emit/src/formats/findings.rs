//! `findings.json`: all findings, ordered by source, line, code.

use appleports_model::{Dataset, to_json};

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    (
        to_json(&dataset.findings).into_bytes(),
        Some(dataset.findings.len() as u64),
    )
}
