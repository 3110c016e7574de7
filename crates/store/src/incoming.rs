//! Fetched sources: the raw bytes are stored before anything reads them.

use std::path::{Path, PathBuf};

use appleports_model::{SourceId, sha256_hex};

use crate::error::StoreError;
use crate::evidence::{free_place, note, note_beside};
use crate::files::is_there;
use crate::layout::Location;
use crate::manifest::Manifest;
use crate::publish::publish_one;
use crate::sources::SourceFolder;

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
        let location = Location::of(id);
        let manifest = self.root().join(location.manifest());
        let wanted = self.root().join(location.file(ending));
        // What is looked at stays so until it is written.
        let lock = self.lock(id)?;
        if is_there(&manifest)? {
            let stored = self.read_manifest(&manifest)?;
            if stored.sha256 == sha256_hex(bytes) {
                return Ok(Incoming {
                    path: manifest.with_file_name(stored.file),
                    id: id.clone(),
                    manifest,
                    replaces: None,
                });
            }
            self.check_replaced(id, &manifest, &stored, replaces.as_ref())?;
        }
        let path = free_place(&wanted, bytes)?;
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
        let lock = self.lock(&incoming.id)?;
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
        let lock = self.lock(&incoming.id)?;
        publish_one(&lock, &note_beside(&incoming.path), text.as_bytes())
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
