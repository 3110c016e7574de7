//! The folders beside an owned one: a new one before it takes its place, and an old one after it.
//!
//! Their names cannot be predicted, and what an interrupted run left is known by its list: a
//! repository or an archive may bring links and folders of any name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{FILES, MAX_LIST, check, heading};
use crate::error::StoreError;
use crate::files::{files_below, read_own};
use crate::temporary::{TEMPORARY, folder_of};

/// How many random characters a name has.
const RANDOM: usize = 6;

/// The end of the name of an old folder.
const OLD: &str = ".old";

/// How the names of the folders beside `folder` begin.
fn prefix(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!("{TEMPORARY}{name}-")
}

/// Creates a new folder beside `folder`: with the mode of any other new folder, or open to nobody
/// else until it is like the old one.
pub(super) fn create_beside(folder: &Path) -> Result<PathBuf, StoreError> {
    let (prefix, above) = (prefix(folder), folder_of(folder));
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).rand_bytes(RANDOM);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if folder.exists() { 0o700 } else { 0o777 };
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let new = builder.tempdir_in(above);
    let new = new.map_err(StoreError::io(above, "cannot create a folder in it"))?;
    Ok(new.keep())
}

/// Where the old folder is while the new one takes its place, where the two cannot be exchanged.
pub(super) fn aside(new: &Path) -> PathBuf {
    let mut aside = new.as_os_str().to_owned();
    aside.push(OLD);
    PathBuf::from(aside)
}

/// Removes what interrupted runs left beside `folder`. An old folder is put back where no new one
/// is in its place.
pub(super) fn recover(folder: &Path, writer: &str) {
    let prefix = prefix(folder);
    for entry in fs::read_dir(folder_of(folder))
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(rest) = name.strip_prefix(&prefix) else {
            continue;
        };
        let random = rest.strip_suffix(OLD).unwrap_or(rest);
        if random.len() != RANDOM || !random.chars().all(|c| c.is_ascii_alphanumeric()) {
            continue;
        }
        let (path, is_old) = (entry.path(), random.len() < rest.len());
        let is_put_back = is_old
            && is_left_over(&path, writer)
            && fs::symlink_metadata(folder).is_err()
            && fs::rename(&path, folder).is_ok();
        if !is_put_back {
            // What cannot be removed is somebody else's.
            let _ = remove_left_over(&path, writer);
        }
    }
}

/// Removes a folder if all that it has is ours.
pub(super) fn remove_left_over(path: &Path, writer: &str) -> io::Result<()> {
    if is_left_over(path, writer) {
        remove(path)
    } else {
        Ok(())
    }
}

/// Removes a folder, and its list last: if that is interrupted, the next run knows the rest.
pub(super) fn remove(folder: &Path) -> io::Result<()> {
    for path in removal_order(folder)? {
        if fs::symlink_metadata(&path)?.is_dir() {
            fs::remove_dir_all(&path)?;
        } else {
            fs::remove_file(&path)?;
        }
    }
    fs::remove_dir(folder)
}

/// What is in a folder, its list last.
pub(super) fn removal_order(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    let paths = entries.map(|entry| Ok(entry?.path()));
    let mut paths = paths.collect::<io::Result<Vec<PathBuf>>>()?;
    paths.sort_by_key(|path| path.ends_with(FILES));
    Ok(paths)
}

/// Whether this is a folder, no link to one, that has nothing but what is on its own list. The list
/// is written first, and may itself be unfinished.
fn is_left_over(path: &Path, writer: &str) -> bool {
    let is_folder = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
    is_folder && (check(path, writer).is_ok() || is_unfinished_list(path, writer))
}

fn is_unfinished_list(path: &Path, writer: &str) -> bool {
    files_below(path).is_ok_and(|found| found == [FILES])
        && read_own(&path.join(FILES), MAX_LIST)
            .is_ok_and(|list| heading(writer).as_bytes().starts_with(&list))
}
