//! What Apple's other articles give as ports of single products, as people wrote it down.

use appleports_ingest::read_siblings;
use appleports_model::{Siblings, SourceKind};
use appleports_store::{SourceFolder, Stored};

use super::Kind;
use crate::failure::Failure;

pub(crate) static KIND: Kind = Kind {
    endings: &["csv", "xml", "facts.toml"],
    download: None,
    replaced_by: None,
    compared: None,
    refused: None,
};

/// The newest stored file; none where there is none.
pub(crate) fn read(sources: &SourceFolder) -> Result<Option<(Stored, Siblings)>, Failure> {
    let Some(id) = sources.list(SourceKind::Siblings)?.pop() else {
        return Ok(None);
    };
    let stored = sources.load(&id)?;
    let shown = sources.root().join(&stored.info.path).display().to_string();
    let siblings = read_siblings(&stored.info.id, &shown, &stored.bytes)?;
    Ok(Some((stored, siblings)))
}
