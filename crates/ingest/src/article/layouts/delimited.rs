//! CSV and its kin: commas, semicolons or tabs between the cells (RFC 4180).

use appleports_model::{RawCell, RawTable, message};

use super::logical_line::LineCutter;
use super::{further_columns, limits, quotes};
use crate::article::document::Document;
use crate::article::layout::Layout;
use crate::article::rules;
use crate::article::table::columns::WIDTHS;
use crate::article::table::grid::Grid;
use crate::article::table::grid_row::GridRow;
use crate::article::table::shape::{begins_with_digit, is_port_text};
use crate::error::ReadError;
use crate::lines::line_of_record;

/// The layout.
pub(super) static LAYOUT: Layout = Layout {
    name: "csv",
    file: "capture.csv",
    media_type: "text/csv",
    keeps_comments: true,
    knows_article: false,
    read,
};

/// What may stand between the cells.
const DELIMITERS: [u8; 3] = [b',', b';', TAB];

/// Tabs between cells: a quote is text there (IANA, text/tab-separated-values).
const TAB: u8 = b'\t';

fn read(document: &Document<'_>) -> Result<Option<RawTable>, ReadError> {
    let mut tables = DELIMITERS
        .iter()
        .filter_map(|delimiter| table(document, *delimiter).transpose());
    tables.next().transpose()
}

fn table(document: &Document<'_>, delimiter: u8) -> Result<Option<RawTable>, ReadError> {
    let Some((skipped, text)) = from_heading(document, delimiter) else {
        return Ok(None);
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .quoting(delimiter != TAB)
        .from_reader(text.as_bytes());
    let mut rows: Vec<GridRow> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let (mut at, mut count) = (0, 0);
    for record in reader.records() {
        // The bytes are UTF-8 and the lengths may differ: nothing else can go wrong.
        let Ok(record) = record else { return Ok(None) };
        count += record.len();
        limits::check_cut(document, rows.len())?;
        limits::check_cells(document, count)?;
        let position = record.position();
        let begins = position.map_or(at, |position| {
            usize::try_from(position.byte()).unwrap_or(at)
        });
        at = begins;
        let line = line_of_record(text.as_bytes(), position);
        let line = skipped + u32::try_from(line).unwrap_or(u32::MAX - skipped);
        let breaks: usize = record.iter().map(|text| text.matches('\n').count()).sum();
        rows.push(GridRow {
            cells: cells(&record, line),
            line_last: line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX)),
            ..GridRow::default()
        });
        starts.push(begins);
    }
    if delimiter != TAB {
        quotes::reject_damaged(&mut rows, &starts, text, delimiter);
    }
    let findings = further_columns::take_out(document, &mut rows);
    let is_unclosed =
        delimiter != TAB && text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let width = rows.first().map(|row| row.cells.len());
    if let Some(last) = rows.last_mut()
        && (is_unclosed || !text.ends_with(['\n', '\r']) || Some(last.cells.len()) < width)
    {
        let why = message!(
            "the text ends in this row without a line end, or with cells missing, so its last cell may be cut off"
        )
        .known_as("no-line-end");
        last.problem = Some((&rules::CUT_OFF, why));
    }
    let grid = Grid {
        layout: &LAYOUT,
        width,
        rows,
        findings,
        is_markdown: false,
    };
    Ok(grid.into_table(document).ok())
}

/// The cells of a record that begins on a line, each where its text begins.
fn cells(record: &csv::StringRecord, line: u32) -> Vec<RawCell> {
    let breaks = |text: &str| u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX);
    let mut line = line;
    let cell = |text: &str| {
        let space = text.len() - text.trim_start().len();
        let place = line.saturating_add(breaks(&text[..space])).into();
        line = line.saturating_add(breaks(text));
        let text = text.trim().replace("\r\n", "\n");
        RawCell { text, place }
    };
    record.iter().map(cell).collect()
}

/// The text from the heading, and how many lines stand above it. The heading is the first
/// of the lines above the first row that have as many cells, as long as all between them
/// have several cells or begin like a port: those are rows whose ports cannot be read.
/// Where no line has as many, it is the line right above the row if it may be a heading;
/// else the text begins with the row.
fn from_heading<'t>(document: &Document<'t>, delimiter: u8) -> Option<(u32, &'t str)> {
    let text = document.text;
    let mut cutter = LineCutter::new(delimiter, delimiter != TAB);
    let (mut number, mut at) = (0_u32, 0);
    let mut last: Option<Start> = None;
    // The first line of each number of cells, since the last that is text.
    let mut block: Vec<Start> = Vec::new();
    // The first of the rows right above whose port cannot be read.
    let mut first_row: Option<Start> = None;
    while at < text.len() {
        let line = cutter.line(&text[at..]);
        let line_start = Start {
            number,
            at,
            cells: line.cells,
        };
        let is_row = begins_with_digit(&line.first) && line.cells > 2;
        if is_port_text(line.first.trim()) && line.cells >= *WIDTHS.start() {
            let heading = block.iter().find(|start| start.cells == line_start.cells);
            let start = match (heading, last) {
                (Some(heading), _) => *heading,
                (_, Some(last)) if WIDTHS.contains(&last.cells) => last,
                _ => first_row.unwrap_or(line_start),
            };
            return Some((start.number, &text[start.at..]));
        }
        if line.cells < 2 && !line.is_blank && !begins_with_digit(&line.first) {
            block.clear();
        } else if !is_row && block.iter().all(|start| start.cells != line_start.cells) {
            block.push(line_start);
        }
        if is_row {
            first_row = first_row.or(Some(line_start));
        } else if !line.is_blank {
            last = Some(line_start);
            first_row = None;
        }
        at += line.bytes;
        number = number.saturating_add(line.lines);
    }
    None
}

/// Where a line begins, and how many cells it has.
#[derive(Clone, Copy)]
struct Start {
    number: u32,
    at: usize,
    cells: usize,
}
