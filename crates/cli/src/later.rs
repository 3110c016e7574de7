//! Sources of days that are still to come.

use appleports_model::SourceKind;
use appleports_store::SourceFolder;

use crate::print;

/// Warns of sources of a day after today: the newest one wins, so such a source would win for
/// years. It is a warning and no refusal, since the same sources make the same outputs on every
/// day, whatever the clock says.
pub(crate) fn warn(sources: SourceFolder) -> SourceFolder {
    let today = print::today();
    // Sources that cannot be listed are the error of the command.
    let ids = SourceKind::ALL.map(|kind| sources.list(kind).unwrap_or_default());
    for id in ids.concat() {
        let day = id.rsplit('/').next().unwrap_or_default();
        if day > today.as_str() {
            let message = format!(
                "{id} is of a day after today, which is {today} (UTC), and counts as the newest; set the clock, or remove the source"
            );
            print::diagnostic("later", &message);
        }
    }
    sources
}
