//! How many characters of a text are before a place. A line may be long and have thousands of places
//! to tell of, in any order, so none is counted from the start of its line.

/// The bytes from one place whose count is kept to the next.
const STEP: usize = 64;

/// The characters of a text, counted up to each of some places; none where each is a byte.
pub(crate) struct Columns<'t> {
    text: &'t str,
    counts: Vec<usize>,
}

/// How many characters begin in a part of a text.
fn starts(part: &[u8]) -> usize {
    // The bytes of a character behind its first one are 10xxxxxx (RFC 3629, section 3).
    part.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

impl<'t> Columns<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self {
                text,
                counts: Vec::new(),
            };
        }
        let mut count = 0;
        let counts = text.as_bytes().chunks(STEP).map(|chunk| {
            let before = count;
            count += starts(chunk);
            before
        });
        Self {
            text,
            counts: counts.collect(),
        }
    }

    /// The 1-based column, in characters, of a place in a line that starts at another one.
    pub(crate) fn of(&self, start: usize, at: usize) -> u32 {
        let between = self.before(at).saturating_sub(self.before(start));
        u32::try_from(between + 1).unwrap_or(u32::MAX)
    }

    fn before(&self, at: usize) -> usize {
        let step = (at / STEP).min(self.counts.len().saturating_sub(1));
        self.counts.get(step).map_or(at, |count| {
            let part = self.text.as_bytes().get(step * STEP..at);
            count + starts(part.unwrap_or_default())
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Columns;

    proptest! {
        #[test]
        fn a_column_counts_the_characters_before(text in "[a-zé€😀 ]{0,200}", start: prop::sample::Index, at: prop::sample::Index) {
            let mut places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
            places.push(text.len());
            let (one, other) = (places[start.index(places.len())], places[at.index(places.len())]);
            let (start, at) = (one.min(other), one.max(other));
            let counted = text[start..at].chars().count() + 1;
            prop_assert_eq!(Columns::new(&text).of(start, at) as usize, counted);
        }
    }
}
