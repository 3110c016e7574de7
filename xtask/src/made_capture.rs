//! A capture that was made, for scenes of a task's own.

use appleports_store::Manifest;

/// The manifest of `apple/en-us/2024-01-01`, with these bytes in `capture.csv`.
pub(crate) fn manifest(bytes: &[u8]) -> anyhow::Result<Manifest> {
    let id = "apple/en-us/2024-01-01".parse()?;
    Ok(Manifest::of(&id, "capture.csv", "text/csv", bytes))
}
