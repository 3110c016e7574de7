//! A file that a person named for a result: it may be a link, a device, or somebody else's.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::curated::PRODUCTS;
use crate::error::StoreError;
use crate::files::read_own;
use crate::lock::Lock;
use crate::manifest::parse_manifest;
use crate::place::{Old, Place};
use crate::rights::OtherOwner;
use crate::temporary::{folder_of, write_beside, write_like};

/// No manifest is longer.
const MAX_MANIFEST: u64 = 64 * 1024;

/// Writes one file that a person named: whole if it is a file, through the link if it is a
/// symbolic link, and straight into it if it is a device, a pipe, or an open file of this process
/// such as `/dev/stdout`. A file that is replaced keeps its mode and its owner, and its folder is locked
/// meanwhile. Temporary files that an interrupted run left beside it are removed.
///
/// # Errors
/// [`StoreError`] with the path.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let old = metadata(path)?;
    match followed(path) {
        Some(target) if old.as_ref().is_none_or(Metadata::is_file) => {
            let folder = folder_of(&target);
            // One that is missing is not made.
            Place::at(folder)?;
            let whole = fs::canonicalize(folder);
            let whole = whole.map_err(StoreError::io(path, "cannot write"))?;
            let lock = Lock::exactly(&whole)?;
            let name = target.file_name().unwrap_or_default();
            let name = Path::new(name);
            let old = plain_file(lock.place(), name)?;
            replace(&lock, name, bytes, old.as_ref())
        }
        _ => write_into(path, bytes),
    }
}

/// What is there, if anything is.
fn metadata(path: &Path) -> Result<Option<Metadata>, StoreError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path, "cannot write")(error)),
    }
}

/// Writes a whole file into its folder, which is locked, in place of the old one: beside its place,
/// flushed, then renamed.
fn replace(lock: &Lock, name: &Path, bytes: &[u8], old: Option<&Old>) -> Result<(), StoreError> {
    let place = lock.place();
    check_not_stored(place, name)?;
    place.sweep();
    let made = match old {
        None => write_beside(place, name, bytes)?,
        Some(old) => write_like(place, name, bytes, old, OtherOwner::Refused)?,
    };
    let shown = place.shown(name);
    made.rename(name)
        .map_err(StoreError::io(&shown, "cannot replace the file"))?;
    place.sync();
    Ok(())
}

/// The file that is there, if any is. Links were followed before, so one that is there now is somebody
/// else's doing.
fn plain_file(place: &Place, name: &Path) -> Result<Option<Old>, StoreError> {
    let shown = place.shown(name);
    let old = place.old(name);
    let old = old.map_err(StoreError::io(&shown, "cannot write"))?;
    if old.as_ref().is_some_and(|old| !old.metadata.is_file()) {
        return Err(StoreError::OpenFile {
            path: shown.display().to_string(),
        });
    }
    Ok(old)
}

/// Replaces the contents of a file that was read before, as [`write_file`] does, under the lock of
/// its folder; refuses where it does not hold `read` any more, where it has other names, which would
/// keep the old contents, and where it is no file: what is written into a pipe or an open file comes
/// behind what was read.
///
/// # Errors
/// [`StoreError::Rewritten`] where somebody else has written it since; [`StoreError`] with the path.
pub fn rewrite_file(path: &Path, read: &[u8], bytes: &[u8]) -> Result<(), StoreError> {
    let Some(place) = followed(path).filter(|place| place.is_file()) else {
        return Err(StoreError::OpenFile {
            path: path.display().to_string(),
        });
    };
    let whole = fs::canonicalize(place).map_err(StoreError::io(path, "cannot write"))?;
    let lock = Lock::exactly(folder_of(&whole))?;
    let name = Path::new(whole.file_name().unwrap_or_default());
    let (place, shown) = (lock.place(), path.display());
    let Some(old) = plain_file(place, name)? else {
        return Err(StoreError::Rewritten {
            path: shown.to_string(),
        });
    };
    let names = names(&old.metadata);
    if names > 1 {
        return Err(StoreError::HardLinks {
            path: shown.to_string(),
            names,
        });
    }
    let now = read_own(&old.at, read.len() as u64);
    // Longer than what was read, gone or no file: something else is there by now.
    if !now.is_ok_and(|now| now == read) {
        return Err(StoreError::Rewritten {
            path: shown.to_string(),
        });
    }
    replace(&lock, name, bytes, Some(&old))
}

