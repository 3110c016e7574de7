//! From rows of cells with certain bounds (HTML, pipe tables, CSV) to the raw table.

use std::borrow::Cow;

use appleports_model::{
    Column, Finding, Message, Place, Quoted, RawCell, RawRow, RawTable, fold, has_blank_text,
    message,
};

use crate::article::document::Document;
use crate::article::layout::Layout;
use crate::article::rules;
use crate::article::table::align::{Aligned, align, has_digit, holds, misplaced, place};
use crate::article::table::columns;
use crate::article::table::draft::{Draft, MAX_MENDED};
use crate::article::table::grid_row::{GridRow, mended};
use crate::article::table::markdown;
use crate::article::table::marks;
use crate::article::table::several;
use crate::article::table::shape::{is_name_cell, is_rfc_cell, is_rfc_text, is_transport_cell};
use crate::article::table::stacked;

/// A table of such rows.
pub(crate) struct Grid {
    /// The layout.
    pub(crate) layout: &'static Layout,
    /// How many columns the heading has, where there is one.
    pub(crate) width: Option<usize>,
    /// The rows, headings included.
    pub(crate) rows: Vec<GridRow>,
    /// What the layout noticed.
    pub(crate) findings: Vec<Finding>,
    /// Whether the cells are in Markdown.
    pub(crate) is_markdown: bool,
}

impl Grid {
    /// The raw table, or the grid again where its rows are not those of the article.
    pub(crate) fn into_table(mut self, document: &Document<'_>) -> Result<RawTable, Self> {
        self.resolve(document);
        match self.columns() {
            Some(columns) => Ok(self.read(document, columns)),
            None => Err(self),
        }
    }

    /// The raw table with the columns of another table of the same page, if they are as
    /// many and its rows are ports with transports.
    pub(crate) fn with_columns(
        self,
        document: &Document<'_>,
        columns: &[Column],
    ) -> Result<RawTable, Self> {
        let first = self.rows.iter().position(GridRow::starts_like_a_port);
        let is_alike = first.and_then(|first| self.width(first)) == Some(columns.len());
        let is_port_row =
            |row: &GridRow| row.starts_like_a_port() && row.texts().skip(1).any(is_transport_cell);
        if is_alike && self.rows.iter().any(is_port_row) {
            Ok(self.read(document, columns.to_vec()))
        } else {
            Err(self)
        }
    }

    /// Resolves the markup of the cells; the rows are kept as captured.
    fn resolve(&mut self, document: &Document<'_>) {
        for row in self.rows.iter_mut().filter(|_| self.is_markdown) {
            if row.captured.is_empty() {
                row.captured = row.cells.iter().map(|cell| cell.text.clone()).collect();
            }
            for cell in &mut row.cells {
                let plain = markdown::plain_cell(&cell.text);
                cell.text = plain.text;
                if !plain.marks.is_empty() && !row.is_heading {
                    let message = message!(
                        "the superscript `{}` was removed from `{}`",
                        Quoted(&plain.marks),
                        Quoted(&cell.text)
                    );
                    let rule = &rules::FOOTNOTE_MARK;
                    let finding = Finding::new(rule, document.source, cell.place, message);
                    self.findings.push(finding);
                }
            }
        }
        self.is_markdown = false;
    }

    /// Where the rows begin, and the texts of the heading above them.
    pub(super) fn heading(&self, first: usize, width: usize) -> (usize, Vec<String>) {
        let above = &self.rows[..first];
        let is_name_of_column =
            |row: &GridRow| row.is_full(width) && !row.has_digit_first() && !row.is_row();
        let at = above
            .iter()
            .rposition(|row| row.is_heading && !row.is_row())
            .or_else(|| above.iter().position(is_name_of_column));
        if let Some(at) = at {
            (at + 1, self.rows[at].texts().map(fold).collect())
        } else {
            // Without a heading, the rows right above that begin as rows with ports do.
            let is_row = |row: &&GridRow| row.filled() > 1 && row.has_digit_first();
            let rows = above.iter().rev().take_while(is_row).count();
            (first - rows, Vec::new())
        }
    }

