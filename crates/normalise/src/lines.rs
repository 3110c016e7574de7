//! The text between two places of a capture.

use std::collections::BTreeMap;

use appleports_model::{Columns, MAX_PLAIN_LINE, Place};

/// A row that the reader rejected has at most this many lines.
const MAX_LINES: usize = 24;

/// The lines of a capture.
pub(crate) struct Lines<'t> {
    lines: Vec<&'t str>,
    /// The columns of the long lines, by index.
    columns: BTreeMap<usize, Columns>,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let long = lines.iter().enumerate();
        let long = long.filter(|(_, line)| line.len() > MAX_PLAIN_LINE);
        let columns = long.map(|(at, line)| (at, Columns::new(line))).collect();
        Self { lines, columns }
    }

    /// The text from one place to another, or to the end; the line of the other has no part
    /// in it unless that is at a column.
    pub(crate) fn between(&self, from: Place, to: Option<Place>) -> String {
        let index = |line: u32| usize::try_from(line).unwrap_or(usize::MAX);
        let count = self.lines.len();
        let first = index(from.line).saturating_sub(1).min(count);
        let end = to.map_or(count, |to| index(to.line).saturating_sub(1));
        let last = end.min(first.saturating_add(MAX_LINES));
        let last = last.clamp(first, count);
        let mut kept: Vec<&str> = self.lines[first..last].to_vec();
        if let Some(to) = to.filter(|to| to.column.is_some() && last == end) {
            let line = self.lines.get(end).copied().unwrap_or_default();
            kept.push(&line[..line.len() - self.behind(to).len()]);
        }
        // A reader of pages may count more lines than there are here: a CR alone ends one to it.
        if let (Some(line), Some(whole)) = (kept.first_mut(), self.lines.get(first)) {
            let before = whole.len() - self.behind(from).len();
            *line = line.get(before..).unwrap_or_default();
        }
        kept.join("\n")
    }

    /// The rest of the line of a place.
    fn behind(&self, place: Place) -> &'t str {
        let at = usize::try_from(place.line).unwrap_or(usize::MAX);
        let at = at.saturating_sub(1);
        let line = self.lines.get(at).copied().unwrap_or_default();
        match (place.column, self.columns.get(&at)) {
            (Some(column), Some(columns)) => columns.from(line, column),
            _ => line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_before_the_line_or_the_column_of_the_next() {
        let long = format!("ä1b2{}", "x".repeat(MAX_PLAIN_LINE));
        let text = format!("one\ntwo\n{long}\nfour");
        let lines = Lines::new(&text);
        let at = |line: u32, column: u32| Place {
            line,
            column: Some(column).filter(|column| *column > 0),
        };
        let between = |from, to| lines.between(from, Some(to));
        assert_eq!(between(at(1, 0), at(2, 0)), "one");
        assert_eq!(between(at(1, 0), at(3, 0)), "one\ntwo");
        assert_eq!(between(at(2, 0), at(3, 3)), "two\nä1");
        assert_eq!(between(at(3, 2), at(3, 4)), "1b");
        assert_eq!(between(at(3, 500), at(4, 0)), "xxxxx");
        assert_eq!(lines.between(at(3, 501), None), "xxxx\nfour");
        assert_eq!(lines.between(at(9, 9), None), "");
        assert_eq!(between(at(9, 9), at(9, 10)), "");
        assert_eq!(between(at(5, 1), at(5, 600)), "");
    }
}
