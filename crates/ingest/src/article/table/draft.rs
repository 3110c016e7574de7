//! A table while a layout reads it.

use appleports_model::{
    Column, Finding, Message, Place, Quoted, RawCell, RawRow, RawTable, Rejected, Rule, message,
};

use super::{glued, repair};
use crate::article::document::Document;
use crate::article::layout::Layout;
use crate::article::layouts::limits::{MAX_FINDINGS, MAX_ROWS};
use crate::article::rules;

/// The most cells of a row that are mended, twice those of the widest table. What is done is told of
/// each, with the port.
pub(crate) const MAX_MENDED: usize = 16;

/// A table while a layout reads it: every row is accepted, or rejected with a finding. Of more rows
/// or findings than a capture may have, one is kept, so that the table is refused.
pub(crate) struct Draft {
    table: RawTable,
}

impl Draft {
    /// A table of these columns, without rows.
    pub(crate) fn new(document: &Document<'_>, layout: &Layout, columns: Vec<Column>) -> Self {
        Self {
            table: RawTable {
                source: document.source.to_owned(),
                layout: layout.name,
                columns,
                rows: Vec::new(),
                rejected: Vec::new(),
                findings: Vec::new(),
            },
        }
    }

    pub(crate) fn columns(&self) -> &[Column] {
        &self.table.columns
    }

    /// Whether there are too many rows already.
    fn is_over(&self) -> bool {
        self.table.rows.len() + self.table.rejected.len() > MAX_ROWS
    }

    /// Reports something odd.
    pub(crate) fn note(&mut self, rule: &Rule, place: impl Into<Place>, message: Message) {
        if self.is_over() || self.table.findings.len() > MAX_FINDINGS {
            return;
        }
        let finding = Finding::new(rule, &self.table.source, place, message);
        self.table.findings.push(finding);
    }

    /// Reports something odd about the row of a port.
    pub(crate) fn note_row(
        &mut self,
        rule: &Rule,
        place: impl Into<Place>,
        port: &str,
        message: Message,
    ) {
        self.note(rule, place, of_row(port, message));
    }

    /// Adds what was found already.
    pub(crate) fn notes(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.table.findings.extend(findings);
    }

    /// Takes a row in.
    pub(crate) fn accept(&mut self, row: RawRow) {
        if !self.is_over() {
            self.table.rows.push(row);
        }
    }

    /// Takes in all of another table but its columns.
    pub(crate) fn append(&mut self, other: RawTable) {
        self.table.rows.extend(other.rows);
        self.table.rejected.extend(other.rejected);
        self.table.findings.extend(other.findings);
    }

    /// Rejects the row of a port that begins at a place.
    pub(crate) fn reject(
        &mut self,
        rule: &Rule,
        place: impl Into<Place>,
        port: &str,
        why: Message,
    ) {
        if self.is_over() {
            return;
        }
        let place = place.into();
        let message = of_row(port, why);
        self.table.rejected.push(Rejected {
            place,
            port: port.to_owned(),
            reason: message.text.clone(),
        });
        self.note(rule, place, message);
    }

    /// Rejects the rows that begin among the cells of a rejected one.
    pub(crate) fn reject_further(&mut self, ports: &[RawCell]) {
        for port in ports {
            let why = message!("it is among the cells of another row").known_as("in-row");
            self.reject(&rules::UNALIGNED_ROW, port.place, &port.text, why);
        }
    }

    /// Repairs inside a cell that are certain.
    pub(crate) fn mend(&mut self, port: &str, cell: &mut RawCell) {
        repair::mend(cell, |rule, place, message| {
            self.note_row(rule, place, port, message);
        });
    }

    /// The table; `None` where all of its rows are rejected.
    pub(crate) fn finish_if_any(self) -> Option<RawTable> {
        (!self.table.rows.is_empty()).then(|| self.finish())
    }

    /// The table, without the rows whose ports may have a digit too many.
    pub(crate) fn finish(mut self) -> RawTable {
        glued::check(&mut self.table);
        self.table
    }

    /// The table as it is.
    pub(crate) fn into_table(self) -> RawTable {
        self.table
    }
}

impl From<RawTable> for Draft {
    fn from(table: RawTable) -> Self {
        Self { table }
    }
}

/// A message about the row of a port.
pub(super) fn of_row(port: &str, message: Message) -> Message {
    message!("row of port {}: ", Quoted(port)).then(message)
}
