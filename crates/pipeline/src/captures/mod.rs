//! The stored captures: read once, judged by the guards, and one of them chosen.

mod acceptance;
mod gone;
mod lineage;
mod older;
mod read;
mod room;
mod settled;

use std::collections::HashMap;
use std::sync::Arc;

use appleports_check::{Sighting, compare_languages};
use appleports_diff::Side;
use appleports_model::{Finding, Locale, Record, SourceId, SourceInfo};
use appleports_normalise::Normalised;
use appleports_store::{Acceptance, Figure, Stamp, Stored};

use crate::failure::{CaptureError, Failure, InputError};
use crate::guards::{self, Extent};
pub(crate) use acceptance::{accept, against_output};
pub(crate) use lineage::{Lineages, Steps};
use room::text_of;
use settled::{last_loss, of_default, settled};

/// The locale of the dataset where nobody asks for another.
pub const DEFAULT_LOCALE: &str = "en-us";

/// Which captures are used where nobody asks for a locale, the first of these that there are: of
/// [`DEFAULT_LOCALE`], another English one, or any.
const BY_DEFAULT: [fn(&Capture) -> bool; 3] = [
    |capture| capture.locale() == DEFAULT_LOCALE,
    Capture::is_english,
    |_| true,
];

/// One stored capture, read and judged.
#[derive(Clone, Debug)]
pub(crate) struct Capture {
    pub(crate) id: SourceId,
    pub(crate) stored: Stored,
    /// None where it has no table. Shared, since captures are judged again with one more among them.
    pub(crate) normalised: Option<Arc<Normalised>>,
    pub(crate) extent: Extent,
    /// The bytes of text in its cells, counted once, since others are measured with it.
    text: usize,
    /// What a person accepted of these bytes.
    acceptance: Option<Acceptance>,
    /// That of its files before they were read.
    stamp: Option<Stamp>,
    pub(crate) standing: Standing,
}

/// Whether a capture may be used.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// No guard has anything against it.
    Passed,
    /// A person accepted what the guards have against it, for this reason.
    Accepted {
        /// Why, and the figures.
        text: String,
        /// Whether rows, ports or a column were lost: what is left is the new measure.
        is_loss: bool,
    },
    /// Nobody has accepted it.
    Refused(Refusal),
}

/// What the guards have against a capture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refusal {
    pub(crate) findings: Vec<Finding>,
    /// What a person can accept; nothing where there is no table.
    pub(crate) figures: Vec<Figure>,
}

/// Which capture the dataset is made from.
pub(crate) struct Choice {
    /// Its place among the captures.
    pub(crate) at: usize,
    /// Newer ones that would have been used, had no guard refused them.
    pub(crate) passed_over: Vec<usize>,
}

/// All stored captures, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Captures {
    pub(crate) all: Vec<Capture>,
}

impl Capture {
    /// One that nobody has judged yet.
    pub(crate) fn of(id: SourceId, stored: Stored, normalised: Arc<Normalised>) -> Self {
        Self {
            id,
            stored,
            extent: Extent::of(&normalised.records),
            text: text_of(&normalised),
            normalised: Some(normalised),
            acceptance: None,
            stamp: None,
            standing: Standing::Passed,
        }
    }

    /// What the dataset says about it.
    pub(crate) fn info(&self) -> &SourceInfo {
        &self.stored.info
    }

    /// Its locale.
    pub(crate) fn locale(&self) -> &str {
        self.id.locale().map_or("", Locale::as_str)
    }

    /// Whether its products are named in English.
    pub(crate) fn is_english(&self) -> bool {
        self.id.locale().is_some_and(Locale::is_english)
    }

    /// Its records.
    pub(crate) fn records(&self) -> &[Record] {
        let normalised = self.normalised.as_ref();
        normalised.map_or(&[], |normalised| normalised.records.as_slice())
    }

