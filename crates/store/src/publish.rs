//! Publication: each file whole, old or new, whatever interrupts.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;

use crate::created::CreatedFolders;
use crate::error::StoreError;
use crate::files::read_own;
use crate::lock::Lock;
use crate::place::{Old, Place};
use crate::rights::OtherOwner;
use crate::temporary::{write_beside, write_like};

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
    publish_locked(&Lock::of(folder)?, files)
}

/// As [`publish`], in a folder that is locked already: what was looked at there is so still.
pub(crate) fn publish_locked(lock: &Lock, files: &[(&str, &[u8])]) -> Result<(), StoreError> {
    let mut created = CreatedFolders::default();
    let mut places: BTreeMap<&str, Place> = BTreeMap::new();
    let mut written = Vec::new();
    for (name, bytes) in files {
        let (below, name) = name.rsplit_once('/').unwrap_or(("", name));
        let place = match places.entry(below) {
            Entry::Occupied(place) => place.into_mut(),
            Entry::Vacant(free) => {
                let place = lock.place().below(Path::new(below), &mut created)?;
                place.sweep();
                free.insert(place)
            }
        };
        let name = Path::new(name);
        // Not through a link: what it points to is not ours.
        let old = place.old(name).ok().flatten();
        if old.as_ref().is_some_and(|old| old.metadata.is_dir()) {
            return Err(StoreError::io(
                &place.shown(name),
                "cannot replace the file",
            )(ErrorKind::IsADirectory.into()));
        }
        let length = bytes.len() as u64;
        let old = old.filter(|old| old.metadata.is_file());
        let is_same = |old: &Old| {
            let has_length = old.metadata.len() == length;
            has_length && read_own(&old.at, length).is_ok_and(|old| old == *bytes)
        };
        if old.as_ref().is_some_and(is_same) {
            continue;
        }
        let file = match old {
            None => write_beside(place, name, bytes)?,
            Some(old) => write_like(place, name, bytes, &old, OtherOwner::Replaced)?,
        };
        written.push((file, below, name));
    }
    let changed: BTreeSet<&str> = written.iter().map(|(_, below, _)| *below).collect();
    for (file, below, name) in written {
        let shown = places[below].shown(name);
        file.rename(name)
            .map_err(StoreError::io(&shown, "cannot replace the file"))?;
    }
    for below in changed {
        places[below].sync();
    }
    Ok(())
}

/// Publishes one file into its folder, which is locked already.
pub(crate) fn publish_one(lock: &Lock, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    publish_locked(lock, &[(&name, bytes)])
}

#[cfg(test)]
mod tests {
    use std::fs;

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

    /// Whoever may write in the folder may put a link in the place of one below it at any moment.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_link_that_takes_the_place_of_a_folder_is_not_followed() {
        use std::sync::atomic::{AtomicBool, Ordering};

        use rustix::fs::{CWD, RenameFlags, renameat_with};

        let root = tempfile::tempdir().unwrap();
        let [folder, other, link] = ["output", "other", "link"].map(|name| root.path().join(name));
        let own = folder.join("below");
        for path in [&own, &other] {
            fs::create_dir_all(path).unwrap();
        }
        std::os::unix::fs::symlink(&other, &link).unwrap();
        fs::write(other.join("a"), "another's").unwrap();
        let is_done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !is_done.load(Ordering::Relaxed) {
                    renameat_with(CWD, &own, CWD, &link, RenameFlags::EXCHANGE).unwrap();
                }
            });
            for at in 0..300 {
                let text = at.to_string();
                let _ = publish(&folder, &[("below/a", text.as_bytes())]);
                let lock = Lock::below(&folder, Path::new("below/day"));
                let _ = lock.and_then(|lock| publish_one(&lock, &own.join("day/b"), b"1"));
            }
            is_done.store(true, Ordering::Relaxed);
        });
        assert_eq!(fs::read(other.join("a")).unwrap(), b"another's");
        assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
    }

    /// What is written then is in the folder that was moved, and no temporary file is left in it.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_may_be_moved_away_meanwhile() {
        use crate::place::Readers;
        use crate::temporary::create;

        let root = tempfile::tempdir().unwrap();
        let [folder, moved] = ["output", "moved"].map(|name| root.path().join(name));
        fs::create_dir(&folder).unwrap();
        let place = Place::at(&folder).unwrap();
        let before = create(&place, Readers::All).unwrap();
        fs::rename(&folder, &moved).unwrap();
        let behind = create(&place, Readers::All).unwrap();
        behind.rename("b").unwrap();
        drop(before);
        let names = fs::read_dir(&moved).unwrap();
        let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["b"]);
        fs::remove_dir_all(&moved).unwrap();
        assert!(create(&place, Readers::All).is_err());
    }
}
