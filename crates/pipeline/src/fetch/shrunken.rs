//! An edition of the registry or of the RFC index that shrank is not an update.

use appleports_fetch::modified_on;
use appleports_model::{Finding, SourceId};
use appleports_store::Figure;

use crate::failure::Failure;
use crate::guards;
use crate::kinds::{CountRows, Received};

/// What the guard has against a fetched edition: it has fewer than 80 % of the rows of the largest
/// one that is stored, or any fewer than one that was modified on the same day, since then one of
/// them may have been cut off. Those before the last one that a person accepted do not count.
/// `option` is the one of `fetch` that asks for it.
pub(super) fn against(
    received: &Received<'_>,
    rows: CountRows,
    option: &str,
) -> Result<Option<(Figure, Finding)>, Failure> {
    let (sources, id) = (received.sources, received.id);
    let count = rows(id, received.path, &received.body.bytes)?;
    let mut largest: Option<(SourceId, u64)> = None;
    let mut whole: Option<(SourceId, u64)> = None;
    for own in sources.list(id.kind())?.into_iter().rev() {
        let stored = sources.load(&own)?;
        let path = sources.root().join(&stored.info.path);
        let rows = rows(&own, &path.display().to_string(), &stored.bytes)?;
        let is_accepted = sources.acceptance(&own, &stored)?.is_some();
        let modified = sources.manifest(&own)?.last_modified;
        let modified = modified.as_deref().and_then(modified_on);
        if rows > count && modified.is_some() && modified == received.body.modified_on() {
            whole = Some((own.clone(), rows));
        }
        if largest.as_ref().is_none_or(|(_, most)| rows > *most) {
            largest = Some((own, rows));
        }
        if is_accepted {
            break;
        }
    }
    let shrunken = largest.filter(|(_, most)| guards::has_shrunk(*most, count));
    let Some((before, most)) = whole.or(shrunken) else {
        return Ok(None);
    };
    let figure = guards::rows(&before.to_string(), most, count);
    let mut finding = guards::finding(&id.to_string(), &figure, "");
    finding.help = format!(
        "look at the file, which is kept beside the stored ones; if the change is real: appleports fetch --{option} --accept REASON; if not, fetch it again later"
    )
    .into();
    Ok(Some((figure, finding)))
}
