//! The RFC index, or a part of it: what became of the documents that are cited.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// One document of the RFC series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RfcEntry {
    /// Its number.
    pub number: u32,
    /// Its title; empty where the source holds facts only.
    pub title: String,
    /// The month of publication, `YYYY-MM`.
    pub date: String,
    /// Its status in capitals, such as `PROPOSED STANDARD`.
    pub status: String,
    /// The documents that replace it directly.
    pub obsoleted_by: Vec<u32>,
    /// The 1-based line of the entry in the source's file.
    pub line: u32,
}

/// What a reader of a citation wants to know of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RfcFacts {
    /// Its number.
    pub number: u32,
    /// The month of publication, `YYYY-MM`.
    pub date: String,
    /// Its status in capitals.
    pub status: String,
    /// The [current successors](RfcIndex::successors); empty if it is current itself.
    pub current: Vec<u32>,
}

/// What an index knows of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RfcState<'a> {
    /// The document exists.
    Issued(&'a RfcEntry),
    /// The number was never used; the index says so on this line.
    NotIssued(u32),
    /// The number is higher than all that the index has: it may be newer than the index.
    NewerThanIndex,
    /// The index has higher numbers, but not this one.
    Unlisted,
}

/// An edition of the RFC index, or a file of facts taken from one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RfcIndex {
    /// The id of the edition, such as `rfc/2024-08-26`.
    pub edition: String,
    /// Whether it lists every number; a file of facts does not.
    pub complete: bool,
    entries: BTreeMap<u32, RfcEntry>,
    not_issued: BTreeMap<u32, u32>,
}

impl RfcIndex {
    /// An index of these entries and of the numbers that were not issued, each with its line. What
    /// replaces an entry counts once, however often it is listed.
    pub fn new(
        edition: impl Into<String>,
        complete: bool,
        entries: impl IntoIterator<Item = RfcEntry>,
        not_issued: impl IntoIterator<Item = (u32, u32)>,
    ) -> Self {
        Self {
            edition: edition.into(),
            complete,
            entries: entries
                .into_iter()
                .map(|mut entry| {
                    let mut known = BTreeSet::new();
                    entry.obsoleted_by.retain(|later| known.insert(*later));
                    (entry.number, entry)
                })
                .collect(),
            not_issued: not_issued.into_iter().collect(),
        }
    }

    /// All documents, by number.
    pub fn entries(&self) -> impl Iterator<Item = &RfcEntry> {
        self.entries.values()
    }

    /// The document with this number.
    pub fn get(&self, number: u32) -> Option<&RfcEntry> {
        self.entries.get(&number)
    }

