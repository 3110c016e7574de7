//! Folders that are created for files, and do not stay without any.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Folders that this run created. Those that have nothing in them when this is dropped are removed.
#[derive(Debug, Default)]
pub(crate) struct CreatedFolders(Vec<PathBuf>);

impl CreatedFolders {
    /// Creates a folder and those above it where they are missing.
    pub(crate) fn create_all(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|ancestor| !ancestor.as_os_str().is_empty() && !ancestor.is_dir())
            .collect();
        for folder in missing.into_iter().rev() {
            self.create(folder)?;
        }
        Ok(())
    }

    /// Adds a folder that this run created.
    #[cfg(unix)]
    pub(crate) fn add(&mut self, folder: &Path) {
        self.0.push(folder.to_owned());
    }

    /// Creates a folder; one that another run created in the meantime is as good.
    pub(crate) fn create(&mut self, folder: &Path) -> io::Result<()> {
        match fs::create_dir(folder) {
            Ok(()) => self.0.push(folder.to_owned()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl Drop for CreatedFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}
