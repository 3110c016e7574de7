//! The curated words: fixed phrases per language, and product names.

use std::collections::{HashMap, HashSet};

use appleports_model::fold;
use serde::Deserialize;
use thiserror::Error;

use crate::catalogue::Catalogue;
use crate::joiners::{Joiner, Joiners};

/// Why a vocabulary file cannot be used.
#[derive(Debug, Error)]
pub enum VocabularyError {
    /// The file is not TOML of the expected shape.
    #[error("{path}: {reason}")]
    Parse {
        /// The file.
        path: String,
        /// What the TOML reader says, with line and column.
        reason: String,
    },
    /// An entry refers to a product that is not there.
    #[error("{path}: `{phrase}` refers to the product `{product}`, which has no [[product]] entry")]
    UnknownProduct {
        /// The file.
        path: String,
        /// The phrase, or the product that is a part of it.
        phrase: String,
        /// The product.
        product: String,
    },
    /// A spelling occurs twice with different meanings.
    #[error("{path}: the spelling `{spelling}` means two different things")]
    Ambiguous {
        /// The file.
        path: String,
        /// The spelling.
        spelling: String,
    },
}

/// The fixed phrases of one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrases {
    pub(crate) language: String,
    #[serde(default)]
    pub(crate) also: Vec<String>,
    #[serde(rename = "name")]
    _name: String,
    pub(crate) unregistered: Vec<String>,
    pub(crate) registered: Vec<String>,
    pub(crate) deprecated: Vec<String>,
    note: Vec<String>,
    and: Vec<String>,
    or: Vec<String>,
    #[serde(default)]
    to: Vec<String>,
    pub(crate) lost_letters: Option<LostLetters>,
}

/// How to see that a text has lost letters of its language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LostLetters {
    pub(crate) letters: String,
    pub(crate) tells: Vec<String>,
}

/// A mark that the article puts beside a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Unregistered,
    Registered,
    Deprecated,
}

/// The curated words of all languages, ready for look-ups.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    pub(crate) languages: Vec<Phrases>,
    marks: HashMap<String, Mark>,
    joiners: HashSet<String>,
    notes: HashSet<String>,
    catalogue: Catalogue,
}

impl Vocabulary {
    /// An empty vocabulary: nothing is a mark, no product is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the phrases file of one language.
    ///
    /// # Errors
    /// [`VocabularyError::Parse`] with line and column.
    pub fn add_phrases(&mut self, path: &str, text: &str) -> Result<(), VocabularyError> {
        let phrases: Phrases = parse(path, text)?;
        for (list, mark) in [
            (&phrases.unregistered, Mark::Unregistered),
            (&phrases.registered, Mark::Registered),
            (&phrases.deprecated, Mark::Deprecated),
        ] {
            for phrase in list {
                let folded = fold(phrase);
                if folded.is_empty() {
                    return Err(VocabularyError::Parse {
                        path: path.to_owned(),
                        reason: "a phrase is empty".to_owned(),
                    });
                }
                let known = self.marks.insert(folded, mark);
                if known.is_some_and(|known| known != mark) {
                    return Err(VocabularyError::Ambiguous {
                        path: path.to_owned(),
                        spelling: phrase.clone(),
                    });
                }
            }
        }
        self.notes
            .extend(phrases.note.iter().map(|note| fold(note)));
        let joiners = phrases.and.iter().chain(&phrases.or);
        self.joiners.extend(joiners.map(|word| fold(word)));
        self.languages.push(phrases);
        Ok(())
    }

    /// Adds a file of product names and of phrases that stand for products.
    ///
    /// # Errors
    /// [`VocabularyError`] when the file is not of the expected shape, when an
    /// entry refers to an unknown product, or when a spelling has two meanings.
    pub fn add_products(&mut self, path: &str, text: &str) -> Result<(), VocabularyError> {
        self.catalogue.add(path, text)
    }

    /// The product that a text names: by its canonical name or any other spelling, or by
    /// a phrase that stands for this product alone. Case, accents and typography do not
    /// matter.
    pub fn resolve(&self, text: &str) -> Option<&str> {
        self.catalogue.resolve(text)
    }

    /// Every product with its spellings, sorted by name. The first spelling is the
    /// canonical name, the others follow sorted.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.catalogue.spellings()
    }

    /// Products and phrases.
    pub(crate) const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The mark that a text is, if it is one.
    pub(crate) fn mark(&self, text: &str) -> Option<Mark> {
        self.marks.get(&fold(text)).copied()
    }

    /// The phrases for a locale: those of `zh-tw` itself, or those of its language.
    pub(crate) fn language_of(&self, locale: &str) -> Option<&Phrases> {
        let parts = locale
            .match_indices(['-', '_'])
            .map(|(at, _)| &locale[..at]);
        let codes = parts.chain([locale]).collect::<Vec<_>>();
        codes.into_iter().rev().find_map(|code| {
            self.languages.iter().find(|phrases| {
                phrases.language == *code || phrases.also.iter().any(|other| other == code)
            })
        })
    }

    /// Whether `text` is what begins a note in some language.
    pub(crate) fn is_note(&self, text: &str) -> bool {
        self.notes.contains(&fold(text))
    }

    /// Whether `word` is "and" or "or" in some language.
    pub(crate) fn is_joiner(&self, word: &str) -> bool {
        self.joiners.contains(&fold(word))
    }

    /// The joiners of a locale's language. Where the locale is not given, those on which
    /// all languages agree; none where the language has no vocabulary.
    pub(crate) fn joiners(&self, locale: &str) -> Joiners {
        let mut joiners = Joiners::default();
        let wanted = self.language_of(locale);
        let languages = self.languages.iter().filter(|phrases| {
            locale.is_empty() || wanted.is_some_and(|wanted| wanted.language == phrases.language)
        });
        for phrases in languages {
            for word in phrases.and.iter().chain(&phrases.or) {
                joiners.add(word, Joiner::List);
            }
            for word in &phrases.to {
                joiners.add(word, Joiner::Range);
            }
        }
        joiners
    }
}

/// Reads a vocabulary file.
pub(crate) fn parse<'de, T: Deserialize<'de>>(
    path: &str,
    text: &'de str,
) -> Result<T, VocabularyError> {
    toml::from_str(text).map_err(|error| VocabularyError::Parse {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}
