//! Curated corrections: what is wrong in the article, with reason and evidence.

use appleports_model::{CorrectedField, Correction, Record, joined};
use serde::Deserialize;
use thiserror::Error;

/// Why the corrections file cannot be used.
#[derive(Debug, Error)]
#[error("{path}: {reason}")]
pub struct CorrectionError {
    /// The file.
    pub path: String,
    /// What the TOML reader says, with line and column.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionFile {
    #[serde(default)]
    correction: Vec<Correction>,
}

/// Reads `corrections.toml`.
///
/// # Errors
/// [`CorrectionError`] when the file is not of the expected shape, a field is
/// unknown, or a reason or its evidence is missing.
pub fn parse_corrections(path: &str, text: &str) -> Result<Vec<Correction>, CorrectionError> {
    let refuse = |reason: String| CorrectionError {
        path: path.to_owned(),
        reason,
    };
    let file: CorrectionFile = toml::from_str(text).map_err(|error| refuse(error.to_string()))?;
    for correction in &file.correction {
        if correction.record.is_empty() {
            return Err(refuse(format!(
                "a correction of {} names no record",
                correction.field
            )));
        }
        let Correction {
            record,
            reason,
            evidence,
            ..
        } = correction;
        if reason.is_empty() || evidence.is_empty() {
            return Err(refuse(format!(
                "the correction of `{record}` has no reason or no evidence"
            )));
        }
    }
    Ok(file.correction)
}

/// Puts each correction beside the value that it corrects, where that value still stands.
pub fn attach_corrections(records: &mut [Record], corrections: &[Correction]) {
    for record in records {
        let applying = |correction: &&Correction| {
            correction.record == record.id
                && published(record, correction.field) == correction.published
        };
        record.corrections = corrections.iter().filter(applying).cloned().collect();
    }
}

/// The published value of a field, as `ports.csv` has it.
pub(crate) fn published(record: &Record, field: CorrectedField) -> String {
    match field {
        CorrectedField::ServiceName => record.service_name.clone(),
        CorrectedField::Registration => record.registration.as_str().to_owned(),
        CorrectedField::Rfcs => joined(&record.rfcs, " "),
    }
}

#[cfg(test)]
mod tests {
    use super::parse_corrections;

    #[test]
    fn a_correction_needs_a_reason_and_a_known_field() {
        let error = |text: &str| {
            parse_corrections("corrections.toml", text)
                .unwrap_err()
                .to_string()
        };
        let text = |field: &str, reason: &str| {
            format!(
                "[[correction]]\nrecord='r'\nfield='{field}'\npublished=''\nvalue=''\nreason='{reason}'\nevidence='e'\n"
            )
        };
        let unknown = error(&text("title", "x"));
        assert!(unknown.contains("line 3"), "{unknown}");
        assert!(unknown.contains("unknown variant `title`"), "{unknown}");
        assert_eq!(
            error(&text("rfcs", "")),
            "corrections.toml: the correction of `r` has no reason or no evidence"
        );
        assert!(error("[[correction]]\nrecord = 5\n").contains("line 2"));
    }
}