    /// The width of the table, where its first heading ends, and which of its rows, by their
    /// places, are no headings: these can stand anywhere. A row of ports is a row also above the
    /// heading, and where its layout makes a heading of it.
    fn body(&self) -> Option<(usize, usize, impl Fn(usize, &GridRow) -> bool + use<>)> {
        let first = self.rows.iter().position(GridRow::starts_like_a_port)?;
        let width = self.width(first)?;
        let (from, heading) = self.heading(first, width);
        let is_heading = move |row: &GridRow| {
            row.is_heading && !row.is_row()
                || !heading.is_empty()
                    && row.filled() > 1
                    && row.texts().map(fold).eq(heading.iter().map(String::as_str))
        };
        let is_row =
            move |at: usize, row: &GridRow| (at >= from || row.is_row()) && !is_heading(row);
        Some((width, from, is_row))
    }

    fn columns(&self) -> Option<Vec<Column>> {
        let (width, _, is_row) = self.body()?;
        let rows = self.rows.iter().enumerate();
        let full: Vec<Vec<Cow<'_, str>>> = rows
            .filter(|(at, row)| is_row(*at, row))
            .map(|(_, row)| row)
            .filter(|row| row.cells.len() == width && row.problem.is_none())
            .map(|row| row.texts().map(mended).collect())
            .collect();
        columns::vote(width, full.iter().map(|row| row.iter().map(AsRef::as_ref)))
    }

    fn read(self, document: &Document<'_>, columns: Vec<Column>) -> RawTable {
        let body = self.body();
        let mut headings = Vec::new();
        if let Some((_, from, is_row)) = &body {
            let below = self.rows.iter().enumerate().skip(*from);
            let below = below.filter(|(at, row)| !is_row(*at, row));
            headings.extend(below.map(|(_, row)| row.place()));
        }
        let mut draft = Draft::new(document, self.layout, columns);
        draft.notes(self.findings);
        let mut reader = Reader { draft };
        if let Some((_, _, is_row)) = body {
            let rows = self.rows.into_iter().enumerate();
            for (_, row) in rows.filter(|(at, row)| is_row(*at, row)) {
                reader.row(row);
            }
        }
        let mut table = reader.draft.finish();
        several::report_sections(&mut table, &headings);
        table
    }

    /// The width of the heading, or else that of most rows.
    pub(super) fn width(&self, first: usize) -> Option<usize> {
        let mut counts = [0_usize; 8];
        for row in &self.rows[first..] {
            if let Some(count) = counts.get_mut(row.cells.len()) {
                *count += 1;
            }
        }
        let usual = || columns::WIDTHS.rev().max_by_key(|width| counts[*width]);
        self.width
            .filter(|width| columns::WIDTHS.contains(width) && counts[*width] > 0)
            .or_else(usual)
            .filter(|width| counts[*width] > 0)
    }
}

struct Reader {
    draft: Draft,
}

impl Reader {
    fn row(&mut self, mut row: GridRow) {
        let place = row.place();
        let filled = row.filled();
        if filled == 0 {
            return;
        }
        let port = row.cells[0].text.clone();
        if filled == 1 && !row.starts_like_a_port() {
            let text = row.texts().find(|text| !text.is_empty());
            if let Some(port) = text.and_then(marks::port_in_text) {
                let why = message!("its cells are parted in another way than those of the table")
                    .known_as("other-separator");
                self.draft.reject(&rules::UNALIGNED_ROW, place, &port, why);
                return;
            }
            let message = message!(
                "text outside the rows: `{}`",
                Quoted(text.unwrap_or_default())
            );
            self.draft.note(&rules::STRAY_TEXT, place, message);
            return;
        }
        if let Some((rule, why)) = row.problem.take() {
            self.draft.reject(rule, place, &port, why);
            self.draft
                .reject_further(&marks::further_starts(&row.cells));
            return;
        }
        if let Some(ports) = stacked::ports(&row.cells) {
            for port in &ports {
                let why = message!("the cells of one row hold {} rows", ports.len());
                self.draft.reject(&rules::UNALIGNED_ROW, place, port, why);
            }
            return;
        }
        let mut captured = std::mem::take(&mut row.captured);
        if captured.is_empty() {
            captured = row.cells.iter().map(|cell| cell.text.clone()).collect();
        }
        // Cells beyond those of any table are of no row that is taken.
        for cell in row.cells.iter_mut().take(MAX_MENDED) {
            self.draft.mend(&port, cell);
        }
        let line_last = row.line_last.max(place.line);
        self.put(&port, row, captured, (place, line_last));
    }

