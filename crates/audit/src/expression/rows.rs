//! The rows of a list while it is read.

use std::ops::Range;

use super::Reader;
use crate::list::Row;
use crate::read::MAX_ENTRIES;

/// How often a byte of the text may be in a row, or in a part that is not read, on average: they lie in
/// each other where a file is nested. Files that people keep have two or three levels.
pub(super) const MAX_LEVELS: usize = 4;

/// Rows, and how much of the text they have.
#[derive(Default)]
pub(super) struct Rows {
    all: Vec<Row>,
    bytes: usize,
}

impl Rows {
    /// The rows by place.
    pub(super) fn sorted(mut self) -> Vec<Row> {
        self.all.sort_by_key(|row| row.span.start);
        self.all
    }
}

impl Reader<'_> {
    /// The number of a table that has no row yet.
    pub(crate) fn new_section(&self) -> usize {
        self.rows.all.last().map_or(0, |row| row.section + 1)
    }

    /// Keeps a row of a table; its content is made only if it is kept.
    pub(crate) fn row(
        &mut self,
        section: usize,
        span: Range<usize>,
        content: impl FnOnce(&str) -> String,
    ) {
        let bytes = self.rows.bytes + span.len();
        // No more are compared than entries.
        if self.rows.all.len() == MAX_ENTRIES || bytes > MAX_LEVELS * self.text.len() {
            return;
        }
        self.rows.bytes = bytes;
        self.rows.all.push(Row {
            content: content(self.text),
            span,
            section,
        });
    }
}
