//! Who may do what with a file or a folder that takes the place of another.

use std::fs::{File, Metadata};
use std::path::Path;

use crate::error::StoreError;

/// What to do where the owner of a file cannot be kept: only root can give a file away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OtherOwner {
    /// The file is a person's own: it is left alone.
    Refused,
    /// The file is one of a set of ours: it becomes that of whoever writes the set.
    Replaced,
}

/// Gives a new file or folder the owner, the mode and the access list of the `old` one: at a path, and
/// as people are told of it.
///
/// # Errors
/// [`StoreError::Foreign`] where the owner cannot be kept and another is refused.
#[cfg(unix)]
pub(crate) fn keep_rights(
    new: &File,
    (at, path): (&Path, &Path),
    old: &Metadata,
    other: OtherOwner,
) -> Result<(), StoreError> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    let foreign = || StoreError::Foreign {
        path: path.display().to_string(),
    };
    let metadata = new.metadata();
    let metadata = metadata.map_err(StoreError::io(path, "cannot look at the new file"))?;
    // The set-group bit of a folder says whose its files are.
    let mut mode = old.mode() & if old.is_dir() { 0o7777 } else { 0o777 };
    if other == OtherOwner::Replaced {
        // What its owner cannot read cannot be verified.
        mode |= if old.is_dir() { 0o500 } else { 0o400 };
    }
    let is_same = (metadata.uid(), metadata.gid()) == (old.uid(), old.gid())
        || fchown(new, Some(old.uid()), Some(old.gid())).is_ok();
    if !is_same {
        if other == OtherOwner::Refused {
            return Err(foreign());
        }
        let has_group = metadata.gid() == old.gid() || fchown(new, None, Some(old.gid())).is_ok();
        mode = for_others(mode, old.mode(), has_group);
    }
    let set = |mode| {
        let set = new.set_permissions(Permissions::from_mode(mode));
        set.map_err(StoreError::io(path, "cannot set the mode of the new file"))
    };
    // Of an access list the group's part of the mode is a mask, and lets the group in while there is none.
    set(mode & !0o070)?;
    #[cfg(target_os = "linux")]
    if !crate::acl::clear(new) || !crate::acl::copy(at, new, is_same) {
        if other == OtherOwner::Refused {
            return Err(foreign());
        }
        // Whom the list kept out may be anybody now.
        mode &= !0o077;
    }
    set(mode)
}

/// The mode of what has another owner, and another group unless `has_group`. Who was one of the old ones
/// is one of the others now, or of the group, and gets no more than before.
#[cfg(unix)]
const fn for_others(mode: u32, old: u32, has_group: bool) -> u32 {
    let (owner, group) = (old >> 6 & 0o7, old >> 3 & 0o7);
    if has_group {
        return mode & !0o077 | (mode & owner << 3 & 0o070) | (mode & owner);
    }
    let others = mode & group & owner;
    mode & !0o2077 | others << 3 | others
}

/// There are no modes to keep.
#[cfg(not(unix))]
pub(crate) fn keep_rights(
    _: &File,
    _: (&Path, &Path),
    _: &Metadata,
    _: OtherOwner,
) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::for_others;

    #[test]
    fn nobody_gets_more_than_before() {
        let classes = |mode: u32| [mode >> 6 & 0o7, mode >> 3 & 0o7, mode & 0o7];
        for old in 0..=0o777_u32 {
            let [owner, group, others] = classes(old);
            // Who may be of the group now, and who of all others.
            let (members, strangers) = (group & owner, others & owner);
            let [kept, ..] = classes(for_others(old, old, true));
            let [_, of_group, of_others] = classes(for_others(old, old, true));
            assert_eq!((kept, of_group, of_others), (owner, members, strangers));
            let [_, of_group, of_others] = classes(for_others(old, old, false));
            let anybody = owner & group & others;
            assert_eq!((of_group, of_others), (anybody, anybody));
        }
        assert_eq!(for_others(0o2755, 0o2755, false), 0o755);
    }
}
