//! One cell a line, the port in bold, the heading row bold on one line.
//!
//! ```text
//! **Port** **TCP or UDP** **Service or Protocol Name** **RFC** **Service Name** **Used By**
//!
//! **25**
//! TCP
//! Simple Mail Transfer Protocol (SMTP)
//! 5321
//! smtp
//!
//! Mail (sending)
//! ```
//!
//! A row starts at a bold line with a digit in it and ends before the next one.
//! A cell goes on in the next line where its line ends in two spaces (Markdown's
//! hard line break). A blank line ends the row if it is complete, and also if
//! another row does not follow: what stands there is the article's closing text.

use appleports_model::{
    Column, Quoted, RawCell, RawRow, RawTable, has_blank_text, is_dash, message,
};

use crate::article::document::Document;
use crate::article::layout::Layout;
use crate::article::rules;
use crate::article::table::align::{Aligned, align, is_transport_text};
use crate::article::table::draft::{Draft, MAX_MENDED};

/// The layout.
pub(super) static LAYOUT: Layout = Layout {
    name: "bold-lines",
    file: "capture.md",
    media_type: "text/markdown",
    keeps_comments: false,
    knows_article: false,
    read: |document| Ok(table(document)),
};

fn table(document: &Document<'_>) -> Option<RawTable> {
    let lines: Vec<(u32, &str)> = document.lines().collect();
    let heading = lines
        .iter()
        .position(|(_, line)| bold_segments(line) >= 5)?;
    let count = bold_segments(lines[heading].1);
    let columns = columns(count)?;
    let body = &lines[heading + 1..];
    let starts: Vec<usize> = (0..body.len())
        .filter(|at| is_row_start(body, *at))
        .collect();
    let first = *starts.first()?;
    let mut reader = Reader {
        draft: Draft::new(document, &LAYOUT, columns),
    };
    reader.stray(&body[..first]);
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied();
        reader.row(&body[*start..end.unwrap_or(body.len())], end.is_none());
    }
    Some(reader.draft.finish())
}

/// The columns of a heading with `count` cells.
fn columns(count: usize) -> Option<Vec<Column>> {
    match count {
        6 => Some(Column::ALL.to_vec()),
        5 => Some(
            Column::ALL
                .into_iter()
                .filter(|column| *column != Column::ServiceName)
                .collect(),
        ),
        _ => None,
    }
}

/// How many `**bold**` segments make up the whole line; 0 if anything else is on it.
fn bold_segments(line: &str) -> usize {
    let parts: Vec<&str> = line.trim().split("**").collect();
    let outside_is_blank = parts.iter().step_by(2).all(|part| part.trim().is_empty());
    let inside_is_text = parts
        .iter()
        .skip(1)
        .step_by(2)
        .all(|part| !part.trim().is_empty());
    if parts.len() % 2 == 1 && outside_is_blank && inside_is_text {
        parts.len() / 2
    } else {
        0
    }
}

/// Whether a row starts here: at a bold line that begins like a port, or at any other bold line
/// (a port that cannot be read) with a transport cell below it, or with a dash where it has a
/// digit.
fn is_row_start(body: &[(u32, &str)], at: usize) -> bool {
    let Some((text, closed)) = bold_line(body[at].1) else {
        return false;
    };
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let begins_like_port =
        text.starts_with(|c: char| c.is_ascii_digit() || "-+–—".contains(c)) && has_digit;
    let mut below = body[at + 1..].iter().map(|(_, line)| line.trim());
    // The marker may be closed on a line of its own.
    let below = below.find(|line| closed || *line != "**");
    let has_transport = below.is_some_and(|next| {
        let is_transport = !has_blank_text(next) && is_transport_text(next);
        is_transport || has_digit && !next.is_empty() && next.chars().all(is_dash)
    });
    begins_like_port || has_transport
}

/// The text of a short line that is bold as a whole, and whether its marker is closed.
fn bold_line(line: &str) -> Option<(&str, bool)> {
    let inner = line.trim_start().strip_prefix("**")?;
    let (text, closed) = match inner.trim_end().strip_suffix("**") {
        Some(text) => (text, true),
        None => (inner, false),
    };
    let is_short = !text.contains("**") && text.chars().count() <= 80;
    (is_short && !text.trim().is_empty()).then_some((text.trim(), closed))
}

fn ends_in_hard_break(line: &str) -> bool {
    line.ends_with("  ") && !line.trim().is_empty()
}

struct Reader {
    draft: Draft,
}

/// The cells of one row while they are collected.
#[derive(Default)]
struct Collected {
    cells: Vec<RawCell>,
    /// For each cell, whether a blank line stands before it.
    after_blank: Vec<bool>,
    line_last: u32,
}

