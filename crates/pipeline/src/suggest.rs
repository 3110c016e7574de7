//! What somebody may have meant by a word that nothing was found for.

use std::collections::BTreeMap;

use appleports_model::{Dataset, Product, fold};
use strsim::damerau_levenshtein;

/// How many suggestions are given.
const MAX_SUGGESTIONS: usize = 3;

/// What words that are all alike score if they are but a small part of a name, and what
/// they can gain by being most of it.
const PART_OF_NAME: f64 = 0.75;
const MOST_OF_NAME: f64 = 0.2;

/// Products and service names that are spelt like `text`, the most alike first, at most
/// three. Every spelling of a product counts; the suggestion is its name.
pub fn suggest(dataset: &Dataset, text: &str) -> Vec<String> {
    let records = dataset.records.iter();
    let names = records.flat_map(|record| {
        let further = record.port_names.iter().map(|entry| entry.name.as_str());
        std::iter::once(record.service_name.as_str()).chain(further)
    });
    let names = names.map(|name| (name, name));
    best(text, spellings(&dataset.products).chain(names))
}

/// As [`suggest`], of products alone.
pub fn suggest_products(products: &[Product], text: &str) -> Vec<String> {
    best(text, spellings(products))
}

/// Every spelling with the name of its product.
fn spellings(products: &[Product]) -> impl Iterator<Item = (&str, &str)> {
    products.iter().flat_map(|product| {
        let spellings = product.spellings.iter();
        spellings.map(|spelling| (spelling.as_str(), product.name.as_str()))
    })
}

/// The best names for a text among pairs of a spelling and its name.
fn best<'a>(text: &str, known: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let typed = Typed::new(text);
    let mut scores: BTreeMap<&str, f64> = BTreeMap::new();
    for (spelling, name) in known {
        if let Some(likeness) = typed.likeness(spelling) {
            let best = scores.entry(name).or_insert(likeness);
            *best = best.max(likeness);
        }
    }
    let mut ranked: Vec<(f64, &str)> = scores
        .into_iter()
        .map(|(name, score)| (score, name))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    ranked.truncate(MAX_SUGGESTIONS);
    ranked
        .into_iter()
        .map(|(_, name)| name.to_owned())
        .collect()
}

/// A text as typed, ready for comparisons.
struct Typed {
    whole: String,
    words: Vec<String>,
}

impl Typed {
    fn new(text: &str) -> Self {
        let words = words(text);
        Self {
            whole: words.concat(),
            words,
        }
    }

    /// How much a spelling is like the text, up to 1: as a whole, wherever the spaces are,
    /// or word by word in any order. Nothing if it is another word.
    fn likeness(&self, spelling: &str) -> Option<f64> {
        let others = words(spelling);
        let whole = likeness(&self.whole, &others.concat());
        let typed = share(self.words.len().min(others.len()), others.len());
        let by_word = self.by_word(&others);
        let by_word = by_word.map(|score| score * (PART_OF_NAME + MOST_OF_NAME * typed));
        [whole, by_word]
            .into_iter()
            .flatten()
            .max_by(f64::total_cmp)
    }

    /// The mean likeness of the typed words to their best counterparts; each must have one.
    fn by_word(&self, others: &[String]) -> Option<f64> {
        let best = |word: &String| {
            let likenesses = others.iter().filter_map(|other| likeness(word, other));
            likenesses.max_by(f64::total_cmp)
        };
        let all: Vec<f64> = self.words.iter().map(best).collect::<Option<_>>()?;
        (!all.is_empty()).then(|| all.iter().sum::<f64>() / share(all.len(), 1))
    }
}

/// The words of a text, folded.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// 1 for equal words, less for each letter that is missing, wrong or misplaced; nothing
/// for more such errors than one makes in a word of this length.
fn likeness(typed: &str, known: &str) -> Option<f64> {
    let (one, other) = (typed.chars().count(), known.chars().count());
    let length = one.max(other);
    let allowed = match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        9.. => 3,
    };
    if one.abs_diff(other) > allowed {
        return None;
    }
    let errors = damerau_levenshtein(typed, known);
    (length > 0 && errors <= allowed).then(|| 1.0 - share(errors, length))
}

/// A part of a whole that is not 0.
fn share(part: usize, whole: usize) -> f64 {
    let number = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    number(part) / number(whole.max(1))
}
