//! Publication: each file whole, old or new, whatever interrupts.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use crate::error::StoreError;

/// How temporary files are named, so that the next run can clear them away.
const TEMPORARY: &str = ".appleports-tmp-";

/// Writes the files to `folder`, in the order given; the manifest goes last.
///
/// Each file is written beside its place, flushed to disk and renamed over the
/// old one. Files that have the right bytes already are left alone. While it
/// runs, the folder is locked against another publication where the system can
/// lock folders; temporary files that an interrupted run left are removed.
///
/// # Errors
/// [`StoreError`] with the path; files that were not reached are as before.
pub fn publish(folder: &Path, files: &[(&str, &[u8])]) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(StoreError::io(folder, "cannot create the folder"))?;
    let lock = File::open(folder).ok();
    if let Some(lock) = &lock {
        // Not every system can lock a folder; renames alone keep each file whole.
        let _ = lock.lock();
    }
    sweep(folder)?;
    for (name, bytes) in files {
        if fs::read(folder.join(name)).is_ok_and(|old| old == *bytes) {
            continue;
        }
        write_whole(folder, name, bytes)?;
    }
    if let Some(lock) = lock {
        lock.sync_all().ok();
    }
    Ok(())
}

fn sweep(folder: &Path) -> Result<(), StoreError> {
    let entries = fs::read_dir(folder).map_err(StoreError::io(folder, "cannot list the folder"))?;
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            fs::remove_file(entry.path()).map_err(StoreError::io(
                &entry.path(),
                "cannot remove a left-over file",
            ))?;
        }
    }
    Ok(())
}

/// Writes one file as a whole: beside its place, flushed, then renamed.
pub(crate) fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let path = folder.join(name);
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = builder
        .tempfile_in(folder)
        .map_err(StoreError::io(folder, "cannot write into the folder"))?;
    file.write_all(bytes)
        .map_err(StoreError::io(&path, "cannot write the file"))?;
    file.as_file()
        .sync_all()
        .map_err(StoreError::io(&path, "cannot write the file to disk"))?;
    file.persist(&path)
        .map_err(|error| StoreError::io(&path, "cannot replace the file")(error.error))?;
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

    #[test]
    fn what_cannot_be_written_is_named_and_the_old_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        let error = publish(folder.path(), &[("a", b"1"), ("b", b"2")])
            .unwrap_err()
            .to_string();
        assert!(error.contains("/b: cannot replace the file"), "{error}");
        assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), "1");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            2,
            "no temporary file is left"
        );
    }
}