    /// What the index knows of a number.
    pub fn state(&self, number: u32) -> RfcState<'_> {
        if let Some(entry) = self.entries.get(&number) {
            return RfcState::Issued(entry);
        }
        if let Some(line) = self.not_issued.get(&number) {
            return RfcState::NotIssued(*line);
        }
        let last_issued = self.entries.last_key_value().map(|(last, _)| *last);
        let last_named = self.not_issued.last_key_value().map(|(last, _)| *last);
        if last_issued.max(last_named).is_none_or(|last| number > last) {
            RfcState::NewerThanIndex
        } else {
            RfcState::Unlisted
        }
    }

    /// The current successors of `number`, in order: the ends of the chains of replacements that
    /// begin there; none if the document itself is current. A replacement that the index does not
    /// list counts as current, and a circle has no end.
    pub fn successors(&self, number: u32) -> Vec<u32> {
        self.replacements(number)
            .into_iter()
            .filter(|later| self.replaced_by(*later).is_empty())
            .collect()
    }

    /// The facts about these numbers and about their current successors, by number;
    /// nothing for a number that the index does not list.
    pub fn facts(&self, numbers: impl IntoIterator<Item = u32>) -> Vec<RfcFacts> {
        let mut all: BTreeSet<u32> = numbers.into_iter().collect();
        let current: Vec<u32> = all.iter().flat_map(|one| self.successors(*one)).collect();
        all.extend(current);
        all.into_iter()
            .filter_map(|number| self.get(number))
            .map(|entry| RfcFacts {
                number: entry.number,
                date: entry.date.clone(),
                status: entry.status.clone(),
                current: self.successors(entry.number),
            })
            .collect()
    }

    /// All documents on the chains of replacements that begin at `number`.
    pub fn replacements(&self, number: u32) -> BTreeSet<u32> {
        let mut all = BTreeSet::new();
        let mut open: Vec<u32> = self.replaced_by(number).to_vec();
        while let Some(next) = open.pop() {
            if all.insert(next) {
                open.extend(self.replaced_by(next));
            }
        }
        all
    }

    /// The first document that has more than `most` others on the chains of its replacements.
    pub fn replaced_by_more_than(&self, most: usize) -> Option<&RfcEntry> {
        self.entries.values().find(|entry| {
            let mut all = BTreeSet::new();
            let mut open = vec![entry.number];
            while let Some(next) = open.pop() {
                for later in self.replaced_by(next).iter().take(most + 1) {
                    if all.insert(*later) {
                        open.push(*later);
                    }
                }
                if all.len() > most {
                    return true;
                }
            }
            false
        })
    }

    /// The month in which the first direct replacement of `number` was published,
    /// `YYYY-MM`; none where it has not been replaced or the month is not known.
    pub fn obsolete_since(&self, number: u32) -> Option<&str> {
        self.replaced_by(number)
            .iter()
            .filter_map(|later| Some(self.get(*later)?.date.as_str()))
            .filter(|date| !date.is_empty())
            .min()
    }

    fn replaced_by(&self, number: u32) -> &[u32] {
        self.get(number).map_or(&[], |entry| &entry.obsoleted_by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: u32, date: &str, obsoleted_by: &[u32]) -> RfcEntry {
        RfcEntry {
            number,
            title: String::new(),
            date: date.into(),
            status: String::new(),
            obsoleted_by: obsoleted_by.to_vec(),
            line: number,
        }
    }

    #[test]
    fn chains_are_followed_to_their_current_ends() {
        let index = RfcIndex::new(
            "e",
            true,
            [
                entry(2616, "1999-06", &[7230, 7231]),
                entry(7230, "2014-06", &[9110, 9112]),
                entry(7231, "2014-06", &[9110]),
                entry(9110, "2022-06", &[]),
                entry(9112, "2022-06", &[]),
            ],
            [(14, 110)],
        );
        assert_eq!(index.successors(2616), [9110, 9112]);
        assert_eq!(index.successors(9110), Vec::<u32>::new());
        let facts: Vec<(u32, Vec<u32>)> = index
            .facts([2616, 4000])
            .into_iter()
            .map(|facts| (facts.number, facts.current))
            .collect();
        let expected = [(2616, vec![9110, 9112]), (9110, vec![]), (9112, vec![])];
        assert_eq!(facts, expected);
        assert_eq!(index.obsolete_since(2616), Some("2014-06"));
        assert_eq!(index.obsolete_since(9110), None);
        assert_eq!(index.state(14), RfcState::NotIssued(110));
        assert_eq!(index.state(9113), RfcState::NewerThanIndex);
        assert_eq!(index.state(5000), RfcState::Unlisted);
    }

    #[test]
    fn a_replacement_that_is_listed_again_is_one() {
        let index = RfcIndex::new("e", true, [entry(1, "", &[3, 2, 3, 3])], []);
        assert_eq!(index.get(1).unwrap().obsoleted_by, [3, 2]);
    }

    #[test]
    fn long_chains_and_wide_ones_are_found() {
        let chain = RfcIndex::new("e", true, (1..=9).map(|at| entry(at, "", &[at + 1])), []);
        let wide = RfcIndex::new("e", true, [entry(1, "", &[2, 3, 4, 5, 6, 7, 8, 9, 10])], []);
        let circle = RfcIndex::new(
            "e",
            true,
            (0..9).map(|at| entry(at, "", &[(at + 1) % 9])),
            [],
        );
        for index in [chain, wide, circle] {
            assert_eq!(index.replaced_by_more_than(9), None);
            assert!(index.replaced_by_more_than(8).is_some());
        }
    }

    #[test]
    fn a_circle_ends() {
        let index = RfcIndex::new("e", true, [entry(1, "", &[2]), entry(2, "", &[1])], []);
        assert_eq!(index.successors(1), Vec::<u32>::new());
    }
}
