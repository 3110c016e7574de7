//! The stored captures: read, and read again where only some of them are new.

use std::collections::BTreeMap;
use std::sync::Arc;

use appleports_model::{Form, SourceId, SourceKind};
use appleports_normalise::Vocabulary;
use appleports_store::{SourceFolder, Stored};

use super::acceptance::standing;
use super::room::{Room, TooMany};
use super::{Capture, Captures, Refusal, Standing};
use crate::failure::{CaptureError, Failure};
use crate::guards::Extent;
use crate::interpret::interpret;

impl Captures {
    /// Reads and judges all stored captures, as far as there is room for them.
    pub(crate) fn read(sources: &SourceFolder, vocabulary: &Vocabulary) -> Result<Self, Failure> {
        Self::default().read_again(sources, vocabulary)
    }

    /// Reads them as [`Self::read`] does: whatever is in the folder now counts. Files that nobody has
    /// written since are not verified again. What is known already is neither interpreted nor judged
    /// again: the bytes are the same, and so are those of all before it. The vocabulary must be the
    /// same as well.
    pub(crate) fn read_again(
        self,
        sources: &SourceFolder,
        vocabulary: &Vocabulary,
    ) -> Result<Self, Failure> {
        let known = self.all.into_iter().enumerate();
        let mut known: BTreeMap<SourceId, (usize, Capture)> = known
            .map(|(at, capture)| (capture.id.clone(), (at, capture)))
            .collect();
        let mut all = Vec::new();
        let mut judged = 0;
        let ids = sources.list(SourceKind::Article)?;
        let mut room = Room::default();
        let too_many = |more: TooMany| more.at(sources.root().display().to_string(), &ids[0]);
        for (at, id) in ids.iter().cloned().enumerate() {
            let stamp = sources.stamp(&id);
            let (place, capture) = match known.remove(&id) {
                Some((place, kept)) if stamp.is_some() && kept.stamp == stamp => {
                    room.add_file(&kept.stored).map_err(too_many)?;
                    (Some(place), kept)
                }
                known => {
                    let stored = sources.load(&id)?;
                    room.add_file(&stored).map_err(too_many)?;
                    let acceptance = sources.acceptance(&id, &stored)?;
                    let known = known.filter(|(_, earlier)| earlier.stored.info == stored.info);
                    let (place, interpreted) = match known {
                        Some((place, earlier)) => (
                            Some(place).filter(|_| earlier.acceptance == acceptance),
                            earlier,
                        ),
                        None => (None, read_one(sources, id, stored, vocabulary)?),
                    };
                    let capture = Capture {
                        acceptance,
                        stamp,
                        ..interpreted
                    };
                    (place, capture)
                }
            };
            if judged == at && place == Some(at) {
                judged += 1;
            }
            room.add_rows(&capture).map_err(too_many)?;
            all.push(capture);
        }
        let rest = all.split_off(judged);
        Ok(Self { all }.judged(rest))
    }

    /// With more captures, which are judged one after the other, each by those before it.
    fn judged(mut self, rest: Vec<Capture>) -> Self {
        for mut capture in rest {
            if capture.normalised.is_some() {
                let acceptance = capture.acceptance.clone();
                capture.standing = standing(self.judge(&capture), acceptance);
            }
            self.all.push(capture);
        }
        self
    }

    /// The captures that stand and would be refused if this one were among them: later ones, since
    /// each is judged by those before it.
    pub(super) fn unseated_by(&self, capture: &Capture) -> Vec<&SourceId> {
        let at = self.all.partition_point(|other| other.id < capture.id);
        let (before, rest) = self.all.split_at(at);
        let later: Vec<&Capture> = rest.iter().filter(|other| other.id != capture.id).collect();
        if later.is_empty() {
            return Vec::new();
        }
        let before = Self {
            all: before.to_vec(),
        };
        let new = std::iter::once(capture).chain(later.iter().copied());
        let then = before.judged(new.cloned().collect());
        let refused = later.iter().zip(&then.all[at + 1..]);
        let refused = refused.filter(|(now, then)| now.stands() && !then.stands());
        refused.map(|(now, _)| &now.id).collect()
    }
}

/// Interprets one stored capture.
fn read_one(
    sources: &SourceFolder,
    id: SourceId,
    stored: Stored,
    vocabulary: &Vocabulary,
) -> Result<Capture, Failure> {
    let path = stored.info.path.clone();
    match interpret(&stored, &path, vocabulary) {
        Ok(read) if read.has_confirmations && stored.info.form == Form::Page => {
            let path = sources.root().join(&path);
            let manifest = path.with_file_name("capture.toml");
            Err(CaptureError::NeedsForm {
                manifest: manifest.display().to_string(),
            }
            .into())
        }
        Ok(read) => Ok(Capture::of(id, stored, Arc::new(read.normalised))),
        Err(Failure::Refused(findings)) => Ok(Capture {
            id,
            stored,
            normalised: None,
            extent: Extent::default(),
            text: 0,
            acceptance: None,
            stamp: None,
            standing: Standing::Refused(Refusal {
                findings,
                figures: Vec::new(),
            }),
        }),
        Err(failure) => Err(failure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interpret::vocabulary;

    #[test]
    fn what_is_known_is_not_interpreted_again() {
        let sources = SourceFolder::new("../../sources");
        let vocabulary = vocabulary(&sources).unwrap();
        let first = Captures::read(&sources, &vocabulary).unwrap();
        let tables: Vec<_> = first
            .all
            .iter()
            .map(|capture| capture.normalised.clone())
            .collect();
        let again = first.read_again(&sources, &vocabulary).unwrap();
        for (before, capture) in tables.iter().zip(&again.all) {
            let tables = before.as_ref().zip(capture.normalised.as_ref());
            assert!(tables.is_some_and(|(before, after)| Arc::ptr_eq(before, after)));
        }
    }
}
