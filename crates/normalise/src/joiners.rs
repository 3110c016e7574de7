//! The words between two items of a cell: "and", "or", "to".
//!
//! They belong to a language: `a` is "and" in Czech and "to" in Spanish.

use std::collections::BTreeMap;

use appleports_model::fold;

/// What a word between two items makes of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joiner {
    /// A list: "and", "or".
    List,
    /// A range: "to".
    Range,
}

/// The joiners of one language; where the language is not known, those that mean the
/// same in every language that has them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Joiners {
    /// Each joiner, folded, in words.
    meanings: BTreeMap<Vec<String>, Option<Joiner>>,
    most_words: usize,
}

impl Joiners {
    /// Adds a joiner. One that has another meaning already has none from then on.
    pub(crate) fn add(&mut self, words: &str, joiner: Joiner) {
        let key: Vec<String> = fold(words).split_whitespace().map(str::to_owned).collect();
        self.most_words = self.most_words.max(key.len());
        self.meanings
            .entry(key)
            .and_modify(|known| *known = known.filter(|known| *known == joiner))
            .or_insert(Some(joiner));
    }

    /// The joiner with which `words` begin and its number of words; the longest one.
    pub(crate) fn at_start(&self, words: &[&str]) -> Option<(Joiner, usize)> {
        let folded: Vec<String> = words
            .iter()
            .take(self.most_words)
            .map(|word| fold(word))
            .collect();
        (1..=folded.len()).rev().find_map(|count| {
            let joiner = self.meanings.get(&folded[..count]).copied().flatten()?;
            Some((joiner, count))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_two_meanings_has_none() {
        let mut joiners = Joiners::default();
        joiners.add("ya da", Joiner::List);
        joiners.add("a", Joiner::List);
        assert_eq!(joiners.at_start(&["A", "b"]), Some((Joiner::List, 1)));
        assert_eq!(joiners.at_start(&["ya", "da"]), Some((Joiner::List, 2)));
        joiners.add("a", Joiner::Range);
        assert_eq!(joiners.at_start(&["a"]), None);
    }
}
