//! Whether a folder still holds what was published there.

use std::fs;
use std::path::Path;

use appleports_model::sha256_hex;
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::files::{link_below, read_own};
use crate::lock::Lock;
use crate::temporary::{folder_of, sweep};

/// A file of a set that was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Its name in the folder.
    pub name: String,
    /// Its length.
    bytes: u64,
    /// SHA-256 of its bytes.
    sha256: String,
}

impl Published {
    /// A file with this name, of so many bytes with this SHA-256.
    pub fn of(name: &str, bytes: usize, sha256: &str) -> Self {
        Self {
            name: name.to_owned(),
            bytes: bytes as u64,
            sha256: sha256.to_owned(),
        }
    }

    /// Whether publishing these files again would change nothing. The folder is locked meanwhile,
    /// and what interrupted runs left there is removed, as a publication does.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another program keeps the folder locked.
    pub fn all_stand(folder: &Path, files: &[Self]) -> Result<bool, StoreError> {
        if !folder.is_dir() {
            return Ok(false);
        }
        let _lock = Lock::of(folder)?;
        if !files.iter().all(|file| file.stands(folder)) {
            return Ok(false);
        }
        sweep(folder);
        for file in files.iter().filter(|file| file.name.contains('/')) {
            sweep(folder_of(&folder.join(&file.name)));
        }
        Ok(true)
    }

    /// Whether the file is there, with these bytes: no link, neither itself nor on the way to it.
    fn stands(&self, folder: &Path) -> bool {
        let path = folder.join(&self.name);
        link_below(folder, &self.name).is_none()
            && fs::metadata(&path)
                .is_ok_and(|metadata| metadata.is_file() && metadata.len() == self.bytes)
            && read_own(&path, self.bytes).is_ok_and(|bytes| sha256_hex(&bytes) == self.sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TEMPORARY, publish};

    const SET: [(&str, &[u8]); 2] = [("a", b"one"), ("below/b", b"two")];

    fn files() -> [Published; 2] {
        SET.map(|(name, bytes)| Published::of(name, bytes.len(), &sha256_hex(bytes)))
    }

    #[test]
    fn a_set_stands_until_a_file_is_another() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("output");
        assert!(!Published::all_stand(&folder, &files()).unwrap());
        assert!(!folder.exists());
        for name in ["a", "below/b"] {
            let edits: [&dyn Fn(&Path); 4] = [
                &|path| fs::write(path, "six").unwrap(),
                &|path| fs::write(path, "longer").unwrap(),
                &|path| fs::remove_file(path).unwrap(),
                &|path| {
                    fs::remove_file(path).unwrap();
                    fs::create_dir(path).unwrap();
                },
            ];
            for edit in edits {
                publish(&folder, &SET).unwrap();
                assert!(Published::all_stand(&folder, &files()).unwrap());
                edit(&folder.join(name));
                assert!(!Published::all_stand(&folder, &files()).unwrap(), "{name}");
                fs::remove_dir_all(&folder).unwrap();
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_stands_for_a_file() {
        use std::os::unix::fs::symlink;

        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("output");
        for name in ["a", "below/b", "below"] {
            publish(&folder, &SET).unwrap();
            fs::rename(folder.join(name), root.path().join("moved")).unwrap();
            symlink(root.path().join("moved"), folder.join(name)).unwrap();
            assert!(folder.join("below/b").is_file());
            assert!(!Published::all_stand(&folder, &files()).unwrap(), "{name}");
            fs::remove_dir_all(&folder).unwrap();
            let moved = root.path().join("moved");
            if moved.is_dir() {
                fs::remove_dir_all(&moved).unwrap();
            } else {
                fs::remove_file(&moved).unwrap();
            }
        }
    }

    #[test]
    fn what_an_interrupted_run_left_does_not_stay() {
        let root = tempfile::tempdir().unwrap();
        publish(root.path(), &SET).unwrap();
        let left = ["", "below/"].map(|at| root.path().join(format!("{at}{TEMPORARY}old")));
        for path in &left {
            fs::write(path, "x").unwrap();
        }
        assert!(Published::all_stand(root.path(), &files()).unwrap());
        assert!(left.iter().all(|path| !path.exists()), "{left:?}");
    }
}
