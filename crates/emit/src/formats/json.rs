//! `ports.json`: everything, with provenance.

use std::borrow::Cow;

use appleports_model::{
    Dataset, Former, Overlap, Record, SourceInfo, Totals, TransportCoverage, UnreadRow, to_json,
};
use serde::{Deserialize, Serialize};

/// The version of the shape of `ports.json`; the first number changes when a
/// reader of the old shape would misread the new one.
pub const SCHEMA_VERSION: &str = "1.1";

/// The document in `ports.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document<'a> {
    /// [`SCHEMA_VERSION`].
    pub schema_version: Cow<'a, str>,
    /// The sources that took part.
    pub sources: Cow<'a, [SourceInfo]>,
    /// The records in the order of the article.
    pub records: Cow<'a, [Record]>,
    /// The records that left the article, by port.
    #[serde(default)]
    pub former: Cow<'a, [Former]>,
    /// The rows of the capture that could not be read, by line; left out where there are none.
    #[serde(default, skip_serializing_if = "<[UnreadRow]>::is_empty")]
    pub rejected: Cow<'a, [UnreadRow]>,
    /// Accounts, overlaps and coverage.
    pub summary: Summary<'a>,
}

/// What concerns the records together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary<'a> {
    /// The accounts of the rows.
    pub totals: Totals,
    /// The union of the ports per transport.
    pub coverage: Cow<'a, [TransportCoverage]>,
    /// Pairs of records that claim the same ports.
    pub overlaps: Cow<'a, [Overlap]>,
    /// The reason given with `--accept`, where a guard was overruled; else empty.
    pub accepted: Cow<'a, str>,
}

impl<'a> Document<'a> {
    /// The document of a dataset, whose parts stay where they are.
    pub fn new(dataset: &'a Dataset) -> Self {
        Self {
            schema_version: Cow::Borrowed(SCHEMA_VERSION),
            sources: Cow::Borrowed(&dataset.sources),
            records: Cow::Borrowed(&dataset.records),
            former: Cow::Borrowed(&dataset.former),
            rejected: Cow::Borrowed(&dataset.rejected),
            summary: Summary {
                totals: dataset.totals,
                coverage: Cow::Borrowed(&dataset.coverage),
                overlaps: Cow::Borrowed(&dataset.overlaps),
                accepted: Cow::Borrowed(&dataset.accepted),
            },
        }
    }
}

impl Document<'static> {
    /// Reads a `ports.json`.
    ///
    /// # Errors
    /// The reason, with line and column, when the text is not such a document.
    pub fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        // A text is known to be UTF-8; of bytes each string would be asked.
        match std::str::from_utf8(bytes) {
            Ok(text) => serde_json::from_str(text),
            Err(_) => serde_json::from_slice(bytes),
        }
    }
}

pub(super) fn write(dataset: &Dataset) -> (Vec<u8>, Option<u64>) {
    (
        to_json(&Document::new(dataset)).into_bytes(),
        Some(dataset.records.len() as u64),
    )
}
