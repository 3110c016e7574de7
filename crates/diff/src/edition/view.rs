//! What Apple changed in an edition, as every rendering of the editions shows it.
//!
//! Only what the article says counts: other verdicts of the registry and other curated
//! corrections are left out, and other words for the same are only counted.

use std::fmt::Write;
use std::sync::Arc;

use appleports_model::{UnreadRow, counted, joined};

use crate::detail::{Detail, Weight};
use crate::edition::{Edition, ports_text, users_text};
use crate::facts::{Entry, Facts};
use crate::records::{Change, Rivals};
use crate::view::{doubt, unread_key};

const CAUTION: &str = "The two are not of one kind or language: a product that seems to gain or lose ports may only be worded otherwise.";

/// An edition, its rows sorted by port.
pub(crate) struct EditionView<'a> {
    pub(crate) edition: &'a Edition,
    pub(crate) came: Vec<WholeRow<'a>>,
    pub(crate) left: Vec<WholeRow<'a>>,
    pub(crate) changed: Vec<ChangedRow<'a>>,
    pub(crate) unread: Vec<UnreadChange<'a>>,
    /// Rows that say the same in other words.
    pub(crate) wording_only: usize,
}

/// A row that came or left.
pub(crate) struct WholeRow<'a> {
    pub(crate) entry: &'a Entry,
    /// The row that it was split from or merged into: how, and the id.
    pub(crate) relative: Option<(&'static str, &'a str)>,
}

/// A row that one of the two captures could not read.
pub(crate) struct UnreadChange<'a> {
    pub(crate) row: &'a UnreadRow,
    /// The row of the previous capture, where neither could read it.
    pub(crate) was: Option<&'a UnreadRow>,
    /// The record of the other capture.
    pub(crate) entry: Option<&'a Entry>,
    /// The records of the other capture that it may be, where none is certain.
    pub(crate) candidates: &'a [Arc<Entry>],
}

/// A row that says something else.
pub(crate) struct ChangedRow<'a> {
    pub(crate) old: &'a Entry,
    pub(crate) new: &'a Entry,
    /// The differences in meaning; never empty.
    pub(crate) details: Vec<&'a Detail>,
    /// Rows that could have been matched as well.
    pub(crate) rivals: &'a Rivals,
}

impl<'a> EditionView<'a> {
    pub(crate) fn of(edition: &'a Edition) -> Self {
        let mut view = Self {
            edition,
            came: Vec::new(),
            left: Vec::new(),
            changed: Vec::new(),
            unread: Vec::new(),
            wording_only: 0,
        };
        for change in &edition.changes.changes {
            view.add(change);
        }
        let by_port = |a: &WholeRow<'_>, b: &WholeRow<'_>| order(a.entry).cmp(&order(b.entry));
        view.came.sort_by(by_port);
        view.left.sort_by(by_port);
        view.unread
            .sort_by_key(|unread| (&unread.row.source, unread.row.line));
        view.changed.sort_by(|a, b| order(a.new).cmp(&order(b.new)));
        view
    }

    /// All editions, newest first.
    pub(crate) fn newest_first(editions: &'a [Edition]) -> impl Iterator<Item = Self> {
        editions.iter().rev().map(Self::of)
    }

    fn add(&mut self, change: &'a Change) {
        match change {
            Change::Added { entry, split_from } => self.came.push(WholeRow {
                entry,
                relative: split_from.as_deref().map(|id| ("split from", id)),
            }),
            Change::Removed { entry, merged_into } => self.left.push(WholeRow {
                entry,
                relative: merged_into.as_deref().map(|id| ("merged into", id)),
            }),
            Change::Unread {
                row,
                was,
                entry,
                candidates,
                ..
            } => self.unread.push(UnreadChange {
                row,
                was: was.as_deref(),
                entry: entry.as_deref(),
                candidates,
            }),
            Change::Changed {
                old,
                new,
                details,
                rivals,
            } => {
                let by_apple = details.iter().filter(|detail| {
                    !matches!(detail, Detail::Verdicts(_) | Detail::Corrections(_))
                });
                let (wording, details): (Vec<&Detail>, Vec<&Detail>) =
                    by_apple.partition(|detail| detail.weight() == Weight::Wording);
                if !details.is_empty() {
                    self.changed.push(ChangedRow {
                        old,
                        new,
                        details,
                        rivals,
                    });
                } else if !wording.is_empty() {
                    self.wording_only += 1;
                }
            }
        }
    }

