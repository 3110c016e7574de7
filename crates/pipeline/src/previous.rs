//! What is in the output folder: the dataset that a build would replace.

use std::path::Path;

use appleports_emit::{Document, Output};
use appleports_store::{MAX_OUTPUT, StoreError, read_own};
use serde_json::Value;
use thiserror::Error;

/// The output that holds the dataset, and the manifest.
pub(crate) const PORTS: &str = "ports.json";
pub(crate) const MANIFEST: &str = "datapackage.json";

/// The dataset that a build would replace.
pub(crate) enum Previous {
    /// The usual case: there is nothing to read, and nothing to compare by meaning.
    Same,
    /// Another one.
    Document(Box<Document<'static>>),
    /// `ports.json` is missing or damaged, and why.
    Lost(String),
}

impl Previous {
    /// Reads what is in the folder; `outputs` would replace it.
    pub(crate) fn read(output: &Path, outputs: &[Output]) -> Self {
        let path = output.join(PORTS);
        let is_same = |bytes: &Vec<u8>| {
            let table = outputs.iter().find(|file| file.name == PORTS);
            table.is_some_and(|table| table.bytes == *bytes)
        };
        match read_own(&path, MAX_OUTPUT) {
            Err(error) if error.is_not_found() => {
                Self::Lost("there was no previous output".to_owned())
            }
            Err(error) => Self::Lost(error.to_string()),
            Ok(bytes) if is_same(&bytes) => Self::Same,
            Ok(bytes) => match Document::parse(&bytes) {
                Ok(document) => Self::Document(Box::new(document)),
                Err(error) => Self::Lost(format!(
                    "the previous {} is damaged: {error}",
                    path.display()
                )),
            },
        }
    }
}

/// No manifest is longer; real ones have some 20,000 bytes.
const MAX_MANIFEST: u64 = 1 << 20;

/// The manifest of an output folder.
pub(crate) fn manifest(output: &Path) -> Result<Value, ManifestError> {
    let path = output.join(MANIFEST);
    let bytes = read_own(&path, MAX_MANIFEST)?;
    serde_json::from_slice(&bytes).map_err(|error| ManifestError::NotJson {
        path: path.display().to_string(),
        error,
    })
}

/// Why a manifest cannot be read.
#[derive(Debug, Error)]
pub enum ManifestError {
    /// There is none, or it is no file.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is damaged.
    #[error("{path}: not a manifest: {error}")]
    NotJson {
        /// The manifest.
        path: String,
        /// What is wrong.
        error: serde_json::Error,
    },
}
