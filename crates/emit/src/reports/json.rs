//! The findings as in `findings.json`.

use appleports_model::to_json;

use super::Findings;

pub(super) fn write(report: &Findings<'_>) -> String {
    to_json(&report.findings)
}
