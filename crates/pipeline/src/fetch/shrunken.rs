//! An edition of the registry or of the RFC index that shrank is not an update.

use appleports_fetch::modified_on;
use appleports_model::{Finding, SourceId};
use appleports_store::Figure;

use crate::failure::Failure;
use crate::guards;
use crate::kinds::{EditionExtent, Measure, Received};

/// What the guard has against a fetched edition: it has fewer than 80 % of the rows of the largest
/// one that is stored, or of the very rows of one, or any fewer than one that was modified on the
/// same day, since then one of them may have been cut off; or a column is nearly empty that one of them had. Those before the
/// last one that a person accepted do not count.
/// `option` is the one of `fetch` that asks for it.
pub(super) fn against(
    received: &Received<'_>,
    measure: Measure,
    option: &str,
) -> Result<Option<(Figure, Finding)>, Failure> {
    let (sources, id) = (received.sources, received.id);
    let new = measure(id, received.path, &received.body.bytes)?;
    let count = new.rows;
    let mut lost: Option<Figure> = None;
    let mut largest: Option<(SourceId, u64)> = None;
    let mut whole: Option<(SourceId, u64)> = None;
    for known in sources.list(id.kind())?.into_iter().rev() {
        let stored = sources.load(&known)?;
        let path = sources.root().join(&stored.info.path);
        let extent = measure(&known, &path.display().to_string(), &stored.bytes)?;
        let rows = extent.rows;
        lost = lost
            .or_else(|| lost_column(&known, &extent, &new))
            .or_else(|| lost_rows(&known, &extent, &new));
        let is_accepted = sources.acceptance(&known, &stored)?.is_some();
        let modified = sources.manifest(&known)?.last_modified;
        let modified = modified.as_deref().and_then(modified_on);
        if rows > count && modified.is_some() && modified == received.body.modified_on() {
            whole = Some((known.clone(), rows));
        }
        if largest.as_ref().is_none_or(|(_, most)| rows > *most) {
            largest = Some((known, rows));
        }
        if is_accepted {
            break;
        }
    }
    let shrunken = largest.filter(|(_, most)| guards::has_shrunk(*most, count));
    let fewer = whole.or(shrunken);
    let fewer = fewer.map(|(before, most)| guards::rows(&before.to_string(), most, count));
    let Some(figure) = fewer.or(lost) else {
        return Ok(None);
    };
    let mut finding = guards::finding(&id.to_string(), &figure, "");
    finding.help = format!(
        "look at the file, which is kept beside the stored ones; if the change is real: appleports fetch --{option} --accept REASON; if not, fetch it again later"
    )
    .into();
    Ok(Some((figure, finding)))
}

/// That too few rows of a stored edition are in the new one: their number alone says nothing of them.
fn lost_rows(id: &SourceId, before: &EditionExtent, new: &EditionExtent) -> Option<Figure> {
    let kept = before.keys.intersection(&new.keys).count();
    guards::same_rows(&id.to_string(), before.keys.len() as u64, kept as u64)
}

/// The first column that a stored edition has and the new one has lost.
fn lost_column(id: &SourceId, before: &EditionExtent, new: &EditionExtent) -> Option<Figure> {
    let mut columns = before.filled.iter().zip(&new.filled);
    columns.find_map(|((column, filled), (_, now))| {
        let (before, now) = ((*filled, before.rows), (*now, new.rows));
        guards::lost_column(&id.to_string(), column, before, now)
    })
}
