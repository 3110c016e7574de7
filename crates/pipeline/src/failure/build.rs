//! What is wrong with what is to be built.

use appleports_model::one_line;
use thiserror::Error;

/// What is wrong with what is to be built.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BuildError {
    /// A capture is accepted for no reason.
    #[error("--accept needs a reason; it is recorded beside the capture")]
    NoReason,
    /// A capture has other bytes than those that the output was built from.
    #[error(
        "{id}: the capture is not the one that {output} was built from (sha256 is {now}, was {}), and stored captures never change; restore it from version control, or remove the output where that is wrong",
        one_line(before)
    )]
    CaptureChanged {
        /// The capture.
        id: String,
        /// The output folder.
        output: String,
        /// The digest of its bytes.
        now: String,
        /// The digest that the output gives.
        before: String,
    },
}
