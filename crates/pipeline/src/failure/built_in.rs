//! What is wrong with the dataset that the command carries.

use std::io;
use std::num::TryFromIntError;

use appleports_ingest::ReadError;
use appleports_model::SourceNameError;
use thiserror::Error;

/// What is wrong with the dataset that the command carries, or is to carry.
#[derive(Debug, Error)]
pub enum BuiltInError {
    /// A generated file is damaged.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The registry is damaged.
    #[error(transparent)]
    Registry(#[from] ReadError),
    /// The registry is shorter than when it was cut into blocks.
    #[error("{edition}: cut off")]
    CutOff {
        /// The edition.
        edition: String,
    },
    /// A block of the registry begins at no line that there can be.
    #[error(transparent)]
    Line(#[from] TryFromIntError),
    /// The registry of the dataset is no stored edition.
    #[error(transparent)]
    Edition(#[from] SourceNameError),
    /// The dataset does not list the registry that its verdicts rest on.
    #[error("the registry is not a source of the dataset")]
    NoRegistry,
    /// The sources cannot be read.
    #[error("{folder}: {error}")]
    Sources {
        /// Their folder.
        folder: String,
        /// What the system said.
        error: io::Error,
    },
}
