//! The RFC index, and facts taken from it.

use std::path::Path;

use anyhow::anyhow;
use appleports_fetch::Expect;
use appleports_ingest::{read_rfc_index, rfc_index_date};
use appleports_model::{RfcIndex, SourceId, SourceInfo, SourceKind};
use appleports_store::SourceFolder;

use super::registry::is_xml;
use super::{Download, Judged, Kind, outside};
use crate::failure::Failure;

/// Where the index is.
pub(crate) const URL: &str = "https://www.rfc-editor.org/rfc-index.txt";

pub(crate) static KIND: Kind = Kind {
    endings: &["csv", "xml", "facts.toml"],
    download: Some(Download {
        option: "rfc-index",
        help: "The RFC index",
        url: URL,
        expect: Expect::Data,
        article_id: None,
        ending: |bytes| {
            if is_xml(bytes) { "xml" } else { "txt" }
        },
        date: |body| rfc_index_date(&body.bytes).or_else(|| body.modified_on()),
        judged: Judged::Edition(rows),
    }),
    replaced_by: None,
    compared: None,
    refused: None,
};

/// The whole index of 2018 lists 8,200 RFCs. A choice of entries may be checked against, but what
/// stands for the whole must be that.
const MIN_WHOLE: u64 = 8_000;

fn rows(id: &SourceId, path: &str, bytes: &[u8]) -> Result<u64, Failure> {
    let index = read_rfc_index(&id.to_string(), path, bytes)?;
    let count = index.entries().count() as u64;
    if index.complete && count < MIN_WHOLE {
        return Err(anyhow!(
            "{path}: this index lists {count} RFCs, and the whole one over {MIN_WHOLE}; fetch it again"
        )
        .into());
    }
    Ok(count)
}

/// The index at `path`, or else the newest stored one; none where there is none.
pub(crate) fn read(
    sources: &SourceFolder,
    path: Option<&Path>,
) -> Result<Option<(SourceInfo, RfcIndex)>, Failure> {
    let (stored, shown) = match path {
        Some(path) => {
            let stored = outside::read(path, SourceKind::Rfc, rfc_index_date)?;
            (stored, path.to_owned())
        }
        None => match sources.list(SourceKind::Rfc)?.pop() {
            None => return Ok(None),
            Some(id) => {
                let stored = sources.load(&id)?;
                let shown = sources.root().join(&stored.info.path);
                (stored, shown)
            }
        },
    };
    let shown = shown.display().to_string();
    let index = read_rfc_index(&stored.info.id, &shown, &stored.bytes)?;
    Ok(Some((stored.info, index)))
}
