//! Source rows with spans to rows with one cell a column.

use appleports_model::{Finding, RawCell, has_blank_text};

use super::tables::{Cell, Row, Table};
use crate::article::document::Document;
use crate::article::rules;
use crate::article::table::grid::{Grid, GridRow};
use crate::text::short;

/// The most columns that are filled in a row.
const MOST_COLUMNS: usize = 64;
/// The most bytes that cells which span rows may add to a table.
const MOST_SHARED: usize = 1 << 20;

/// A cell that goes on in the rows below.
struct Carried {
    rows: usize,
    cell: RawCell,
}

struct Spans<'d> {
    document: &'d Document<'d>,
    carried: Vec<Option<Carried>>,
    /// The row group of the rows that are read.
    group: u32,
    budget: usize,
    findings: Vec<Finding>,
}

/// The table with every cell under its column. Cells that span rows end with their row
/// group (HTML, section 4.9.12).
pub(super) fn grid(table: Table, document: &Document<'_>) -> Grid {
    let mut spans = Spans {
        document,
        carried: Vec::new(),
        group: 0,
        budget: MOST_SHARED,
        findings: Vec::new(),
    };
    let mut rows: Vec<GridRow> = table
        .rows
        .into_iter()
        .map(|row| spans.row(row))
        .filter(|row| !row.cells.is_empty())
        .collect();
    if let Some(last) = rows.last_mut()
        && table.is_cut
    {
        let why = "the page ends inside the table, so the last cell may be cut off";
        last.problem = Some((&rules::CUT_OFF, why.to_owned()));
    }
    let width = rows
        .iter()
        .find(|row| row.is_heading)
        .map(|row| row.cells.len());
    Grid {
        layout: &super::LAYOUT,
        width,
        rows,
        findings: spans.findings,
        is_markdown: false,
    }
}

impl Spans<'_> {
    fn row(&mut self, source: Row) -> GridRow {
        if source.group != self.group {
            self.group = source.group;
            self.carried.clear();
        }
        let cells = source.cells;
        let mut row = GridRow {
            is_heading: !cells.is_empty() && cells.iter().all(|cell| cell.is_heading),
            ..GridRow::default()
        };
        for cell in cells {
            self.fill(&mut row);
            if row.cells.len() >= MOST_COLUMNS {
                break;
            }
            row.line_last = row.line_last.max(cell.line_last);
            self.cell(&mut row, &cell);
        }
        self.fill(&mut row);
        // Trailing cells of rows above, beyond a gap, cannot be placed; drop their count.
        for carried in self.carried.iter_mut().skip(row.cells.len()) {
            *carried = carried.take().and_then(one_less);
        }
        row
    }

    /// Fills in the cells of rows above, up to the next free column.
    fn fill(&mut self, row: &mut GridRow) {
        while let Some(carried) = self.carried.get_mut(row.cells.len()).and_then(Option::take) {
            let text = &carried.cell.text;
            let cost = text.len() + size_of::<RawCell>();
            if cost > self.budget {
                row.problem = Some((
                    &rules::UNALIGNED_ROW,
                    "cells that span rows make the table too large".to_owned(),
                ));
                row.cells.push(RawCell {
                    text: String::new(),
                    line: carried.cell.line,
                });
                continue;
            }
            self.budget -= cost;
            let at = row.cells.len();
            // The line is that of the row, once it is known: records stand in the order of lines.
            row.cells.push(carried.cell.clone());
            self.carried[at] = one_less(carried);
        }
    }

    fn cell(&mut self, row: &mut GridRow, cell: &Cell) {
        let line = cell.line;
        if !cell.marks.is_empty() && !cell.is_heading {
            let message = format!(
                "the raised `{}` was taken off `{}`",
                short(&cell.marks),
                short(&cell.text)
            );
            self.findings.push(Finding::new(
                &rules::FOOTNOTE_MARK,
                self.document.source,
                line,
                message,
            ));
        }
        if cell.has_table {
            row.problem = Some((
                &rules::UNALIGNED_ROW,
                "another table stands in one of its cells".to_owned(),
            ));
        }
        let spans = cell.colspan > 1 && !cell.is_heading;
        if spans && !has_blank_text(&cell.text) {
            let why = format!("`{}` spans {} columns", short(&cell.text), cell.colspan);
            row.problem = Some((&rules::SPANNED_CELL, why));
        }
        if cell.rowspan > 1 && !cell.is_heading {
            let message = format!("`{}` stands beside several rows", short(&cell.text));
            self.findings.push(Finding::new(
                &rules::SHARED_CELL,
                self.document.source,
                line,
                message,
            ));
        }
        for part in 0..cell.colspan.min(MOST_COLUMNS - row.cells.len()) {
            let text = if part == 0 || has_blank_text(&cell.text) {
                cell.text.clone()
            } else {
                String::new()
            };
            let at = row.cells.len();
            let own = RawCell { text, line };
            if let Some(carried) = self.carried.get_mut(at).and_then(Option::take) {
                row.problem = Some((
                    &rules::UNALIGNED_ROW,
                    "two of its cells stand in the same place".to_owned(),
                ));
                self.carried[at] = one_less(carried);
            }
            if cell.rowspan > 1 {
                while self.carried.len() <= at {
                    self.carried.push(None);
                }
                self.carried[at] = Some(Carried {
                    rows: cell.rowspan - 1,
                    cell: own.clone(),
                });
            }
            row.cells.push(own);
        }
    }
}

fn one_less(carried: Carried) -> Option<Carried> {
    (carried.rows > 1).then(|| Carried {
        rows: carried.rows - 1,
        cell: carried.cell,
    })
}
