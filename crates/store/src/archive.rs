//! The sources as one compressed archive, to carry within a command.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::GzDecoder;

use crate::error::StoreError;
use crate::sources::SourceFolder;
use crate::storage::Storage;

impl SourceFolder {
    /// The sources within an archive: a gzip-compressed tar file of a sources folder. They can
    /// be read, and are verified like those of a folder; nothing can be added to them. `name`
    /// stands for the folder in what people read.
    ///
    /// # Errors
    /// [`StoreError::Archive`] when it is damaged.
    pub fn archived(name: &str, archive: &[u8]) -> Result<Self, StoreError> {
        let damaged = |error: std::io::Error| StoreError::Archive {
            name: name.to_owned(),
            reason: error.to_string(),
        };
        // To its end, where the checksum is, before any of it is believed.
        let mut unpacked = Vec::new();
        GzDecoder::new(archive)
            .read_to_end(&mut unpacked)
            .map_err(damaged)?;
        let root = Path::new(name);
        let files = entries(root, &unpacked).map_err(damaged)?;
        Ok(Self::of(root.to_owned(), Storage::Archive(Arc::new(files))))
    }
}

fn entries(root: &Path, unpacked: &[u8]) -> std::io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in tar::Archive::new(unpacked).entries()? {
        let mut entry = entry?;
        let path = root.join(entry.path()?);
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.insert(path, bytes);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use appleports_model::SourceId;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
        for (path, bytes) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            archive.append_data(&mut header, path, *bytes).unwrap();
        }
        archive.into_inner().unwrap().finish().unwrap()
    }

    #[test]
    fn a_byte_that_is_lost_or_changed_is_seen() {
        let whole = packed(&[
            ("corrections.toml", b"one"),
            ("vocabulary/products.toml", b"two"),
        ]);
        let texts = |folder: &SourceFolder| {
            let read = |path| {
                folder
                    .storage()
                    .read_text(&folder.root().join(path))
                    .unwrap()
            };
            ["corrections.toml", "vocabulary/products.toml"].map(read)
        };
        let folder = SourceFolder::archived("built-in", &whole).unwrap();
        assert_eq!(texts(&folder), ["one", "two"]);
        for length in 0..whole.len() {
            let error = SourceFolder::archived("built-in", &whole[..length]).unwrap_err();
            assert!(
                error.to_string().starts_with("built-in: damaged ("),
                "{length}: {error}"
            );
        }
        // The ten bytes of the head say nothing of the contents.
        for at in 10..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            // A few bits fill up the last byte of the compressed part.
            if let Ok(folder) = SourceFolder::archived("built-in", &changed) {
                assert_eq!(
                    texts(&folder),
                    ["one", "two"],
                    "byte {at} of {}",
                    whole.len()
                );
            }
        }
    }

    #[test]
    fn nothing_is_added_to_an_archive() {
        let folder = SourceFolder::archived("built-in", &packed(&[])).unwrap();
        let id: SourceId = "iana/2026-08-17".parse().unwrap();
        let error = folder.receive(&id, "csv", b"", None).unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
        let error = folder.mark_checked(id.series(), id.date()).unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error}");
        assert!(!Path::new("built-in").exists());
    }
}
