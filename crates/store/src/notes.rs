//! Notes of what is asked of a folder of sources while something is made of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use appleports_model::sha256_hex;

use crate::answers::{Answers, FileAnswer};
use crate::error::StoreError;
use crate::files;

/// Notes of each question with its answer. What was answered once is not asked again, so that all
/// that is made of the folder is made of one view of it. Errors are no answers.
#[derive(Debug)]
pub(crate) struct Notes {
    root: PathBuf,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    folders: BTreeMap<String, Vec<String>>,
    files: BTreeMap<String, FileAnswer>,
    /// Whether a file was not what it had been before.
    is_torn: bool,
}

impl Notes {
    /// Notes of the folder at `root`; there are none yet.
    pub(crate) fn new(root: PathBuf) -> Self {
        Self {
            root,
            taken: Mutex::default(),
        }
    }

    /// As [`files::list`].
    pub(crate) fn list(&self, folder: &Path) -> Result<Vec<String>, StoreError> {
        let name = self.name(folder);
        if let Some(names) = self.with(|taken| taken.folders.get(&name).cloned()) {
            return Ok(names);
        }
        let names = files::list(folder)?;
        self.with(|taken| taken.folders.insert(name, names.clone()));
        Ok(names)
    }

    /// As [`files::is_there`].
    pub(crate) fn is_there(&self, path: &Path) -> Result<bool, StoreError> {
        let name = self.name(path);
        if let Some(known) = self.with(|taken| taken.files.get(&name).cloned()) {
            return Ok(known != FileAnswer::Missing);
        }
        let is_there = files::is_there(path)?;
        let answer = if is_there {
            FileAnswer::There
        } else {
            FileAnswer::Missing
        };
        self.with(|taken| taken.files.insert(name, answer));
        Ok(is_there)
    }

    /// Takes a note of what reading a file gave; the bytes with their SHA-256. That it is not there
    /// is an answer.
    pub(crate) fn read(
        &self,
        path: &Path,
        bytes: Result<Vec<u8>, StoreError>,
    ) -> Result<(Vec<u8>, String), StoreError> {
        let name = self.name(path);
        match bytes {
            Ok(bytes) => {
                let digest = sha256_hex(&bytes);
                self.note(name, FileAnswer::Read(digest.clone()));
                Ok((bytes, digest))
            }
            Err(error) => {
                if error.is_not_found() {
                    self.note(name, FileAnswer::Missing);
                }
                Err(error)
            }
        }
    }

    /// What was asked, and answered; none where it does not agree with itself.
    pub(crate) fn answers(&self) -> Option<Answers> {
        self.with(|taken| {
            let answers = || Answers::of(taken.folders.iter(), taken.files.clone());
            (!taken.is_torn).then(answers)
        })
    }

    fn note(&self, name: String, answer: FileAnswer) {
        self.with(|taken| {
            let is_same = match taken.files.get(&name) {
                None => true,
                Some(FileAnswer::There) => answer != FileAnswer::Missing,
                Some(before) => *before == answer,
            };
            taken.is_torn |= !is_same;
            taken.files.insert(name, answer);
        });
    }

    /// The path in the folder; all that is asked for is below it.
    fn name(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        below.to_string_lossy().into_owned()
    }

    fn with<T>(&self, work: impl FnOnce(&mut Taken) -> T) -> T {
        work(&mut self.taken.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::SourceFolder;

    /// A folder with one file, and with all that is asked of it noted.
    fn noted() -> (tempfile::TempDir, SourceFolder) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("iana")).unwrap();
        fs::write(folder.path().join("iana/a"), "one").unwrap();
        let sources = SourceFolder::noted(folder.path());
        (folder, sources)
    }

    #[test]
    fn whatever_was_asked_is_asked_again() {
        type Ask = fn(&SourceFolder, &Path);
        type Edit = fn(&Path);
        let write: Edit = |root| fs::write(root.join("iana/a"), "two").unwrap();
        let add: Edit = |root| fs::write(root.join("iana/b"), "one").unwrap();
        let remove: Edit = |root| fs::remove_file(root.join("iana/a")).unwrap();
        let folder: Ask = |sources, root| {
            sources.storage().list(&root.join("iana")).unwrap();
        };
        let file: Ask = |sources, root| {
            sources.storage().read(&root.join("iana/a")).unwrap();
        };
        let text: Ask = |sources, root| {
            sources.storage().read_text(&root.join("iana/a")).unwrap();
        };
        let there: Ask = |sources, root| {
            assert!(sources.storage().is_there(&root.join("iana/a")).unwrap());
        };
        let absent: Ask = |sources, root| {
            assert!(!sources.storage().is_there(&root.join("iana/b")).unwrap());
        };
        let unread: Ask = |sources, root| {
            let refused = sources.storage().read_text(&root.join("iana/b"));
            assert!(refused.unwrap_err().is_not_found());
        };
        // Each question, and which edits give it another answer.
        for (ask, edits) in [
            (folder, [(write, false), (add, true), (remove, true)]),
            (file, [(write, true), (add, false), (remove, true)]),
            (text, [(write, true), (add, false), (remove, true)]),
            (there, [(write, false), (add, false), (remove, true)]),
            (absent, [(write, false), (add, true), (remove, false)]),
            (unread, [(write, false), (add, true), (remove, false)]),
        ] {
            for (edit, is_seen) in edits {
                let (folder, sources) = noted();
                ask(&sources, folder.path());
                let answers = sources.answers().unwrap();
                assert!(answers.still_hold(folder.path()));
                edit(folder.path());
                assert_eq!(answers.still_hold(folder.path()), !is_seen, "{answers:?}");
            }
        }
    }

    #[test]
    fn the_first_answer_stands_and_no_other_view_gives_answers() {
        let (folder, sources) = noted();
        let path = folder.path().join("iana/a");
        let (list, other) = (folder.path().join("iana"), folder.path().join("iana/b"));
        let asked = || {
            let storage = sources.storage();
            let there = [&path, &other].map(|path| storage.is_there(path).unwrap());
            (storage.list(&list).unwrap(), there)
        };
        let first = asked();
        fs::rename(&path, &other).unwrap();
        assert_eq!(asked(), first);
        // It is not there any more, although it was.
        assert!(sources.storage().read(&path).is_err());
        assert_eq!(sources.answers(), None);
        let (folder, sources) = noted();
        let path = folder.path().join("iana/a");
        sources.storage().read(&path).unwrap();
        fs::write(&path, "two").unwrap();
        sources.storage().read(&path).unwrap();
        assert_eq!(sources.answers(), None);
    }
}
