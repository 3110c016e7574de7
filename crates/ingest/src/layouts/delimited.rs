//! CSV and its kin: commas, semicolons or tabs between the cells (RFC 4180).

use appleports_model::{RawCell, RawTable};

use super::Layout;
use crate::columns::WIDTHS;
use crate::document::Document;
use crate::error::ReadError;
use crate::grid::{Grid, GridRow};
use crate::lines::line_of_record;
use crate::rules;
use crate::shape::is_port_text;

/// The layout's reader.
pub(crate) struct Delimited;

impl Layout for Delimited {
    fn read(&self, document: &Document<'_>) -> Result<Option<RawTable>, ReadError> {
        Ok([b',', b';', b'\t']
            .into_iter()
            .find_map(|delimiter| table(document, delimiter)))
    }
}

fn table(document: &Document<'_>, delimiter: u8) -> Option<RawTable> {
    let (skipped, text) = from_heading(document, delimiter)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows: Vec<GridRow> = Vec::new();
    for record in reader.records() {
        // The bytes are UTF-8 and the lengths may differ: nothing else can go wrong.
        let record = record.ok()?;
        let line = line_of_record(text.as_bytes(), record.position());
        let line = skipped + u32::try_from(line).unwrap_or(u32::MAX - skipped);
        let breaks: usize = record.iter().map(|text| text.matches('\n').count()).sum();
        rows.push(GridRow {
            cells: record
                .iter()
                .map(|text| RawCell {
                    text: text.trim().replace("\r\n", "\n"),
                    line,
                })
                .collect(),
            line_last: line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX)),
            ..GridRow::default()
        });
    }
    let is_unclosed = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let width = rows.first().map(|row| row.cells.len());
    if let Some(last) = rows.last_mut()
        && (is_unclosed || !text.ends_with(['\n', '\r']) || Some(last.cells.len()) < width)
    {
        let why = "the text ends in this row without a line end, or with cells missing, so its last cell may be cut off";
        last.problem = Some((&rules::CUT_OFF, why.to_owned()));
    }
    let grid = Grid {
        layout: "csv",
        width,
        rows,
        findings: Vec::new(),
    };
    grid.into_table(document)
}

/// The text from the heading, and how many lines stand above it. The heading is
/// the line right above the first row; the first row where there is none.
fn from_heading<'t>(document: &Document<'t>, delimiter: u8) -> Option<(u32, &'t str)> {
    let count = |line: &str| line.bytes().filter(|byte| *byte == delimiter).count() + 1;
    let mut above: Option<(u32, usize, usize)> = None;
    let mut at = 0;
    for (number, line) in (0_u32..).zip(document.text.split_inclusive('\n')) {
        let first = line.split(char::from(delimiter)).next().unwrap_or_default();
        let is_row = is_port_text(first.trim().trim_matches('"')) && count(line) >= *WIDTHS.start();
        if is_row {
            let (skipped, start) = match above {
                Some((number, start, cells)) if WIDTHS.contains(&cells) => (number, start),
                _ => (number, at),
            };
            return Some((skipped, &document.text[start..]));
        }
        if !line.trim().is_empty() {
            above = Some((number, at, count(line)));
        }
        at += line.len();
    }
    None
}
