//! Markdown tables with pipes, with or without pipes at the ends and a line of dashes.
//!
//! ```text
//! | Port | TCP or UDP | Service or Protocol Name | RFC | Used by |
//! | 25 | TCP | Simple Mail Transport Protocol (SMTP) | 821 |
//! Mail (for sending email) |
//! ```
//!
//! Where the rows end in a pipe, a line that does not is not at its row's end:
//! the next line goes on in the same cell. A line that does not begin like a row
//! goes on with the row above as long as that has cells missing.

use appleports_model::{Finding, Quoted, RawCell, RawTable, message};

use crate::article::document::Document;
use crate::article::layout::Layout;
use crate::article::layouts::limits;
use crate::article::rules;
use crate::article::table::grid::Grid;
use crate::article::table::grid_row::GridRow;
use crate::article::table::shape::{begins_with_digit, is_port_text, is_transport_cell};
use crate::article::table::{markdown, marks};
use crate::error::ReadError;

/// The layout.
pub(super) static LAYOUT: Layout = Layout {
    name: "pipe-table",
    file: "capture.md",
    media_type: "text/markdown",
    keeps_comments: false,
    knows_article: false,
    read: table,
};

/// The cells of one line.
struct Line<'t> {
    number: u32,
    cells: Vec<&'t str>,
    /// Whether the line begins, and ends, with a pipe.
    opens: bool,
    closes: bool,
}

impl Line<'_> {
    fn is_dashes(&self) -> bool {
        self.cells.len() > 2
            && self
                .cells
                .iter()
                .all(|cell| cell.contains("--") && cell.chars().all(|c| "-: ".contains(c)))
    }

    fn is_row(&self) -> bool {
        self.cells.len() > 1
            && self
                .cells
                .first()
                .is_some_and(|cell| is_port_text(&markdown::plain_cell(cell).text))
    }
}

fn table(document: &Document<'_>) -> Result<Option<RawTable>, ReadError> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut count = 0;
    for (number, text) in document.lines() {
        let line = cut(number, text);
        // Most lines of a text that is no table are one cell each.
        count += line.cells.len().saturating_sub(1);
        limits::check_cells(document, count)?;
        lines.push(line);
    }
    let is_first = |line: &Line<'_>| line.is_row() && line.cells.len() > 1;
    let Some(first) = lines.iter().position(is_first) else {
        return Ok(None);
    };
    let heading = heading(&lines[..first]);
    let is_marked = |line: &Line<'_>| {
        let cells: Vec<String> = line
            .cells
            .iter()
            .map(|cell| markdown::plain(cell))
            .collect();
        line.cells.len() > 1 && marks::is_row(&cells.iter().map(|cell| cell.trim()))
    };
    // Above the last heading, rows of a table may stand of which no port can be read.
    let marked = lines[..first].iter().position(is_marked);
    let from = body_start(&lines[..first]).min(marked.unwrap_or(first));
    let rows = lines[first..].iter().filter(|line| line.is_row());
    let (mut count, mut opening, mut closing) = (0_usize, 0, 0);
    for row in rows {
        count += 1;
        opening += usize::from(row.opens);
        closing += usize::from(row.closes);
    }
    let mut reader = Reader {
        document,
        width: heading,
        opens: opening * 2 > count,
        closes: closing * 2 > count,
        rows: Vec::new(),
        findings: Vec::new(),
        further_lines: 0,
        is_open: false,
    };
    let mut last = 0;
    let mut is_over = false;
    for (at, line) in lines.iter().enumerate().skip(from) {
        limits::check_cut(document, reader.rows.len())?;
        if line.is_dashes() {
            // The row above a line of dashes is a heading, wherever it stands.
            if let Some(row) = reader
                .rows
                .last_mut()
                .filter(|row| row.line_last + 1 == line.number)
            {
                row.is_heading = true;
            }
        } else if lines.get(at + 1).is_some_and(Line::is_dashes) && line.cells.len() > 1 {
            reader.start(line);
            last = line.number;
            reader.is_open = false;
            is_over = false;
        } else if reader.line(line, is_over) {
            last = line.number;
            is_over = false;
        } else {
            is_over = true;
        }
    }
    let ends_here = !document
        .lines()
        .any(|(number, text)| number > last && !text.trim().is_empty());
    reader.close(ends_here);
    if from > 0 {
        // So that none of the rows without a port is taken for the heading.
        let above = lines[..from].iter().rev().find(|line| !line.is_dashes());
        let names = above.filter(|line| line.cells.len() > 1);
        let heading = GridRow {
            is_heading: true,
            cells: names.map_or_else(Vec::new, |line| {
                line.cells
                    .iter()
                    .map(|text| cell(text, line.number))
                    .collect()
            }),
            ..GridRow::default()
        };
        reader.rows.insert(0, heading);
    }
    let grid = Grid {
        layout: &LAYOUT,
        width: heading,
        rows: reader.rows,
        findings: reader.findings,
        is_markdown: true,
    };
    Ok(grid.into_table(document).ok())
}

/// Where the rows begin: below the last line of dashes, or with the lines right above the
/// first port that begin as rows do.
fn body_start(above: &[Line<'_>]) -> usize {
    if let Some(dashes) = above.iter().rposition(Line::is_dashes) {
        return dashes + 1;
    }
    let is_row = |line: &&Line<'_>| {
        line.cells.len() > 2
            && line
                .cells
                .first()
                .is_some_and(|cell| begins_with_digit(cell))
    };
    above.len() - above.iter().rev().take_while(is_row).count()
}

