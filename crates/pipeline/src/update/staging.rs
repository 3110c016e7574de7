//! The copy in which an update is made, and the way of its files into the repository.

use std::fs;
use std::io;
use std::path::Path;

use appleports_store::{MAX_OUTPUT, StoreError, TEMPORARY, publish, read_own};

use crate::failure::{Failure, UpdateError};

/// Files of one folder, in the order in which they are written.
pub(super) struct Files {
    /// The folder below the root of the repository.
    pub(super) folder: String,
    /// Names below the folder, and bytes.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

impl Files {
    /// All files of a folder of the staging copy, the manifest `last`.
    pub(super) fn of(staging: &Path, folder: &str, last: &str) -> Result<Self, Failure> {
        let mut files = Vec::new();
        read_all(&staging.join(folder), "", &mut files)?;
        files.sort_by_key(|(name, _)| (name == last, name.clone()));
        Ok(Self {
            folder: folder.to_owned(),
            files,
        })
    }
}

/// Writes all files into the repository. If one cannot be written, all are restored; nothing is
/// written if one of the old files cannot be read, since it could not be restored.
pub(super) fn apply(root: &Path, all: &[Files]) -> Result<(), StoreError> {
    let before = all.iter().map(|set| old_bytes(root, set));
    let before = before.collect::<Result<Vec<_>, _>>()?;
    for (at, set) in all.iter().enumerate() {
        let files = set.files.iter();
        let files: Vec<(&str, &[u8])> = files.map(|(name, bytes)| (&**name, &**bytes)).collect();
        if let Err(error) = publish(&root.join(&set.folder), &files) {
            for (set, old) in all[..=at].iter().zip(&before).rev() {
                restore(root, set, old);
            }
            return Err(error);
        }
    }
    Ok(())
}

/// What the files hold now; none for a file that does not exist.
fn old_bytes(root: &Path, set: &Files) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
    let folder = root.join(&set.folder);
    let old = set
        .files
        .iter()
        .map(|(name, _)| match read_own(&folder.join(name), MAX_OUTPUT) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        });
    old.collect()
}

/// Restores files, as far as possible.
fn restore(root: &Path, set: &Files, old: &[Option<Vec<u8>>]) {
    let folder = root.join(&set.folder);
    for ((name, _), bytes) in set.files.iter().zip(old) {
        match bytes {
            Some(bytes) => {
                let _ = publish(&folder, &[(name, bytes)]);
            }
            None => {
                let _ = fs::remove_file(folder.join(name));
            }
        }
    }
    // Goes only where nothing else is in it.
    let _ = fs::remove_dir(&folder);
}

/// The files below a folder, with their paths in it.
pub(super) fn read_all(
    folder: &Path,
    below: &str,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), Failure> {
    let here = folder.join(below);
    let unlisted = |error| UpdateError::Unlisted {
        path: here.display().to_string(),
        error,
    };
    for entry in fs::read_dir(&here).map_err(unlisted)? {
        let entry = entry.map_err(unlisted)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(TEMPORARY) {
            continue;
        }
        let name = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        if entry.file_type().map_err(unlisted)?.is_dir() {
            read_all(folder, &name, files)?;
        } else {
            files.push((name, read_own(&entry.path(), MAX_OUTPUT)?));
        }
    }
    Ok(())
}

/// Copies a folder with all that is in it; links are not followed.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), UpdateError> {
    let unlisted = || UpdateError::unreadable(from, "listed");
    fs::create_dir_all(to).map_err(UpdateError::unwritable(to, "made"))?;
    for entry in fs::read_dir(from).map_err(unlisted())? {
        let entry = entry.map_err(unlisted())?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            continue;
        }
        let kind = entry.file_type().map_err(unlisted())?;
        if kind.is_dir() {
            copy(&path, &to)?;
        } else if kind.is_file() {
            let bytes = fs::File::open(&path);
            let mut bytes = bytes.map_err(UpdateError::unreadable(&path, "read"))?;
            let copy = fs::File::create(&to);
            let mut copy = copy.map_err(UpdateError::unwritable(&to, "made"))?;
            // Which of the two failed is not told; a file that could be opened can be read.
            io::copy(&mut bytes, &mut copy).map_err(UpdateError::unwritable(&to, "written"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &str, name: &str) -> Files {
        Files {
            folder: folder.to_owned(),
            files: vec![(name.to_owned(), b"new".to_vec())],
        }
    }

    #[test]
    fn a_file_that_could_not_be_restored_is_not_replaced() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("output/ports.csv");
        fs::create_dir(root.path().join("output")).unwrap();
        fs::write(root.path().join("blocked"), "a file").unwrap();
        // Too large to be read.
        let large = fs::File::create(&path).unwrap();
        large.set_len(MAX_OUTPUT + 1).unwrap();
        let all = [files("output", "ports.csv"), files("blocked", "table.rs")];
        let error = apply(root.path(), &all).unwrap_err().to_string();
        assert!(error.contains("ports.csv"), "{error}");
        assert_eq!(fs::metadata(&path).unwrap().len(), MAX_OUTPUT + 1);
    }

    #[test]
    fn where_one_folder_cannot_be_written_the_others_are_restored() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("output/ports.csv");
        fs::create_dir(root.path().join("output")).unwrap();
        fs::write(&path, "old").unwrap();
        fs::write(root.path().join("blocked"), "a file").unwrap();
        let all = [
            files("output", "ports.csv"),
            files("output", "new.csv"),
            files("blocked", "table.rs"),
        ];
        apply(root.path(), &all).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert!(!path.with_file_name("new.csv").exists());
    }
}
