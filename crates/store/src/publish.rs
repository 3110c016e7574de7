//! Publication: each file whole, old or new, whatever interrupts.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::created::CreatedFolders;
use crate::error::StoreError;
use crate::files::read_own;
use crate::lock::Lock;
use crate::rights::OtherOwner;
use crate::temporary::{folder_of, sweep, write_beside, write_like};

/// Writes the files to `folder`, in the order given; the manifest goes last.
///
/// All files are first written beside their places and flushed to disk, then
/// renamed over the old ones, whose mode they keep, and whose owner where that is allowed.
/// Files that have the right bytes already are left alone. While it runs, the folder is locked against another publication where
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
    let mut created = CreatedFolders::default();
    let mut written = Vec::new();
    for (name, bytes) in files {
        if let Some((below, _)) = name.rsplit_once('/') {
            own_folder(folder, below, &mut created)?;
        }
        let path = folder.join(name);
        // Not through a link: what it points to is not ours.
        let old = fs::symlink_metadata(&path).ok();
        if old.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(StoreError::io(&path, "cannot replace the file")(
                ErrorKind::IsADirectory.into(),
            ));
        }
        let length = bytes.len() as u64;
        let old = old.filter(fs::Metadata::is_file);
        if old.as_ref().is_some_and(|old| old.len() == length)
            && read_own(&path, length).is_ok_and(|old| old == *bytes)
        {
            continue;
        }
        let file = match old {
            None => write_beside(&path, bytes)?,
            Some(old) => write_like(&path, bytes, &old, OtherOwner::Replaced)?,
        };
        written.push((file, path));
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

/// A folder below the one that is published: created where it is missing, cleared of what an
/// interrupted run left, refused where a link is on the way to it.
fn own_folder(folder: &Path, below: &str, created: &mut CreatedFolders) -> Result<(), StoreError> {
    let mut folder = folder.to_owned();
    for part in below.split('/') {
        folder.push(part);
        match fs::symlink_metadata(&folder) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => {
                return Err(StoreError::io(&folder, "not a folder; remove it")(
                    ErrorKind::NotADirectory.into(),
                ));
            }
            Err(_) => created
                .create(&folder)
                .map_err(StoreError::io(&folder, "cannot create the folder"))?,
        }
    }
    sweep(&folder);
    Ok(())
}

/// Publishes one file into its folder, which is locked already.
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

    #[cfg(unix)]
    #[test]
    fn a_replaced_file_is_open_to_nobody_else() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        for mode in [0o600, 0o640, 0o664] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            // Only root can give a file away.
            let is_given = chown(&path, Some(1234), Some(1235)).is_ok();
            publish(folder.path(), &[("a", b"another")]).unwrap();
            let metadata = fs::metadata(&path).unwrap();
            assert_eq!(metadata.mode() & 0o7777, mode);
            if is_given {
                assert_eq!((metadata.uid(), metadata.gid()), (1234, 1235));
            }
        }
        // A link is no file of the set, and everybody may do everything with it.
        fs::remove_file(&path).unwrap();
        symlink("b", &path).unwrap();
        publish(folder.path(), &[("a", b"new")]).unwrap();
        assert_eq!(fs::symlink_metadata(&path).unwrap().mode() & 0o7777, 0o644);
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

    #[test]
    fn no_empty_folder_stays_behind() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("deep/output");
        // Longer than a name may be.
        let name = "x".repeat(300);
        assert!(publish(&folder, &[(&name, b"1"), ("below/a", b"2")]).is_err());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
        publish(&folder, &[("below/a", b"2")]).unwrap();
        assert!(folder.join("below/a").is_file());
    }

    #[cfg(unix)]
    #[test]
    fn no_link_on_the_way_is_followed() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("output");
        for path in [&folder, &root.path().join("home/b")] {
            fs::create_dir_all(path).unwrap();
        }
        std::os::unix::fs::symlink("../home", folder.join("a")).unwrap();
        for name in ["a/x", "a/b/x"] {
            let error = publish(&folder, &[(name, b"1")]).unwrap_err().to_string();
            assert!(error.contains("/a: not a folder"), "{error}");
        }
        assert_eq!(
            crate::files_below(&root.path().join("home")).unwrap().len(),
            0
        );
    }
}
