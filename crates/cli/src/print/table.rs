//! Tables: columns aligned, and no wider than there is room for.

use anstyle::Style;
use appleports_model::cut;
use appleports_model::escape::terminal;
use unicode_width::UnicodeWidthStr;

use super::excerpt::{DOTS, Mark, excerpt, find};
use super::text::{BOLD, MARK, Text};

/// The most characters of a cell that is never shortened: a hostile one would widen
/// every row.
const MAX_CELL: usize = 100;

/// The least that a column is shortened to, where nothing was found in it.
const MIN_WIDTH: usize = 10;

/// What separates two columns.
const GAP: usize = 2;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    head: &'static str,
    /// Its part of the room that is shared; 0 for one that is never shortened.
    weight: usize,
}

impl Column {
    /// A column whose cells are shown whole: ports, dates, keys.
    pub(crate) const fn whole(head: &'static str) -> Self {
        Self { head, weight: 0 }
    }

    /// A column that is shortened where the table has not enough room.
    pub(crate) const fn prose(head: &'static str) -> Self {
        Self { head, weight: 1 }
    }

    /// A column with prose that matters more than the others'.
    pub(crate) const fn main_prose(head: &'static str) -> Self {
        Self { head, weight: 2 }
    }

    const fn is_prose(self) -> bool {
        self.weight > 0
    }
}

/// A cell with its style.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(crate) fn new(text: &str, style: Style) -> Self {
        Self {
            text: terminal::line(text),
            style,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, Style::new())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

/// A table, row by row.
#[derive(Debug)]
pub(crate) struct Table<const N: usize> {
    columns: [Column; N],
    marks: Vec<Mark>,
    rows: Vec<[Cell; N]>,
}

impl<const N: usize> Table<N> {
    /// A table without rows. One without heads has no line for them.
    pub(crate) const fn new(columns: [Column; N]) -> Self {
        Self {
            columns,
            marks: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// The words that were looked for: they stand out, and no cell loses them.
    pub(crate) fn mark(&mut self, mut marks: Vec<Mark>) {
        marks.retain(|mark| !mark.is_empty());
        self.marks = marks;
    }

    pub(crate) fn row(&mut self, cells: [Cell; N]) {
        self.rows.push(cells);
    }

    /// The table for so many columns of a terminal. Only prose is shortened: where the
    /// rest is wider, so is the table.
    pub(crate) fn render(&self, room: usize) -> Text {
        let heads = self.columns.map(|column| column.head);
        let has_heads = heads.iter().any(|head| !head.is_empty());
        let widths = self.widths(room);
        let mut text = Text::default();
        if has_heads {
            let cells = heads.map(|head| Cell::new(head, BOLD));
            line(&mut text, &cells, &widths, &[]);
        }
        for row in &self.rows {
            let mut cells = row.clone();
            for (at, cell) in cells.iter_mut().enumerate() {
                if self.columns[at].is_prose() {
                    cell.text = excerpt(&cell.text, widths[at], &self.marks).into_owned();
                } else {
                    cell.text = cut(&cell.text, MAX_CELL).into_owned();
                }
            }
            line(&mut text, &cells, &widths, &self.marks);
        }
        text
    }

    /// The least width of a column with prose: what was looked for is never cut, and may need
    /// dots on both sides.
    fn least(&self, at: usize) -> usize {
        let found = self.rows.iter().filter_map(|row| {
            let text = &row[at].text;
            Some(text[find(text, &self.marks)?].width() + 2 * DOTS.width())
        });
        found.chain([MIN_WIDTH]).max().unwrap_or(MIN_WIDTH)
    }

    /// The width of each column. The room that the others leave is shared by those with
    /// prose: one that needs less than its share leaves the rest to the others.
    fn widths(&self, room: usize) -> [usize; N] {
        let mut widths = [0; N];
        for (at, column) in self.columns.iter().enumerate() {
            let cells = self.rows.iter().map(|row| {
                let whole = row[at].text.as_str();
                if column.is_prose() {
                    whole.width()
                } else {
                    cut(whole, MAX_CELL).width()
                }
            });
            widths[at] = cells.chain([column.head.width()]).max().unwrap_or(0);
        }
        let is_prose = |at: &usize| self.columns[*at].is_prose();
        let fixed: usize = (0..N).filter(|at| !is_prose(at)).map(|at| widths[at]).sum();
        let mut left = room.saturating_sub(fixed + GAP * N.saturating_sub(1));
        let mut prose: Vec<usize> = (0..N).filter(is_prose).collect();
        prose.sort_by_key(|at| widths[*at] / self.columns[*at].weight);
        let mut weights: usize = prose.iter().map(|at| self.columns[*at].weight).sum();
        for at in prose {
            let weight = self.columns[at].weight;
            let share = (left * weight / weights).max(self.least(at));
            widths[at] = widths[at].min(share);
            left = left.saturating_sub(widths[at]);
            weights -= weight;
        }
        widths
    }
}

/// One line, without spaces at its end.
fn line(text: &mut Text, cells: &[Cell], widths: &[usize], marks: &[Mark]) {
    let mut padding = 0;
    for (cell, width) in cells.iter().zip(widths) {
        if !cell.text.is_empty() {
            text.plain(&" ".repeat(padding));
            padding = 0;
            marked(text, cell, marks);
        }
        padding += width.saturating_sub(cell.text.width()) + GAP;
    }
    text.end_line();
}

/// A cell in its style, the marks in theirs.
fn marked(text: &mut Text, cell: &Cell, marks: &[Mark]) {
    let mut rest = cell.text.as_str();
    while let Some(mark) = find(rest, marks) {
        text.styled(cell.style, &rest[..mark.start]);
        text.styled(MARK, &rest[mark.clone()]);
        rest = &rest[mark.end..];
    }
    text.styled(cell.style, rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 3]], marks: &[&str]) -> Table<3> {
        let columns = [
            Column::whole("PORT"),
            Column::prose("TITLE"),
            Column::whole("LINE"),
        ];
        let mut table = Table::new(columns);
        table.mark(marks.iter().map(|mark| Mark::anywhere(mark)).collect());
        for row in rows {
            table.row(row.map(Cell::from));
        }
        table
    }

