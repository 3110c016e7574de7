//! Why a repository was not updated.

use std::io;
use std::path::Path;

use appleports_emit::UnknownTransport;
use appleports_store::StoreError;
use thiserror::Error;

/// What to do where the temporary folder does not take the copy.
const ELSEWHERE: &str = "make room there, or name another place with TMPDIR";

/// What to do where the repository cannot be read.
const READABLE: &str = "change its owner or its mode, and run the update again";

/// Why a repository was not updated.
#[derive(Debug, Error)]
pub enum UpdateError {
    /// There is no place for the copy in which the update is made.
    #[error("{path}: cannot make a temporary folder; {ELSEWHERE}: {error}")]
    NoTemporaryFolder {
        /// Where it would be.
        path: String,
        /// What the system said.
        error: io::Error,
    },
    /// A part of the repository cannot be copied.
    #[error("{path}: cannot be {action}; {READABLE}: {error}")]
    Unreadable {
        /// The file or folder.
        path: String,
        /// What was tried.
        action: &'static str,
        /// What the system said.
        error: io::Error,
    },
    /// A part of the copy cannot be written.
    #[error("{path}: cannot be {action}; {ELSEWHERE}: {error}")]
    Unwritable {
        /// The file or folder.
        path: String,
        /// What was tried.
        action: &'static str,
        /// What the system said.
        error: io::Error,
    },
    /// A folder of the copy cannot be listed.
    #[error("{path}: cannot be listed: {error}")]
    Unlisted {
        /// The folder.
        path: String,
        /// What the system said.
        error: io::Error,
    },
    /// A part of the repository is a link, or no file.
    #[error(
        "{path}: a symbolic link, or no file, and an update neither reads nor writes through one; replace it with a folder or a file"
    )]
    Link {
        /// The link.
        path: String,
    },
    /// Somebody has written meanwhile.
    #[error(
        "{path}: has changed since the update began; look at what is there, and run the update again"
    )]
    Changed {
        /// The file.
        path: String,
    },
    /// There is no output to compare with.
    #[error("{path}: run `appleports build` first: {error}")]
    NoOutput {
        /// The file that is missing.
        path: String,
        /// Why it cannot be read.
        error: StoreError,
    },
    /// The output to compare with is damaged.
    #[error("{folder}: not a {name}: {error}")]
    Damaged {
        /// The output folder.
        folder: String,
        /// The file in it.
        name: &'static str,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// The library cannot hold a row.
    #[error(transparent)]
    Library(#[from] UnknownTransport),
    /// It is not known as which capture the page is to be stored.
    #[error("{path}: no locale or no day")]
    Unnamed {
        /// The saved page.
        path: String,
    },
}

impl UpdateError {
    /// Wraps an error of the repository with what was tried on which path.
    pub(crate) fn unreadable(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Unreadable {
            path: path.display().to_string(),
            action,
            error,
        }
    }

    /// Wraps an error of the copy with what was tried on which path.
    pub(crate) fn unwritable(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Unwritable {
            path: path.display().to_string(),
            action,
            error,
        }
    }
}
