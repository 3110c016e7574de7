//! The tables of a page, as source rows with spans, in one pass over the tree.

use appleports_model::{Place, joined};
use ego_tree::iter::Edge;
use scraper::Node;
use scraper::node::Element;

use super::elements::{attribute, is_block, is_hidden, is_raised, non_negative, sets_apart};
use crate::article::table::footnote::{
    is_link_mark, is_raised_mark, leads_to_page, would_be_one_number,
};
use crate::article::tree::Page;

/// A cell as the page has it.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Where its text begins.
    pub(super) place: Place,
    pub(super) line_last: u32,
    pub(super) colspan: usize,
    pub(super) rowspan: usize,
    pub(super) is_heading: bool,
    /// The footnote marks that were taken off.
    pub(super) marks: String,
    /// Whether another table stands in the cell.
    pub(super) has_table: bool,
    /// Whether a link of the page to itself is a text of the cell, and no mark.
    has_link: bool,
    /// Where in the text a link or the like begins or has ended.
    border: usize,
}

impl Cell {
    /// Ends the line of text, if one has begun: white space never gets long at either end.
    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Notes where the text of the cell begins, at the first of it.
    fn begin(&mut self, place: Place) {
        if self.text.trim().is_empty() && place.line != self.place.line {
            self.place = place;
        }
    }

    /// Adds a text of the page. Digits on both sides of a link's border are two numbers.
    fn push(&mut self, text: &str) {
        if self.border == self.text.len() && would_be_one_number(&self.text, text) {
            self.text.push(' ');
        }
        push_words(&mut self.text, text);
    }

    /// Notes that what comes next is set apart from what stands before.
    fn set_apart(&mut self) {
        self.border = self.text.len();
    }
}

/// A row and its row group (`thead`, `tbody`, `tfoot`), counted through the table.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) group: u32,
    pub(super) cells: Vec<Cell>,
}

/// A table: its rows of cells.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// Whether the page ends inside the table.
    pub(super) is_cut: bool,
    group: u32,
    /// The cell that is being read.
    open: Option<Cell>,
}

/// No cell of the article spans as many columns. Each takes memory.
const MAX_SPANNED: usize = 16;

/// All tables of the page that have rows, inner ones before those around them.
/// `address` is that of the page.
pub(super) fn tables(page: &Page, address: &str) -> Vec<Table> {
    let mut reader = Reader {
        address: address.to_owned(),
        ..Reader::default()
    };
    let mut hidden = 0_usize;
    for edge in page.html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    let place = page.place(node.id());
                    reader.at = place;
                    if hidden > 0 || is_hidden(element) {
                        hidden += 1;
                    } else {
                        let is_cut = page.unclosed.contains(&node.id());
                        reader.open(element, place, is_cut);
                    }
                }
                Node::Text(text) if hidden == 0 => reader.text(text),
                Node::Text(text) => reader.at = behind(reader.at, text),
                Node::Comment(text) => reader.at = behind(reader.at, text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    if hidden > 0 {
                        hidden -= 1;
                    } else {
                        reader.close(element.name());
                    }
                }
            }
        }
    }
    reader.done
}

#[derive(Default)]
struct Reader {
    done: Vec<Table>,
    open: Vec<Table>,
    /// The raised element or link to the page itself that is open, the outermost one.
    raised: Option<Raised>,
    address: String,
    /// Where the last tag ends, or the text behind it.
    at: Place,
}

/// Where a text ends that begins at a place; the column of a later line is not known.
fn behind(place: Place, text: &str) -> Place {
    match text.bytes().filter(|byte| *byte == b'\n').count() {
        0 => place,
        lines => {
            let lines = u32::try_from(lines).unwrap_or(u32::MAX);
            Place::from(place.line.saturating_add(lines))
        }
    }
}

/// A raised text or a link to a place on the same page, while it is read.
struct Raised {
    /// Where it begins.
    place: Place,
    depth: usize,
    text: String,
    is_link: bool,
}

