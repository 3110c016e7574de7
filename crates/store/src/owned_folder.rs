//! Folders that a command owns as a whole: replaced at once, with what is no longer in them gone.

mod beside;

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::files::{files_below, folders_below, read_own};
use crate::lock::Lock;
use crate::rights::{OtherOwner, keep_rights};
use crate::temporary::folder_of;
use beside::{aside, create_beside, recover, remove, remove_left_over};

/// The list of the files in an owned folder, by which it is known again.
pub const FILES: &str = "files.txt";

/// No list of files is larger.
const MAX_LIST: u64 = 64 * 1024 * 1024;

/// Writes the files, by path with `/`, as the whole content of `folder`: all of them, or none.
/// `writer` is what the list of files says about who wrote them.
///
/// The files are written into a new folder beside it, which then takes its place. A folder that has
/// anything which is not on its own list is refused, and left as it is. What is replaced keeps its
/// mode, and its owner where that is allowed.
///
/// # Errors
/// [`StoreError`] with the path.
pub fn replace_folder(
    folder: &Path,
    files: &[(&str, &[u8])],
    writer: &str,
) -> Result<(), StoreError> {
    let (folder, lock) = locked(folder)?;
    recover(&folder, writer);
    check(&folder, writer)?;
    check_removable(&folder)?;
    let new = create_beside(&folder)?;
    let written = write(&new, files, writer)
        .and_then(|()| keep_all_rights(&new, &folder))
        .and_then(|()| swap(&new, &folder));
    let old = match written {
        Err(error) => {
            let _ = remove(&new);
            return Err(error);
        }
        Ok(old) => old,
    };
    lock.place().sync();
    let removed = old.map_or(Ok(()), |old| {
        let what = "the new folder is in its place, but this old one cannot be removed";
        remove_left_over(&old, writer).map_err(StoreError::io(&old, what))
    });
    drop(lock);
    removed
}

/// The first line of a list.
fn heading(writer: &str) -> String {
    format!("# Written by {writer}, which replaces these files and no others.\n")
}

/// The folder itself, not a link to it, with the lock of the folder above: what is in that one
/// changes its place. The folders above are created.
fn locked(folder: &Path) -> Result<(PathBuf, Lock), StoreError> {
    let whole = match fs::canonicalize(folder) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => folder.to_owned(),
        other => other.map_err(StoreError::io(folder, "cannot look at the folder"))?,
    };
    let Some(name) = whole.file_name() else {
        return Err(StoreError::NotOurs {
            path: whole.display().to_string(),
        });
    };
    let above = folder_of(&whole);
    let lock = Lock::of(above)?;
    let above =
        fs::canonicalize(above).map_err(StoreError::io(above, "cannot look at the folder"))?;
    Ok((above.join(name), lock))
}

/// Refuses a folder with anything that is not on its list.
fn check(folder: &Path, writer: &str) -> Result<(), StoreError> {
    let foreign = |path: &Path| StoreError::NotOurs {
        path: path.display().to_string(),
    };
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(foreign(folder)),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(StoreError::io(folder, "cannot look at the folder")(error)),
    }
    let found = files_below(folder)?;
    let Some(first) = found.first() else {
        return Ok(());
    };
    let path = folder.join(FILES);
    if !found.iter().any(|name| name == FILES) {
        return Err(foreign(&folder.join(first)));
    }
    let list = String::from_utf8(read_own(&path, MAX_LIST)?).unwrap_or_default();
    let list = list.strip_prefix(&heading(writer));
    let list = list.ok_or_else(|| foreign(&path))?;
    let listed: BTreeSet<&str> = list.lines().chain([FILES]).collect();
    match found.iter().find(|name| !listed.contains(name.as_str())) {
        Some(name) => Err(foreign(&folder.join(name))),
        None => Ok(()),
    }
}

