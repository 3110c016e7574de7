//! Folders that a command owns as a whole: replaced at once, with what is no longer in them gone.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::files::{files_below, read_own};
use crate::lock::Lock;
use crate::publish::sync;
use crate::temporary::{TEMPORARY, folder_of};

/// The list of the files in an owned folder, by which it is known again.
pub const FILES: &str = "files.txt";

/// No list of files is larger.
const MAX_LIST: u64 = 64 * 1024 * 1024;

/// Writes the files, by path with `/`, as the whole content of `folder`: all of them, or none.
/// `writer` is what the list of files says about who wrote them.
///
/// The files are written into a folder beside it, which then takes its place. A folder that has
/// anything which is not on its own list is refused, and left as it is.
///
/// # Errors
/// [`StoreError`] with the path.
pub fn replace_folder(
    folder: &Path,
    files: &[(&str, &[u8])],
    writer: &str,
) -> Result<(), StoreError> {
    let folder = whole_path(folder)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder_of(&folder).join(format!("{TEMPORARY}{name}"));
    // Of the folder above: what is in it changes its place.
    let lock = Lock::of(folder_of(&folder))?;
    recover(&folder, &beside);
    let written = check(&folder, writer)
        .and_then(|()| clear(&beside))
        .and_then(|()| write(&beside, files, writer))
        .and_then(|()| swap(&beside, &folder));
    // What is there now is the old folder, or one that was not finished.
    let _ = fs::remove_dir_all(&beside);
    drop(lock);
    sync(folder_of(&folder));
    written
}

/// The first line of a list.
fn heading(writer: &str) -> String {
    format!("# Written by {writer}, which replaces these files and no others.\n")
}

/// The folder itself, not a link to it; its parents are made.
fn whole_path(folder: &Path) -> Result<PathBuf, StoreError> {
    let whole = match fs::canonicalize(folder) {
        Ok(whole) => whole,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let parent = folder_of(folder);
            fs::create_dir_all(parent)
                .map_err(StoreError::io(parent, "cannot create the folder"))?;
            let parent = fs::canonicalize(parent)
                .map_err(StoreError::io(parent, "cannot look at the folder"))?;
            parent.join(folder.file_name().unwrap_or_default())
        }
        Err(error) => return Err(StoreError::io(folder, "cannot look at the folder")(error)),
    };
    if whole.file_name().is_none() {
        return Err(StoreError::NotOurs {
            path: whole.display().to_string(),
        });
    }
    Ok(whole)
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
    let own: BTreeSet<&str> = list.lines().chain([FILES]).collect();
    match found.iter().find(|name| !own.contains(name.as_str())) {
        Some(name) => Err(foreign(&folder.join(name))),
        None => Ok(()),
    }
}

/// Where the old folder is while the new one takes its place, where the two cannot be exchanged.
fn aside(beside: &Path) -> PathBuf {
    let mut aside = beside.as_os_str().to_owned();
    aside.push(".old");
    PathBuf::from(aside)
}

/// Puts back the old folder that an interrupted run left aside, or removes it where a new one is
/// there.
fn recover(folder: &Path, beside: &Path) {
    let aside = aside(beside);
    if !folder.exists() {
        let _ = fs::rename(&aside, folder);
    }
    let _ = fs::remove_dir_all(&aside);
}

/// Makes the folder beside, and removes what an interrupted run left in it.
fn clear(folder: &Path) -> Result<(), StoreError> {
    let error = || StoreError::io(folder, "cannot clear the temporary folder");
    fs::create_dir_all(folder).map_err(error())?;
    for entry in fs::read_dir(folder).map_err(error())? {
        let path = entry.map_err(error())?.path();
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|own| own.is_dir());
        let removed = if is_folder {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.map_err(error())?;
    }
    Ok(())
}

