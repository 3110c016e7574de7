//! The copy in which an update is made, and the way of its files into the repository.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use appleports_model::sha256_hex;
use appleports_store::{
    MAX_OUTPUT, SourceFolder, StoreError, TEMPORARY, link_below, open_plain, publish, read_own,
};

use crate::failure::{Failure, UpdateError};

/// Files of one folder, in the order in which they are written.
pub(super) struct Files {
    /// The folder below the root of the repository.
    pub(super) folder: String,
    /// Names below the folder, and bytes.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

impl Files {
    /// All files of a folder of the staging copy, the manifest `last`.
    pub(super) fn of(staging: &Path, folder: &str, last: &str) -> Result<Self, Failure> {
        let mut files = Vec::new();
        read_all(&staging.join(folder), "", &mut files)?;
        files.sort_by_key(|(name, _)| (name == last, name.clone()));
        Ok(Self {
            folder: folder.to_owned(),
            files,
        })
    }
}

/// The digests of all files that were copied, by folder and name.
pub(super) struct Copied(BTreeMap<&'static str, BTreeMap<String, String>>);

impl Copied {
    /// Copies the sources, and the outputs where there are any.
    pub(super) fn of(root: &Path, staging: &Path) -> Result<Self, Failure> {
        let mut copied = BTreeMap::new();
        for folder in ["sources", "output"] {
            if folder == "sources" || root.join(folder).exists() {
                copy(&root.join(folder), &staging.join(folder))?;
                copied.insert(folder, digests(&staging.join(folder))?);
            }
        }
        Ok(Self(copied))
    }

    /// Refuses files that are others by now: somebody's work would be lost.
    fn check(&self, root: &Path) -> Result<(), Failure> {
        for (folder, copied) in &self.0 {
            let mut now = digests(&root.join(folder))?;
            let other = copied
                .iter()
                .find(|(name, digest)| now.remove(*name).as_ref() != Some(digest));
            let name = other.map(|(name, _)| name.clone());
            if let Some(name) = name.or_else(|| now.into_keys().next()) {
                let path = root.join(folder).join(name).display().to_string();
                return Err(UpdateError::Changed { path }.into());
            }
        }
        Ok(())
    }
}

/// The digests of all files below a folder, by name.
fn digests(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let mut files = Vec::new();
    read_all(folder, "", &mut files)?;
    let files = files.into_iter();
    Ok(files
        .map(|(name, bytes)| (name, sha256_hex(&bytes)))
        .collect())
}

/// Writes all files into the repository, of which `copied` was copied. If one cannot be written, all
/// are restored; nothing is written if one of the old files cannot be read, since it could not be
/// restored, if somebody has changed what was copied, or through a link.
pub(super) fn apply(root: &Path, copied: &Copied, all: &[Files]) -> Result<(), Failure> {
    for set in all {
        if let Some(link) = link_below(root, &set.folder) {
            let path = link.display().to_string();
            return Err(UpdateError::Link { path }.into());
        }
    }
    // What is looked at stays so until it is written.
    let _lock = SourceFolder::new(root.join("sources")).alone()?;
    copied.check(root)?;
    let before = all.iter().map(|set| old_bytes(root, set));
    let before = before.collect::<Result<Vec<_>, _>>()?;
    for (at, set) in all.iter().enumerate() {
        let files = set.files.iter();
        let files: Vec<(&str, &[u8])> = files.map(|(name, bytes)| (&**name, &**bytes)).collect();
        if let Err(error) = publish(&root.join(&set.folder), &files) {
            for (set, old) in all[..=at].iter().zip(&before).rev() {
                restore(root, set, old);
            }
            return Err(error.into());
        }
    }
    Ok(())
}

/// What the files hold now; none for a file that does not exist.
fn old_bytes(root: &Path, set: &Files) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
    let folder = root.join(&set.folder);
    let old = set
        .files
        .iter()
        .map(|(name, _)| match read_own(&folder.join(name), MAX_OUTPUT) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        });
    old.collect()
}

/// Restores files, as far as possible.
fn restore(root: &Path, set: &Files, old: &[Option<Vec<u8>>]) {
    let folder = root.join(&set.folder);
    for ((name, _), bytes) in set.files.iter().zip(old) {
        match bytes {
            Some(bytes) => {
                let _ = publish(&folder, &[(name, bytes)]);
            }
            None => {
                let _ = fs::remove_file(folder.join(name));
            }
        }
    }
    // Goes only where nothing else is in it.
    let _ = fs::remove_dir(&folder);
}

/// The files below a folder, with their paths in it.
pub(super) fn read_all(
    folder: &Path,
    below: &str,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), Failure> {
    let here = folder.join(below);
    let unlisted = |error| UpdateError::Unlisted {
        path: here.display().to_string(),
        error,
    };
    for entry in fs::read_dir(&here).map_err(unlisted)? {
        let entry = entry.map_err(unlisted)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(TEMPORARY) {
            continue;
        }
        let name = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        if entry.file_type().map_err(unlisted)?.is_dir() {
            read_all(folder, &name, files)?;
        } else {
            files.push((name, read_own(&entry.path(), MAX_OUTPUT)?));
        }
    }
    Ok(())
}

