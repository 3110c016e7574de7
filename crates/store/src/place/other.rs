//! By path, where the system cannot work below an open folder.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

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

    /// The folder, open to be locked or flushed.
    pub(crate) fn open(&self) -> io::Result<File> {
        File::open(&self.path)
    }

    /// Makes a file with a new name.
    pub(crate) fn make(&self, builder: &Builder<'_, '_>, _: Readers) -> io::Result<NamedTempFile> {
        builder.tempfile_in(&self.path)
    }

    /// Gives a file that was made here its `name`, in place of what has it.
    pub(crate) fn rename(&self, file: NamedTempFile, name: impl AsRef<Path>) -> io::Result<()> {
        file.persist(self.path.join(name))
            .map(drop)
            .map_err(|error| error.error)
    }
}
