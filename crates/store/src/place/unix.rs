//! Below an open folder, as Unix does it (openat(2)).

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::io::Errno;
use tempfile::Builder;

#[cfg(target_os = "linux")]
use super::Old;
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
        let flags = HELD | FOLDER | OFlags::NOFOLLOW;
        let open = || rustix::fs::openat(&self.folder, part, flags, Mode::empty());
        let mut opened = open();
        if matches!(opened, Err(Errno::NOENT)) {
            match rustix::fs::mkdirat(&self.folder, part, Mode::from_raw_mode(0o777)) {
                Ok(()) => created.add(&path),
                Err(Errno::EXIST) => {}
                Err(error) => return Err(error.into()),
            }
            opened = open();
        }
        let folder = opened.map_err(|error| match error {
            Errno::LOOP => ErrorKind::NotADirectory.into(),
            error => io::Error::from(error),
        })?;
        Ok(Self { path, folder })
    }

    /// The path of the open folder itself.
    pub(super) fn held(&self) -> Option<PathBuf> {
        path_of(&self.folder)
    }

    /// Held open without being read, and without waiting for anybody.
    #[cfg(target_os = "linux")]
    pub(super) fn look(&self, name: &Path) -> io::Result<Old> {
        let flags = OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = rustix::fs::openat(&self.folder, name, flags, Mode::empty())?;
        let file = File::from(file);
        Ok(Old {
            metadata: file.metadata()?,
            at: path_of(&file).unwrap_or_else(|| self.within(name)),
            _file: Some(file),
        })
    }

    /// The folder, open to be locked or flushed.
    pub(crate) fn open(&self) -> io::Result<File> {
        let flags = OFlags::RDONLY | FOLDER;
        let opened = rustix::fs::openat(&self.folder, ".", flags, Mode::empty());
        Ok(opened?.into())
    }

    /// Makes a file with a new name that begins so, for these readers, less the umask.
    pub(crate) fn make(&self, prefix: &str, readers: Readers) -> io::Result<Made> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let mode = match readers {
            Readers::Owner => Mode::RUSR | Mode::WUSR,
            Readers::All => Mode::RUSR | Mode::WUSR | Mode::RGRP | Mode::ROTH,
        };
        let folder = self.folder.try_clone()?;
        // The name alone counts: the file is made below the open folder.
        let named = Builder::new()
            .prefix(prefix)
            .disable_cleanup(true)
            .make_in("/", |path| {
                let name = path.file_name().unwrap_or_default();
                let file = rustix::fs::openat(&self.folder, name, flags, mode)?;
                Ok((File::from(file), name.to_owned()))
            })?;
        let ((file, name), _) = named.into_parts();
        Ok(Made { file, name, folder })
    }
}

/// The path by which the system finds what is open, where it has such (proc(5)).
fn path_of(open: &impl AsRawFd) -> Option<PathBuf> {
    let path = PathBuf::from(format!("/proc/self/fd/{}", open.as_raw_fd()));
    (cfg!(target_os = "linux") && path.exists()).then_some(path)
}

/// A file that was made in a folder, which is removed there unless it gets a name.
#[derive(Debug)]
pub(crate) struct Made {
    file: File,
    name: OsString,
    folder: OwnedFd,
}

impl Made {
    /// The file.
    pub(crate) const fn file(&self) -> &File {
        &self.file
    }

    /// Whether it is still there: another run may have taken it for left over.
    pub(crate) fn is_there(&self) -> bool {
        rustix::fs::statat(&self.folder, &self.name, AtFlags::SYMLINK_NOFOLLOW).is_ok()
    }

    /// Gives it its `name`, in place of what has it.
    pub(crate) fn rename(mut self, name: impl AsRef<Path>) -> io::Result<()> {
        rustix::fs::renameat(&self.folder, &self.name, &self.folder, name.as_ref())?;
        self.name.clear();
        Ok(())
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        if !self.name.is_empty() {
            let _ = rustix::fs::unlinkat(&self.folder, &self.name, AtFlags::empty());
        }
    }
}
