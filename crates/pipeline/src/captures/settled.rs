//! Which captures a person vouches for, so that their ports are no news.

use super::{Capture, DEFAULT_LOCALE, Standing};

/// The places of the captures that a person accepted, and of those that are measures without it.
/// What others brought adds up, whatever day they claim to be of.
pub(super) fn settled(captures: &[&Capture], measures: &[Option<&Capture>]) -> Vec<usize> {
    let is_measure = |own: &Capture| measures.iter().flatten().any(|other| other.id == own.id);
    let is_settled =
        |own: &Capture| matches!(own.standing, Standing::Accepted { .. }) || is_measure(own);
    let places = captures.iter().enumerate();
    let settled = places.filter(|(_, own)| is_settled(own));
    settled.map(|(at, _)| at).collect()
}

/// The place of the last capture of which a person accepted a loss: what those before it had and
/// it does not have is accepted as removed.
pub(super) fn last_loss(captures: &[&Capture]) -> Option<usize> {
    let is_loss = |own: &&Capture| matches!(own.standing, Standing::Accepted { is_loss: true, .. });
    captures.iter().rposition(is_loss)
}

/// The newest that the dataset could be made from.
pub(super) fn newest<'c>(ever: &[&'c Capture]) -> Option<&'c Capture> {
    let of = |keep: &dyn Fn(&Capture) -> bool| ever.iter().rfind(|own| keep(own)).copied();
    of(&|own| own.locale() == DEFAULT_LOCALE)
        .or_else(|| of(&|own| own.is_english()))
        .or_else(|| ever.last().copied())
}
