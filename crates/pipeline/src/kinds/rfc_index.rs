//! The RFC index, and facts taken from it.

use std::path::Path;

use appleports_fetch::Expect;
use appleports_ingest::{ReadError, read_rfc_index, rfc_index_date};
use appleports_model::{RfcEntry, RfcIndex, SourceId, SourceInfo, SourceKind};
use appleports_store::{SourceFolder, Stored};

use super::registry::is_xml;
use super::{Download, EditionExtent, Judged, Kind, outside};
use crate::failure::{EditionError, Failure};

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
        judged: Judged::Edition(measure),
    }),
    replaced_by: None,
    compared: None,
    refused: None,
};

/// The whole index of 2018 lists 8,200 RFCs. A choice of entries may be checked against, but what
/// stands for the whole must be that.
const MIN_WHOLE: u64 = 8_000;

fn measure(id: &SourceId, path: &str, bytes: &[u8]) -> Result<EditionExtent, Failure> {
    let index = read_rfc_index(&id.to_string(), path, bytes)?;
    let count = index.entries().count() as u64;
    if index.complete && count < MIN_WHOLE {
        return Err(EditionError::PartOfRfcIndex {
            path: path.to_owned(),
            count,
            whole: MIN_WHOLE,
        }
        .into());
    }
    let filled_in = |has: fn(&RfcEntry) -> bool| {
        let filled = index.entries().filter(|rfc| has(rfc));
        filled.count() as u64
    };
    let filled = vec![
        ("title", filled_in(|rfc| !rfc.title.is_empty())),
        ("date", filled_in(|rfc| !rfc.date.is_empty())),
        ("status", filled_in(|rfc| !rfc.status.is_empty())),
        ("successors", filled_in(|rfc| !rfc.obsoleted_by.is_empty())),
    ];
    Ok(EditionExtent {
        rows: count,
        filled,
        keys: index
            .entries()
            .map(|rfc| format!("{} {}", rfc.number, rfc.title))
            .collect(),
    })
}

/// The newest stored index; none where there is none.
pub(crate) fn newest(sources: &SourceFolder) -> Result<Option<(SourceInfo, RfcIndex)>, Failure> {
    let Some(id) = sources.list(SourceKind::Rfc)?.pop() else {
        return Ok(None);
    };
    let stored = sources.load(&id)?;
    let path = sources.root().join(&stored.info.path);
    Ok(Some(parsed(&path, stored)?))
}

/// An index outside the sources.
pub(crate) fn outside(path: &Path) -> Result<(SourceInfo, RfcIndex), Failure> {
    Ok(parsed(
        path,
        outside::read(path, SourceKind::Rfc, rfc_index_date)?,
    )?)
}

/// Reads an index that lies at `path`, which errors name.
fn parsed(path: &Path, stored: Stored) -> Result<(SourceInfo, RfcIndex), ReadError> {
    let shown = path.display().to_string();
    let index = read_rfc_index(&stored.info.id, &shown, &stored.bytes)?;
    Ok((stored.info, index))
}
