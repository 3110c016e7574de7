//! Which captures are old enough, or were looked at, so that their ports are no news.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Capture, Standing};
use crate::guards::Extent;

/// Of the captures before `day`, oldest first: the first, those of a year before, and those that a
/// person accepted. What others brought since adds up.
pub(super) fn settled<'c>(before: &[&'c Capture], day: Date) -> Vec<&'c Extent> {
    let year_before = day.saturating_sub(1.year());
    let is_settled = |(at, own): &(usize, &&Capture)| {
        *at == 0
            || own.id.date() <= year_before
            || matches!(own.standing, Standing::Accepted { .. })
    };
    let settled = before.iter().enumerate().filter(is_settled);
    settled.map(|(_, own)| &own.extent).collect()
}
