//! Fetched sources: the raw bytes are stored before anything reads them.

use std::path::PathBuf;

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
    manifest: PathBuf,
}

impl SourceFolder {
    /// Stores fetched bytes where the source would have them, as a file with this ending; they
    /// are no source yet.
    ///
    /// # Errors
    /// [`StoreError::Occupied`] when other bytes are stored as this source; an I/O error
    /// otherwise.
    pub fn receive(
        &self,
        id: &SourceId,
        ending: &str,
        bytes: &[u8],
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
            let path = manifest.with_file_name(stored.file);
            return if stored.sha256 == hash {
                Ok(Incoming { path, manifest })
            } else {
                Err(StoreError::Occupied {
                    path: path.display().to_string(),
                })
            };
        }
        // Other bytes of the same day that were refused stay what they are.
        let mut path = wanted;
        if is_there(&path)? && read_own(&path, MAX_STORED).is_ok_and(|old| old != bytes) {
            let extension = path
                .extension()
                .map(|extension| extension.to_string_lossy().into_owned());
            let stem = path
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned());
            path.set_file_name(format!(
                "{}-{}.{}",
                stem.unwrap_or_default(),
                &hash[..8],
                extension.unwrap_or_default()
            ));
        }
        if !is_there(&path)? {
            publish_one(&lock, &path, bytes)?;
        }
        Ok(Incoming { path, manifest })
    }

    /// Makes the stored bytes a source: writes the manifest beside them.
    ///
    /// # Errors
    /// [`StoreError::Occupied`] when other bytes have become the source in the meantime; an I/O
    /// error when the manifest cannot be written.
    pub fn accept(&self, incoming: &Incoming, manifest: &Manifest) -> Result<(), StoreError> {
        let lock = Lock::of(folder_of(&incoming.manifest))?;
        if is_there(&incoming.manifest)? {
            let stored = self.read_manifest(&incoming.manifest)?;
            return if stored.sha256 == manifest.sha256 {
                Ok(())
            } else {
                Err(StoreError::Occupied {
                    path: incoming
                        .manifest
                        .with_file_name(stored.file)
                        .display()
                        .to_string(),
                })
            };
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
        let mut note = incoming.path.clone().into_os_string();
        note.push(".refused.txt");
        let text = format!("{reason}\n\n{}", manifest.to_toml()?);
        publish_file(&PathBuf::from(note), text.as_bytes())
    }
}
