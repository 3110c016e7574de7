//! The curated words: fixed phrases per language, and product names.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::fold;
use serde::Deserialize;
use thiserror::Error;

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
    /// A phrase refers to a product that is not there.
    #[error(
        "{path}: the phrase `{phrase}` names the product `{product}`, which has no [[product]] entry"
    )]
    UnknownProduct {
        /// The file.
        path: String,
        /// The phrase.
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductFile {
    #[serde(default)]
    product: Vec<ProductEntry>,
    #[serde(default)]
    phrase: Vec<PhraseEntry>,
}

#[derive(Deserialize)]
struct ProductEntry {
    name: String,
    #[serde(flatten)]
    spellings: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct PhraseEntry {
    products: Vec<String>,
    #[serde(flatten)]
    spellings: BTreeMap<String, Vec<String>>,
}

/// The curated words of all languages, ready for look-ups.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    pub(crate) languages: Vec<Phrases>,
    marks: BTreeMap<String, Mark>,
    joiners: BTreeSet<String>,
    notes: BTreeSet<String>,
    products: BTreeMap<String, Vec<String>>,
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
                if fold(phrase).is_empty() {
                    return Err(VocabularyError::Parse {
                        path: path.to_owned(),
                        reason: "a phrase is empty".to_owned(),
                    });
                }
                if self
                    .marks
                    .insert(fold(phrase), mark)
                    .is_some_and(|old| old != mark)
                {
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
    /// [`VocabularyError`] when the file is not of the expected shape, when a
    /// phrase names an unknown product, or when a spelling has two meanings.
    pub fn add_products(&mut self, path: &str, text: &str) -> Result<(), VocabularyError> {
        let file: ProductFile = parse(path, text)?;
        for entry in &file.product {
            let meaning = vec![entry.name.clone()];
            self.add_meaning(path, &entry.name, &meaning)?;
            for spelling in entry.spellings.values().flatten() {
                self.add_meaning(path, spelling, &meaning)?;
            }
        }
        for entry in &file.phrase {
            let spelling = || {
                entry
                    .spellings
                    .values()
                    .flatten()
                    .next()
                    .cloned()
                    .unwrap_or_default()
            };
            if let Some(product) = entry
                .products
                .iter()
                .find(|name| !file.product.iter().any(|known| known.name == **name))
            {
                return Err(VocabularyError::UnknownProduct {
                    path: path.to_owned(),
                    phrase: spelling(),
                    product: product.clone(),
                });
            }
            for spelling in entry.spellings.values().flatten() {
                self.add_meaning(path, spelling, &entry.products)?;
            }
        }
        Ok(())
    }

    fn add_meaning(
        &mut self,
        path: &str,
        spelling: &str,
        meaning: &[String],
    ) -> Result<(), VocabularyError> {
        match self.products.insert(fold(spelling), meaning.to_vec()) {
            Some(old) if old != meaning => Err(VocabularyError::Ambiguous {
                path: path.to_owned(),
                spelling: spelling.to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// The canonical products that a text stands for, if it has an entry.
    pub(crate) fn products(&self, text: &str) -> Option<&[String]> {
        self.products.get(&fold(text)).map(Vec::as_slice)
    }

    /// The mark that a text is, if it is one.
    pub(crate) fn mark(&self, text: &str) -> Option<Mark> {
        self.marks.get(&fold(text)).copied()
    }

    /// The phrases for a locale: those of `zh-tw` itself, or those of its language.
    pub(crate) fn language_of(&self, locale: &str) -> Option<&Phrases> {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        [locale, language].iter().find_map(|code| {
            self.languages.iter().find(|phrases| {
                phrases.language == **code || phrases.also.iter().any(|other| other == code)
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

    /// The text with every "and" and "or" of several words (`ya da`), or of a language
    /// that writes without spaces (`TCP和UDP`), as a comma. Text in another script than
    /// ASCII comes back folded.
    pub(crate) fn commas_for_joiners(&self, text: &str) -> String {
        if text.is_ascii() {
            let several = self.joiners.iter().filter(|joiner| joiner.contains(' '));
            return several.fold(text.to_owned(), |out, joiner| {
                out.replace(&format!(" {joiner} "), ",")
            });
        }
        let mut joiners: Vec<&String> = self
            .joiners
            .iter()
            .filter(|word| !word.is_ascii())
            .collect();
        // One may be a part of another, as in Arabic.
        joiners.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut out = fold(text);
        for joiner in joiners {
            out = out.replace(joiner.as_str(), ",");
        }
        out
    }
}

fn parse<'de, T: Deserialize<'de>>(path: &str, text: &'de str) -> Result<T, VocabularyError> {
    toml::from_str(text).map_err(|error| VocabularyError::Parse {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}
