//! A folder that is held open: what is written there goes there, whatever its name leads to by then.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::created::CreatedFolders;
use crate::error::StoreError;
use crate::temporary::sweep;

#[cfg(not(unix))]
pub(crate) use other::Made;
#[cfg(unix)]
pub(crate) use unix::Made;

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readers {
    Owner,
    All,
}

/// What is in the place of a file: looked at once, and the same whatever takes its place by then.
#[derive(Debug)]
pub(crate) struct Old {
    /// What it is; of a link, the link itself.
    pub(crate) metadata: Metadata,
    /// For calls that take a path.
    pub(crate) at: PathBuf,
    /// Held open for that, where the system has paths of open files.
    _file: Option<File>,
}

/// A folder, by its path for people, and open where the system can work below an open folder.
#[derive(Debug)]
pub(crate) struct Place {
    path: PathBuf,
    #[cfg(unix)]
    folder: std::os::fd::OwnedFd,
}

impl Place {
    /// The folder at a path; links on the way to it are followed.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none.
    pub(crate) fn at(path: &Path) -> Result<Self, StoreError> {
        if !path.as_os_str().is_empty() && !path.is_dir() {
            return Err(StoreError::Missing {
                path: path.display().to_string(),
                what: "such folder".to_owned(),
                hint: "make it, or name another place".to_owned(),
            });
        }
        Self::hold(path).map_err(StoreError::io(path, "cannot open the folder"))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A name in it, as people are told of it.
    pub(crate) fn shown(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path.join(name)
    }

    /// A name in it, for calls that take a path: in the folder that is held open, where the system has
    /// paths of such (proc(5)).
    pub(crate) fn within(&self, name: impl AsRef<Path>) -> PathBuf {
        self.held()
            .map_or_else(|| self.shown(&name), |held| held.join(&name))
    }

    /// What is at a name in it, if anything is.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub(crate) fn old(&self, name: impl AsRef<Path>) -> io::Result<Option<Old>> {
        match self.look(name.as_ref()) {
            Ok(old) => Ok(Some(old)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// As the path has it, where no file can be held without being read.
    #[cfg(not(target_os = "linux"))]
    fn look(&self, name: &Path) -> io::Result<Old> {
        let at = self.within(name);
        let metadata = std::fs::symlink_metadata(&at)?;
        Ok(Old {
            metadata,
            at,
            _file: None,
        })
    }

    /// Removes what interrupted runs left in it.
    pub(crate) fn sweep(&self) {
        sweep(&self.within(""));
    }

    /// Makes the renames in it last; a system that cannot do this has its own way.
    pub(crate) fn sync(&self) {
        if let Ok(folder) = self.open() {
            let _ = folder.sync_all();
        }
    }

    /// The folder `below` this one, each part created where it is missing.
    ///
    /// # Errors
    /// [`StoreError`] where a link or a file is on the way.
    pub(crate) fn below(
        &self,
        below: &Path,
        created: &mut CreatedFolders,
    ) -> Result<Self, StoreError> {
        let mut place = self.again()?;
        for part in below {
            let path = place.path.join(part);
            place = match place.enter(part, created) {
                Err(error) if error.kind() == ErrorKind::NotADirectory => {
                    return Err(StoreError::io(&path, "not a folder; remove it")(error));
                }
                entered => entered.map_err(StoreError::io(&path, "cannot create the folder"))?,
            };
        }
        Ok(place)
    }
}
