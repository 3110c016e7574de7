//! The rows of tables that cannot be read: each is rejected, none is passed over.

use std::collections::BTreeSet;

use appleports_model::{Place, RawCell, fold};

use super::grid::Grid;
use super::grid_row::{GridRow, mended};
use super::shape::is_port_text;

impl Grid {
    /// What the heading calls the column of ports, folded.
    pub(crate) fn name_of_ports(&self) -> Option<String> {
        let first = self.rows.iter().position(GridRow::starts_like_a_port)?;
        let (_, heading) = self.heading(first, self.width(first)?);
        heading.into_iter().next().filter(|name| !name.is_empty())
    }

    /// The place and the port of each row of ports in a table that cannot be read: of all its
    /// rows below, or beside, a cell that another table has above its ports, or else of those
    /// that have a transport.
    pub(crate) fn unread_rows(&self, names: &BTreeSet<String>) -> Vec<(Place, String)> {
        let is_name = |cell: &RawCell| names.contains(&fold(cell.text.trim()));
        let heading = self.rows.iter().enumerate().find_map(|(at, row)| {
            let column = row.cells.iter().position(is_name)?;
            Some((at, column))
        });
        let shown = |cell: &RawCell| (cell.place, cell.text.clone());
        let Some((at, column)) = heading else {
            return self.rows.iter().filter_map(GridRow::marked).collect();
        };
        let beside = self.rows[at].cells[column + 1..].iter();
        let beside: Vec<_> = beside
            .filter(|cell| is_port_text(&mended(&cell.text)))
            .map(shown)
            .collect();
        if !beside.is_empty() {
            return beside;
        }
        let above = self.rows[..at].iter().filter_map(GridRow::marked);
        let below = self.rows[at + 1..].iter().filter(|row| {
            let is_repeated = row.cells.get(column).is_some_and(is_name);
            row.filled() > 0 && !is_repeated
        });
        let below = below.map(|row| {
            let port = row.cells.get(column).or(row.cells.first());
            (
                row.place(),
                port.map_or_else(String::new, |cell| cell.text.clone()),
            )
        });
        above.chain(below).collect()
    }
}