fn write(folder: &Path, files: &[(&str, &[u8])], writer: &str) -> Result<(), StoreError> {
    let names = files.iter().flat_map(|(name, _)| [name, "\n"]);
    let list = [heading(writer)]
        .into_iter()
        .chain(names.map(str::to_owned));
    // First, so that whatever interrupts, everything in the folder is on its list.
    write_file(&folder.join(FILES), list.collect::<String>().as_bytes())?;
    let mut made: BTreeSet<PathBuf> = BTreeSet::new();
    for (name, bytes) in files {
        let path = folder.join(name);
        let parent = folder_of(&path);
        if made.insert(parent.to_owned()) {
            fs::create_dir_all(parent)
                .map_err(StoreError::io(parent, "cannot create the folder"))?;
        }
        write_file(&path, bytes)?;
    }
    flush(folder, files)
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let file = fs::File::create_new(path);
    let written = file.and_then(|mut file| file.write_all(bytes));
    written.map_err(StoreError::io(path, "cannot write the file"))
}

/// Flushes all files to disk, before they take the place of others. One call for all is many
/// times faster than one for each.
#[cfg(target_os = "linux")]
fn flush(folder: &Path, _: &[(&str, &[u8])]) -> Result<(), StoreError> {
    let error = || StoreError::io(folder, "cannot write the files to disk");
    let open = fs::File::open(folder).map_err(error())?;
    rustix::fs::syncfs(&open).map_err(|errno| error()(errno.into()))
}

#[cfg(not(target_os = "linux"))]
fn flush(folder: &Path, files: &[(&str, &[u8])]) -> Result<(), StoreError> {
    for (name, _) in files {
        let path = folder.join(name);
        let file = fs::OpenOptions::new().write(true).open(&path);
        file.and_then(|file| file.sync_data())
            .map_err(StoreError::io(&path, "cannot write the file to disk"))?;
    }
    Ok(())
}

/// Refuses a folder whose files this user may not remove, before a new one takes its place.
#[cfg(target_os = "linux")]
fn check_removable(folder: &Path) -> Result<(), StoreError> {
    use rustix::fs::{Access, access};
    if !folder.exists() {
        return Ok(());
    }
    for path in folders_below(folder)? {
        access(&path, Access::WRITE_OK | Access::EXEC_OK)
            .map_err(|errno| StoreError::io(&path, "cannot write into the folder")(errno.into()))?;
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn check_removable(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// Gives the new folder, and each file and folder in it, the rights of what it replaces.
fn keep_all_rights(new: &Path, old: &Path) -> Result<(), StoreError> {
    if !old.exists() {
        return Ok(());
    }
    // A folder after what is in it, which may be closed then.
    let folders = folders_below(new)?.into_iter().rev();
    let files = files_below(new)?.into_iter().map(|name| new.join(name));
    for path in files.chain(folders) {
        let replaced = path.strip_prefix(new).map_or_else(
            |_| path.clone(),
            |below| old.components().chain(below.components()).collect(),
        );
        // Not through a link: what it points to is not ours.
        let Ok(metadata) = fs::symlink_metadata(&replaced) else {
            continue;
        };
        let file = fs::File::open(&path).map_err(StoreError::io(&path, "cannot open it"))?;
        let is_folder = file.metadata().is_ok_and(|opened| opened.is_dir());
        let is_like = if is_folder {
            metadata.is_dir()
        } else {
            metadata.is_file()
        };
        if is_like {
            keep_rights(
                &file,
                (&replaced, &replaced),
                &metadata,
                OtherOwner::Replaced,
            )?;
        }
    }
    Ok(())
}

/// Puts the new folder into the place of the old one. The result is where the old one is now.
fn swap(new: &Path, folder: &Path) -> Result<Option<PathBuf>, StoreError> {
    let error = || StoreError::io(folder, "cannot replace the folder");
    if !folder.exists() {
        return fs::rename(new, folder).map(|()| None).map_err(error());
    }
    if exchange(new, folder) {
        return Ok(Some(new.to_owned()));
    }
    let aside = aside(new);
    fs::rename(folder, &aside).map_err(error())?;
    if let Err(cause) = fs::rename(new, folder) {
        // The old one is better than none.
        let _ = fs::rename(&aside, folder);
        return Err(error()(cause));
    }
    Ok(Some(aside))
}

/// Exchanges two folders at once, where the system can.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests;
