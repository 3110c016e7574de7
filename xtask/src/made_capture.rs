//! Sources that were made, for scenes of a task's own.

use appleports_store::Manifest;

/// The manifest of `apple/en-us/2024-01-01`, with these bytes in `capture.csv`.
pub(crate) fn manifest(bytes: &[u8]) -> anyhow::Result<Manifest> {
    of_source("apple/en-us/2024-01-01", "capture.csv", bytes)
}

/// The manifest of a source with this id, with these bytes in `file`.
pub(crate) fn of_source(id: &str, file: &str, bytes: &[u8]) -> anyhow::Result<Manifest> {
    Ok(Manifest::of(&id.parse()?, file, "text/plain", bytes))
}
