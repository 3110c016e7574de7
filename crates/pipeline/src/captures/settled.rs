//! Which captures a person vouches for, so that their ports are no news.

use super::{Capture, DEFAULT_LOCALE, Standing};
use crate::guards::Extent;

/// Of the captures before one: the first of its locale (`series`), or, where it is itself that one,
/// the newest that the dataset could be made from; and, of any locale (`ever`), those that a person
/// accepted. What others brought since adds up, whatever day they claim to be of.
pub(super) fn settled<'c>(series: &[&'c Capture], ever: &[&'c Capture]) -> Vec<&'c Extent> {
    let first = series.first().or_else(|| newest(ever));
    let is_accepted = |own: &&&Capture| matches!(own.standing, Standing::Accepted { .. });
    let settled = first.into_iter().chain(ever.iter().filter(is_accepted));
    settled.map(|own| &own.extent).collect()
}

fn newest<'a, 'c>(ever: &'a [&'c Capture]) -> Option<&'a &'c Capture> {
    let of = |keep: &dyn Fn(&&&Capture) -> bool| ever.iter().rfind(keep);
    of(&|own| own.locale() == DEFAULT_LOCALE)
        .or_else(|| of(&|own| own.is_english()))
        .or_else(|| ever.last())
}
