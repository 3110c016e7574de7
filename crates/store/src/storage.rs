//! Where the files of the sources are: in a folder, or in an archive that a command carries.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::StoreError;
use crate::files::{self, MAX_STORED, MAX_TOML};

/// Where the files of the sources are.
#[derive(Clone, Debug)]
pub(crate) enum Storage {
    /// In a folder of this computer.
    Folder,
    /// In an archive: the bytes by their path, which no folder has.
    Archive(Arc<BTreeMap<PathBuf, Vec<u8>>>),
}

impl Storage {
    /// The names in a folder, sorted; none where the folder does not exist.
    pub(crate) fn list(&self, folder: &Path) -> Result<Vec<String>, StoreError> {
        let Self::Archive(files) = self else {
            return files::list(folder);
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
            Self::Archive(files) => Ok(files.contains_key(path)),
        }
    }

    /// Reads a whole file, as [`files::read_own`] does.
    pub(crate) fn read(&self, path: &Path) -> Result<Vec<u8>, StoreError> {
        let Self::Archive(files) = self else {
            return files::read_own(path, MAX_STORED);
        };
        files.get(path).cloned().ok_or_else(|| {
            StoreError::io(path, "cannot open the file")(io::Error::from(ErrorKind::NotFound))
        })
    }

    /// Reads a text of TOML: a manifest, an acceptance, or what is curated.
    pub(crate) fn read_text(&self, path: &Path) -> Result<String, StoreError> {
        let bytes = match self {
            Self::Folder => files::read_own(path, MAX_TOML)?,
            Self::Archive(_) => self.read(path)?,
        };
        String::from_utf8(bytes).map_err(|_| {
            let error = io::Error::new(ErrorKind::InvalidData, "the text is not UTF-8");
            StoreError::io(path, "cannot read the file")(error)
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
