//! Datasets as sides of a comparison.

use appleports_diff::Side;
use appleports_emit::Document;
use appleports_model::Dataset;

/// A `ports.json` as a side.
pub(crate) fn of_document<'a>(document: &'a Document<'_>) -> Side<'a> {
    Side {
        records: &document.records,
        unread: &document.rejected,
    }
}

/// A dataset as a side.
pub(crate) fn of_dataset(dataset: &Dataset) -> Side<'_> {
    Side {
        records: &dataset.records,
        unread: &dataset.rejected,
    }
}
