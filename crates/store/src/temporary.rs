//! Temporary files: written whole and locked beside their places, then renamed.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::error::{StoreError, what_to_do};
use crate::files::open_plain;
use crate::place::{Made, Old, Place, Readers};
use crate::rights::{OtherOwner, keep_rights};

/// How the names of temporary files begin, so that the next run can clear them away.
pub const TEMPORARY: &str = ".appleports-tmp-";

/// Writes a temporary file for a name in the folder and flushes it to disk. It stays
/// locked for as long as it is open, so that nobody takes it for left over.
pub(crate) fn write_beside(place: &Place, name: &Path, bytes: &[u8]) -> Result<Made, StoreError> {
    fill(create(place, Readers::All)?, &place.shown(name), bytes)
}

/// As [`write_beside`], with the mode and the owner of the file that is there.
///
/// # Errors
/// [`StoreError::Foreign`] where the owner cannot be kept and another is refused.
pub(crate) fn write_like(
    place: &Place,
    name: &Path,
    bytes: &[u8],
    old: &Old,
    other: OtherOwner,
) -> Result<Made, StoreError> {
    // Nobody else may read it until it is as the old one is.
    let file = create(place, Readers::Owner)?;
    let shown = place.shown(name);
    keep_rights(file.file(), (&old.at, &shown), &old.metadata, other)?;
    fill(file, &shown, bytes)
}

fn fill(made: Made, path: &Path, bytes: &[u8]) -> Result<Made, StoreError> {
    let mut file = made.file();
    file.write_all(bytes)
        .map_err(StoreError::io(path, "cannot write the file"))?;
    file.sync_all()
        .map_err(StoreError::io(path, "cannot write the file to disk"))?;
    Ok(made)
}

/// The folder that a file stands in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Creates a temporary file in the folder, locked.
pub(crate) fn create(place: &Place, readers: Readers) -> Result<Made, StoreError> {
    loop {
        let file = place.make(TEMPORARY, readers).map_err(|error| {
            // Where the kind says it all, without the name of the temporary file.
            let known = !what_to_do(error.kind()).is_empty();
            let error = if known { error.kind().into() } else { error };
            StoreError::io(place.path(), "cannot write into the folder")(error)
        })?;
        let is_free = !matches!(file.file().try_lock(), Err(fs::TryLockError::WouldBlock));
        // Another run may have come between: then it took this file for left over.
        if is_free && file.is_there() {
            return Ok(file);
        }
    }
}

/// Removes what interrupted runs left: files with our name that nobody has locked. What
/// cannot be removed is somebody else's and does no harm.
pub(crate) fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_ours(&entry) && !is_being_written(&entry) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether this is a temporary file of ours that a run has locked. One that may not be opened is
/// another person's, who may be writing it.
pub(crate) fn is_being_written(entry: &fs::DirEntry) -> bool {
    is_ours(entry)
        && match open_plain(&entry.path()) {
            Ok(Some(file)) => matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)),
            Ok(None) => false,
            Err(error) => error.kind() == ErrorKind::PermissionDenied,
        }
}

fn is_ours(entry: &fs::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with(TEMPORARY)
        && entry.file_type().is_ok_and(|kind| kind.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_use_is_not_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let left_over = folder.path().join(format!("{TEMPORARY}old"));
        fs::write(&left_over, "x").unwrap();
        let place = Place::at(folder.path()).unwrap();
        let file = write_beside(&place, Path::new("a"), b"new").unwrap();
        sweep(folder.path());
        assert!(!left_over.exists());
        file.rename("a").unwrap();
        assert_eq!(fs::read(folder.path().join("a")).unwrap(), b"new");
    }
}
