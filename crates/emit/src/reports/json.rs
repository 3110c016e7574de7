//! The findings as in `findings.json`.

use super::Findings;

pub(super) fn write(report: &Findings<'_>) -> String {
    String::from_utf8(crate::formats::to_json(&report.findings)).unwrap_or_default()
}