    fn plain(table: &Table<3>, room: usize) -> String {
        let text = table.render(room);
        anstream::adapter::strip_str(text.as_ansi()).to_string()
    }

    #[test]
    fn wide_characters_and_accents_are_aligned() {
        let rows = [
            ["80", "万维网", "1"],
            ["443", "cafe\u{301}", "2"],
            ["5223", "push", "3"],
            ["1", "", "4"],
        ];
        assert_eq!(
            plain(&table(&rows, &[]), 100),
            "PORT  TITLE   LINE\n\
             80    万维网  1\n\
             443   cafe\u{301}    2\n\
             5223  push    3\n\
             1             4\n"
        );
    }

    #[test]
    fn only_prose_is_shortened() {
        let long = "one two three four five six seven eight nine ten";
        let rows = [["16384-16472/udp", long, "1"]];
        let shown = plain(&table(&rows, &[]), 50);
        assert_eq!(
            shown.lines().nth(1),
            Some("16384-16472/udp  one two three four five...   1")
        );
        assert_eq!(shown.lines().nth(1).map(UnicodeWidthStr::width), Some(47));
        let marked = plain(&table(&rows, &["nine"]), 50);
        assert!(marked.contains("...nine ten"), "{marked}");
        let narrow = plain(&table(&rows, &[]), 10);
        assert!(
            narrow.contains("16384-16472/udp  one two...  1"),
            "{narrow}"
        );
        let wide = plain(&table(&rows, &[]), 200);
        assert!(wide.contains(long), "{wide}");
    }

    #[test]
    fn what_was_found_is_never_cut() {
        let rows = [["443", "before Documents in the Cloud, and more behind", "1"]];
        for room in 0..100 {
            let shown = plain(&table(&rows, &["documents in the cloud"]), room);
            assert!(shown.contains("Documents in the Cloud"), "{room}: {shown}");
        }
    }

    #[test]
    fn a_short_column_leaves_its_share_to_the_other() {
        let mut table = Table::new([Column::prose("A"), Column::prose("B")]);
        let long = "x".repeat(90);
        table.row(["short".into(), long.as_str().into()]);
        assert_eq!(table.widths(80), [5, 73]);
        table.row([long.as_str().into(), "b".into()]);
        assert_eq!(table.widths(80), [39, 39]);
    }

    #[test]
    fn main_prose_has_twice_the_room_of_the_rest() {
        let mut table = Table::new([Column::main_prose("A"), Column::prose("B")]);
        let long = "x".repeat(90);
        table.row([long.as_str().into(), long.as_str().into()]);
        assert_eq!(table.widths(80), [52, 26]);
    }

    #[test]
    fn marks_and_heads_have_their_styles_and_hidden_characters_none() {
        let rows = [["80", "A FaceTime, facetime\u{1b}[2J", "1"]];
        let shown = table(&rows, &["facetime"]).render(100);
        let shown = shown.as_ansi();
        assert!(shown.starts_with("\u{1b}[1mPORT\u{1b}[0m"), "{shown:?}");
        let mark = |text: &str| format!("{MARK}{text}{MARK:#}");
        assert!(shown.contains(&format!("A {}, {}", mark("FaceTime"), mark("facetime"))));
        assert!(!shown.contains("\u{1b}[2J"), "{shown:?}");
    }

    #[test]
    fn a_hostile_key_does_not_widen_every_row() {
        let key = "k".repeat(5_000);
        let rows = [[key.as_str(), "title", "1"], ["80", "title", "2"]];
        let shown = plain(&table(&rows, &[]), 100);
        assert!(shown.lines().all(|line| line.len() < 130));
    }
}
