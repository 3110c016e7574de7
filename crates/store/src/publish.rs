//! Publication: each file whole, old or new, whatever interrupts.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::files::read_own;
use crate::lock::Lock;
use crate::temporary::{folder_of, sweep, write_beside};

/// Writes the files to `folder`, in the order given; the manifest goes last.
///
/// All files are first written beside their places and flushed to disk, then
/// renamed over the old ones. Files that have the right bytes already are left
/// alone. While it runs, the folder is locked against another publication where
/// the system can lock folders; temporary files that an interrupted run left are
/// removed.
///
/// # Errors
/// [`StoreError`] with the path. Whatever happens, each file is whole, old or new.
pub fn publish(folder: &Path, files: &[(&str, &[u8])]) -> Result<(), StoreError> {
    publish_locked(&Lock::of(folder)?, folder, files)
}

/// As [`publish`], in a folder that is locked already: what was looked at there is so still.
pub(crate) fn publish_locked(
    _lock: &Lock,
    folder: &Path,
    files: &[(&str, &[u8])],
) -> Result<(), StoreError> {
    sweep(folder);
    let mut written = Vec::new();
    for (name, bytes) in files {
        if let Some((below, _)) = name.rsplit_once('/') {
            own_folder(&folder.join(below))?;
        }
        let path = folder.join(name);
        // Not through a link: what it points to is not ours.
        let metadata = fs::symlink_metadata(&path);
        if metadata.as_ref().is_ok_and(fs::Metadata::is_dir) {
            return Err(StoreError::io(&path, "cannot replace the file")(
                ErrorKind::IsADirectory.into(),
            ));
        }
        let length = bytes.len() as u64;
        if metadata.is_ok_and(|own| own.is_file() && own.len() == length)
            && read_own(&path, length).is_ok_and(|old| old == *bytes)
        {
            continue;
        }
        written.push((write_beside(&path, bytes)?, path));
    }
    let folders: BTreeSet<PathBuf> = written
        .iter()
        .map(|(_, path)| folder_of(path).to_owned())
        .collect();
    for (file, path) in written {
        file.persist(&path)
            .map_err(|error| StoreError::io(&path, "cannot replace the file")(error.error))?;
    }
    for folder in folders {
        sync(&folder);
    }
    Ok(())
}

/// Makes the renames in a folder last; a system that cannot do this has its own way.
pub(crate) fn sync(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// A folder below the one that is published: made where it is missing, cleared of what an
/// interrupted run left, refused where it is a link out of it.
fn own_folder(folder: &Path) -> Result<(), StoreError> {
    match fs::symlink_metadata(folder) {
        Ok(metadata) if metadata.is_dir() => sweep(folder),
        Ok(_) => {
            return Err(StoreError::io(folder, "not a folder; remove it")(
                ErrorKind::NotADirectory.into(),
            ));
        }
        Err(_) => {
            fs::create_dir(folder).map_err(StoreError::io(folder, "cannot create the folder"))?;
        }
    }
    Ok(())
}

/// Publishes one file into its folder.
pub(crate) fn publish_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    publish_one(&Lock::of(folder_of(path))?, path, bytes)
}

/// As [`publish_file`], in a folder that is locked already.
pub(crate) fn publish_one(lock: &Lock, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    publish_locked(lock, folder_of(path), &[(&name, bytes)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publication_replaces_whole_files_and_clears_left_overs() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".appleports-tmp-old"), "x").unwrap();
        fs::write(folder.path().join("a"), "old and longer").unwrap();
        publish(folder.path(), &[("a", b"new"), ("b", b"two")]).unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!((read("a").as_str(), read("b").as_str()), ("new", "two"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_cannot_be_written_is_named_and_the_old_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        let error = publish(folder.path(), &[("a", b"1"), ("b", b"2")])
            .unwrap_err()
            .to_string();
        assert!(error.contains("/b: cannot replace the file"), "{error}");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "neither half of the set nor a temporary file is left"
        );
    }
}
