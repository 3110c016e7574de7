//! The other stored captures: what they say of the same records.

use appleports_check::{Sighting, align_history, compare_languages};
use appleports_model::{Finding, Record, SourceInfo};
use appleports_normalise::Vocabulary;
use appleports_store::{SourceFolder, Stored};

use crate::Failure;
use crate::assemble::interpret;

/// The captures beside the one that is built, and which of them have lost their table.
pub(crate) struct Others {
    captures: Vec<(SourceInfo, Vec<Record>)>,
}

impl Others {
    /// Reads all stored captures but `own`. A page without its table was refused by
    /// the guards in its time and has nothing to say.
    pub(crate) fn read(
        sources: &SourceFolder,
        own: &Stored,
        vocabulary: &Vocabulary,
    ) -> Result<Self, Failure> {
        let mut captures = Vec::new();
        for id in sources.captures()? {
            if id == own.info.id {
                continue;
            }
            let stored = sources.load(&id)?;
            match interpret(&stored, &stored.info.path, vocabulary) {
                Ok(normalised) => captures.push((stored.info, normalised.records)),
                Err(Failure::Refused(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(Self { captures })
    }

    /// Notes the history on the records, and reports where the languages disagree.
    pub(crate) fn align(&self, own: &SourceInfo, records: &mut [Record]) -> Vec<Finding> {
        let others: Vec<Sighting<'_>> = self
            .captures
            .iter()
            .map(|(info, records)| sighting(info, records))
            .collect();
        align_history(records, (&own.locale, &own.date), &others);
        compare_languages(sighting(own, records), &others)
    }

    /// What the dataset says about them.
    pub(crate) fn into_infos(self) -> impl Iterator<Item = SourceInfo> {
        self.captures.into_iter().map(|(info, _)| info)
    }
}

fn sighting<'a>(info: &'a SourceInfo, records: &'a [Record]) -> Sighting<'a> {
    Sighting {
        id: &info.id,
        locale: &info.locale,
        date: &info.date,
        records,
    }
}
