//! Rows whose cells are joined by spaces.
//!
//! ```text
//! 22 TCP Secure Shell (SSH) 4253 ssh Xcode Server (hosted Git+SSH)
//! ```
//!
//! Only a row with exactly one number between title and name can be cut without
//! guessing: the number is the RFC, the word after it the name, and the rest
//! "used by". Every other row is rejected.

mod cut;
mod lines;

use appleports_model::{Column, Message, Quoted, RawCell, RawRow, RawTable, message};

use self::lines::{Line, are_parted, further_starts, has_cells, is_heading, may_start, part};

use crate::article::document::Document;
use crate::article::layout::Layout;
use crate::article::rules;
use crate::article::table::draft::Draft;
use crate::article::table::marks::joined_start;
use crate::article::table::shape::is_port_text;

/// The layout.
pub(super) static LAYOUT: Layout = Layout {
    name: "joined-rows",
    file: "capture.txt",
    media_type: "text/plain",
    keeps_comments: false,
    knows_article: false,
    read: |document| Ok(table(document)),
};

fn table(document: &Document<'_>) -> Option<RawTable> {
    let lines: Vec<Line<'_>> = document.lines().collect();
    let starts: Vec<usize> = (0..lines.len())
        .filter(|at| joined_start(lines[*at].1).is_some())
        .collect();
    let first = *starts.first()?;
    let heading = lines[..first].iter().rposition(|line| is_heading(line.1));
    let mut reader = Reader {
        draft: Draft::new(document, &LAYOUT, Column::ALL.to_vec()),
        are_parted: are_parted(&lines, &starts),
        keeps_dashes: keeps_dashes(&lines, &starts),
    };
    reader.draft.note(
        &rules::CUT_BY_CONTENT,
        lines[first].0,
        message!("the cells of each row are joined by spaces").known_as(LAYOUT.name),
    );
    // A text that is cut off right behind a port has begun another row.
    let begun = lines
        .iter()
        .rposition(|(_, line)| !line.trim().is_empty())
        .filter(|last| !starts.contains(last) && is_port_text(lines[*last].1.trim()));
    for (at, (line, text)) in lines[..first].iter().enumerate() {
        let is_below = heading.is_some_and(|heading| heading < at);
        let begins = text.starts_with(|c: char| c.is_ascii_digit()) && may_start(text);
        let has_more = text.split_whitespace().nth(1).is_some();
        if is_below && has_cells(text) || begins && has_more {
            reader.reject_unread(*line, text, unreadable());
        }
    }
    for (at, begin) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().or(begun);
        reader.rows(&lines[*begin..end.unwrap_or(lines.len())], end.is_none());
    }
    if let Some((line, port)) = begun.map(|at| lines[at]) {
        let why = message!("the text ends after its port").known_as("ends-after-port");
        reader.draft.reject(&rules::CUT_OFF, line, port.trim(), why);
    }
    reader.draft.finish_if_any()
}

