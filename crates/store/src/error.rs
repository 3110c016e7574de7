//! Why a folder could not be read or written.

use std::io::ErrorKind;
use std::path::Path;

use thiserror::Error;

/// Why a folder could not be read or written; each message names the path.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The operating system refused.
    #[error("{path}: {action}: {error}{}", what_to_do(error.kind()))]
    Io {
        /// The file or folder.
        path: String,
        /// What was tried.
        action: &'static str,
        /// What the system said.
        error: std::io::Error,
    },
    /// A folder, a pipe or a device stands where a file belongs.
    #[error("{path}: not a file, but a folder, a pipe or a device; remove it")]
    NoFile {
        /// The path.
        path: String,
    },
    /// A file is larger than any of its kind can be.
    #[error("{path}: more than {limit} bytes; no file of this kind is that large")]
    TooLarge {
        /// The file.
        path: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// Somebody else keeps a folder locked.
    #[error(
        "{path}: another program has locked this folder, and {seconds} seconds were not enough; run the command again when that one has ended"
    )]
    Locked {
        /// The folder.
        path: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// A result would take the place of a file of the sources.
    #[error(
        "{path}: this file belongs to the sources, which results never replace; name another place"
    )]
    Stored {
        /// The file.
        path: String,
    },
    /// Outputs were to go among the sources, where the file of a source may have any name.
    #[error("{path}: this folder belongs to the sources, where no outputs go; name another folder")]
    HoldsSource {
        /// The folder.
        path: String,
    },
    /// A file belongs to somebody else, and a new one in its place would not.
    #[error(
        "{path}: the file belongs to another user, and a new file in its place would not; remove it, or name another place"
    )]
    Foreign {
        /// The file.
        path: String,
    },
    /// Something in a folder that would be replaced was not written by the command.
    #[error(
        "{path}: this was not written by the command, and it replaces only a folder that has nothing else; move it away, or name another folder"
    )]
    NotOurs {
        /// The file or folder.
        path: String,
    },
    /// The folder of a capture is not named after its locale and day.
    #[error(
        "{path}: a capture belongs in a folder `apple/<locale>/<YYYY-MM-DD>` in lower case, such as `apple/de-de/2015-10-23`; rename this one or move it out of the sources"
    )]
    OddFolder {
        /// The folder.
        path: String,
    },
    /// A link is on the way to where a source is stored.
    #[error(
        "{path}: a symbolic link, and sources are never stored through one; replace it with a folder"
    )]
    Link {
        /// The link.
        path: String,
    },
    /// A manifest is not of the expected shape.
    #[error("{path}: {reason}")]
    Manifest {
        /// The manifest.
        path: String,
        /// What is wrong, with line and column where known.
        reason: String,
    },
    /// A stored file is whole but for its line ends.
    #[error(
        "{path}: the line ends have changed since the file was stored, and nothing else; git does so where `core.autocrlf` is set and .gitattributes does not forbid it: set it to `false` and check the file out again"
    )]
    LineEnds {
        /// The stored file.
        path: String,
    },
    /// A stored file is not what its manifest says.
    #[error(
        "{path}: the bytes have changed since they were stored (sha256 is {actual}, the manifest says {expected}); restore the file from version control"
    )]
    Changed {
        /// The stored file.
        path: String,
        /// The digest that the manifest gives.
        expected: String,
        /// The digest of the bytes.
        actual: String,
    },
    /// No such source.
    #[error("{path}: no {what}; {hint}")]
    Missing {
        /// The folder that was searched.
        path: String,
        /// What was looked for.
        what: String,
        /// What to do.
        hint: String,
    },
    /// An archive of sources is not whole.
    #[error("{name}: damaged ({reason}); install the command again")]
    Archive {
        /// What stands for the archive.
        name: String,
        /// What was wrong with it.
        reason: String,
    },
    /// Nothing can be written to an archive.
    #[error("{path}: these sources cannot be changed; name a folder with `--sources DIR`")]
    ReadOnly {
        /// What stands for the archive.
        path: String,
    },
    /// What was read is no file of a name of its own, so it cannot be replaced.
    #[error("{path}: a pipe, a device or an open file; only a file can be rewritten")]
    OpenFile {
        /// What was read.
        path: String,
    },
    /// A file has several names, and only one of them would have the new contents.
    #[error(
        "{path}: has {names} names (hard links), and this one alone would change; remove the others, or write a copy"
    )]
    HardLinks {
        /// The file.
        path: String,
        /// How many names it has.
        names: u64,
    },
    /// Somebody else wrote the file since it was read.
    #[error("{path}: changed while it was worked on; nothing was written, run the command again")]
    Rewritten {
        /// The file.
        path: String,
    },
    /// The place is taken by other bytes.
    #[error(
        "{path}: another capture is stored here, and stored captures are never changed; give another --captured date"
    )]
    Occupied {
        /// The stored file.
        path: String,
    },
}

impl StoreError {
    /// Whether there is no such file.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Io { error, .. } if error.kind() == ErrorKind::NotFound)
    }

    /// Wraps an I/O error with what was tried on which path.
    pub(crate) fn io(path: &Path, action: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |error| Self::Io {
            path: path.display().to_string(),
            action,
            error,
        }
    }
}

/// What a person can do about it, where the kind of the error tells.
pub(crate) fn what_to_do(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::PermissionDenied => {
            "; change its owner or its mode, or name another place, and run the command again"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "; make room there, and run the command again"
        }
        ErrorKind::ReadOnlyFilesystem => "; name another place, or make this one writable",
        _ => "",
    }
}
