//! Rows of cells, each with its place.

use std::ops::Range;

use crate::notations::lines::is_filler;
use crate::scan::{Item, Scanner, Token};
use crate::transports::Transports;

pub(super) type Row = Vec<Range<usize>>;

/// The place of a row, from its first cell to the end of its last.
pub(super) fn whole(row: &Row) -> Range<usize> {
    row[0].start..row.last().map_or(row[0].end, |cell| cell.end)
}

/// The most cells of a row. Tables of ports have a dozen, and each of a heading takes a hundred times
/// its bytes while the columns are sought.
pub(super) const MAX_CELLS: usize = 1_000;

/// The most bytes of a cell, which may have several lines.
const MAX_CELL: usize = 100_000;

/// The cells of all rows, each without its quotes; no rows where one has more than any table.
pub(super) fn rows(text: &str, delimiter: u8) -> Vec<Row> {
    let bytes = text.as_bytes();
    let (mut rows, mut row, mut start, mut at) = (Vec::new(), Row::new(), 0, 0);
    let mut is_quoted = false;
    while at <= bytes.len() {
        let byte = bytes.get(at).copied();
        if is_quoted && byte.is_some() {
            is_quoted = byte != Some(b'"');
        } else if byte == Some(b'"') {
            is_quoted = true;
        } else if byte.is_none() || byte == Some(b'\n') || byte == Some(delimiter) {
            if row.len() == MAX_CELLS || at - start > MAX_CELL {
                return Vec::new();
            }
            row.push(trimmed(text, start..at));
            start = at + 1;
            if byte != Some(delimiter) {
                rows.push(std::mem::take(&mut row));
            }
        }
        at += 1;
    }
    if delimiter == b'|' {
        // Markdown has a sign at both ends.
        for row in &mut rows {
            if row.first().is_some_and(Range::is_empty) {
                row.remove(0);
            }
            if row.last().is_some_and(Range::is_empty) {
                row.pop();
            }
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows.retain(|row| !text[row[0].clone()].starts_with('#'));
    rows
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let cell = &text[span.clone()];
    let inner =
        cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '`' | '\u{feff}'));
    let start = span.start + cell.len()
        - cell
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '`' | '\u{feff}'))
            .len();
    start.min(span.end)..(start + inner.len()).min(span.end).max(start.min(span.end))
}

/// The items of a cell, if it has nothing else; a transport may be before them: `tcp/80`.
pub(super) fn items(text: &str, cell: &Range<usize>) -> Option<Vec<Item>> {
    let (items, broken) = parts(text, cell)?;
    broken.is_empty().then_some(items)
}

/// The items of a cell, and the words in it that may be meant to be some: `80, 44x`. None where it has
/// other words, or no items.
pub(super) fn parts(text: &str, cell: &Range<usize>) -> Option<(Vec<Item>, Vec<Range<usize>>)> {
    let mut items: Vec<Item> = Vec::new();
    let mut broken = Vec::new();
    let mut before = None;
    let mut is_used = true;
    for token in Scanner::new(text, cell.clone()) {
        match token {
            Token::Transport(set, span) if is_used => {
                before = Some((set, span));
                is_used = false;
            }
            Token::Item(mut item) => {
                is_used = true;
                item.suffix = item.suffix.or_else(|| before.clone());
                items.push(item);
            }
            // `80 and 443.` is a list in words.
            Token::Word(span) if text[span.clone()] == *"." => {}
            Token::Word(span) if !items.is_empty() && is_conjunction(&text[span.clone()]) => {}
            Token::Word(span) if text[span.clone()].contains(char::is_numeric) => {
                is_used = true;
                broken.push(span);
            }
            _ => return None,
        }
    }
    (is_used && !items.is_empty()).then_some((items, broken))
}

/// Whether a word stands between ports and says nothing else: `and`.
fn is_conjunction(word: &str) -> bool {
    is_filler(word) && word.starts_with(char::is_alphabetic)
}

/// Whether a cell shows that its column has ports. A long number does not: it may be an id, and is
/// read only where other cells have ports.
pub(super) fn has_ports(text: &str, cell: &Range<usize>) -> bool {
    let is_plain = |items: Vec<Item>| !items.iter().any(|item| item.is_bare_joined(text));
    items(text, cell).is_some_and(is_plain)
}

/// Whether a text has a transport and a number among its words: `tcp_443`, `service=tcp/80`.
pub(super) fn has_transport_and_number(cell: &str) -> bool {
    let words = || cell.split(|c: char| !c.is_ascii_alphanumeric());
    let is_number = |word: &str| {
        (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    words().any(is_number) && words().any(|word| Transports::of_word(word).is_some())
}

#[cfg(test)]
mod tests {
    use super::{MAX_CELLS, rows};
    use crate::notations::testing::shown;

    #[test]
    fn a_row_with_more_cells_than_any_table_makes_none() {
        let table = |cells: usize| {
            let more = ",".repeat(cells - 2);
            format!("port,proto{more}\n80,tcp{more}\n53,udp{more}\n")
        };
        assert_eq!(rows(&table(MAX_CELLS), b',').len(), 3);
        assert_eq!(shown(&table(MAX_CELLS)).0, "csv");
        assert_eq!(rows(&table(MAX_CELLS + 1), b',').len(), 0);
        assert_eq!(shown(&table(MAX_CELLS + 1)).0, "lines");
        let csv = crate::NOTATIONS
            .iter()
            .find(|notation| notation.name == "csv");
        let refused = crate::read::read(table(MAX_CELLS + 1).as_bytes(), csv).unwrap_err();
        let refused = refused.to_string();
        assert!(
            refused.ends_with("a row has more than 1000 cells"),
            "{refused}"
        );
    }

    #[test]
    fn a_cell_that_is_longer_than_any_makes_no_table() {
        let table = "port;protocol;note\n80;tcp;a\n443;tcp;b\n";
        let note = |count| format!("{table}5223;tcp;\"{}\"\n", "1 1\n".repeat(count));
        assert_eq!(shown(&note(1_000)).0, "csv");
        let refused = crate::read::read(note(50_000).as_bytes(), None);
        assert_eq!(refused, Err(crate::read::ReadError::TooManyEntries));
    }
}