/// Copies a folder with all that is in it; links are refused.
fn copy(from: &Path, to: &Path) -> Result<(), UpdateError> {
    let unlisted = || UpdateError::unreadable(from, "listed");
    fs::create_dir_all(to).map_err(UpdateError::unwritable(to, "made"))?;
    for entry in fs::read_dir(from).map_err(unlisted())? {
        let entry = entry.map_err(unlisted())?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            continue;
        }
        let kind = entry.file_type().map_err(unlisted())?;
        if kind.is_dir() {
            copy(&path, &to)?;
        } else if kind.is_file() {
            let bytes =
                open_plain(&path).and_then(|file| file.ok_or(ErrorKind::InvalidInput.into()));
            let mut bytes = bytes.map_err(UpdateError::unreadable(&path, "read"))?;
            let copy = fs::File::create(&to);
            let mut copy = copy.map_err(UpdateError::unwritable(&to, "made"))?;
            // Which of the two failed is not told; a file that could be opened can be read.
            io::copy(&mut bytes, &mut copy).map_err(UpdateError::unwritable(&to, "written"))?;
        } else {
            let path = path.display().to_string();
            return Err(UpdateError::Link { path });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &str, name: &str) -> Files {
        Files {
            folder: folder.to_owned(),
            files: vec![(name.to_owned(), b"new".to_vec())],
        }
    }

    /// What an update copies of a repository without sources.
    fn copied(root: &Path) -> Copied {
        fs::create_dir_all(root.join("sources")).unwrap();
        Copied(BTreeMap::from([("sources", BTreeMap::new())]))
    }

    #[test]
    fn what_somebody_wrote_meanwhile_stays() {
        let root = tempfile::tempdir().unwrap();
        let staging = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join("sources/apple").join(name);
        fs::create_dir_all(path("")).unwrap();
        fs::write(path("a.md"), "old").unwrap();
        let copied = Copied::of(root.path(), staging.path()).unwrap();
        let all = [files("sources/apple", "b.md")];
        let refused = |path: &Path| {
            let error = apply(root.path(), &copied, &all).unwrap_err().to_string();
            let begins = error.starts_with(&path.display().to_string());
            assert!(begins && error.contains("has changed"), "{error}");
        };
        fs::write(path("b.md"), "somebody's").unwrap();
        refused(&path("b.md"));
        assert_eq!(fs::read_to_string(path("b.md")).unwrap(), "somebody's");
        fs::remove_file(path("b.md")).unwrap();
        fs::write(path("a.md"), "somebody's").unwrap();
        refused(&path("a.md"));
        fs::remove_file(path("a.md")).unwrap();
        refused(&path("a.md"));
        fs::write(path("a.md"), "old").unwrap();
        apply(root.path(), &copied, &all).unwrap();
        assert_eq!(fs::read_to_string(path("b.md")).unwrap(), "new");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_read_or_written_through_a_link() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let copied = copied(root.path());
        symlink(elsewhere.path(), root.path().join("output")).unwrap();
        let error = apply(root.path(), &copied, &[files("output", "ports.csv")]);
        let error = error.unwrap_err().to_string();
        assert!(error.contains("output: a symbolic link"), "{error}");
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
        symlink(elsewhere.path(), root.path().join("sources/apple")).unwrap();
        let staging = tempfile::tempdir().unwrap();
        let error = Copied::of(root.path(), staging.path()).err().unwrap();
        assert!(
            error.to_string().contains("apple: a symbolic link"),
            "{error}"
        );
    }

    #[test]
    fn a_file_that_could_not_be_restored_is_not_replaced() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("output/ports.csv");
        fs::create_dir(root.path().join("output")).unwrap();
        fs::write(root.path().join("blocked"), "a file").unwrap();
        // Too large to be read.
        let large = fs::File::create(&path).unwrap();
        large.set_len(MAX_OUTPUT + 1).unwrap();
        let all = [files("output", "ports.csv"), files("blocked", "table.rs")];
        let error = apply(root.path(), &copied(root.path()), &all);
        let error = error.unwrap_err().to_string();
        assert!(error.contains("ports.csv"), "{error}");
        assert_eq!(fs::metadata(&path).unwrap().len(), MAX_OUTPUT + 1);
    }

    #[test]
    fn where_one_folder_cannot_be_written_the_others_are_restored() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("output/ports.csv");
        fs::create_dir(root.path().join("output")).unwrap();
        fs::write(&path, "old").unwrap();
        fs::write(root.path().join("blocked"), "a file").unwrap();
        let all = [
            files("output", "ports.csv"),
            files("output", "new.csv"),
            files("blocked", "table.rs"),
        ];
        apply(root.path(), &copied(root.path()), &all).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert!(!path.with_file_name("new.csv").exists());
    }
}
