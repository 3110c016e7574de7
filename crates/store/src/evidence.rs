//! Bytes that are kept as evidence and are no source: no other bytes take their place.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use appleports_model::sha256_hex;

use crate::error::StoreError;
use crate::files::{MAX_STORED, is_there, read_own};
use crate::manifest::Manifest;

/// Where these bytes are stored: at `wanted`, or beside it where other bytes are there, in a folder
/// that is locked. A short name may have been taken on purpose: only the whole digest is that of
/// these bytes alone.
///
/// # Errors
/// [`StoreError::Occupied`] when every name is taken; [`StoreError`] when a file cannot be read.
pub(crate) fn free_place(wanted: &Path, bytes: &[u8]) -> Result<PathBuf, StoreError> {
    let hash = sha256_hex(bytes);
    let whole = beside(wanted, &hash);
    for path in [wanted, &beside(wanted, &hash[..8]), &whole] {
        if !is_there(path)? || read_own(path, MAX_STORED)? == bytes {
            return Ok(path.to_owned());
        }
    }
    Err(StoreError::Occupied {
        path: whole.display().to_string(),
    })
}

/// The name of a file for other bytes of the same day: `capture-0123abcd.html`.
fn beside(path: &Path, digits: &str) -> PathBuf {
    let part = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (part(path.file_stem()), part(path.extension()));
    path.with_file_name(format!("{stem}-{digits}.{extension}"))
}

/// The note that says why bytes are no source.
pub(crate) fn note_beside(path: &Path) -> PathBuf {
    let mut note = path.to_owned().into_os_string();
    note.push(".refused.txt");
    PathBuf::from(note)
}

/// The text of such a note.
pub(crate) fn note(reason: &str, manifest: &Manifest) -> Result<String, StoreError> {
    Ok(format!("{reason}\n\n{}", manifest.to_toml()?))
}
