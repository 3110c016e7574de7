//! A row as its layout cut it.

use std::borrow::Cow;

use appleports_model::{Message, Place, RawCell, Rule};

use super::marks;
use super::repair;
use super::shape::{begins_with_digit, is_port_text};

/// A row as its layout cut it.
#[derive(Clone, Debug, Default)]
pub(crate) struct GridRow {
    /// The cells, line breaks as `\n`.
    pub(crate) cells: Vec<RawCell>,
    /// The row as captured, where its layout took cells out; else the cells are.
    pub(crate) captured: Vec<String>,
    /// The cell of the column `Confirmed`, where the table has one.
    pub(crate) confirmed: Option<RawCell>,
    /// The 1-based line on which the row ends.
    pub(crate) line_last: u32,
    /// The layout says that this is a row of headings.
    pub(crate) is_heading: bool,
    /// Why the row cannot be used, where the layout knows a reason.
    pub(crate) problem: Option<(&'static Rule, Message)>,
}

impl GridRow {
    pub(super) fn place(&self) -> Place {
        let first = self.cells.first();
        first.map_or(Place::from(self.line_last), |cell| cell.place)
    }

    pub(super) fn starts_like_a_port(&self) -> bool {
        self.cells
            .first()
            .is_some_and(|cell| is_port_text(&mended(&cell.text)))
    }

    /// Whether its first cell begins with a digit, as no heading's does.
    pub(super) fn has_digit_first(&self) -> bool {
        self.cells
            .first()
            .is_some_and(|cell| begins_with_digit(&mended(&cell.text)))
    }

    /// Whether it is a row of ports, whatever its layout says.
    pub(super) fn is_row(&self) -> bool {
        marks::is_row(&self.texts())
    }

    /// Whether it has so many cells, and more than one of them filled.
    pub(super) fn is_full(&self, width: usize) -> bool {
        self.cells.len() == width && self.filled() > 1
    }

    /// How many cells have a text.
    pub(super) fn filled(&self) -> usize {
        self.texts().filter(|text| !text.is_empty()).count()
    }

    /// The place and the port of a row of ports whose columns are not known.
    pub(super) fn marked(&self) -> Option<(Place, String)> {
        let port = if self.filled() == 1 {
            self.texts().find_map(marks::port_in_text)
        } else {
            let first = self.cells.first().filter(|_| self.is_row());
            first.map(|cell| cell.text.clone())
        };
        port.map(|port| (self.place(), port))
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> + Clone {
        self.cells.iter().map(|cell| cell.text.trim())
    }
}

/// A text with its bytes read in the right encoding, without the marks of footnotes.
pub(super) fn mended(text: &str) -> Cow<'_, str> {
    let text = repair::mojibake(text).map_or(Cow::Borrowed(text), Cow::Owned);
    match repair::raised_digits(&text) {
        Some((kept, _)) => Cow::Owned(kept),
        None => text,
    }
}
