//! Below an open folder, as Unix does it (openat(2)).

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use tempfile::{Builder, NamedTempFile};

use super::{Place, Readers};
use crate::created::CreatedFolders;
use crate::error::StoreError;

/// To be held, and nothing else: a folder need not be readable.
#[cfg(target_os = "linux")]
const HELD: OFlags = OFlags::PATH;
#[cfg(not(target_os = "linux"))]
const HELD: OFlags = OFlags::RDONLY;

const FOLDER: OFlags = OFlags::DIRECTORY.union(OFlags::CLOEXEC);

impl Place {
    pub(super) fn hold(path: &Path) -> io::Result<Self> {
        let is_here = path.as_os_str().is_empty();
        let here = if is_here { Path::new(".") } else { path };
        Ok(Self {
            folder: rustix::fs::open(here, HELD | FOLDER, Mode::empty())?,
            path: path.to_owned(),
        })
    }

    pub(super) fn again(&self) -> Result<Self, StoreError> {
        let folder = self.folder.try_clone();
        let folder = folder.map_err(StoreError::io(&self.path, "cannot open the folder"))?;
        let path = self.path.clone();
        Ok(Self { path, folder })
    }

    pub(super) fn enter(&self, part: &OsStr, created: &mut CreatedFolders) -> io::Result<Self> {
        let path = self.path.join(part);
        match rustix::fs::mkdirat(&self.folder, part, Mode::from_raw_mode(0o777)) {
            Ok(()) => created.add(&path),
            Err(Errno::EXIST) => {}
            Err(error) => return Err(error.into()),
        }
        let flags = HELD | FOLDER | OFlags::NOFOLLOW;
        let opened = rustix::fs::openat(&self.folder, part, flags, Mode::empty());
        let folder = opened.map_err(|error| match error {
            Errno::LOOP => ErrorKind::NotADirectory.into(),
            error => io::Error::from(error),
        })?;
        Ok(Self { path, folder })
    }

    /// The folder, open to be locked or flushed.
    pub(crate) fn open(&self) -> io::Result<File> {
        let flags = OFlags::RDONLY | FOLDER;
        let opened = rustix::fs::openat(&self.folder, ".", flags, Mode::empty());
        Ok(opened?.into())
    }

    /// Makes a file with a new name, for these readers, less the umask.
    pub(crate) fn make(
        &self,
        builder: &Builder<'_, '_>,
        readers: Readers,
    ) -> io::Result<NamedTempFile> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let mode = match readers {
            Readers::Owner => Mode::RUSR | Mode::WUSR,
            Readers::All => Mode::RUSR | Mode::WUSR | Mode::RGRP | Mode::ROTH,
        };
        builder.make_in(&self.path, |path| {
            let name = path.file_name().unwrap_or_default();
            let file = rustix::fs::openat(&self.folder, name, flags, mode)?;
            Ok(File::from(file))
        })
    }

    /// Gives a file that was made here its `name`, in place of what has it.
    pub(crate) fn rename(&self, file: NamedTempFile, name: impl AsRef<Path>) -> io::Result<()> {
        let made = file.path().file_name().unwrap_or_default();
        rustix::fs::renameat(&self.folder, made, &self.folder, name.as_ref())?;
        let (_locked, path) = file.into_parts();
        // The name is gone, and nobody else's is to be removed in its place.
        path.keep().map(drop).map_err(|error| error.error)
    }
}