    /// Its records, and the rows that could not be read.
    pub(crate) fn side(&self) -> Side<'_> {
        let normalised = self.normalised.as_ref();
        Side {
            records: self.records(),
            unread: normalised.map_or(&[], |normalised| normalised.unread.as_slice()),
        }
    }

    fn sighting(&self) -> Sighting<'_> {
        Sighting {
            id: &self.id,
            records: self.records(),
        }
    }

    /// Whether it may be used.
    pub(crate) const fn stands(&self) -> bool {
        !matches!(self.standing, Standing::Refused(_))
    }
}

impl Captures {
    /// The place of a capture that is stored already, with these very bytes: it has been judged,
    /// and perhaps accepted.
    pub(crate) fn stored(&self, capture: &Capture) -> Option<usize> {
        let is_same = |other: &Capture| {
            other.id == capture.id && other.info().sha256 == capture.info().sha256
        };
        self.all.iter().position(is_same)
    }

    /// Refuses a capture that is to be stored, if there is no room for it or the later ones do not
    /// fit it.
    pub(crate) fn check_new(&self, path: &str, capture: &Capture) -> Result<(), InputError> {
        self.check_room(path, capture)?;
        self.check_older(path, capture)?;
        Ok(())
    }

    /// What the guards have against a capture, given those that are there before it: of its
    /// own locale if there are any, else of the one that commands use where nobody names one.
    pub(crate) fn judge(&self, capture: &Capture) -> Option<Refusal> {
        let normalised = capture.normalised.as_ref()?;
        let earlier = |other: &&Capture| other.stands() && other.id < capture.id;
        let same = |other: &&Capture| other.id.series() == capture.id.series();
        let ever: Vec<&Capture> = self.all.iter().filter(earlier).collect();
        let own: Vec<&Capture> = ever.iter().copied().filter(same).collect();
        let before = if own.is_empty() {
            of_default(&ever)
        } else {
            own
        };
        let loss = last_loss(&before);
        let recent = loss.unwrap_or(0);
        // What a person accepted as removed is new where it comes back. Dynamic ports are not: they
        // belong to no service, and have come and gone.
        let since = loss.map_or(0, |loss| {
            ever.partition_point(|other| other.id < before[loss].id)
        });
        let dynamic: Vec<Extent> = ever[..since]
            .iter()
            .map(|other| other.extent.dynamic())
            .collect();
        let extents = dynamic
            .iter()
            .chain(ever[since..].iter().map(|other| &other.extent));
        let extents: Vec<&Extent> = extents.collect();
        let known = before[recent..].iter().map(|other| guards::Known {
            id: &other.info().id,
            extent: &other.extent,
            is_same_language: other.info().language() == capture.info().language(),
        });
        let known: Vec<guards::Known<'_>> = known.collect();
        let settled = settled(&ever);
        let measure = settled.last().map(|at| ever[*at]);
        let figures = guards::figures(
            &normalised.totals,
            &capture.extent,
            &known,
            &guards::Before {
                settled: settled.into_iter().map(|at| extents[at]).collect(),
                measure: measure.map(|other| (other.info().id.as_str(), &other.extent)),
                ever: extents,
            },
        );
        if figures.is_empty() {
            return None;
        }
        let by_id: HashMap<&str, &Capture> = before
            .iter()
            .map(|other| (other.info().id.as_str(), *other))
            .collect();
        let findings = figures.iter().map(|figure| {
            let other = by_id.get(figure.compared_with.as_str());
            let gone = other.map_or_else(String::new, |other| {
                gone::gone(other.records(), &normalised.records)
            });
            guards::finding(&capture.info().id, figure, &gone)
        });
        Some(Refusal {
            findings: findings.collect(),
            figures: figures.clone(),
        })
    }

