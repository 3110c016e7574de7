//! Rows with a cell longer than any of the article's.

use appleports_model::{Column, RawRow, RawTable, message};

use crate::article::rules;
use crate::article::table::draft::Draft;

/// The most bytes of a cell; the longest of the article's has 633. Whatever is told of a row is told
/// with its texts, on each page, in each edition, and for each row that it is beside.
const MAX_CELL: usize = 2_000;

/// Rejects such rows: a cell of theirs holds something else as well.
pub(super) fn reject(mut table: RawTable) -> RawTable {
    let is_long = |row: &RawRow| {
        let texts = row.cells.iter().flatten().map(|cell| &cell.text);
        let mut texts = texts.chain(&row.captured);
        texts.any(|text| text.len() > MAX_CELL)
    };
    let long: Vec<RawRow>;
    (long, table.rows) = table.rows.into_iter().partition(is_long);
    if long.is_empty() {
        return table;
    }
    let mut draft = Draft::from(table);
    for row in long {
        let why = message!("a cell of it has more than {} bytes", MAX_CELL).known_as("long-cell");
        draft.reject(
            &rules::UNALIGNED_ROW,
            row.place,
            row.text(Column::Port),
            why,
        );
    }
    draft.into_table()
}
