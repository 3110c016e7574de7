//! The registry's verdict on a row, as people see it.

use anstyle::Style;
use appleports_model::{CrossCheck, IanaStatus, RowFindings};

use crate::print::{CAUTION, DIM, GOOD};

/// The verdict with its style. A `match` that a finding doubts has the finding's code and
/// is not shown as agreed: the name is registered, but for something else.
pub(crate) fn verdict(
    record: &str,
    check: &CrossCheck,
    findings: &RowFindings<'_>,
) -> (String, Style) {
    let status = check.iana_status.to_string();
    match check.iana_status {
        IanaStatus::Match if findings.is_borrowed_name(record, check) => {
            (format!("{status} (I011)"), CAUTION)
        }
        IanaStatus::Match => (status, GOOD),
        IanaStatus::NoName | IanaStatus::NoNameUnassigned | IanaStatus::NoTransport => {
            (status, DIM)
        }
        _ => (status, CAUTION),
    }
}
