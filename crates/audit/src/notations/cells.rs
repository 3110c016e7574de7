//! A table of a page that was pasted one cell a line: a port, below it its transport, then the rest
//! of the row.

use std::ops::Range;

use super::comments::Comments;
use super::is_hash_comment;
use crate::expression::{Reader, group};
use crate::read::{MAX_WORDS, Notation, ReadError, Shape};
use crate::scan::{Item, Scanner, Token};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "cells",
    shape: Shape::Blocks,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Kept,
};

/// How many rows show that the lines are cells.
const MIN_ROWS: usize = 2;

/// What a line is. The ports themselves are not kept: a text may be nothing but ports.
enum Cell {
    /// Ports, and whether they are in bold letters, as the article has them.
    Ports(bool),
    Transport(Transports),
    Other,
}

fn cell(text: &str, span: &Range<usize>) -> Cell {
    let line = text[span.clone()].trim();
    let transports = Transports::of_word(line).or_else(|| Transports::of_typo(line));
    if let Some(transports) = transports {
        return Cell::Transport(transports);
    }
    let is_port = |token| matches!(token, Token::Item(item) if item.suffix.is_none());
    let mut tokens = scanner(text, span).peekable();
    if tokens.peek().is_some() && tokens.all(is_port) {
        Cell::Ports(line.starts_with("**"))
    } else {
        Cell::Other
    }
}

/// The tokens of a line; signs of bold letters are none.
fn scanner<'t>(text: &'t str, span: &Range<usize>) -> Scanner<'t> {
    let is_mark = |c: char| c.is_whitespace() || c == '*';
    let line = text[span.clone()].trim();
    let inner = if line.starts_with("**") {
        line.trim_matches(is_mark)
    } else {
        line
    };
    let start = span.start + text[span.clone()].find(inner).unwrap_or_default();
    Scanner::new(text, start..start + inner.len())
}

/// The lines that are not blank and no end of bold letters alone, by their index, with what they are.
fn cells(reader: &Reader<'_>) -> Vec<(usize, Range<usize>, Cell)> {
    let text = reader.text;
    let lines = reader.lines();
    let lines = lines.filter(|(_, span)| !matches!(text[span.clone()].trim(), "" | "**"));
    let cells = lines.map(|(at, span)| {
        let cell = cell(text, &span);
        (at, span, cell)
    });
    cells.collect()
}

/// Whether transports are below ports, and no list of ports is below a transport. In a long table a
/// row may be damaged.
fn is_in(text: &str) -> bool {
    let cells = cells(&Reader::new(text));
    let is_port = |at: usize| matches!(cells.get(at), Some((_, _, Cell::Ports(_))));
    let is_transport = |at: usize| matches!(cells.get(at), Some((_, _, Cell::Transport(_))));
    let rows: Vec<usize> = (0..cells.len()).filter(|at| is_transport(*at)).collect();
    let is_row = |at: &usize| {
        let at = *at;
        let has_port = at.checked_sub(1).is_some_and(is_port);
        has_port && (!is_port(at + 1) || is_transport(at + 2))
    };
    let whole = rows.iter().filter(|at| is_row(at)).count();
    rows.len() >= MIN_ROWS && whole * 10 >= rows.len() * 9
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    reader.is_table = true;
    let cells = cells(reader);
    let group_index = reader.new_group(group("-", None));
    let mut cells = cells.into_iter().peekable();
    while let Some((at, ports, cell)) = cells.next() {
        let Cell::Ports(is_bold) = cell else {
            reader.leave(at, "another cell of a row");
            continue;
        };
        let below = cells.peek();
        let (transports, span) = match below {
            Some((_, span, Cell::Transport(set))) => (*set, Some(span.clone())),
            _ if is_bold => (Transports::NONE, None),
            _ => {
                reader.leave(at, "a number without a transport below it");
                continue;
            }
        };
        let items = scanner(reader.text, &ports).filter_map(|token| match token {
            Token::Item(item) => Some(item),
            _ => None,
        });
        let items: Vec<Item> = items.take(MAX_WORDS).collect();
        // The transport below several ports is none of one alone.
        let span = span.filter(|_| items.len() == 1);
        for item in items {
            if reader.add(item, transports, group_index)?
                && let Some(entry) = reader.entries.last_mut()
            {
                entry.transport_span.clone_from(&span);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_page_may_be_pasted_one_cell_a_line() {
        let text = "Port\nTCP or UDP\nName\nRFC\n\n80\nTCP\nHypertext Transfer Protocol\n2616\nhttp\n\n3478-3497\nUDP\nSTUN\n-\n**11211**\n-\nmemcached\n**81 & 82\n**\nTCP\nx\n\n53\nTCP/UDP\nDNS\n1034, 1035\n";
        let expected = [
            "80/tcp@6:1",
            "3478-3497/udp@12:1",
            "11211/@16:3",
            "81/tcp@19:3",
            "82/tcp@19:8",
            "53/tcp+udp@24:1",
        ];
        assert_eq!(shown(text), ("cells", expected.map(str::to_owned).to_vec()));
        let rows = [
            "80/tcp",
            "3478-3497/udp",
            "11211",
            "53/tcp",
            "53/udp",
            "81/tcp",
            "82/tcp",
        ];
        assert_eq!(audit(&rows, text), [""; 0]);
        let damaged = text.replace("UDP\nSTUN", "TCP\nSTUN").replace("80", "８０");
        let found = audit(&rows, &damaged);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("6:1 L007"), "{found:?}");
        assert!(found[1].starts_with("12:1 L010"), "{found:?}");
        assert_eq!(fixed(&rows, &damaged), text);
    }

    #[test]
    fn ports_and_transports_alone_are_pairs() {
        let text = "80\nTCP\n443\nTCP\n53\nUDP\n";
        assert_eq!(shown(text).1, ["80/tcp@1:1", "443/tcp@3:1", "53/udp@5:1"]);
    }

    #[test]
    fn a_list_below_its_transport_is_none() {
        for text in [
            "TCP\n80\n443\nUDP\n53\n",
            "TCP\n80\nUDP\n53\n",
            "7\n80\nTCP\n443\nUDP\n53\n",
            "80\nTCP\nhttp\n",
        ] {
            assert_eq!(shown(text).0, "lines", "{text}");
        }
    }
}
