//! A file that this program keeps for itself, in a folder of the person who runs it. Nobody else's
//! word is taken for it.

use std::fs::{self, DirBuilder, Metadata};
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::error::StoreError;
use crate::files::read_own;
use crate::place::{Place, Readers};
use crate::temporary::{create, folder_of};

/// The bytes of the file, at most `limit` of them. None where there is no such file, or it or its
/// folder is a link, somebody else's, or one that others may write to.
pub fn read_private(path: &Path, limit: u64) -> Option<Vec<u8>> {
    mine(folder_of(path)).filter(Metadata::is_dir)?;
    mine(path).filter(Metadata::is_file)?;
    read_own(path, limit).ok()
}

/// What is at a path itself, if it is that of whoever runs this program.
fn mine(path: &Path) -> Option<Metadata> {
    fs::symlink_metadata(path).ok().filter(is_mine)
}

/// Writes the file whole, for nobody else to read, unless it has these bytes already. Its folder is
/// made where it is missing. Nothing is flushed to disk: a file that is lost is made again.
///
/// # Errors
/// [`StoreError`] where it cannot be written.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    if read_private(path, bytes.len() as u64).is_some_and(|old| old == bytes) {
        return Ok(());
    }
    let folder = folder_of(path);
    make(folder).map_err(StoreError::io(folder, "cannot create the folder"))?;
    if !mine(folder).is_some_and(|metadata| metadata.is_dir()) {
        return Err(StoreError::io(folder, "cannot write into the folder")(
            ErrorKind::PermissionDenied.into(),
        ));
    }
    let place = Place::at(folder)?;
    place.sweep();
    let made = create(&place, Readers::Owner)?;
    let mut file = made.file();
    file.write_all(bytes)
        .map_err(StoreError::io(path, "cannot write the file"))?;
    let name = path.file_name().unwrap_or_default();
    made.rename(name)
        .map_err(StoreError::io(path, "cannot replace the file"))
}

/// Makes a folder that is open to nobody else.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Whether a file or folder is that of whoever runs this program, and nobody else may write to it.
#[cfg(unix)]
fn is_mine(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;

    let user = rustix::process::geteuid().as_raw();
    metadata.uid() == user && metadata.mode() & 0o022 == 0
}

/// Each person has a folder of their own there.
#[cfg(not(unix))]
fn is_mine(_: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_up_to_the_limit() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a/b/kept");
        assert_eq!(read_private(&path, 10), None);
        for text in ["one", "other"] {
            write_private(&path, text.as_bytes()).unwrap();
            assert_eq!(read_private(&path, 5), Some(text.into()));
        }
        assert_eq!(read_private(&path, 4), None);
        assert_eq!(fs::read_dir(folder_of(&path)).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn it_is_open_to_nobody_else_and_kept_where_it_is_the_same() {
        use std::os::unix::fs::MetadataExt;

        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a/b/kept");
        write_private(&path, b"one").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
        let modes = [&path, folder_of(&path), &root.path().join("a")].map(mode);
        assert_eq!(modes, [0o600, 0o700, 0o700]);
        let inode = || fs::metadata(&path).unwrap().ino();
        let before = inode();
        write_private(&path, b"one").unwrap();
        assert_eq!(inode(), before);
        write_private(&path, b"two").unwrap();
        assert_ne!(inode(), before);
    }

    #[cfg(unix)]
    #[test]
    fn neither_a_link_nor_what_others_may_write_is_read() {
        use std::os::unix::fs::{PermissionsExt, chown, symlink};

        let root = tempfile::tempdir().unwrap();
        let (folder, path) = (root.path().join("a"), root.path().join("a/kept"));
        write_private(&path, b"one").unwrap();
        let read = || read_private(&path, 3).is_some();
        for (at, mode) in [(&path, 0o600), (&folder, 0o700)] {
            let set = |mode| fs::set_permissions(at, fs::Permissions::from_mode(mode)).unwrap();
            for open in [0o020, 0o002] {
                set(mode | open);
                assert!(!read(), "{} {open:o}", at.display());
            }
            set(mode);
            assert!(read());
            // Only root can give a file away, and see that it is another person's.
            if chown(at, Some(1234), None).is_ok() {
                assert!(!read(), "{}", at.display());
                chown(at, Some(0), None).unwrap();
            }
            // Nor is anything written into a folder that a link leads to.
            let moved = root.path().join("moved");
            fs::rename(at, &moved).unwrap();
            symlink(&moved, at).unwrap();
            assert!(path.is_file() && !read(), "{}", at.display());
            assert_eq!(write_private(&path, b"one").is_ok(), at == &path);
            if at == &path {
                fs::remove_file(&moved).unwrap();
                continue;
            }
            fs::remove_file(at).unwrap();
            fs::rename(&moved, at).unwrap();
        }
        // What a link leads to is not written to.
        let other = root.path().join("other");
        fs::write(&other, "mine").unwrap();
        fs::remove_file(&path).unwrap();
        symlink(&other, &path).unwrap();
        write_private(&path, b"two").unwrap();
        assert_eq!(fs::read(&other).unwrap(), b"mine");
        assert_eq!(read_private(&path, 3), Some(b"two".into()));
    }
}
