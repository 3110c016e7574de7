//! What is wrong with the stored captures, or with the choice of one.

use thiserror::Error;

/// What is wrong with the stored captures, or with the choice of one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CaptureError {
    /// There are sources, and no capture among them.
    #[error(
        "{folder}: no capture in this sources folder; add one with `appleports ingest FILE` or `appleports fetch`, or name none to use what is built into the command"
    )]
    NoCapture {
        /// The sources folder.
        folder: String,
    },
    /// There are no sources.
    #[error(
        "{folder}: no such sources folder; name another one, such as that of a clone of the repository, or name none to use what is built into the command"
    )]
    NoFolder {
        /// The sources folder.
        folder: String,
    },
    /// No capture is of the locale that was asked for.
    #[error("no capture of the locale `{locale}`; known are: {}", known.join(", "))]
    NoneOfLocale {
        /// The locale.
        locale: String,
        /// The ids of all captures.
        known: Vec<String>,
    },
    /// No capture has the id that was asked for.
    #[error("`{id}` is not a capture; known are: {}", known.join(", "))]
    Unknown {
        /// The id.
        id: String,
        /// The ids of all captures.
        known: Vec<String>,
    },
    /// The capture has no table.
    #[error("{id}: no table")]
    NoTable {
        /// The capture.
        id: String,
    },
    /// There is more than every command reads. Reading stops there.
    #[error(
        "{place}: more than {limit} {of} in all captures together; remove the folder of an old one, such as sources/{oldest}"
    )]
    TooMany {
        /// The sources folder, or the file that is to be stored there.
        place: String,
        /// The limit.
        limit: usize,
        /// What is counted, in the plural.
        of: &'static str,
        /// The oldest capture.
        oldest: String,
    },
    /// The rows of a capture give more ports to more products than every command reads.
    #[error(
        "{path}: its rows give their products more than {limit} ports and ranges together, so this is not the article"
    )]
    TooManyClaims {
        /// The file of the capture.
        path: String,
        /// The limit.
        limit: usize,
    },
    /// A table with confirmations is stored as a page.
    #[error(
        "{manifest}: the table says when its rows were confirmed, so it is not a page; say what it is: form = \"facts\" or form = \"compiled\", and in `obtained` what it was read from"
    )]
    NeedsForm {
        /// The manifest of the capture.
        manifest: String,
    },
}