    /// Puts the cells of a row under the columns.
    fn put(
        &mut self,
        port: &str,
        row: GridRow,
        captured: Vec<String>,
        (place_first, line_last): (Place, u32),
    ) {
        let GridRow {
            cells, confirmed, ..
        } = row;
        let given = cells.len();
        let further = marks::further_starts(&cells);
        let wanted = self.draft.columns().len();
        let cells = match align_exact(self.draft.columns(), cells) {
            Placed::Full(cells) => cells,
            Placed::Trailing(cells) => {
                let message = message!(
                    "{} cells for {} columns; the last ones were empty",
                    given,
                    wanted
                );
                self.draft
                    .note_row(&rules::TRAILING_CELLS, place_first, port, message);
                cells
            }
            Placed::Lost(column, cells) => {
                let message = message!(
                    "the {} cell is missing and the cells after it have moved to the left",
                    column.as_str()
                );
                self.draft
                    .note_row(&rules::LOST_CELL, place_first, port, message);
                cells
            }
            Placed::Unclear(why) => {
                self.draft
                    .reject(&rules::UNALIGNED_ROW, place_first, port, why);
                self.draft.reject_further(&further);
                return;
            }
        };
        self.draft.accept(RawRow {
            cells,
            confirmed,
            captured,
            place: place_first,
            line_last,
        });
    }
}

enum Placed {
    Full([Option<RawCell>; 6]),
    Trailing([Option<RawCell>; 6]),
    Lost(Column, [Option<RawCell>; 6]),
    Unclear(Message),
}

/// As [`align`], for layouts that show where each cell ends: cells can only have
/// been lost at the end of the row, or have been so on the page.
fn align_exact(columns: &[Column], mut cells: Vec<RawCell>) -> Placed {
    while cells.len() > columns.len() && cells.last().is_some_and(|cell| has_blank_text(&cell.text))
    {
        cells.pop();
    }
    let at = |column: Column| columns.iter().position(|other| *other == column);
    let text = |column: Column| {
        at(column)
            .and_then(|at| cells.get(at))
            .map(|cell| cell.text.trim())
    };
    if let Some(text) = text(Column::Transport)
        && !has_blank_text(text)
        && !is_transport_cell(text)
    {
        return Placed::Unclear(holds(Column::Transport, text));
    }
    let is_odd_rfc = text(Column::Rfc).is_some_and(|text| !is_rfc_text(text) && !has_digit(text));
    let has_empty_end = cells.last().is_some_and(|cell| cell.text.trim().is_empty());
    let name_is_no_name = text(Column::ServiceName).is_none_or(|text| !is_name_cell(text));
    if is_odd_rfc && cells.len() == columns.len() {
        let moved = text(Column::Rfc).is_some_and(is_name_cell) && has_empty_end && name_is_no_name;
        let held = text(Column::Rfc).unwrap_or_default();
        if !moved {
            return Placed::Unclear(holds(Column::Rfc, held));
        }
        cells.pop();
    }
    if cells.len() < columns.len() && has_lost_its_end(columns, &cells) {
        return match misplaced(columns, &cells) {
            None => Placed::Trailing(place(columns, cells)),
            Some(why) => Placed::Unclear(why),
        };
    }
    match align(columns, cells) {
        Aligned::Full(cells) => Placed::Full(cells),
        Aligned::Lost(column, cells) => Placed::Lost(column, cells),
        Aligned::Unclear(why) => Placed::Unclear(why),
    }
}

/// Whether the cells are certainly the first ones of the row: what they hold
/// belongs where they stand, up to the RFC number or the service name.
fn has_lost_its_end(columns: &[Column], cells: &[RawCell]) -> bool {
    match (columns.get(cells.len().wrapping_sub(1)), cells) {
        (Some(Column::Rfc), [.., rfc]) => is_rfc_cell(&rfc.text),
        (Some(Column::ServiceName), [.., rfc, name]) => {
            is_rfc_text(&rfc.text) && is_name_cell(&name.text)
        }
        _ => false,
    }
}
