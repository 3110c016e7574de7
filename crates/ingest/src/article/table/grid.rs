//! From rows of cells with certain bounds (HTML, pipe tables, CSV) to the raw table.

use appleports_model::{
    Column, Finding, Message, Place, Quoted, RawCell, RawRow, RawTable, Rule, fold, has_blank_text,
    message,
};

use crate::article::document::Document;
use crate::article::layout::Layout;
use crate::article::rules;
use crate::article::table::align::{Aligned, align, has_digit, holds, misplaced, place};
use crate::article::table::columns;
use crate::article::table::draft::Draft;
use crate::article::table::markdown;
use crate::article::table::repair;
use crate::article::table::several;
use crate::article::table::shape::{
    begins_with_digit, is_name_cell, is_port_text, is_rfc_cell, is_rfc_text, is_transport_cell,
};
use crate::article::table::stacked;

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
    fn place(&self) -> Place {
        let first = self.cells.first();
        first.map_or(Place::from(self.line_last), |cell| cell.place)
    }

    fn starts_like_a_port(&self) -> bool {
        self.cells
            .first()
            .is_some_and(|cell| is_port_text(&mended(&cell.text)))
    }

    /// Whether its first cell begins with a digit, as no heading's does.
    fn has_digit_first(&self) -> bool {
        self.cells
            .first()
            .is_some_and(|cell| begins_with_digit(&mended(&cell.text)))
    }

    /// Whether it has so many cells, and more than one of them filled.
    fn is_full(&self, width: usize) -> bool {
        self.cells.len() == width && self.filled() > 1
    }

    /// How many cells have a text.
    fn filled(&self) -> usize {
        self.texts().filter(|text| !text.is_empty()).count()
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.text.trim())
    }
}

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
        if is_alike && self.port_rows().next().is_some() {
            Ok(self.read(document, columns.to_vec()))
        } else {
            Err(self)
        }
    }

    /// The place and the port of each row that is a port with a transport.
    pub(crate) fn port_rows(&self) -> impl Iterator<Item = (Place, String)> {
        let is_port_row =
            |row: &&GridRow| row.starts_like_a_port() && row.texts().skip(1).any(is_transport_cell);
        let shown = |row: &GridRow| (row.place(), row.cells[0].text.clone());
        self.rows.iter().filter(is_port_row).map(shown)
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
                        "the raised `{}` was taken off `{}`",
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
    fn heading(&self, first: usize, width: usize) -> (usize, Vec<String>) {
        let above = &self.rows[..first];
        let is_name_of_column = |row: &GridRow| row.is_full(width) && !row.has_digit_first();
        let at = above
            .iter()
            .rposition(|row| row.is_heading)
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

    /// The rows of the table, headings left out wherever they stand.
    fn body(&self) -> Option<(usize, impl Iterator<Item = &GridRow>)> {
        let (width, rows) = self.rows_and_headings()?;
        let rows = rows.filter(|(_, is_heading)| !is_heading);
        Some((width, rows.map(|(row, _)| row)))
    }

    /// The rows below the first heading, and which of them are headings too.
    fn rows_and_headings(&self) -> Option<(usize, impl Iterator<Item = (&GridRow, bool)>)> {
        let first = self.rows.iter().position(GridRow::starts_like_a_port)?;
        let width = self.width(first)?;
        let (from, heading) = self.heading(first, width);
        let is_heading = move |row: &GridRow| {
            row.is_heading
                || !heading.is_empty()
                    && row.filled() > 1
                    && row.texts().map(fold).eq(heading.iter().cloned())
        };
        let rows = self.rows[from..].iter();
        Some((width, rows.map(move |row| (row, is_heading(row)))))
    }

    fn columns(&self) -> Option<Vec<Column>> {
        let (width, body) = self.body()?;
        let full: Vec<Vec<String>> = body
            .filter(|row| row.cells.len() == width && row.problem.is_none())
            .map(|row| row.texts().map(mended).collect())
            .collect();
        columns::vote(width, full.iter().map(|row| row.iter().map(String::as_str)))
    }

    fn read(self, document: &Document<'_>, columns: Vec<Column>) -> RawTable {
        let body: Vec<GridRow> = match self.body() {
            Some((_, rows)) => rows.cloned().collect(),
            None => Vec::new(),
        };
        let headings: Vec<Place> = self.rows_and_headings().map_or_else(Vec::new, |(_, rows)| {
            let headings = rows.filter(|(_, is_heading)| *is_heading);
            headings.map(|(row, _)| row.place()).collect()
        });
        let mut draft = Draft::new(document, self.layout, columns);
        draft.notes(self.findings);
        let mut reader = Reader { draft };
        for row in body {
            reader.row(row);
        }
        let mut table = reader.draft.finish();
        several::report_sections(&mut table, &headings);
        table
    }

    /// The width of the heading, or else that of most rows.
    fn width(&self, first: usize) -> Option<usize> {
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

fn mended(text: &str) -> String {
    let text = repair::mojibake(text).unwrap_or_else(|| text.to_owned());
    repair::raised_digits(&text).map_or(text, |(kept, _)| kept)
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
            let message = message!(
                "text outside the rows: `{}`",
                Quoted(text.unwrap_or_default())
            );
            self.draft.note(&rules::STRAY_TEXT, place, message);
            return;
        }
        if let Some((rule, why)) = row.problem.take() {
            self.draft.reject(rule, place, &port, why);
            return;
        }
        if let Some(ports) = stacked::ports(&row.cells) {
            for port in &ports {
                let why = message!("{} rows stand in the cells of one", ports.len());
                self.draft.reject(&rules::UNALIGNED_ROW, place, port, why);
            }
            return;
        }
        let mut captured = std::mem::take(&mut row.captured);
        if captured.is_empty() {
            captured = row.cells.iter().map(|cell| cell.text.clone()).collect();
        }
        for cell in &mut row.cells {
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
    let at = |column: Column| columns.iter().position(|own| *own == column);
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
