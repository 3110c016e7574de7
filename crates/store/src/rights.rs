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

/// Gives a new file or folder the owner, the mode and the access list of the `old` one at `path`.
///
/// # Errors
/// [`StoreError::Foreign`] where the owner cannot be kept and another is refused.
#[cfg(unix)]
pub(crate) fn keep_rights(
    new: &File,
    path: &Path,
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
    if (metadata.uid(), metadata.gid()) != (old.uid(), old.gid())
        && fchown(new, Some(old.uid()), Some(old.gid())).is_err()
    {
        if other == OtherOwner::Refused {
            return Err(foreign());
        }
        let is_kept = metadata.gid() == old.gid() || fchown(new, None, Some(old.gid())).is_ok();
        // Another group may do no more than everybody.
        if !is_kept {
            mode = mode & !0o2070 | (mode & 0o007) << 3;
        }
    }
    let set = |mode| {
        let set = new.set_permissions(Permissions::from_mode(mode));
        set.map_err(StoreError::io(path, "cannot set the mode of the new file"))
    };
    // Of an access list the group's part of the mode is a mask, and lets the group in while there is none.
    set(mode & !0o070)?;
    #[cfg(target_os = "linux")]
    if !crate::acl::clear(new) || !crate::acl::copy(path, new) {
        if other == OtherOwner::Refused {
            return Err(foreign());
        }
        mode = mode & !0o070 | (mode & 0o007) << 3;
    }
    set(mode)
}

/// There are no modes to keep.
#[cfg(not(unix))]
pub(crate) fn keep_rights(
    _: &File,
    _: &Path,
    _: &Metadata,
    _: OtherOwner,
) -> Result<(), StoreError> {
    Ok(())
}
