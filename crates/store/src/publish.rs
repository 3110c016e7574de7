//! Publication: each file whole, old or new, whatever interrupts.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::files::read_own;
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
    fs::create_dir_all(folder).map_err(StoreError::io(folder, "cannot create the folder"))?;
    let lock = File::open(folder).ok();
    if let Some(lock) = &lock {
        // Not every system can lock a folder; renames alone keep each file whole.
        let _ = lock.lock();
    }
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
fn sync(folder: &Path) {
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

/// Writes one file that a user named: whole if it is a file, through the link if
/// it is a symbolic link, and straight into it if it is a device or a pipe.
/// Temporary files that an interrupted run left beside it are removed.
///
/// # Errors
/// [`StoreError`] with the path.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            fs::write(path, bytes).map_err(StoreError::io(path, "cannot write"))
        }
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(StoreError::io(path, "cannot write")(error))
        }
        _ => {
            let path = followed(path);
            sweep(folder_of(&path));
            write_whole(&path, bytes)
        }
    }
}

/// Where a link leads, also where nothing is there yet.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    while let Ok(target) = fs::read_link(&path) {
        path = folder_of(&path).join(target);
    }
    path
}

/// Publishes one file into its folder.
pub(crate) fn publish_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    publish(folder_of(path), &[(&name, bytes)])
}

/// Writes one file as a whole: beside its place, flushed, then renamed.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let file = write_beside(path, bytes)?;
    file.persist(path)
        .map_err(|error| StoreError::io(path, "cannot replace the file")(error.error))?;
    sync(folder_of(path));
    Ok(())
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

    #[cfg(unix)]
    #[test]
    fn a_link_is_written_through_and_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink("target", &link).unwrap();
        write_file(&link, b"new").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        // Also where there is nothing yet, and over several links.
        let (second, third) = (folder.path().join("second"), folder.path().join("third"));
        std::os::unix::fs::symlink("third", &second).unwrap();
        std::os::unix::fs::symlink("./fourth", &third).unwrap();
        write_file(&second, b"far").unwrap();
        assert_eq!(fs::read(folder.path().join("fourth")).unwrap(), b"far");
        assert!(fs::symlink_metadata(&third).unwrap().is_symlink());
        let missing = write_file(&folder.path().join("no/x"), b"x").unwrap_err();
        assert!(
            missing
                .to_string()
                .ends_with("/no: no such folder; make it, or name another place")
        );
        write_file(&folder.path().join("fresh"), b"x").unwrap();
        assert_eq!(
            fs::read_to_string(folder.path().join("fresh")).unwrap(),
            "x"
        );
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