    /// `5 rows came, 2 left, 7 changed, 1 unread`; empty where nothing changed in meaning.
    pub(crate) fn counts(&self) -> String {
        let counts = [
            (self.came.len(), "came"),
            (self.left.len(), "left"),
            (self.changed.len(), "changed"),
            (self.unread.len(), "unread"),
        ];
        let mut parts: Vec<String> = Vec::new();
        for (count, verb) in counts.into_iter().filter(|(count, _)| *count > 0) {
            parts.push(if parts.is_empty() {
                format!("{} {verb}", counted(count, "row"))
            } else {
                format!("{count} {verb}")
            });
        }
        parts.join(", ")
    }

    /// What a reader has to know where the two captures are not of one kind or language.
    pub(crate) fn caution(&self) -> Option<&'static str> {
        let (capture, previous) = (&self.edition.capture, self.edition.previous.as_ref()?);
        let is_alike = previous.form == capture.form && previous.locale == capture.locale;
        (!is_alike).then_some(CAUTION)
    }

    /// What changed, in one sentence.
    pub(crate) fn summary(&self) -> String {
        let wording = self.wording_only;
        let total = counted(self.edition.records, "row");
        let Some(previous) = &self.edition.previous else {
            return format!("The first edition on record, with {total}.");
        };
        let counts = self.counts();
        let mut text = if counts.is_empty() {
            "Nothing changed in meaning".to_owned()
        } else {
            counts
        };
        // Writing to a String cannot fail.
        let _ = write!(text, " since {}", previous.dated());
        if previous.locale != self.edition.capture.locale {
            let _ = write!(text, " ({})", previous.locale_text());
        }
        if wording > 0 {
            let verb = if wording == 1 { "differs" } else { "differ" };
            let _ = write!(text, "; {wording} more {verb} in wording only");
        }
        format!("{text}. {total} in all.")
    }
}

fn order(entry: &Entry) -> (&Facts, &str) {
    (&entry.facts, &entry.id)
}

impl WholeRow<'_> {
    /// `split from 9000-9003-tcp-pdl`; empty for a row without a relative.
    pub(crate) fn relation(&self) -> String {
        self.relative
            .map_or_else(String::new, |(how, id)| format!("{how} {id}"))
    }
}

impl UnreadChange<'_> {
    /// The ports of the record, or those that the row probably has.
    pub(crate) fn ports(&self) -> String {
        let of_record = self.entry.map(|entry| ports_text(&entry.facts));
        of_record.unwrap_or_else(|| unread_key(self.row))
    }

    /// The service name and the title, of the record or as far as the row has them.
    pub(crate) fn service(&self) -> String {
        let texts = self
            .entry
            .map_or([&self.row.service_name, &self.row.title], |entry| {
                [&entry.facts.service_name, &entry.facts.title]
            });
        let texts = texts.into_iter().filter(|text| !text.is_empty());
        joined(texts, ", ")
    }

    /// Which capture has the row, where, why it was not read, and what it may be.
    pub(crate) fn reason(&self) -> String {
        let UnreadRow {
            source,
            line,
            reason,
            ..
        } = self.row;
        let mut text = format!("{source}:{line}: {reason}");
        // Writing to a String cannot fail.
        if let Some(was) = self.was {
            let cells = was.cells.join(" / ");
            let _ = write!(text, "; before {}:{}: {cells}", was.source, was.line);
        }
        if let Some(doubt) = doubt(self.candidates) {
            let _ = write!(text, "; {doubt}");
        }
        text
    }
}

impl ChangedRow<'_> {
    /// The service in a few words: its name, title, or who uses it.
    pub(crate) fn service(&self) -> String {
        let facts = &self.new.facts;
        let words = [&facts.service_name, &facts.title].map(String::as_str);
        let words: Vec<&str> = words.into_iter().filter(|text| !text.is_empty()).collect();
        if words.is_empty() {
            users_text(facts)
        } else {
            words.join(", ")
        }
    }
}
