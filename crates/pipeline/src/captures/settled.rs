//! Which captures a person vouches for, so that their ports are no news.

use super::{BY_DEFAULT, Capture, Standing};

/// The places of the captures that a person accepted, and of the first of all, which nothing else
/// can vouch for. What others brought adds up, in whichever locale and whatever day they claim to
/// be of.
pub(super) fn settled(captures: &[&Capture]) -> Vec<usize> {
    let is_accepted = |capture: &Capture| matches!(capture.standing, Standing::Accepted { .. });
    let places = captures.iter().enumerate();
    let settled = places.filter(|(at, capture)| *at == 0 || is_accepted(capture));
    settled.map(|(at, _)| at).collect()
}

/// The place of the last capture of which a person accepted a loss: what those before it had and
/// it does not have is accepted as removed.
pub(super) fn last_loss(captures: &[&Capture]) -> Option<usize> {
    let is_loss =
        |capture: &&Capture| matches!(capture.standing, Standing::Accepted { is_loss: true, .. });
    captures.iter().rposition(is_loss)
}

/// The captures of the locale that commands use where nobody names one ([`BY_DEFAULT`]), with which the
/// first capture of another one is compared.
pub(super) fn of_default<'c>(captures: &[&'c Capture]) -> Vec<&'c Capture> {
    let mut groups = BY_DEFAULT.into_iter();
    let used = groups.find_map(|is_of| captures.iter().rfind(|capture| is_of(capture)));
    let is_used =
        |capture: &&&Capture| used.is_some_and(|used| used.id.series() == capture.id.series());
    captures.iter().filter(is_used).copied().collect()
}