    /// The capture with the id `wanted`, or else the newest one that stands: of `locale`, or,
    /// where nobody asks for one, as [`BY_DEFAULT`] has it.
    pub(crate) fn choose(
        &self,
        wanted: Option<&str>,
        locale: Option<&str>,
    ) -> Result<Choice, Failure> {
        if let Some(id) = wanted {
            return self.named(id);
        }
        let places = |is_of: &dyn Fn(&Capture) -> bool| -> Vec<usize> {
            let all = 0..self.all.len();
            all.filter(|at| is_of(&self.all[*at])).collect()
        };
        let groups = match locale {
            Some(locale) => vec![places(&|capture| capture.locale() == locale)],
            None => BY_DEFAULT.iter().map(|is_of| places(is_of)).collect(),
        };
        let mut passed_over: Vec<usize> = Vec::new();
        for group in &groups {
            for at in group.iter().rev() {
                if self.all[*at].stands() {
                    return Ok(Choice {
                        at: *at,
                        passed_over,
                    });
                }
                if !passed_over.contains(at) {
                    passed_over.push(*at);
                }
            }
        }
        match passed_over.first() {
            Some(newest) => Err(Failure::Refused(self.findings_against(*newest))),
            None => Err(CaptureError::NoneOfLocale {
                locale: locale.unwrap_or_default().to_owned(),
                known: self.ids(),
            }
            .into()),
        }
    }

    /// Drops what only the dataset made from a capture has, of all but the one at `place`.
    pub(crate) fn forget_findings(&mut self, place: usize) {
        let others = self
            .all
            .iter_mut()
            .enumerate()
            .filter(|(at, _)| *at != place);
        for (_, capture) in others {
            if let Some(normalised) = capture.normalised.as_mut().and_then(Arc::get_mut) {
                normalised.findings = Vec::new();
                normalised.overlaps = Vec::new();
            }
        }
    }

    fn named(&self, id: &str) -> Result<Choice, Failure> {
        let at = self.all.iter().position(|capture| capture.info().id == id);
        let at = at.ok_or_else(|| CaptureError::Unknown {
            id: id.to_owned(),
            known: self.ids(),
        })?;
        if self.all[at].stands() {
            Ok(Choice {
                at,
                passed_over: Vec::new(),
            })
        } else {
            Err(Failure::Refused(self.findings_against(at)))
        }
    }

    /// Where the newest capture of another language says otherwise.
    pub(crate) fn compare_languages(&self, place: usize) -> Vec<Finding> {
        let date = self.all[place].id.date();
        let known = |(at, other): &(usize, &Capture)| {
            *at != place && other.stands() && other.id.date() <= date
        };
        let others = self.all.iter().enumerate().filter(known);
        let others: Vec<Sighting<'_>> = others.map(|(_, other)| other.sighting()).collect();
        compare_languages(self.all[place].sighting(), &others)
    }

    /// What the dataset says about all captures but the one at `place`.
    pub(crate) fn others(&self, place: usize) -> impl Iterator<Item = SourceInfo> {
        let others = self.all.iter().enumerate();
        let others = others.filter(move |(at, other)| *at != place && other.stands());
        others.map(|(_, other)| other.info().clone())
    }

    /// Why the capture at `place` is used although a guard refused it; empty where none did.
    pub(crate) fn accepted(&self, place: usize) -> &str {
        match &self.all[place].standing {
            Standing::Accepted { text, .. } => text,
            Standing::Passed | Standing::Refused(_) => "",
        }
    }

    /// What the guards have against several captures.
    pub(crate) fn against(&self, places: &[usize]) -> Vec<Finding> {
        let findings = places.iter().map(|at| self.findings_against(*at));
        findings.flatten().collect()
    }

    fn ids(&self) -> Vec<String> {
        self.all
            .iter()
            .map(|capture| capture.info().id.clone())
            .collect()
    }

    /// What the guards have against a capture that nobody has accepted.
    pub(crate) fn findings_against(&self, at: usize) -> Vec<Finding> {
        match &self.all[at].standing {
            Standing::Refused(refusal) => refusal.findings.clone(),
            Standing::Passed | Standing::Accepted { .. } => Vec::new(),
        }
    }
}
