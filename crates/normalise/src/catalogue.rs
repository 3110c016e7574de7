//! The product catalogue: what each spelling and phrase stands for.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound::Included;

use appleports_model::fold;
use serde::Deserialize;

use crate::vocabulary::{VocabularyError, parse};

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
    part_of: Option<String>,
    #[serde(default)]
    in_titles: bool,
    #[serde(flatten)]
    spellings: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct PhraseEntry {
    products: Vec<String>,
    #[serde(flatten)]
    spellings: BTreeMap<String, Vec<String>>,
}

/// Products and phrases, ready for look-ups. Every key is folded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalogue {
    /// The canonical products that a spelling or a phrase stands for.
    meanings: HashMap<String, Vec<String>>,
    /// The one product that a spelling names.
    names: HashMap<String, String>,
    /// Each product with its spellings, by its folded name.
    products: BTreeMap<String, (String, BTreeSet<String>)>,
    /// The spellings that count anywhere in a title.
    in_titles: BTreeSet<String>,
}

impl Catalogue {
    /// Adds a file.
    ///
    /// # Errors
    /// See [`Vocabulary::add_products`](crate::Vocabulary::add_products).
    pub(crate) fn add(&mut self, path: &str, text: &str) -> Result<(), VocabularyError> {
        let file: ProductFile = parse(path, text)?;
        let names: BTreeSet<&str> = file.product.iter().map(|entry| &*entry.name).collect();
        let require = |product: &str, phrase: &str| {
            if names.contains(product) {
                return Ok(());
            }
            Err(VocabularyError::UnknownProduct {
                path: path.to_owned(),
                phrase: phrase.to_owned(),
                product: product.to_owned(),
            })
        };
        for entry in &file.product {
            if let Some(whole) = &entry.part_of {
                require(whole, &entry.name)?;
            }
            self.add_product(path, entry)?;
        }
        for entry in &file.phrase {
            let spellings = || entry.spellings.values().flatten();
            let first = spellings().next().map_or("", String::as_str);
            for product in &entry.products {
                require(product, first)?;
            }
            for spelling in spellings() {
                self.add_meaning(path, spelling, &entry.products)?;
            }
        }
        Ok(())
    }

    fn add_product(&mut self, path: &str, entry: &ProductEntry) -> Result<(), VocabularyError> {
        let name = &entry.name;
        let meaning: Vec<String> = std::iter::once(name)
            .chain(&entry.part_of)
            .cloned()
            .collect();
        for spelling in std::iter::once(name).chain(entry.spellings.values().flatten()) {
            self.add_meaning(path, spelling, &meaning)?;
            let folded = fold(spelling);
            if entry.in_titles {
                self.in_titles.insert(folded.clone());
            }
            self.names.insert(folded, name.clone());
            let (_, spellings) = self
                .products
                .entry(fold(name))
                .or_insert_with(|| (name.clone(), BTreeSet::new()));
            if spelling != name {
                spellings.insert(spelling.clone());
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
        let folded = fold(spelling);
        if folded.is_empty() {
            return Err(VocabularyError::Parse {
                path: path.to_owned(),
                reason: "a spelling is empty".to_owned(),
            });
        }
        match self.meanings.insert(folded, meaning.to_vec()) {
            Some(old) if old != meaning => Err(VocabularyError::Ambiguous {
                path: path.to_owned(),
                spelling: spelling.to_owned(),
            }),
            _ => Ok(()),
        }
    }

    /// The canonical products that a spelling or phrase stands for.
    pub(crate) fn meaning(&self, text: &str) -> Option<&[String]> {
        self.meanings.get(&fold(text)).map(Vec::as_slice)
    }

    /// As [`Self::meaning`], for spellings of products only.
    pub(crate) fn meaning_of_name(&self, text: &str) -> Option<&[String]> {
        let folded = fold(text);
        self.names.get(&folded)?;
        self.meanings.get(&folded).map(Vec::as_slice)
    }

    /// The product that a text names.
    pub(crate) fn resolve(&self, text: &str) -> Option<&str> {
        let folded = fold(text);
        self.names.get(&folded).map(String::as_str).or_else(|| {
            match self.meanings.get(&folded)?.as_slice() {
                [product] => Some(product.as_str()),
                _ => None,
            }
        })
    }

    /// Each product with its name and its other spellings.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.products.values().map(|(name, spellings)| {
            let others = spellings.iter().map(String::as_str);
            (
                name.as_str(),
                std::iter::once(&**name).chain(others).collect(),
            )
        })
    }

    /// The spellings that count anywhere in a title and with which a folded text begins. They
    /// stand, in order, between its first character and the whole of it.
    pub(crate) fn in_titles(&self, text: &str) -> impl Iterator<Item = &str> {
        let first = text.chars().next().map_or(0, char::len_utf8);
        let all = self
            .in_titles
            .range::<str, _>((Included(&text[..first]), Included(text)));
        let all = all.map(String::as_str);
        all.filter(move |spelling| text.starts_with(spelling))
    }
}
