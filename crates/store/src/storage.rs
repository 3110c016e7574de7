//! Where the files of the sources are: in a folder, or in an archive that a command carries.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use appleports_model::sha256_hex;

use crate::error::StoreError;
use crate::files::{self, MAX_STORED, MAX_TOML};
use crate::notes::Notes;

/// Where the files of the sources are.
#[derive(Clone, Debug)]
pub(crate) enum Storage {
    /// In a folder of this computer.
    Folder,
    /// In a folder of this computer, with notes of what was asked of it.
    Noted(Arc<Notes>),
    /// In an archive: the bytes by their path, which no folder has.
    Archive(Arc<BTreeMap<PathBuf, Vec<u8>>>),
}

impl Storage {
    /// The names in a folder, sorted; none where the folder does not exist.
    pub(crate) fn list(&self, folder: &Path) -> Result<Vec<String>, StoreError> {
        let files = match self {
            Self::Folder => return files::list(folder),
            Self::Noted(notes) => return notes.list(folder),
            Self::Archive(files) => files,
        };
        let below = files
            .keys()
            .filter_map(|path| path.strip_prefix(folder).ok());
        let names = below.filter_map(|path| path.components().next());
        let names: BTreeSet<String> = names
            .map(|name| name.as_os_str().to_string_lossy().into_owned())
            .collect();
        Ok(names.into_iter().collect())
    }

    /// Whether a file is there, as [`files::is_there`] says.
    pub(crate) fn is_there(&self, path: &Path) -> Result<bool, StoreError> {
        match self {
            Self::Folder => files::is_there(path),
            Self::Noted(notes) => notes.is_there(path),
            Self::Archive(files) => Ok(files.contains_key(path)),
        }
    }

    /// Reads a whole file, as [`files::read_own`] does; its bytes and their SHA-256.
    pub(crate) fn read(&self, path: &Path) -> Result<(Vec<u8>, String), StoreError> {
        let bytes = self.bytes(path, MAX_STORED);
        if let Self::Noted(notes) = self {
            return notes.read(path, bytes);
        }
        bytes.map(|bytes| {
            let digest = sha256_hex(&bytes);
            (bytes, digest)
        })
    }

    /// Reads a text of TOML: a manifest, an acceptance, or what is curated.
    pub(crate) fn read_text(&self, path: &Path) -> Result<String, StoreError> {
        let bytes = self.bytes(path, MAX_TOML);
        let bytes = match self {
            Self::Noted(notes) => notes.read(path, bytes)?.0,
            Self::Folder | Self::Archive(_) => bytes?,
        };
        String::from_utf8(bytes).map_err(|_| {
            let error = io::Error::new(ErrorKind::InvalidData, "the text is not UTF-8");
            StoreError::io(path, "cannot read the file")(error)
        })
    }

    /// The bytes of a file; in a folder, of at most `limit` bytes.
    fn bytes(&self, path: &Path, limit: u64) -> Result<Vec<u8>, StoreError> {
        let Self::Archive(files) = self else {
            return files::read_own(path, limit);
        };
        files.get(path).cloned().ok_or_else(|| {
            StoreError::io(path, "cannot open the file")(io::Error::from(ErrorKind::NotFound))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_any_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("capture.toml");
        let text = "a.b.c = 0\n".repeat(usize::try_from(MAX_TOML).unwrap() / 10 + 1);
        std::fs::write(&path, text).unwrap();
        let refused = Storage::Folder.read_text(&path);
        assert!(
            matches!(refused, Err(StoreError::TooLarge { .. })),
            "{refused:?}"
        );
    }
}
