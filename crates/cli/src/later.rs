//! Sources of days that are still to come.

use appleports_model::SourceId;

use crate::print;

/// Warns of sources of a day after today: the newest one wins, so such a source would win for
/// years. It is a warning and no refusal, since the same sources make the same outputs on every
/// day, whatever the clock says.
pub(crate) fn warn(ids: &[SourceId]) {
    let today = print::today();
    for id in ids.iter().filter(|id| id.date() > today) {
        let message = format!(
            "{id} is dated after today ({today} UTC) and is treated as the newest; set the clock, or remove the source"
        );
        print::diagnostic("later", &message);
    }
}
