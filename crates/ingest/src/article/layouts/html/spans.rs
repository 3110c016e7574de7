//! Source rows with spans to rows with one cell a column.

use appleports_model::{Finding, Message, Place, Quoted, RawCell, Rule, has_blank_text, message};

use super::tables::{Cell, Row, Table};
use crate::article::document::Document;
use crate::article::rules;
use crate::article::table::grid::Grid;
use crate::article::table::grid_row::GridRow;

/// The most columns that are filled in a row.
const MAX_COLUMNS: usize = 64;
/// The most bytes that cells which span rows may add to the tables of a page: more than the text of
/// all cells that a capture may have.
pub(super) const MAX_SHARED: usize = 1 << 20;

/// Why a row cannot be used.
type Problem = (&'static Rule, Message);

/// A cell that goes on in the rows below.
#[derive(Clone)]
struct Carried {
    rows: usize,
    /// Of these rows, how many have another cell in the same place.
    rows_shared: usize,
    cell: RawCell,
    /// Why the rows below cannot be used either.
    problem: Option<Problem>,
}

/// Said of rows in which two cells overlap (HTML, section 4.9.12).
pub(super) const OVERLAP: &str = "two of its cells are in the same place";

struct Spans<'d> {
    document: &'d Document<'d>,
    carried: Vec<Option<Carried>>,
    /// The row group of the rows that are read.
    group: u32,
    /// What is left of [`MAX_SHARED`].
    budget: &'d mut usize,
    findings: Vec<Finding>,
}

/// The table with every cell under its column. Cells that span rows end with their row
/// group (HTML, section 4.9.12). What they add is taken from the page's `budget`.
pub(super) fn grid(table: Table, document: &Document<'_>, budget: &mut usize) -> Grid {
    let mut spans = Spans {
        document,
        carried: Vec::new(),
        group: 0,
        budget,
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
        let why = message!("the page ends inside the table, so the last cell may be cut off")
            .known_as("page-ends");
        last.problem = Some((&rules::CUT_OFF, why));
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
            if row.cells.len() >= MAX_COLUMNS {
                break;
            }
            row.line_last = row.line_last.max(cell.line_last);
            self.cell(&mut row, &cell);
        }
        self.fill(&mut row);
        // The row may end before a cell from above; there is no cell between them.
        while self
            .carried
            .iter()
            .skip(row.cells.len())
            .any(Option::is_some)
        {
            let first = row.cells.first();
            let place = first.map_or(Place::from(row.line_last), |cell| cell.place);
            let text = String::new();
            row.cells.push(RawCell { text, place });
            self.fill(&mut row);
        }
        row
    }

    /// Fills in the cells of rows above, up to the next free column.
    fn fill(&mut self, row: &mut GridRow) {
        while let Some(carried) = self.carried.get_mut(row.cells.len()).and_then(Option::take) {
            let text = &carried.cell.text;
            let cost = text.len() + size_of::<RawCell>();
            if cost > *self.budget {
                row.problem = Some((
                    &rules::UNALIGNED_ROW,
                    message!("cells that span rows make the table too large")
                        .known_as("table-too-large"),
                ));
                row.cells.push(RawCell {
                    text: String::new(),
                    place: carried.cell.place,
                });
                continue;
            }
            *self.budget -= cost;
            let at = row.cells.len();
            add_problem(row, carried.problem.clone());
            add_problem(row, (carried.rows_shared > 0).then(overlap));
            // The line is that of the row, once it is known: records stand in the order of lines.
            row.cells.push(carried.cell.clone());
            self.carried[at] = one_less(carried);
        }
    }

    fn cell(&mut self, row: &mut GridRow, cell: &Cell) {
        let place = cell.place;
        if !cell.marks.is_empty() && !cell.is_heading {
            let message = message!(
                "the superscript `{}` was removed from `{}`",
                Quoted(&cell.marks),
                Quoted(&cell.text)
            );
            self.findings.push(Finding::new(
                &rules::FOOTNOTE_MARK,
                self.document.source,
                place,
                message,
            ));
        }
        if cell.has_table {
            row.problem = Some((
                &rules::UNALIGNED_ROW,
                message!("one of its cells contains another table").known_as("table-in-cell"),
            ));
        }
        let spans = cell.colspan > 1 && !cell.is_heading;
        let mut problem = None;
        if spans && !has_blank_text(&cell.text) {
            let why = message!("`{}` spans {} columns", Quoted(&cell.text), cell.colspan);
            problem = Some((&rules::SPANNED_CELL, why));
        }
        if cell.rowspan > 1 && !cell.is_heading {
            let message = message!("`{}` is beside several rows", Quoted(&cell.text));
            self.findings.push(Finding::new(
                &rules::SHARED_CELL,
                self.document.source,
                place,
                message,
            ));
        }
        for part in 0..cell.colspan.min(MAX_COLUMNS - row.cells.len()) {
            let text = if part == 0 || has_blank_text(&cell.text) {
                cell.text.clone()
            } else {
                String::new()
            };
            let at = row.cells.len();
            let raw_cell = RawCell { text, place };
            while self.carried.len() <= at {
                self.carried.push(None);
            }
            let above = self.carried[at].take();
            if above.is_some() {
                add_problem(row, Some(overlap()));
            }
            let below = (cell.rowspan > 1).then(|| Carried {
                rows: cell.rowspan - 1,
                rows_shared: 0,
                cell: raw_cell.clone(),
                problem: problem.clone(),
            });
            self.carried[at] = match (above.and_then(one_less), below) {
                (Some(above), Some(below)) => Some(both(above, below)),
                (above, below) => above.or(below),
            };
            row.cells.push(raw_cell);
        }
        add_problem(row, problem);
    }
}

/// Says why a row cannot be used: that two cells overlap, or else what came first.
fn add_problem(row: &mut GridRow, problem: Option<Problem>) {
    let is_worse = |other: &Problem| row.problem.is_none() || other.1.text == OVERLAP;
    if let Some(problem) = problem.filter(is_worse) {
        row.problem = Some(problem);
    }
}

fn one_less(carried: Carried) -> Option<Carried> {
    (carried.rows > 1).then(|| Carried {
        rows: carried.rows - 1,
        rows_shared: carried.rows_shared.saturating_sub(1),
        ..carried
    })
}

/// Two cells in one place: the one that goes on longer, with the rows of the other.
fn both(above: Carried, below: Carried) -> Carried {
    let (longer, other) = if above.rows < below.rows {
        (below, above)
    } else {
        (above, below)
    };
    Carried {
        rows_shared: longer.rows_shared.max(other.rows),
        ..longer
    }
}

fn overlap() -> Problem {
    (
        &rules::UNALIGNED_ROW,
        Message::from(OVERLAP).known_as("overlap"),
    )
}
