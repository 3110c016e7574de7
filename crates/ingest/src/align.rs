//! Puts the cells of a row under the table's columns.

use appleports_model::{Column, RawCell, has_blank_text};

/// The result of putting cells under columns.
pub(crate) enum Aligned {
    /// Each column has its cell.
    Full([Option<RawCell>; 6]),
    /// One cell is certainly missing, that of this column.
    Lost(Column, [Option<RawCell>; 6]),
    /// The cells cannot be placed without guessing.
    Unclear(String),
}

/// Puts `cells` under `columns`.
///
/// Where one cell is missing it is found by content: an RFC cell holds numbers or
/// nothing, so a row whose fourth cell is a text has lost it. Any other gap is
/// not certain, and the row is refused.
pub(crate) fn align(columns: &[Column], cells: Vec<RawCell>) -> Aligned {
    if cells.len() == columns.len() {
        return Aligned::Full(place(columns, cells));
    }
    let rfc = columns.iter().position(|column| *column == Column::Rfc);
    match rfc {
        Some(rfc) if cells.len() + 1 == columns.len() && !is_rfc_text(&cells[rfc].text) => {
            let present: Vec<Column> = columns
                .iter()
                .copied()
                .filter(|c| *c != Column::Rfc)
                .collect();
            Aligned::Lost(Column::Rfc, place(&present, cells))
        }
        _ => Aligned::Unclear(format!(
            "the row has {} cells, the table has {} columns",
            cells.len(),
            columns.len()
        )),
    }
}

fn place(columns: &[Column], cells: Vec<RawCell>) -> [Option<RawCell>; 6] {
    let mut placed = [const { None }; 6];
    for (column, cell) in columns.iter().zip(cells) {
        placed[column.index()] = Some(cell);
    }
    placed
}

/// Whether a text can stand in the RFC column: blank, or numbers with separators.
pub(crate) fn is_rfc_text(text: &str) -> bool {
    has_blank_text(text)
        || text
            .split([',', ';', '/', '&'])
            .map(|part| part.trim().trim_start_matches("RFC").trim())
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}
