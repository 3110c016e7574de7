//! A folder that is held open: what is written there goes there, whatever its name leads to by then.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

use std::io::ErrorKind;
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
