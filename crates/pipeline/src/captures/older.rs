//! An older capture that comes when later ones are there.

use super::settled::settled;
use super::{Capture, Captures};
use crate::failure::IngestError;
use crate::guards::{self, Extent};

impl Captures {
    /// Refuses a capture that the later ones do not fit: with it, a guard would refuse one of
    /// them, or it would be the first of all and make ports known that the one which is first now
    /// does not have.
    pub(super) fn check_older(&self, path: &str, capture: &Capture) -> Result<(), IngestError> {
        if let Some(later) = self.unseated_by(capture).last().copied() {
            return Err(IngestError::Unseats {
                path: path.to_owned(),
                date: capture.id.date(),
                later: later.clone(),
            });
        }
        let stands = self
            .all
            .iter()
            .filter(|other| other.stands() && other.id != capture.id);
        let all: Vec<&Capture> = stands.collect();
        let Some(first) = all.first().filter(|first| first.id > capture.id) else {
            return Ok(());
        };
        let measure = (first.info().id.as_str(), &first.extent);
        let settled = settled(&all);
        let settled: Vec<&Extent> = settled.into_iter().map(|at| &all[at].extent).collect();
        match guards::gains(&capture.extent, measure, &settled) {
            None => Ok(()),
            Some((count, ..)) => Err(IngestError::Opens {
                path: path.to_owned(),
                date: capture.id.date(),
                count,
                first: first.id.clone(),
            }),
        }
    }
}
