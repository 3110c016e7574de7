//! Places in the file of a source.

use std::fmt;

/// The most bytes of a line in which the line alone is a place. A cell of the article has
/// fewer, markup and all; only pages without line breaks have longer ones.
pub const MAX_PLAIN_LINE: usize = 500;

/// A place in the file of a source: a line, and the column where the line is a long one
/// ([`MAX_PLAIN_LINE`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The 1-based line.
    pub line: u32,
    /// The 1-based column, in characters.
    pub column: Option<u32>,
}

impl From<u32> for Place {
    /// A line without a column.
    fn from(line: u32) -> Self {
        Self { line, column: None }
    }
}

impl fmt::Display for Place {
    /// `line`, or `line:column`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(column) => write!(f, "{}:{column}", self.line),
            None => write!(f, "{}", self.line),
        }
    }
}

/// Where the columns of a text are, each found in the same time.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The byte at which each [`Columns::STEP`]th character begins.
    marks: Vec<usize>,
}

impl Columns {
    const STEP: usize = 256;

    /// The columns of a line.
    pub fn new(line: &str) -> Self {
        let offsets = line.char_indices().map(|(at, _)| at);
        Self {
            marks: offsets.step_by(Self::STEP).collect(),
        }
    }

    /// The text of the same line from a 1-based column; empty behind its end.
    pub fn from<'t>(&self, line: &'t str, column: u32) -> &'t str {
        let before = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
        let mark = self.marks.get(before / Self::STEP);
        let Some(rest) = mark.and_then(|mark| line.get(*mark..)) else {
            return "";
        };
        let mut offsets = rest.char_indices().map(|(at, _)| at);
        offsets
            .nth(before % Self::STEP)
            .map_or("", |at| &rest[at..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_a_character() {
        let line = "aä€".repeat(300);
        let columns = Columns::new(&line);
        for (at, (byte, _)) in (1..).zip(line.char_indices()) {
            assert_eq!(columns.from(&line, at), &line[byte..]);
        }
        assert_eq!(columns.from(&line, 901), "");
        assert_eq!(columns.from(&line, u32::MAX), "");
        assert_eq!(Columns::new("").from("", 1), "");
    }
}
