//! Fetched sources: the raw bytes are stored before anything reads them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use appleports_model::{SourceId, sha256_hex};

use crate::error::StoreError;
use crate::files::{MAX_STORED, is_there, read_own};
use crate::layout::Location;
use crate::lock::Lock;
use crate::manifest::Manifest;
use crate::publish::{publish_file, publish_one};
use crate::sources::SourceFolder;
use crate::temporary::folder_of;

/// Raw bytes that are stored and wait for their manifest.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The file with the bytes.
    pub path: PathBuf,
    id: SourceId,
    manifest: PathBuf,
    replaces: Option<Refused>,
}

/// A stored capture that a guard refuses and nobody has accepted. It may be cut off, so another
/// page of its day may take its place; its bytes stay beside that one, as evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// SHA-256 of its bytes: others are not given up.
    pub sha256: String,
    /// What the guard has against it.
    pub reason: String,
}

impl SourceFolder {
    /// Stores fetched bytes where the source would have them, as a file with this ending; they
    /// are no source yet.
    ///
    /// # Errors
    /// [`StoreError::Occupied`] when other bytes are stored as this source, and are not the ones
    /// that may be replaced; an I/O error otherwise.
    pub fn receive(
        &self,
        id: &SourceId,
        ending: &str,
        bytes: &[u8],
        replaces: Option<Refused>,
    ) -> Result<Incoming, StoreError> {
        let (root, location) = (self.writable()?, Location::of(id));
        let manifest = root.join(location.manifest());
        let wanted = root.join(location.file(ending));
        let hash = sha256_hex(bytes);
        let folder = folder_of(&wanted);
        // What is looked at stays so until it is written.
        let lock = Lock::of(folder)?;
        if is_there(&manifest)? {
            let stored = self.read_manifest(&manifest)?;
            if stored.sha256 == hash {
                return Ok(Incoming {
                    path: manifest.with_file_name(stored.file),
                    id: id.clone(),
                    manifest,
                    replaces: None,
                });
            }
            self.check_replaced(id, &manifest, &stored, replaces.as_ref())?;
        }
        // Other bytes of the same day that were refused stay what they are. A short name may have
        // been taken on purpose: only the whole digest is that of these bytes alone.
        let beside = |digits: &str| beside(&wanted, digits);
        let names = [wanted.clone(), beside(&hash[..8]), beside(&hash)];
        let Some(path) = free_or_equal(&names, bytes)? else {
            return Err(StoreError::Occupied {
                path: beside(&hash).display().to_string(),
            });
        };
        if !is_there(&path)? {
            publish_one(&lock, &path, bytes)?;
        }
        Ok(Incoming {
            path,
            id: id.clone(),
            manifest,
            replaces,
        })
    }

    /// Makes the stored bytes a source: writes the manifest beside them. A capture that they
    /// replace becomes evidence, with a note beside it.
    ///
    /// # Errors
    /// [`StoreError::Occupied`] when other bytes have become the source in the meantime; an I/O
    /// error when the manifest cannot be written.
    pub fn accept(&self, incoming: &Incoming, manifest: &Manifest) -> Result<(), StoreError> {
        let lock = Lock::of(folder_of(&incoming.manifest))?;
        if is_there(&incoming.manifest)? {
            let stored = self.read_manifest(&incoming.manifest)?;
            if stored.sha256 == manifest.sha256 {
                return Ok(());
            }
            let replaces = incoming.replaces.as_ref();
            let refused =
                self.check_replaced(&incoming.id, &incoming.manifest, &stored, replaces)?;
            let evidence = incoming.manifest.with_file_name(&stored.file);
            let note = note(&refused.reason, &stored)?;
            publish_one(&lock, &note_beside(&evidence), note.as_bytes())?;
        }
        publish_one(&lock, &incoming.manifest, manifest.to_toml()?.as_bytes())
    }

    /// Notes beside the stored bytes why they are no source.
    ///
    /// # Errors
    /// [`StoreError`] when the note cannot be written.
    pub fn refuse(
        &self,
        incoming: &Incoming,
        manifest: &Manifest,
        reason: &str,
    ) -> Result<(), StoreError> {
        let text = note(reason, manifest)?;
        publish_file(&note_beside(&incoming.path), text.as_bytes())
    }

    /// Refuses to give up a stored source, unless it is the one that may be replaced, and nobody
    /// has accepted it since that was found out. Its folder is locked.
    fn check_replaced<'r>(
        &self,
        id: &SourceId,
        manifest: &Path,
        stored: &Manifest,
        replaces: Option<&'r Refused>,
    ) -> Result<&'r Refused, StoreError> {
        let is_accepted = self.acceptance_of(id, &stored.sha256)?.is_some();
        replaces
            .filter(|refused| refused.sha256 == stored.sha256 && !is_accepted)
            .ok_or_else(|| StoreError::Occupied {
                path: manifest.with_file_name(&stored.file).display().to_string(),
            })
    }
}

/// The first of these files that is not there, or has these bytes.
fn free_or_equal(names: &[PathBuf], bytes: &[u8]) -> Result<Option<PathBuf>, StoreError> {
    for path in names {
        if !is_there(path)? || read_own(path, MAX_STORED)? == bytes {
            return Ok(Some(path.clone()));
        }
    }
    Ok(None)
}

/// The name of a file for other bytes of the same day: `capture-0123abcd.html`.
fn beside(path: &Path, digits: &str) -> PathBuf {
    let part = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (part(path.file_stem()), part(path.extension()));
    path.with_file_name(format!("{stem}-{digits}.{extension}"))
}

/// Where it is said why bytes are no source.
fn note_beside(path: &Path) -> PathBuf {
    let mut note = path.to_owned().into_os_string();
    note.push(".refused.txt");
    PathBuf::from(note)
}

fn note(reason: &str, manifest: &Manifest) -> Result<String, StoreError> {
    Ok(format!("{reason}\n\n{}", manifest.to_toml()?))
}
