//! The access list of a file (acl(5)), as Linux keeps it.
//!
//! Where there is one, the group's part of the mode is a mask of it. Taken for the group's own
//! rights it would let in whom the list keeps out.

use std::ffi::CStr;
use std::fs::File;
use std::path::Path;

use rustix::fs::{XattrFlags, fremovexattr, fsetxattr, getxattr};
use rustix::io::Errno;

const NAME: &CStr = c"system.posix_acl_access";

/// No list is longer: the kernel gives no attribute more.
const MAX_BYTES: usize = 64 * 1024;

/// Takes from `new` the list that its folder gave it; whether it has none.
pub(crate) fn clear(new: &File) -> bool {
    let removed = fremovexattr(new, NAME);
    matches!(removed, Ok(()) | Err(Errno::NODATA | Errno::NOTSUP))
}

/// Gives `new`, which has none, the list of `old`, if it is of the same owner and group: what the list
/// says of those is said of others otherwise. Whether it has the rights of the old one.
pub(crate) fn copy(old: &Path, new: &File, is_same: bool) -> bool {
    let mut list = vec![0; MAX_BYTES];
    match getxattr(old, NAME, &mut list[..]) {
        Ok(length) => is_same && fsetxattr(new, NAME, &list[..length], XattrFlags::empty()).is_ok(),
        Err(error) => [Errno::NODATA, Errno::NOTSUP].contains(&error),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::publish;

    /// `user::rw- user:12345:r-- group::--- mask::r-- other::---`, as the kernel has it: a version,
    /// then tag, rights and id of each entry.
    fn list() -> Vec<u8> {
        const NOBODY: u32 = u32::MAX;
        let entries = [
            (1, 6, NOBODY),
            (2, 4, 12345),
            (4, 0, NOBODY),
            (16, 4, NOBODY),
            (32, 0, NOBODY),
        ];
        let mut list = 2_u32.to_le_bytes().to_vec();
        for (tag, rights, id) in entries {
            list.extend(u16::to_le_bytes(tag));
            list.extend(u16::to_le_bytes(rights));
            list.extend(u32::to_le_bytes(id));
        }
        list
    }

    /// A file with a list; none on a file system without lists.
    fn file_with_list(folder: &Path) -> Option<PathBuf> {
        let path = folder.join("a");
        fs::write(&path, "old").unwrap();
        let file = File::open(&path).unwrap();
        let set = fsetxattr(&file, NAME, &list(), XattrFlags::empty());
        set.is_ok().then_some(path)
    }

    #[test]
    fn a_replaced_file_keeps_its_list() {
        let folder = tempfile::tempdir().unwrap();
        let Some(path) = file_with_list(folder.path()) else {
            return;
        };
        publish(folder.path(), &[("a", b"another")]).unwrap();
        let mut kept = vec![0; MAX_BYTES];
        let length = getxattr(&path, NAME, &mut kept[..]).unwrap();
        assert_eq!(kept[..length], list());
        assert_eq!(fs::read(&path).unwrap(), b"another");
        // A file without one gets none.
        fs::write(folder.path().join("b"), "old").unwrap();
        fs::set_permissions(folder.path().join("b"), fs::Permissions::from_mode(0o640)).unwrap();
        publish(folder.path(), &[("b", b"another")]).unwrap();
        let plain_file = folder.path().join("b");
        assert!(getxattr(&plain_file, NAME, &mut kept[..]).is_err());
        assert_eq!(fs::metadata(&plain_file).unwrap().mode() & 0o777, 0o640);
        // Also where a new file of its folder would have one.
        fsetxattr(
            File::open(folder.path()).unwrap(),
            c"system.posix_acl_default",
            &list(),
            XattrFlags::empty(),
        )
        .unwrap();
        publish(folder.path(), &[("b", b"a third")]).unwrap();
        assert_eq!(fs::read(&plain_file).unwrap(), b"a third");
        assert!(getxattr(&plain_file, NAME, &mut kept[..]).is_err());
        assert_eq!(fs::metadata(&plain_file).unwrap().mode() & 0o777, 0o640);
    }

    #[test]
    fn nobody_else_may_open_a_file_before_it_has_its_list() {
        let folder = tempfile::tempdir().unwrap();
        let Some(path) = file_with_list(folder.path()) else {
            return;
        };
        let is_done = AtomicBool::new(false);
        let is_open = || {
            let entries = fs::read_dir(folder.path()).unwrap().flatten();
            let paths = entries.map(|entry| entry.path());
            let mut new = paths.filter(|other| *other != path && other.is_file());
            new.any(|new| {
                // A list that is not there now was not there before, when the group's rights were.
                let may_read = fs::metadata(&new).is_ok_and(|new| new.mode() & 0o070 != 0);
                let list = getxattr(&new, NAME, &mut [0; 256][..]);
                may_read && list == Err(Errno::NODATA)
            })
        };
        std::thread::scope(|scope| {
            let watcher = scope.spawn(|| {
                let mut was_open = false;
                while !is_done.load(Ordering::Relaxed) {
                    was_open |= is_open();
                }
                was_open
            });
            for at in 0..300 {
                publish(folder.path(), &[("a", format!("{at}").as_bytes())]).unwrap();
            }
            is_done.store(true, Ordering::Relaxed);
            assert!(!watcher.join().unwrap());
        });
    }
}
