//! The raw table: what a layout's reader makes of a capture, nothing interpreted.

use crate::finding::Finding;
use crate::place::Place;

/// The columns of the article's table, in the order of its newest six-column form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Port or range of ports.
    Port,
    /// "TCP or UDP", "Type".
    Transport,
    /// "Service or protocol name": the title.
    Title,
    /// Number of the RFC that defines the service.
    Rfc,
    /// Service name as in the registry.
    ServiceName,
    /// "Used by / Additional information".
    UsedBy,
}

impl Column {
    /// All columns in table order.
    pub const ALL: [Self; 6] = [
        Self::Port,
        Self::Transport,
        Self::Title,
        Self::Rfc,
        Self::ServiceName,
        Self::UsedBy,
    ];

    /// The position in a full row, 0 to 5.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The name used in messages and in `provenance.cells`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Port => "port",
            Self::Transport => "transport",
            Self::Title => "title",
            Self::Rfc => "rfc",
            Self::ServiceName => "service_name",
            Self::UsedBy => "used_by",
        }
    }
}

/// One cell as captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawCell {
    /// The text, with the layout's own markers (bold round the port) taken off
    /// and line breaks inside the cell as `\n`.
    pub text: String,
    /// Where the cell starts.
    pub place: Place,
}

/// One row of the article's table, its cells put under their columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// One entry for each of [`Column::ALL`]; `None` where the capture lost the cell.
    pub cells: [Option<RawCell>; 6],
    /// The cell of the column `Confirmed`, which tables of facts have.
    pub confirmed: Option<RawCell>,
    /// The row exactly as the layout gave it, before any cell was put in its column.
    pub captured: Vec<String>,
    /// Where the port cell starts.
    pub place: Place,
    /// The 1-based line on which the row's last cell ends.
    pub line_last: u32,
}

impl RawRow {
    /// The text under `column`, trimmed; empty where the cell is missing.
    pub fn text(&self, column: Column) -> &str {
        self.cells[column.index()]
            .as_ref()
            .map_or("", |cell| cell.text.trim())
    }

    /// The place of the cell under `column`, or of the row where the cell is missing.
    pub fn place(&self, column: Column) -> Place {
        self.cells[column.index()]
            .as_ref()
            .map_or(self.place, |cell| cell.place)
    }
}

/// A row that could not be read, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where the row starts.
    pub place: Place,
    /// Its port cell, or what stands in the place of one.
    pub port: String,
    /// Why it was rejected; the same text stands in the finding.
    pub reason: String,
}

/// What a reader made of one capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawTable {
    /// The id of the capture.
    pub source: String,
    /// The name of the layout that was recognised, such as `bold-lines`.
    pub layout: &'static str,
    /// The columns that the table's heading has.
    pub columns: Vec<Column>,
    /// The rows that could be cut into cells.
    pub rows: Vec<RawRow>,
    /// The rows that could not.
    pub rejected: Vec<Rejected>,
    /// What the reader noticed, every repair included.
    pub findings: Vec<Finding>,
}
