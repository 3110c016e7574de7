//! An edition of the registry or of the RFC index that shrank is not an update.

use appleports_ingest::{read_registry, read_rfc_index};
use appleports_model::{Finding, SourceKind};
use appleports_store::{Figure, SourceFolder};

use super::Target;
use crate::Failure;
use crate::captures::guards;

/// Counts the rows of an edition.
///
/// # Errors
/// [`Failure::Input`] when the bytes are no such edition.
pub(super) fn rows(target: &Target, id: &str, path: &str, bytes: &[u8]) -> Result<u64, Failure> {
    Ok(match target {
        Target::Article(_) => 0,
        Target::Registry => read_registry(id, path, bytes)?.entries().len() as u64,
        Target::RfcIndex => read_rfc_index(id, path, bytes)?.entries().count() as u64,
    })
}

/// What the guard has against an edition of `rows` rows: it has fewer than 80 % of the rows of the
/// largest one that is stored. Those before the last one that a person accepted do not count.
pub(super) fn against(
    sources: &SourceFolder,
    target: &Target,
    id: &str,
    count: u64,
) -> Result<Option<(Figure, Finding)>, Failure> {
    let kind = match target {
        Target::Article(_) => return Ok(None),
        Target::Registry => SourceKind::Iana,
        Target::RfcIndex => SourceKind::Rfc,
    };
    let mut largest: Option<(String, u64)> = None;
    for own in sources.list(kind)?.into_iter().rev() {
        let stored = sources.load(&own)?;
        let path = sources.root().join(&stored.info.path);
        let rows = rows(target, &own, &path.display().to_string(), &stored.bytes)?;
        if largest.as_ref().is_none_or(|(_, most)| rows > *most) {
            largest = Some((own, rows));
        }
        if sources.acceptance(&stored)?.is_some() {
            break;
        }
    }
    let Some((before, most)) = largest.filter(|(_, most)| guards::has_shrunk(*most, count)) else {
        return Ok(None);
    };
    let figure = guards::rows(&before, most, count);
    let mut finding = guards::finding(id, &figure, "");
    let option = match kind {
        SourceKind::Rfc => "--rfc-index",
        _ => "--iana",
    };
    finding.help = format!(
        "look at the file, which is kept beside the stored ones; if the change is real: appleports fetch {option} --accept REASON; if not, fetch it again later"
    )
    .into();
    Ok(Some((figure, finding)))
}