/// How many cells the heading has that stands right above the rows: in the line
/// of dashes where there is one, or else in all lines with pipes together.
fn heading(lines: &[Line<'_>]) -> Option<usize> {
    let mut cells = 0;
    for line in lines.iter().rev() {
        if line.is_dashes() {
            return Some(line.cells.len());
        }
        if line.cells.len() < 2 && !line.closes || cells + line.cells.len() > 8 {
            break;
        }
        cells += line.cells.len();
    }
    (cells > 0).then_some(cells)
}

/// Cuts a line at its pipes; escaped ones and those in code spans are text.
fn cut(number: u32, text: &str) -> Line<'_> {
    let text = text.trim();
    let mut pipes = Vec::new();
    let mut escaped = false;
    let mut code = false;
    let last_tick = text.rfind('`');
    for (at, c) in text.char_indices() {
        match c {
            '`' if !escaped && (code || last_tick.is_some_and(|last| last > at)) => code = !code,
            '|' if !escaped && !code => pipes.push(at),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    let opens = pipes.first() == Some(&0);
    let closes =
        pipes.len() > usize::from(opens) && pipes.last() == Some(&(text.len().saturating_sub(1)));
    let mut cells = Vec::new();
    let mut start = 0;
    for at in &pipes {
        if *at > 0 {
            cells.push(text[start..*at].trim());
        }
        start = at + 1;
    }
    if !closes && start <= text.len() {
        cells.push(text[start..].trim());
    }
    Line {
        number,
        cells,
        opens,
        closes,
    }
}

/// The most lines of a row of which each is told that the row goes on there; real rows have three.
const MAX_TOLD: usize = 16;

struct Reader<'d> {
    document: &'d Document<'d>,
    width: Option<usize>,
    opens: bool,
    closes: bool,
    rows: Vec<GridRow>,
    findings: Vec<Finding>,
    /// How many lines the last row has behind its first.
    further_lines: usize,
    /// Whether the last cell may go on in the next line.
    is_open: bool,
}

impl Reader<'_> {
    /// Takes a line in; false where it is no part of the table.
    fn line(&mut self, line: &Line<'_>, is_over: bool) -> bool {
        let has_pipe = line.cells.len() > 1 || line.opens || line.closes;
        let missing = self
            .rows
            .last()
            .zip(self.width)
            .map_or(0, |(row, width)| width.saturating_sub(row.cells.len()));
        let is_text = line.cells.iter().any(|cell| !cell.is_empty());
        // A number with no transport after it, in a line that has just the cells which the
        // row above still lacks, is that row's RFC.
        let completes = missing > 0
            && !is_over
            && line.cells.len() == missing
            && self
                .rows
                .last()
                .is_some_and(|row| row.line_last + 1 == line.number)
            && !line
                .cells
                .get(1)
                .is_some_and(|cell| is_transport_cell(cell))
            && line.is_row();
        let is_new = !completes
            && if self.opens {
                line.opens
            } else {
                line.is_row()
            };
        if is_new && has_pipe {
            self.start(line);
            // The first pipe of a line that completes the row ends the cell that is open.
        } else if !is_over && is_text && self.is_open && self.closes && !(completes && line.opens) {
            self.go_on(line, true);
        } else if !is_over
            && has_pipe
            && missing > 0
            && line.cells.len() <= missing
            && (completes || !line.opens)
        {
            self.go_on(line, false);
        } else if has_pipe && !is_over {
            self.start(line);
        } else {
            return false;
        }
        self.is_open = self.closes && !line.closes;
        true
    }

    fn start(&mut self, line: &Line<'_>) {
        self.further_lines = 0;
        self.rows.push(GridRow {
            cells: line
                .cells
                .iter()
                .map(|text| cell(text, line.number))
                .collect(),
            line_last: line.number,
            ..GridRow::default()
        });
    }

    fn go_on(&mut self, line: &Line<'_>, in_cell: bool) {
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        self.further_lines += 1;
        if self.further_lines <= MAX_TOLD {
            let port = row.cells.first().map_or("", |cell| cell.text.as_str());
            let message = message!("row of port {}: it goes on in this line", Quoted(port));
            self.findings.push(Finding::new(
                &rules::BROKEN_ROW,
                self.document.source,
                line.number,
                message,
            ));
        }
        let mut cells = line.cells.iter();
        if in_cell
            && let Some(open) = row.cells.last_mut()
            && let Some(text) = cells.next()
        {
            open.text.push('\n');
            open.text.push_str(&unescape(text));
        }
        row.cells.extend(cells.map(|text| cell(text, line.number)));
        row.line_last = line.number;
    }

    /// Marks the last row where the text may be cut off in it.
    fn close(&mut self, ends_here: bool) {
        let (is_open, closes, width) = (self.is_open, self.closes, self.width);
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        let is_short = width.is_some_and(|width| row.cells.len() < width);
        if ends_here && (is_open || is_short || !closes) {
            let why = message!("the text ends in this row, so its last cell may be cut off")
                .known_as("text-ends");
            row.problem = Some((&rules::CUT_OFF, why));
        }
    }
}

fn cell(text: &str, line: u32) -> RawCell {
    RawCell {
        text: unescape(text),
        place: line.into(),
    }
}

/// An escaped pipe is a pipe, and `<br>` a line break.
fn unescape(text: &str) -> String {
    let mut text = text.replace("\\|", "|");
    for tag in ["<br>", "<br/>", "<br />"] {
        text = text.replace(tag, "\n");
    }
    text
}
