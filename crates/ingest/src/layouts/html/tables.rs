//! The tables of a page, as source rows with spans, in one pass over the tree.

use ego_tree::iter::Edge;
use scraper::Node;
use scraper::node::Element;

use super::sink::Page;

/// A cell as the page has it.
/// A cell as the page has it.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) line: u32,
    pub(super) line_last: u32,
    pub(super) colspan: usize,
    pub(super) rowspan: usize,
    pub(super) is_heading: bool,
    /// The footnote marks that were taken off.
    pub(super) marks: String,
    /// Whether another table stands in the cell.
    pub(super) has_table: bool,
}

/// A table: its rows of cells.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
    /// The cell that is being read.
    open: Option<Cell>,
}

/// No column of the article goes as far.
const MOST_COLUMNS: usize = 64;

const BLOCKS: [&str; 16] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "section",
    "blockquote",
    "pre",
];
const UNSEEN: [&str; 8] = [
    "script", "style", "template", "noscript", "head", "svg", "textarea", "select",
];

/// All tables of the page that have rows, inner ones before those around them.
pub(super) fn tables(page: &Page) -> Vec<Table> {
    let mut reader = Reader::default();
    let mut hidden = 0_usize;
    for edge in page.html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    if hidden > 0 || is_hidden(element) {
                        hidden += 1;
                    } else {
                        let line = page.lines.get(&node.id()).copied().unwrap_or(1);
                        reader.open(element, line);
                    }
                }
                Node::Text(text) if hidden == 0 => reader.text(text),
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

fn is_hidden(element: &Element) -> bool {
    if UNSEEN.contains(&element.name()) || element.attr("hidden").is_some() {
        return true;
    }
    element.attr("style").is_some_and(|style| {
        let style: String = style
            .chars()
            .take(1000)
            .filter(|c| !c.is_whitespace())
            .collect();
        let style = style.to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

#[derive(Default)]
struct Reader {
    done: Vec<Table>,
    open: Vec<Table>,
    /// The text of the raised elements that are open, from the outermost on.
    raised: Option<(usize, String)>,
}

impl Reader {
    fn open(&mut self, element: &Element, line: u32) {
        if let Some((depth, _)) = &mut self.raised {
            *depth += 1;
            return;
        }
        match element.name() {
            "table" => {
                if let Some(cell) = self.cell() {
                    cell.has_table = true;
                }
                self.open.push(Table::default());
            }
            "tr" => {
                if let Some(table) = self.open.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "td" | "th" => {
                if let Some(table) = self.open.last_mut() {
                    table.open = Some(cell(element, line));
                }
            }
            "sup" => self.raised = Some((1, String::new())),
            name => {
                let is_block = BLOCKS.contains(&name);
                if let Some(cell) = self.cell() {
                    cell.line_last = cell.line_last.max(line);
                    if is_block {
                        cell.text.push('\n');
                    }
                }
            }
        }
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        self.open.last_mut()?.open.as_mut()
    }

    fn text(&mut self, text: &str) {
        if let Some((_, raised)) = &mut self.raised {
            raised.push_str(text);
        } else if let Some(cell) = self.cell() {
            push_words(&mut cell.text, text);
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((depth, text)) = &mut self.raised {
            *depth -= 1;
            if *depth == 0 {
                let text = std::mem::take(text);
                self.raised = None;
                self.raised_text(&text);
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
                    cell.text = tidy(&cell.text);
                    match table.rows.last_mut() {
                        Some(row) => row.push(cell),
                        None => table.rows.push(vec![cell]),
                    }
                }
            }
            _ if BLOCKS.contains(&name) => {
                if let Some(cell) = self.cell() {
                    cell.text.push('\n');
                }
            }
            _ => {}
        }
    }

    /// A raised number or star is a footnote's mark; anything else is text.
    fn raised_text(&mut self, text: &str) {
        let is_mark = text.chars().count() <= 8
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || c.is_whitespace() || "*†‡§,[]()".contains(c));
        if let Some(cell) = self.cell() {
            if is_mark {
                cell.marks.push_str(text.trim());
            } else {
                push_words(&mut cell.text, text);
            }
        }
    }
}

fn cell(element: &Element, line: u32) -> Cell {
    let span = |name: &str, most: usize| {
        let number = element
            .attr(name)
            .and_then(|text| text.trim().parse::<usize>().ok());
        number.unwrap_or(1).clamp(1, most)
    };
    Cell {
        text: String::new(),
        line,
        line_last: line,
        colspan: span("colspan", MOST_COLUMNS),
        rowspan: match element.attr("rowspan").map(str::trim) {
            // As in HTML: down to the end of the table.
            Some("0") => 65_534,
            _ => span("rowspan", 65_534),
        },
        is_heading: element.name() == "th",
        marks: String::new(),
        has_table: false,
    }
}

/// Adds a text of the page: white space of any length is one space.
fn push_words(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with([' ', '\n']) && !out.is_empty() {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
}

/// The lines without space at their ends, blank ones left out.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}