impl Reader {
    fn open(&mut self, element: &Element, place: Place, is_cut: bool) {
        if let Some(raised) = &mut self.raised {
            raised.depth += 1;
            raised.is_link &= !is_raised(element);
            if is_block(element.name()) {
                raised.text.push('\n');
            }
            return;
        }
        match element.name() {
            "table" => {
                if let Some(cell) = self.cell() {
                    cell.has_table = true;
                }
                self.open.push(Table {
                    is_cut,
                    ..Table::default()
                });
            }
            "thead" | "tbody" | "tfoot" => {
                if let Some(table) = self.open.last_mut() {
                    table.group += 1;
                }
            }
            "tr" => {
                if let Some(table) = self.open.last_mut() {
                    table.rows.push(Row {
                        group: table.group,
                        cells: Vec::new(),
                    });
                }
            }
            "td" | "th" => {
                if let Some(table) = self.open.last_mut() {
                    table.open = Some(cell(element, place));
                }
            }
            _ if is_raised(element) || self.links_to_page(element) => {
                if let Some(cell) = self.cell() {
                    cell.set_apart();
                }
                self.raised = Some(Raised {
                    place,
                    depth: 1,
                    text: String::new(),
                    is_link: !is_raised(element),
                });
            }
            name => {
                if let Some(cell) = self.cell() {
                    cell.line_last = cell.line_last.max(place.line);
                    if cell.text.is_empty() && place.line == cell.place.line {
                        cell.place = place;
                    }
                    if is_block(name) {
                        cell.end_line();
                    }
                    if sets_apart(name) {
                        cell.set_apart();
                    }
                }
            }
        }
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        self.open.last_mut()?.open.as_mut()
    }

    fn text(&mut self, text: &str) {
        let space = text.len() - text.trim_start().len();
        let start = behind(self.at, &text[..space]);
        self.at = behind(start, &text[space..]);
        let end = self.at.line;
        if let Some(raised) = &mut self.raised {
            raised.text.push_str(text);
        } else if let Some(cell) = self.cell().filter(|_| space < text.len()) {
            cell.begin(start);
            cell.line_last = cell.line_last.max(end);
            cell.push(text);
        } else if let Some(cell) = self.cell() {
            cell.push(text);
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(raised) = &mut self.raised {
            raised.depth -= 1;
            if raised.depth == 0
                && let Some(raised) = self.raised.take()
            {
                self.raised_text(&raised);
            }
            return;
        }
        match name {
            "table" => self
                .done
                .extend(self.open.pop().filter(|table| !table.rows.is_empty())),
            "td" | "th" => {
                if let Some(table) = self.open.last_mut()
                    && let Some(mut cell) = table.open.take()
                {
                    cell.text = tidy(cell.text);
                    match table.rows.last_mut() {
                        Some(row) => row.cells.push(cell),
                        None => table.rows.push(Row {
                            group: table.group,
                            cells: vec![cell],
                        }),
                    }
                }
            }
            _ if is_block(name) => {
                if let Some(cell) = self.cell() {
                    cell.end_line();
                }
            }
            _ if sets_apart(name) => {
                if let Some(cell) = self.cell() {
                    cell.set_apart();
                }
            }
            _ => {}
        }
    }

    /// Whether a link leads to a place on the page itself.
    fn links_to_page(&self, element: &Element) -> bool {
        element.name() == "a"
            && attribute(element, "href").is_some_and(|href| leads_to_page(href, &self.address))
    }

    /// A raised number or star is a footnote's mark, and so is a link to a place on the
    /// page that is glued to a text; anything else is text.
    fn raised_text(&mut self, raised: &Raised) {
        let Some(cell) = self.cell() else { return };
        let text = raised.text.trim();
        let is_mark = if raised.is_link {
            let before = cell.text.trim_end().chars().next_back();
            is_link_mark(text, before) && !cell.has_link
        } else {
            is_raised_mark(text)
        };
        if is_mark {
            cell.marks.push_str(text);
        } else {
            cell.has_link |= raised.is_link;
            cell.begin(raised.place);
            for (at, line) in raised.text.split('\n').enumerate() {
                if at > 0 {
                    cell.end_line();
                }
                cell.push(line);
            }
        }
        cell.set_apart();
    }
}

fn cell(element: &Element, place: Place) -> Cell {
    let number = |name: &str| attribute(element, name).and_then(non_negative);
    let span = |name: &str, most: usize| number(name).unwrap_or(1).clamp(1, most);
    Cell {
        text: String::new(),
        place,
        line_last: place.line,
        colspan: span("colspan", MAX_SPANNED),
        rowspan: match number("rowspan") {
            // Down to the end of the row group.
            Some(0) => 65_534,
            _ => span("rowspan", 65_534),
        },
        is_heading: element.name() == "th",
        marks: String::new(),
        has_table: false,
        has_link: false,
        border: 0,
    }
}

/// Adds a text of the page: white space of any length is one space.
fn push_words(out: &mut String, text: &str) {
    let part = |out: &mut String| {
        if !out.ends_with([' ', '\n']) && !out.is_empty() {
            out.push(' ');
        }
    };
    if text.starts_with(char::is_whitespace) {
        part(out);
    }
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            part(out);
        }
        out.push_str(word);
    }
    if text.ends_with(char::is_whitespace) {
        part(out);
    }
}

/// The lines without space at their ends, blank ones left out.
fn tidy(text: String) -> String {
    if text.trim().len() == text.len() && !text.contains('\n') {
        return text;
    }
    let lines = text.lines().map(str::trim);
    joined(lines.filter(|line| !line.is_empty()), "\n")
}