impl Reader {
    /// Reports text that belongs to no row.
    fn stray(&mut self, lines: &[(u32, &str)]) {
        if let Some((line, text)) = lines.iter().find(|(_, text)| !text.trim().is_empty()) {
            self.draft.note(
                &rules::STRAY_TEXT,
                *line,
                message!("text outside the rows: `{}`", Quoted(text.trim())),
            );
        }
    }

    /// Reads the lines from one port line up to the next, or to the end of the text.
    fn row(&mut self, lines: &[(u32, &str)], is_last: bool) {
        let (line_first, port_text) = lines[0];
        let (port, closed) = bold_line(port_text).unwrap_or((port_text.trim(), true));
        let port = port.to_owned();
        let rest = self.close_marker(lines, closed);
        let wanted = self.draft.columns().len();
        let mut row = Collected {
            line_last: line_first,
            ..Collected::default()
        };
        row.cells.push(RawCell {
            text: port.clone(),
            place: line_first.into(),
        });
        row.after_blank.push(false);
        let outside = collect(rest, wanted, is_last, &mut row);
        if is_last && outside.iter().all(|(_, line)| line.trim().is_empty()) {
            let why = message!("the text ends in this row, so its last cell may be cut off")
                .known_as("text-ends");
            self.draft.reject(&rules::CUT_OFF, line_first, &port, why);
            return;
        }
        let captured = row.cells.iter().map(|cell| cell.text.clone()).collect();
        for (cell, _) in row
            .cells
            .iter()
            .zip(&row.after_blank)
            .take(MAX_MENDED)
            .filter(|(_, blank)| **blank)
        {
            let message = message!("a blank line is before the cell `{}`", Quoted(&cell.text));
            self.draft
                .note_row(&rules::BLANK_LINE_IN_ROW, cell.place, &port, message);
        }
        let cells = row.cells.iter().take(MAX_MENDED);
        for cell in cells.filter(|cell| cell.text.contains('\n')) {
            let message = message!(
                "one cell runs over {} lines: `{}`",
                cell.text.lines().count(),
                Quoted(&cell.text)
            );
            self.draft
                .note_row(&rules::MULTILINE_CELL, cell.place, &port, message);
        }
        // Cells beyond those of any table are of no row that is taken.
        for cell in row.cells.iter_mut().take(MAX_MENDED) {
            self.draft.mend(&port, cell);
        }
        let line_last = row.line_last;
        let whole = |cells| RawRow {
            confirmed: None,
            cells,
            captured,
            place: line_first.into(),
            line_last,
        };
        match align(self.draft.columns(), row.cells) {
            Aligned::Full(cells) => self.draft.accept(whole(cells)),
            Aligned::Lost(column, cells) => {
                let message = message!(
                    "{} cells for {} columns; the {} cell is missing",
                    wanted - 1,
                    wanted,
                    column.as_str()
                );
                self.draft
                    .note_row(&rules::LOST_CELL, line_first, &port, message);
                self.draft.accept(whole(cells));
            }
            Aligned::Unclear(why) => {
                self.draft
                    .reject(&rules::UNALIGNED_ROW, line_first, &port, why);
            }
        }
        if !is_last {
            self.stray(outside);
        }
    }

    /// The lines after the port line; takes a closing `**` on its own line off.
    fn close_marker<'l, 't>(
        &mut self,
        lines: &'l [(u32, &'t str)],
        closed: bool,
    ) -> &'l [(u32, &'t str)] {
        if closed {
            return &lines[1..];
        }
        let message = message!(
            "the bold marker of `{}` is not closed on its line",
            Quoted(lines[0].1.trim())
        );
        self.draft.note(&rules::BROKEN_MARKER, lines[0].0, message);
        match lines.get(1) {
            Some((_, text)) if text.trim() == "**" => &lines[2..],
            _ => &lines[1..],
        }
    }
}

/// Collects the cells after the port cell; returns the lines that are not part of the row.
fn collect<'l, 't>(
    lines: &'l [(u32, &'t str)],
    wanted: usize,
    is_last: bool,
    row: &mut Collected,
) -> &'l [(u32, &'t str)] {
    let mut blank = false;
    let mut continues = false;
    for (at, (number, line)) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            blank = true;
            continues = false;
            continue;
        }
        if blank && (row.cells.len() >= wanted || is_last) {
            return &lines[at..];
        }
        match row.cells.last_mut() {
            Some(open) if continues => {
                open.text.push('\n');
                open.text.push_str(line.trim());
            }
            _ => {
                row.cells.push(RawCell {
                    text: line.trim().to_owned(),
                    place: (*number).into(),
                });
                row.after_blank.push(blank);
            }
        }
        row.line_last = *number;
        blank = false;
        continues = ends_in_hard_break(line);
    }
    &lines[lines.len()..]
}
