//! Words of the "used by" text that the vocabulary does not know.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;

use appleports_model::{Record, fold};
use serde::Serialize;

use crate::text::tidy;

/// A word or phrase as published. Two words are equal if they fold alike, so case and
/// accents make no new word.
#[derive(Clone, Debug, Serialize)]
#[serde(into = "String")]
pub struct Word {
    published: String,
    folded: String,
}

impl Word {
    /// The word as published.
    pub fn as_str(&self) -> &str {
        &self.published
    }
}

/// The words of a record that may be products nobody has listed yet.
pub(crate) fn unknown_words(record: &Record) -> BTreeSet<Word> {
    let parts = record.used_by_parts.iter().filter(|part| !part.known);
    let words = parts.map(|part| Word::from(tidy(&part.text)));
    words.filter(|word| !word.folded.is_empty()).collect()
}

impl From<String> for Word {
    fn from(published: String) -> Self {
        let folded = fold(&published);
        Self { published, folded }
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.published
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.published)
    }
}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Word {}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Word {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded.cmp(&other.folded)
    }
}
