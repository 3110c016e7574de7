//! Publication: each file whole, old or new, whatever interrupts.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::error::{StoreError, what_to_do};

/// How the names of temporary files begin, so that the next run can clear them away.
pub const TEMPORARY: &str = ".appleports-tmp-";

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
        let kind = fs::symlink_metadata(&path).map(|metadata| metadata.file_type());
        if kind.as_ref().is_ok_and(fs::FileType::is_dir) {
            return Err(StoreError::io(&path, "cannot replace the file")(
                ErrorKind::IsADirectory.into(),
            ));
        }
        if kind.is_ok_and(|kind| kind.is_file()) && fs::read(&path).is_ok_and(|old| old == *bytes) {
            continue;
        }
        written.push((write_beside(&path, bytes)?, path));
    }
    if written.is_empty() {
        return Ok(());
    }
    for (file, path) in written {
        file.persist(&path)
            .map_err(|error| StoreError::io(&path, "cannot replace the file")(error.error))?;
    }
    if let Some(folder) = lock {
        // Makes the renames last; a system that cannot do this has its own way.
        let _ = folder.sync_all();
    }
    Ok(())
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

/// Removes what an interrupted run left. What cannot be removed is somebody
/// else's and does no harm.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes one file that a user named: whole if it is a file, through the link if
/// it is a symbolic link, and straight into it if it is a device or a pipe.
///
/// # Errors
/// [`StoreError`] with the path.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            fs::write(path, bytes).map_err(StoreError::io(path, "cannot write"))
        }
        Ok(_) => {
            let target =
                fs::canonicalize(path).map_err(StoreError::io(path, "cannot find the file"))?;
            write_whole(&target, bytes)
        }
        Err(_) => write_whole(path, bytes),
    }
}

/// Publishes one file into its folder.
pub(crate) fn publish_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    publish(folder, &[(&name, bytes)])
}

/// Writes one file as a whole: beside its place, flushed, then renamed.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let file = write_beside(path, bytes)?;
    file.persist(path)
        .map_err(|error| StoreError::io(path, "cannot replace the file")(error.error))?;
    Ok(())
}

/// Writes a temporary file in the folder of `path` and flushes it to disk.
fn write_beside(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, StoreError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder.tempfile_in(folder).map_err(|error| {
        // Where the kind says it all, without the name of the temporary file.
        let known = !what_to_do(error.kind()).is_empty();
        let error = if known { error.kind().into() } else { error };
        StoreError::io(folder, "cannot write into the folder")(error)
    })?;
    file.write_all(bytes)
        .map_err(StoreError::io(path, "cannot write the file"))?;
    file.as_file()
        .sync_all()
        .map_err(StoreError::io(path, "cannot write the file to disk"))?;
    Ok(file)
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
