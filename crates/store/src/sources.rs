//! The sources folder: reading a source, and adding one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use appleports_model::{SourceId, SourceInfo, joined, sha256_hex};

use crate::answers::Answers;
use crate::error::StoreError;
use crate::evidence::free_place;
use crate::files::link_below;
use crate::layout::Location;
use crate::lock::Lock;
use crate::manifest::{Manifest, check_place, parse_manifest};
use crate::notes::Notes;
use crate::publish::publish_locked;
use crate::storage::Storage;
use crate::temporary::folder_of;

/// A stored source with its verified bytes.
#[derive(Clone, Debug)]
pub struct Stored {
    /// What the dataset says about it.
    pub info: SourceInfo,
    /// The raw bytes.
    pub bytes: Vec<u8>,
}

/// The sources: a folder, or an archive of one.
#[derive(Clone, Debug)]
pub struct SourceFolder {
    root: PathBuf,
    storage: Storage,
}

impl SourceFolder {
    /// The folder at `root`; nothing is read yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self::of(root.into(), Storage::Folder)
    }

    /// The folder at `root`; whatever is asked of it is noted, with the answer, and of folders and
    /// of whether a file is there the first answer stands.
    pub fn noted(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        Self::of(root.clone(), Storage::Noted(Arc::new(Notes::new(root))))
    }

    /// What was asked so far of a [`Self::noted`] folder. None where two answers to one question
    /// contradict each other: somebody wrote there in the meantime.
    pub fn answers(&self) -> Option<Answers> {
        match &self.storage {
            Storage::Noted(notes) => notes.answers(),
            Storage::Folder | Storage::Archive(_) => None,
        }
    }

    pub(crate) fn of(root: PathBuf, storage: Storage) -> Self {
        Self { root, storage }
    }

    /// The folder's path; of an archive, the name that stands for it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn storage(&self) -> &Storage {
        &self.storage
    }

    /// The folder's path, where something is to be written there.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] for an archive.
    pub fn writable(&self) -> Result<&Path, StoreError> {
        match self.storage {
            Storage::Folder | Storage::Noted(_) => Ok(&self.root),
            Storage::Archive(_) => Err(StoreError::ReadOnly {
                path: self.root.display().to_string(),
            }),
        }
    }

    /// Reads a source by its id and verifies its bytes.
    ///
    /// # Errors
    /// [`StoreError`] when the id is unknown, or the bytes are not those that were stored.
    pub fn load(&self, id: &SourceId) -> Result<Stored, StoreError> {
        let location = Location::of(id);
        let path = self.root.join(location.manifest());
        if !self.storage.is_there(&path)? {
            let known = joined(self.list(id.kind())?, ", ");
            return Err(StoreError::Missing {
                path: self.root.display().to_string(),
                what: format!("source `{id}`"),
                hint: format!("known are: {known}"),
            });
        }
        let text = self.storage.read_text(&path)?;
        check_place(&path, &text, id)?;
        let manifest = parse_manifest(&path, &text)?;
        let file = path.with_file_name(&manifest.file);
        let (bytes, sha256) = self.storage.read(&file)?;
        let place = format!("{}/{}", location.folder, manifest.file);
        let info = SourceInfo {
            url: manifest.url,
            article_id: manifest.article_id,
            form: manifest.form,
            ..SourceInfo::digested(id, place, bytes.len() as u64, sha256)
        };
        if info.sha256 != manifest.sha256 {
            let path = file.display().to_string();
            if has_other_line_ends(&bytes, &manifest.sha256) {
                return Err(StoreError::LineEnds { path });
            }
            return Err(StoreError::Changed {
                path,
                expected: manifest.sha256,
                actual: info.sha256,
            });
        }
        Ok(Stored { info, bytes })
    }

    /// The manifest of a source.
    ///
    /// # Errors
    /// [`StoreError`] when there is none or it cannot be read.
    pub fn manifest(&self, id: &SourceId) -> Result<Manifest, StoreError> {
        self.read_manifest(&self.root.join(Location::of(id).manifest()))
    }

    pub(crate) fn read_manifest(&self, path: &Path) -> Result<Manifest, StoreError> {
        parse_manifest(path, &self.storage.read_text(path)?)
    }

    /// Locks the whole folder, until the answer is dropped: for a source that is judged together with
    /// all others. The folder of a source is locked by itself where it is written.
    ///
    /// # Errors
    /// [`StoreError`] for an archive, and when somebody else keeps the folder locked.
    pub fn alone(&self) -> Result<Lock, StoreError> {
        Lock::of(self.writable()?)
    }

    /// Stores a source; the bytes first, the manifest last.
    ///
    /// Storing the same bytes again is no error and changes nothing. Other bytes that are there
    /// without a manifest, such as a refused page, stay: these get a name beside them.
    ///
    /// # Errors
    /// [`StoreError::Occupied`] when other bytes are stored there, or an I/O error.
    pub fn add(&self, id: &SourceId, manifest: &Manifest, bytes: &[u8]) -> Result<(), StoreError> {
        // What is looked at stays so until it is written.
        let lock = self.lock(id)?;
        let path = self.root.join(Location::of(id).manifest());
        let folder = folder_of(&path);
        if self.storage.is_there(&path)? {
            let stored = self.read_manifest(&path)?;
            return if stored.sha256 == manifest.sha256 {
                Ok(())
            } else {
                Err(StoreError::Occupied {
                    path: folder.join(stored.file).display().to_string(),
                })
            };
        }
        let file = free_place(&folder.join(&manifest.file), bytes)?;
        let name = |path: &Path| {
            let name = path.file_name().unwrap_or_default();
            name.to_string_lossy().into_owned()
        };
        let manifest = Manifest {
            file: name(&file),
            ..manifest.clone()
        };
        let (name, text) = (name(&path), manifest.to_toml()?);
        let files = [(&*manifest.file, bytes), (&*name, text.as_bytes())];
        publish_locked(&lock, &files)
    }

    /// Locks the folder of a source to write there.
    ///
    /// # Errors
    /// [`StoreError::Link`] where a link is on the way to it: what it leads to is not ours.
    pub(crate) fn lock(&self, id: &SourceId) -> Result<Lock, StoreError> {
        let root = self.writable()?;
        let below = Location::of(id).folder;
        match link_below(root, &below) {
            Some(link) => Err(StoreError::Link {
                path: link.display().to_string(),
            }),
            None => Lock::below(root, Path::new(&below)),
        }
    }
}

/// Whether the bytes with one of the two usual line ends in place of the other have the digest.
fn has_other_line_ends(bytes: &[u8], digest: &str) -> bool {
    let mut unix = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\r' || rest.peek() != Some(&b'\n') {
            unix.push(byte);
        }
    }
    let lines: Vec<&[u8]> = unix.split(|byte| *byte == b'\n').collect();
    let dos = lines.join(b"\r\n".as_slice());
    [unix, dos].iter().any(|text| sha256_hex(text) == digest)
}