fn write(folder: &Path, files: &[(&str, &[u8])], writer: &str) -> Result<(), StoreError> {
    let mut list = heading(writer);
    let mut made: BTreeSet<PathBuf> = BTreeSet::new();
    for (name, bytes) in files {
        list.push_str(name);
        list.push('\n');
        let path = folder.join(name);
        let parent = folder_of(&path);
        if made.insert(parent.to_owned()) {
            fs::create_dir_all(parent)
                .map_err(StoreError::io(parent, "cannot create the folder"))?;
        }
        write_file(&path, bytes)?;
    }
    write_file(&folder.join(FILES), list.as_bytes())?;
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

/// Puts the new folder into the place of the old one, whose mode it keeps.
fn swap(new: &Path, folder: &Path) -> Result<(), StoreError> {
    let error = || StoreError::io(folder, "cannot replace the folder");
    let Ok(old) = fs::metadata(folder) else {
        return fs::rename(new, folder).map_err(error());
    };
    fs::set_permissions(new, old.permissions()).map_err(error())?;
    if exchange(new, folder) {
        return Ok(());
    }
    let aside = aside(new);
    fs::rename(folder, &aside).map_err(error())?;
    if let Err(cause) = fs::rename(new, folder) {
        // The old one is better than none.
        let _ = fs::rename(&aside, folder);
        return Err(error()(cause));
    }
    let _ = fs::remove_dir_all(&aside);
    Ok(())
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
mod tests {
    use super::*;

    const WRITER: &str = "a test";

    fn names(folder: &Path) -> Vec<String> {
        files_below(folder).unwrap()
    }

    #[test]
    fn what_an_interrupted_run_left_aside_is_put_back_or_removed() {
        let root = tempfile::tempdir().unwrap();
        let (folder, beside) = (root.path().join("site"), root.path().join(".x-site"));
        fs::create_dir(aside(&beside)).unwrap();
        fs::write(aside(&beside).join("index.html"), "old").unwrap();
        recover(&folder, &beside);
        assert_eq!(names(&folder), ["index.html"]);
        fs::create_dir(aside(&beside)).unwrap();
        recover(&folder, &beside);
        assert!(folder.exists() && !aside(&beside).exists());
    }

    #[test]
    fn a_folder_is_replaced_as_a_whole() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("deep/site");
        replace_folder(&folder, &[("a/b/index.html", b"1"), ("c", b"2")], WRITER).unwrap();
        assert_eq!(names(&folder), ["a/b/index.html", "c", FILES]);
        replace_folder(&folder, &[("c", b"3")], WRITER).unwrap();
        assert_eq!(names(&folder), ["c", FILES]);
        assert_eq!(fs::read(folder.join("c")).unwrap(), b"3");
        assert!(!folder.join("a").exists());
        let left = fs::read_dir(root.path().join("deep")).unwrap();
        assert_eq!(left.count(), 1, "no temporary folder is left");
    }

    #[test]
    fn what_is_not_on_the_list_is_never_removed() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("site");
        let refused = |path: PathBuf| {
            let error = replace_folder(&folder, &[("x", b"1")], WRITER).unwrap_err();
            assert!(matches!(error, StoreError::NotOurs { .. }), "{error}");
            let path = path.canonicalize().unwrap();
            assert!(
                error
                    .to_string()
                    .starts_with(&format!("{}: ", path.display())),
                "{error}"
            );
        };
        fs::create_dir(&folder).unwrap();
        replace_folder(&folder, &[("a", b"1")], WRITER).unwrap();
        fs::write(folder.join("CNAME"), "mine").unwrap();
        refused(folder.join("CNAME"));
        fs::remove_file(folder.join("CNAME")).unwrap();
        fs::write(folder.join(FILES), "a\n").unwrap();
        refused(folder.join(FILES));
        fs::remove_file(folder.join(FILES)).unwrap();
        refused(folder.join("a"));
        fs::remove_dir_all(&folder).unwrap();
        fs::write(&folder, "a file").unwrap();
        refused(folder.clone());
    }

    #[test]
    fn what_an_interrupted_run_left_is_cleared() {
        let root = tempfile::tempdir().unwrap();
        let beside = root.path().join(format!("{TEMPORARY}site"));
        fs::create_dir_all(beside.join("old")).unwrap();
        fs::write(beside.join("old/half"), "x").unwrap();
        let folder = root.path().join("site");
        replace_folder(&folder, &[("a", b"1")], WRITER).unwrap();
        assert_eq!(names(&folder), ["a", FILES]);
        assert!(!beside.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_stays_a_link() {
        let root = tempfile::tempdir().unwrap();
        let (folder, link) = (root.path().join("site"), root.path().join("link"));
        fs::create_dir(&folder).unwrap();
        std::os::unix::fs::symlink("site", &link).unwrap();
        replace_folder(&link, &[("a", b"1")], WRITER).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(names(&folder), ["a", FILES]);
    }
}
