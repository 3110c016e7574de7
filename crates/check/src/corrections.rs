//! Curated corrections: what is wrong in the article, with reason and evidence.

use serde::Deserialize;
use thiserror::Error;

/// A correction of one published value. It is shown beside the value and never
/// takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The id of the record.
    pub record: String,
    /// The field: `service_name`, `rfcs` or `registration`.
    pub field: String,
    /// The published value, as in `ports.csv`; the correction is only used while it stands.
    pub published: String,
    /// What it should be; empty where only the published value is known to be wrong.
    pub value: String,
    /// Why.
    pub reason: String,
    /// What proves it.
    pub evidence: String,
}

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
        let Correction {
            record,
            field,
            reason,
            evidence,
            ..
        } = correction;
        if !["service_name", "rfcs", "registration"].contains(&field.as_str()) {
            return Err(refuse(format!(
                "the correction of `{record}` names the unknown field `{field}`"
            )));
        }
        if reason.is_empty() || evidence.is_empty() {
            return Err(refuse(format!(
                "the correction of `{record}` has no reason or no evidence"
            )));
        }
    }
    Ok(file.correction)
}
