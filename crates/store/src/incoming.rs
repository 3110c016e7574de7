//! Fetched sources: the raw bytes are stored before anything reads them.

use std::path::{Path, PathBuf};

use appleports_model::sha256_hex;

use crate::error::StoreError;
use crate::files::{MAX_STORED, is_there, read_own};
use crate::lock::Lock;
use crate::manifest::Manifest;
use crate::publish::{publish_file, publish_one};
use crate::sources::{SourceFolder, check_name};
use crate::temporary::folder_of;

/// Raw bytes that are stored and wait for their manifest.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The file with the bytes.
    pub path: PathBuf,
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
    /// Stores the bytes of a fetched page in `apple/<locale>/<date>/`, where they are
    /// no capture yet.
    ///
    /// # Errors
    /// [`StoreError::Occupied`] when a capture with other bytes is stored for that
    /// day, and is not the one that they may replace; an I/O error otherwise.
    pub fn receive_page(
        &self,
        locale: &str,
        date: &str,
        bytes: &[u8],
        replaces: Option<Refused>,
    ) -> Result<Incoming, StoreError> {
        check_name(locale, date)?;
        let folder = self.writable()?.join("apple").join(locale).join(date);
        self.receive(
            folder.join("capture.toml"),
            &folder.join("capture.html"),
            bytes,
            replaces,
        )
    }

    /// Stores the bytes of an edition of the registry or of the RFC index, `kind`
    /// being `iana` or `rfc`, as `<kind>/<date>.<extension>`.
    ///
    /// # Errors
    /// As [`SourceFolder::receive_page`].
    pub fn receive_edition(
        &self,
        kind: &str,
        date: &str,
        extension: &str,
        bytes: &[u8],
    ) -> Result<Incoming, StoreError> {
        check_name(kind, date)?;
        let folder = self.writable()?.join(kind);
        let manifest = folder.join(format!("{date}.toml"));
        let file = folder.join(format!("{date}.{extension}"));
        self.receive(manifest, &file, bytes, None)
    }

    fn receive(
        &self,
        manifest: PathBuf,
        wanted: &Path,
        bytes: &[u8],
        replaces: Option<Refused>,
    ) -> Result<Incoming, StoreError> {
        let hash = sha256_hex(bytes);
        let folder = folder_of(wanted);
        // What is looked at stays so until it is written.
        let lock = Lock::of(folder)?;
        if is_there(&manifest)? {
            let stored = self.read_manifest(&manifest)?;
            if stored.sha256 == hash {
                return Ok(Incoming {
                    path: manifest.with_file_name(stored.file),
                    manifest,
                    replaces: None,
                });
            }
            check_replaced(&manifest, &stored, replaces.as_ref())?;
        }
        // Other bytes of the same day that were refused stay what they are.
        let mut path = wanted.to_owned();
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
        Ok(Incoming {
            path,
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
            let refused = check_replaced(&incoming.manifest, &stored, incoming.replaces.as_ref())?;
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
}

/// Refuses to give up a stored source, unless it is the one that may be replaced.
fn check_replaced<'r>(
    manifest: &Path,
    stored: &Manifest,
    replaces: Option<&'r Refused>,
) -> Result<&'r Refused, StoreError> {
    replaces
        .filter(|refused| refused.sha256 == stored.sha256)
        .ok_or_else(|| StoreError::Occupied {
            path: manifest.with_file_name(&stored.file).display().to_string(),
        })
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
