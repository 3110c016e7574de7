//! Puts the cells of a row under the table's columns.

use appleports_model::{Column, Message, Quoted, RawCell, has_blank_text, message, plain_form};

use crate::article::table::shape::{
    is_name_cell, is_numbers, is_only_transports, is_prose, is_rfc_text, may_cite_rfcs,
};

/// The result of putting cells under columns.
pub(crate) enum Aligned {
    /// Each column has its cell.
    Full([Option<RawCell>; 6]),
    /// One cell is certainly missing, that of this column.
    Lost(Column, [Option<RawCell>; 6]),
    /// The cells cannot be placed without guessing.
    Unclear(Message),
}

/// Puts `cells` under `columns`.
///
/// Where one cell is missing it is found by content: the RFC cell is the lost one
/// if the text in its place cannot be an RFC number, while the transport and the
/// title are where they belong. Any other gap is not certain, and the row is refused.
pub(crate) fn align(columns: &[Column], cells: Vec<RawCell>) -> Aligned {
    if cells.len() == columns.len() {
        return match misplaced(columns, &cells) {
            None => Aligned::Full(place(columns, cells)),
            Some(why) => Aligned::Unclear(why),
        };
    }
    let rfc = columns.iter().position(|column| *column == Column::Rfc);
    match rfc {
        Some(rfc) if cells.len() + 1 == columns.len() && has_lost_rfc(columns, &cells, rfc) => {
            let present: Vec<Column> = columns
                .iter()
                .copied()
                .filter(|c| *c != Column::Rfc)
                .collect();
            match misplaced(&present, &cells) {
                None => Aligned::Lost(Column::Rfc, place(&present, cells)),
                Some(why) => Aligned::Unclear(why),
            }
        }
        _ => Aligned::Unclear(message!(
            "the row has {} cells, the table has {} columns",
            cells.len(),
            columns.len()
        )),
    }
}

/// Which cell cannot stand where it does, whatever their number: its content is that of another
/// column, or of none.
pub(crate) fn misplaced(columns: &[Column], cells: &[RawCell]) -> Option<Message> {
    let used_by = columns
        .iter()
        .zip(cells)
        .find(|(column, _)| **column == Column::UsedBy)
        .map_or("", |(_, cell)| cell.text.trim());
    columns.iter().zip(cells).find_map(|(column, cell)| {
        let text = cell.text.trim();
        let has_place = match column {
            Column::Port => true,
            Column::Transport => is_transport_text(text),
            Column::Title => !is_numbers(text, 5) && !is_only_transports(text),
            Column::Rfc => is_rfc_text(text) || may_cite_rfcs(text) && !is_name_cell(text),
            // A text with no names in it is what belongs in the next cell, if that is empty or
            // has the name.
            Column::ServiceName => {
                let is_moved = has_blank_text(used_by) || is_name_cell(used_by);
                let is_other = is_numbers(text, 5) || is_only_transports(text);
                !(is_other || is_moved && is_prose(text))
            }
            Column::UsedBy => !is_numbers(text, 5),
        };
        (!has_place).then(|| holds(*column, text))
    })
}

/// Says that a cell has a text which cannot stand in its column.
pub(crate) fn holds(column: Column, text: &str) -> Message {
    message!("the {} cell holds `{}`", column.as_str(), Quoted(text))
}

/// Whether a text has a digit in it, of any script.
pub(crate) fn has_digit(text: &str) -> bool {
    plain_form(text).contains(|c: char| c.is_ascii_digit())
}

fn has_lost_rfc(columns: &[Column], cells: &[RawCell], rfc: usize) -> bool {
    let fits = |column: Column, is_right: fn(&str) -> bool| {
        columns
            .iter()
            .position(|other| *other == column)
            .is_none_or(|at| is_right(&cells[at].text))
    };
    !is_rfc_text(&cells[rfc].text)
        && fits(Column::Transport, is_transport_text)
        && fits(Column::Title, |text| {
            has_blank_text(text) || !is_rfc_text(text)
        })
}

/// Whether a text can stand in the transport column: blank, or with TCP or UDP in it.
pub(crate) fn is_transport_text(text: &str) -> bool {
    let text = plain_form(text).to_ascii_uppercase();
    has_blank_text(&text) || text.contains("TCP") || text.contains("UDP")
}

/// The cells, each in the place of its column.
pub(crate) fn place(columns: &[Column], cells: Vec<RawCell>) -> [Option<RawCell>; 6] {
    let mut placed = [const { None }; 6];
    for (column, cell) in columns.iter().zip(cells) {
        placed[column.index()] = Some(cell);
    }
    placed
}
