//! By path, where the system cannot work below an open folder.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::{Place, Readers};
use crate::created::CreatedFolders;
use crate::error::StoreError;

impl Place {
    pub(super) fn hold(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.to_owned(),
        })
    }

    pub(super) fn again(&self) -> Result<Self, StoreError> {
        Ok(Self {
            path: self.path.clone(),
        })
    }

    pub(super) fn enter(&self, part: &OsStr, created: &mut CreatedFolders) -> io::Result<Self> {
        let path = self.path.join(part);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(ErrorKind::NotADirectory.into()),
            Err(_) => created.create(&path)?,
        }
        Ok(Self { path })
    }

    pub(super) fn held(&self) -> Option<PathBuf> {
        None
    }

    /// The folder, open to be locked or flushed.
    pub(crate) fn open(&self) -> io::Result<File> {
        File::open(&self.path)
    }

    /// Makes a file with a new name that begins so.
    pub(crate) fn make(&self, prefix: &str, _: Readers) -> io::Result<Made> {
        let made = Builder::new().prefix(prefix).tempfile_in(&self.path)?;
        Ok(Made(made))
    }
}

/// A file that was made in a folder, which is removed there unless it gets a name.
#[derive(Debug)]
pub(crate) struct Made(NamedTempFile);

impl Made {
    /// The file.
    pub(crate) fn file(&self) -> &File {
        self.0.as_file()
    }

    /// Whether it is still there: another run may have taken it for left over.
    pub(crate) fn is_there(&self) -> bool {
        fs::symlink_metadata(self.0.path()).is_ok()
    }

    /// Gives it its `name`, in place of what has it.
    pub(crate) fn rename(self, name: impl AsRef<Path>) -> io::Result<()> {
        let path = self.0.path().with_file_name(name.as_ref());
        let kept = self.0.persist(path);
        kept.map(drop).map_err(|error| error.error)
    }
}