/// How many names a file has.
#[cfg(unix)]
fn names(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(file)
}

/// How many names a file has; elsewhere they are not counted.
#[cfg(not(unix))]
const fn names(_: &Metadata) -> u64 {
    1
}

/// Refuses to replace a file of a sources folder, or one in a folder with the manifest of a source:
/// nothing that is stored changes, neither a source nor its evidence nor what people keep beside it.
fn check_not_stored(place: &Place, name: &Path) -> Result<(), StoreError> {
    let is_there = place.within(name).exists();
    if is_there && (is_within_sources(place.path()) || has_manifest(&place.within(""))) {
        return Err(StoreError::Stored {
            path: place.shown(name).display().to_string(),
        });
    }
    Ok(())
}

/// Refuses a folder for outputs that is a sources folder or below one, or in which a source is
/// stored: its manifest may give its file the name of an output.
///
/// # Errors
/// [`StoreError::HoldsSource`] with the folder.
pub fn check_holds_no_source(folder: &Path) -> Result<(), StoreError> {
    // It may not be there yet.
    let mut all = folder
        .ancestors()
        .map(|ancestor| Path::new(".").join(ancestor));
    let there = all.find_map(|path| fs::canonicalize(path).ok());
    if has_manifest(folder) || there.is_some_and(|path| is_within_sources(&path)) {
        return Err(StoreError::HoldsSource {
            path: folder.display().to_string(),
        });
    }
    Ok(())
}

/// Whether a folder, by its whole path, is a sources folder or below one.
fn is_within_sources(folder: &Path) -> bool {
    let mut all = folder.ancestors();
    all.any(|ancestor| ancestor.join(PRODUCTS).is_file())
}

/// Whether the manifest of a source is in a folder.
fn has_manifest(folder: &Path) -> bool {
    let is_manifest = |path: &Path| {
        let text = read_own(path, MAX_MANIFEST).ok();
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        text.is_some_and(|text| parse_manifest(path, &text).is_ok())
    };
    let beside = fs::read_dir(folder).into_iter().flatten();
    let mut manifests = beside
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"));
    manifests.any(|path| is_manifest(&path))
}

/// Where a link leads, also where nothing is there yet; none where it leads to an open file of a
/// process. Such a file is written to and not replaced: others write there as well.
fn followed(path: &Path) -> Option<PathBuf> {
    let mut path = path.to_owned();
    loop {
        let folder = fs::canonicalize(folder_of(&path)).unwrap_or_default();
        let is_of_process = folder.starts_with("/proc") && folder.ends_with("fd");
        if is_of_process || folder == Path::new("/dev/fd") {
            return None;
        }
        let Ok(target) = fs::read_link(&path) else {
            return Some(path);
        };
        path = folder_of(&path).join(target);
    }
}

/// Where a result for `path` would be written, by its whole path, also where nothing is there yet;
/// none for an open file of a process, and where no such folder is.
pub fn final_path(path: &Path) -> Option<PathBuf> {
    let is_writable = match fs::metadata(path) {
        Ok(_) => true,
        // Not where links lead in a circle.
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    let target = is_writable.then(|| followed(path))??;
    let folder = fs::canonicalize(folder_of(&target)).ok()?;
    Some(folder.join(target.file_name()?))
}

/// Writes at the end of what is there: a log that is open already keeps its lines.
fn write_into(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let file = OpenOptions::new().append(true).open(path);
    file.and_then(|mut file| file.write_all(bytes))
        .map_err(StoreError::io(path, "cannot write"))
}

#[cfg(test)]
mod tests;
