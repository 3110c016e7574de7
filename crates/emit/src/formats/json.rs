//! `ports.json`: everything, with provenance.

use appleports_model::{Coverage, Dataset, Overlap, Record, SourceInfo, Totals, to_json};
use serde::{Deserialize, Serialize};

/// The version of the shape of `ports.json`; the first number changes when a
/// reader of the old shape would misread the new one.
pub const SCHEMA_VERSION: &str = "1.0";

/// The document in `ports.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// [`SCHEMA_VERSION`].
    pub schema_version: String,
    /// The sources that took part.
    pub sources: Vec<SourceInfo>,
    /// The records in the order of the article.
    pub records: Vec<Record>,
    /// Accounts, overlaps and coverage.
    pub summary: Summary,
}

/// What concerns the records together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The accounts of the rows.
    pub totals: Totals,
    /// The union of the ports per transport.
    pub coverage: Coverage,
    /// Pairs of records that claim the same ports.
    pub overlaps: Vec<Overlap>,
    /// The reason given with `--accept`, where a guard was overruled; else empty.
    pub accepted: String,
}

impl Document {
    /// The document of a dataset.
    pub fn new(dataset: &Dataset) -> Self {
        Self {
            schema_version: SCHEMA_VERSION.to_owned(),
            sources: dataset.sources.clone(),
            records: dataset.records.clone(),
            summary: Summary {
                totals: dataset.totals,
                coverage: dataset.coverage.clone(),
                overlaps: dataset.overlaps.clone(),
                accepted: dataset.accepted.clone(),
            },
        }
    }

    /// Reads a `ports.json`.
    ///
    /// # Errors
    /// The reason, with line and column, when the text is not such a document.
    pub fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    (
        to_json(&Document::new(dataset)).into_bytes(),
        Some(dataset.records.len() as u64),
    )
}
