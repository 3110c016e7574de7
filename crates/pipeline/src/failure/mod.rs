//! Why a command did not do its work.
//!
//! A part that imports nothing of this has its error in its own file ([`crate::day`], [`crate::git`]
//! and others); the errors of those that return a [`Failure`] are here, since no two parts import
//! each other.

mod build;
mod built_in;
mod captures;
mod compare;
mod editions;
mod fetch;
mod ingest;
mod merge;
mod status;
mod update;
mod verify;

use appleports_check::CorrectionError;
use appleports_fetch::FetchError;
use appleports_ingest::ReadError;
use appleports_model::{Finding, joined};
use appleports_normalise::VocabularyError;
use appleports_store::StoreError;
use thiserror::Error;

use crate::day::DayError;
use crate::locale::LocaleError;
use crate::previous::ManifestError;
use crate::revision::RevisionError;
pub use build::BuildError;
pub use built_in::BuiltInError;
pub use captures::CaptureError;
pub use compare::{CompareError, RowError, TableError};
pub use editions::EditionError;
pub use fetch::{RequestError, ResponseError};
pub use ingest::IngestError;
pub use merge::MergeError;
pub use status::StatusError;
pub use update::UpdateError;
pub use verify::VerifyError;

/// Why a command did not do its work.
#[derive(Debug, Error)]
pub enum Failure {
    /// A guard refused; nothing was overwritten. Exit code 3.
    #[error("{}", joined(.0, "; "))]
    Refused(Vec<Finding>),
    /// Input, usage or I/O. Exit code 2.
    #[error(transparent)]
    Input(InputError),
}

/// What is wrong with the input, the usage or the computer, by the part that found it. Each message
/// says what is wrong, where, and what to do.
#[derive(Debug, Error)]
pub enum InputError {
    /// A file or folder.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The contents of a file.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A download.
    #[error(transparent)]
    Download(#[from] FetchError),
    /// The curated corrections.
    #[error(transparent)]
    Corrections(#[from] CorrectionError),
    /// The vocabulary.
    #[error(transparent)]
    Vocabulary(#[from] VocabularyError),
    /// A day.
    #[error(transparent)]
    Day(#[from] DayError),
    /// A locale.
    #[error(transparent)]
    Locale(#[from] LocaleError),
    /// A git revision.
    #[error(transparent)]
    Revision(#[from] RevisionError),
    /// The manifest of an output folder.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The stored captures.
    #[error(transparent)]
    Captures(#[from] CaptureError),
    /// The stored editions.
    #[error(transparent)]
    Editions(#[from] EditionError),
    /// What is to be stored.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// What is to be fetched.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// What was fetched.
    #[error(transparent)]
    Response(#[from] ResponseError),
    /// What is to be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// What is to be verified.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// The sides of a comparison.
    #[error(transparent)]
    Compare(#[from] CompareError),
    /// The base of a merge.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// The age of a source.
    #[error(transparent)]
    Status(#[from] StatusError),
    /// The update of a repository.
    #[error(transparent)]
    Update(#[from] UpdateError),
    /// The dataset that the command carries.
    #[error(transparent)]
    BuiltIn(#[from] BuiltInError),
}

/// So that `?` turns the error of each part into a failure.
impl<E: Into<InputError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Input(error.into())
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::{Failure, RowError, TableError};
    use crate::failure::CompareError;

    #[test]
    fn a_message_has_its_causes_and_says_each_once() {
        let Err(error) = "x".parse::<u32>() else {
            panic!("no number");
        };
        let row = TableError::Row {
            path: "list.csv".to_owned(),
            line: 6,
            error: RowError::Rfcs(error),
        };
        let failure = Failure::from(CompareError::from(row));
        assert_eq!(
            failure.to_string(),
            "list.csv:6: not a row of a ports.csv: rfcs: invalid digit found in string"
        );
        // Whoever prints the causes of an error prints them after its message.
        assert!(failure.source().is_none());
    }
}