/// Whether empty cells are dashes. They were left out where a row ends with its name, unless
/// another shows them.
fn keeps_dashes(lines: &[Line<'_>], starts: &[usize]) -> bool {
    let mut rows = starts.iter().map(|at| lines[*at].1);
    let ends_with_name = |pair: &[usize]| {
        let [at, next] = [pair[0], pair[1]];
        let row = &lines[at..=at];
        next == at + 1
            && joined_start(row[0].1)
                .and_then(|(_, skip)| cut::cut(row, skip, false).ok())
                .is_some_and(|(_, _, _, used_by)| used_by.is_none())
    };
    rows.any(cut::shows_empty_cells) || !starts.windows(2).any(ends_with_name)
}

fn unreadable() -> Message {
    message!("its port cannot be read").known_as("port-unreadable")
}

struct Reader {
    draft: Draft,
    /// Blank lines stand between most rows.
    are_parted: bool,
    /// Empty cells are there, as dashes.
    keeps_dashes: bool,
}

impl Reader {
    /// Rejects the row of a line, of which only the first word is certain.
    fn reject_unread(&mut self, line: u32, text: &str, why: Message) {
        let port = text.split_whitespace().next().unwrap_or_default();
        self.draft.reject(&rules::UNALIGNED_ROW, line, port, why);
    }

    /// Reads the lines from one row up to the next.
    fn rows(&mut self, lines: &[Line<'_>], is_last: bool) {
        let (mut row, mut others) = part(lines);
        if !is_last && self.lacks_its_end(row, others) {
            (row, others) = (lines, &[]);
        }
        let below = row[1..].iter().filter(|(_, text)| may_start(text));
        let is_text = |line: &&Line<'_>| !line.1.trim().is_empty() && !is_heading(line.1);
        let texts: Vec<Line<'_>> = others.iter().filter(is_text).copied().collect();
        let first_text = texts.first().copied().filter(|_| !is_last);
        if below.clone().next().is_some() {
            let why = message!("its texts and those of the rows below it cannot be told apart")
                .known_as("rows-mixed");
            self.reject_unread(row[0].0, row[0].1, why.clone());
            below.for_each(|(line, text)| self.reject_unread(*line, text, why.clone()));
        } else if self.are_parted && first_text.is_some_and(|(_, text)| !may_start(text)) {
            let why =
                message!("the text below the blank line may be part of it").known_as("text-below");
            self.reject_unread(row[0].0, row[0].1, why);
        } else {
            self.row(row, is_last.then_some(others));
        }
        if let Some((line, text)) = first_text {
            let message = message!("text outside the rows: `{}`", Quoted(text.trim()));
            self.draft.note(&rules::STRAY_TEXT, line, message);
            for (line, text) in texts.iter().filter(|(_, text)| may_start(text)) {
                self.reject_unread(*line, text, unreadable());
            }
        }
    }

    /// Whether a row ends with its name, and one paragraph stands below it: the last cell.
    fn lacks_its_end(&self, row: &[Line<'_>], others: &[Line<'_>]) -> bool {
        let mut paragraphs = others.split(|(_, text)| text.trim().is_empty());
        let mut texts = paragraphs.by_ref().filter(|lines| !lines.is_empty());
        let (Some(paragraph), None) = (texts.next(), texts.next()) else {
            return false;
        };
        let is_odd =
            |(_, text): &Line<'_>| text.starts_with('#') || is_heading(text) || may_start(text);
        let cells = joined_start(row[0].1)
            .and_then(|(_, skip)| cut::cut(row, skip, self.keeps_dashes).ok());
        !paragraph.iter().any(is_odd) && cells.is_some_and(|(_, _, _, used_by)| used_by.is_none())
    }

    /// Reads the lines of a row; `below` are those below the last one.
    fn row(&mut self, lines: &[Line<'_>], below: Option<&[Line<'_>]>) {
        let (line, text) = lines[0];
        let Some((ports, transports)) = joined_start(text) else {
            return;
        };
        let further = further_starts(lines);
        if !further.is_empty() {
            let why = message!("it contains another row").known_as("row-in-row");
            self.reject_unread(line, text, why);
            self.draft.reject_further(&further);
            return;
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let port = words[..ports].join(" ");
        let is_whole = below.map_or(Ok(()), |below| end_of_last(lines, below));
        let done = is_whole
            .map_err(|why| (&rules::CUT_OFF, why))
            .and_then(|()| {
                cut::cut(lines, transports, self.keeps_dashes)
                    .map_err(|why| (&rules::UNALIGNED_ROW, why))
            });
        match done {
            Ok((title, rfc, name, used_by)) => {
                let cell = |words: &[&str]| {
                    Some(RawCell {
                        text: words.join(" "),
                        place: line.into(),
                    })
                };
                let line_last = used_by.as_ref().map_or(line, |cell| {
                    let breaks = cell.text.matches('\n').count();
                    cell.place.line + u32::try_from(breaks).unwrap_or_default()
                });
                let cells = [
                    cell(&words[..ports]),
                    cell(&words[ports..transports]),
                    Some(title),
                    Some(rfc),
                    Some(name),
                    used_by,
                ];
                let captured = cells
                    .iter()
                    .flatten()
                    .map(|cell| cell.text.clone())
                    .collect();
                let mut row = RawRow {
                    confirmed: None,
                    cells,
                    captured,
                    place: line.into(),
                    line_last,
                };
                for cell in row.cells.iter_mut().flatten() {
                    self.draft.mend(&port, cell);
                }
                self.draft.accept(row);
            }
            Err((rule, why)) => {
                self.draft.reject(rule, line, &port, why.clone());
                // Where the first line is a row by itself, the others may be a row as well.
                let alone = cut::cut(&lines[..1], transports, self.keeps_dashes);
                let next = lines[1..].iter().find(|(_, text)| has_cells(text));
                if let Some((line, text)) = next.filter(|_| alone.is_ok()) {
                    self.reject_unread(*line, text, why);
                }
            }
        }
    }
}

/// Whether the last row is certainly whole: one line, with a blank one and more text below.
fn end_of_last(lines: &[Line<'_>], below: &[Line<'_>]) -> Result<(), Message> {
    let has_blank = below
        .first()
        .is_some_and(|(_, text)| text.trim().is_empty());
    let has_more = below.iter().any(|(_, text)| !text.trim().is_empty());
    if lines.len() == 1 && has_blank && has_more {
        return Ok(());
    }
    let why = message!("the text ends in this row, so its last cell may be cut off");
    Err(why.known_as("text-ends"))
}
