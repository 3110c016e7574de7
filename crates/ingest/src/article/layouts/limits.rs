//! How many lines and rows a capture may have, and how much text.
//!
//! Each line and each row takes far more memory than its bytes, so they are counted before more
//! of them is kept. The article has some 140 rows; in its longest form, a text a line, these are
//! 1,000 lines.

use appleports_model::RawTable;

use crate::article::document::Document;
use crate::error::{ReadError, ReadErrorKind};

/// The most rows of the tables of a capture, those that cannot be read included.
pub const MAX_ROWS: usize = 2_500;

/// The most cells of all rows as a layout cuts them: one of 16 columns has room.
const MAX_CELLS: usize = 50_000;

/// The most bytes of text in the cells of all rows. The article has some 10 kB; each output has
/// them, and most of these have a control character as six.
const MAX_TEXT: usize = 500_000;

/// The most findings about the rows of a capture, and about what stands between them; the article has
/// some hundreds in its worst copy. Each is written with the port of its row.
pub(crate) const MAX_FINDINGS: usize = 10_000;

/// The most lines of a capture that is no page. A page is counted by its elements.
const MAX_LINES: usize = 50_000;

/// Refuses more rows than any article has.
pub(super) fn check_rows(document: &Document<'_>, rows: usize) -> Result<(), ReadError> {
    within(document, rows, (MAX_ROWS, "rows"))
}

/// Refuses more rows than that as a layout cuts them. Headings and texts between them are among
/// these, so there is room for as many; the others are counted as they are accepted or rejected.
pub(super) fn check_cut(document: &Document<'_>, rows: usize) -> Result<(), ReadError> {
    within(document, rows, (2 * MAX_ROWS, "rows of cells"))
}

/// Refuses more cells than that.
pub(super) fn check_cells(document: &Document<'_>, cells: usize) -> Result<(), ReadError> {
    within(document, cells, (MAX_CELLS, "cells"))
}

/// Refuses more text than that in the cells.
pub(super) fn check_text(document: &Document<'_>, table: &RawTable) -> Result<(), ReadError> {
    let cells = table.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let bytes = cells.map(|cell| cell.text.len()).sum();
    within(document, bytes, (MAX_TEXT, "bytes of text in its cells"))
}

/// Refuses more findings than that.
pub(super) fn check_findings(document: &Document<'_>, table: &RawTable) -> Result<(), ReadError> {
    within(document, table.findings.len(), (MAX_FINDINGS, "findings"))
}

/// Refuses a text of more lines than any article has.
pub(super) fn check_lines(document: &Document<'_>) -> Result<(), ReadError> {
    let lines = document.text.lines().take(MAX_LINES + 1).count();
    within(document, lines, (MAX_LINES, "lines"))
}

fn within(
    document: &Document<'_>,
    count: usize,
    (limit, of): (usize, &'static str),
) -> Result<(), ReadError> {
    if count <= limit {
        return Ok(());
    }
    let kind = ReadErrorKind::TooMany { limit, of };
    Err(ReadError::new(document.path, kind))
}
