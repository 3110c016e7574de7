//! CSV and tables of Markdown, the columns found by their contents.

use std::collections::BTreeMap;
use std::ops::Range;

use appleports_model::PortRange;

use super::is_hash_comment;
use crate::expression::{Reader, group};
use crate::read::{Notation, ReadError};
use crate::scan::{Item, Scanner, Token};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "csv",
    is_in,
    read,
    is_comment: is_hash_comment,
};

/// How many rows show what a column has.
const SAMPLE: usize = 500;

type Row = Vec<Range<usize>>;

/// The cells of all rows, each without its quotes.
fn rows(text: &str, delimiter: u8) -> Vec<Row> {
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

/// The items of a cell, if it has nothing else.
fn items(text: &str, cell: &Range<usize>) -> Option<Vec<Item>> {
    let tokens = Scanner::new(text, cell.clone());
    let items: Option<Vec<Item>> = tokens
        .map(|token| match token {
            Token::Item(item) => Some(item),
            _ => None,
        })
        .collect();
    items.filter(|items| !items.is_empty())
}

/// Whether a row is a line of a plain list, such as `TCP: 80, 443` or `80, 443 # web`.
fn is_list(text: &str, row: &Row) -> bool {
    let tokens = |cell: &Range<usize>| Scanner::new(text, cell.clone());
    let is_port = |token: &Token| matches!(token, Token::Item(_));
    let begins = row.first().is_some_and(|cell| {
        let mut tokens = tokens(cell).peekable();
        let has_transport = matches!(tokens.next(), Some(Token::Transport(..)));
        has_transport && tokens.peek().is_some() && tokens.all(|token| is_port(&token))
    });
    let ends = row.last().is_some_and(|cell| {
        let written = &text[cell.clone()];
        let has_comment = [" #", " //"].iter().any(|sign| written.contains(sign));
        has_comment && tokens(cell).next().as_ref().is_some_and(is_port)
    });
    begins || ends
}

/// Which columns have what.
struct Columns {
    first: usize,
    last: Option<usize>,
    transport: Option<usize>,
}

/// The line that has the byte.
fn line_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[start..].lines().next().unwrap_or_default()
}

/// The text of the table with its columns, where some sign makes one of it.
fn table(text: &str) -> Option<(Vec<Row>, Columns)> {
    let is_row = |line: &&str| line.trim_start().starts_with('|');
    let is_markdown = text.lines().filter(is_row).any(|line| {
        let mut signs = line.chars().filter(|c| !c.is_whitespace());
        line.contains("--") && signs.all(|c| matches!(c, '|' | '-' | ':'))
    });
    if is_markdown {
        let rows: Vec<Row> = rows(text, b'|')
            .into_iter()
            .filter(|row| is_row(&line_of(text, row[0].start)))
            .collect();
        let columns = columns(text, &rows)?;
        return Some((rows, columns));
    }
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))?;
    let signs = [b'|', b'\t', b';', b','];
    signs.into_iter().find_map(|sign| {
        if !first.as_bytes().contains(&sign) {
            return None;
        }
        let rows = rows(text, sign);
        let columns = columns(text, &rows)?;
        Some((rows, columns))
    })
}

fn columns(text: &str, rows: &[Row]) -> Option<Columns> {
    let width = rows.first()?.len();
    let sample: Vec<&Row> = rows.iter().take(SAMPLE).collect();
    let is_even = sample.iter().filter(|row| row.len() == width).count();
    let is_one_line = rows.len() < 2;
    if width < 2 || is_one_line || is_even * 10 < sample.len() * 9 {
        return None;
    }
    if rows.iter().any(|row| is_list(text, row)) {
        return None;
    }
    let heading = |at: usize| text[rows[0].get(at).cloned().unwrap_or(0..0)].to_ascii_lowercase();
    let body: Vec<&&Row> = sample
        .iter()
        .skip(1)
        .filter(|row| row.len() == width)
        .collect();
    let body: Vec<&&Row> = body
        .into_iter()
        .filter(|row| {
            !text[row[0].clone()]
                .trim_start_matches(':')
                .starts_with("--")
        })
        .collect();
    let has_heading = (0..width).all(|at| {
        items(text, &rows[0][at]).is_none() && Transports::of_word(&heading(at)).is_none()
    });
    let sample: Vec<&Row> = if has_heading {
        body.iter().map(|row| **row).collect()
    } else {
        sample
    };
    let share = |at: usize, is_one: &dyn Fn(&Range<usize>) -> bool| {
        let count = sample
            .iter()
            .filter(|row| row.get(at).is_some_and(is_one))
            .count();
        !sample.is_empty() && count * 10 >= sample.len() * 8
    };
    let is_transport = |cell: &Range<usize>| Transports::of_word(&text[cell.clone()]).is_some();
    let has_one = |at: usize| {
        sample
            .iter()
            .any(|row| row.get(at).is_some_and(is_transport))
    };
    // A row may have none, as some rows of the article do.
    let transport = (0..width)
        .find(|at| has_one(*at) && share(*at, &|cell| cell.is_empty() || is_transport(cell)));
    let ports: Vec<usize> = (0..width)
        .filter(|at| share(*at, &|cell| items(text, cell).is_some()))
        .collect();
    let named: Vec<usize> = ports
        .iter()
        .copied()
        .filter(|at| heading(*at).contains("port"))
        .collect();
    let chosen = if named.is_empty() { ports } else { named };
    let first = *chosen.iter().find(|at| !counts_up(text, &sample, **at))?;
    let is_last = |at: &usize| {
        let heading = heading(*at);
        *at > first
            && ["last", "end", "to", "high", "max"]
                .iter()
                .any(|word| heading.contains(word))
    };
    let last = chosen.iter().copied().find(is_last);
    let has_words =
        (0..width).any(|at| share(at, &|cell| !cell.is_empty() && items(text, cell).is_none()));
    (has_words || has_heading || transport.is_some()).then_some(Columns {
        first,
        last,
        transport,
    })
}

/// Whether a column only numbers the rows.
fn counts_up(text: &str, rows: &[&Row], at: usize) -> bool {
    let numbers: Vec<u64> = rows
        .iter()
        .filter_map(|row| text[row.get(at)?.clone()].parse().ok())
        .collect();
    numbers.len() > 2
        && numbers.first().is_some_and(|first| *first < 2)
        && numbers.windows(2).all(|pair| pair[0] + 1 == pair[1])
}

fn is_in(text: &str) -> bool {
    table(text).is_some()
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    let Some((rows, columns)) = table(text) else {
        let message = "no column has ports in nearly all rows".to_owned();
        return Err(ReadError::Malformed("csv", message));
    };
    reader.is_table = true;
    let mut groups: BTreeMap<bool, usize> = BTreeMap::new();
    for row in rows {
        let Some(cell) = row.get(columns.first) else {
            continue;
        };
        let word = columns
            .transport
            .and_then(|at| row.get(at))
            .filter(|cell| !cell.is_empty());
        let transports = word.and_then(|cell| Transports::of_word(&text[cell.clone()]));
        if word.is_some() && transports.is_none() {
            continue;
        }
        let Some(mut items) = items(text, cell) else {
            let line = reader.line_of(cell.start);
            reader.leave(line, "a heading, or a row without ports");
            continue;
        };
        let last = columns.last.and_then(|at| row.get(at));
        let own = *groups
            .entry(last.is_some())
            .or_insert_with(|| reader.new_group(group("-", None)));
        let count = items.len();
        if let (Some(last), [item]) = (last, items.as_mut_slice())
            && let Ok(range) = text[last.clone()].parse::<PortRange>()
            && item.last.is_none()
        {
            item.last = Some(range.last().to_string());
        }
        for item in items {
            let has_suffix = item.suffix.is_some();
            let is_added = reader.add(item, transports.unwrap_or_default(), own)?;
            if is_added && let Some(entry) = reader.entries.last_mut() {
                entry.is_whole = last.is_none();
                if !has_suffix && count == 1 {
                    entry.transport_span = word.cloned();
                }
            }
        }
    }
    for own in groups.into_values() {
        reader.groups[own].has_suffix = false;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;

    fn entries(text: &str) -> Vec<String> {
        let (notation, entries) = shown(text);
        assert_eq!(notation, "csv", "{text}");
        entries
    }

    #[test]
    fn columns_are_found_by_their_contents() {
        let text = "no,name,proto,ports,rfc\n1,Web,TCP,\"80, 443\",2616\n2,STUN,udp,3478-3497,\n3,APNs,TCP,5223,\n";
        assert_eq!(
            entries(text),
            [
                "80/tcp@2:12",
                "443/tcp@2:16",
                "3478-3497/udp@3:12",
                "5223/tcp@4:12"
            ]
        );
        let text = "port_first;port_last;transport\n80;80;tcp\n8000;8999;tcp\n11211;11211;\n";
        assert_eq!(
            entries(text),
            ["80/tcp@2:1", "8000-8999/tcp@3:1", "11211/@4:1"]
        );
        assert_eq!(
            entries("| Port | TCP or UDP |\n|---|---|\n| 80 | TCP |\n"),
            ["80/tcp@3:3"]
        );
        assert_eq!(entries("80,tcp\n53,udp\n"), ["80/tcp@1:1", "53/udp@2:1"]);
    }

    #[test]
    fn lines_that_begin_with_a_transport_or_end_in_a_comment_are_no_table() {
        for text in [
            "TCP: 80, 443, 5223\nUDP: 53, 123, 124\n",
            "# mine\nTCP: 80, 443, 5223  # since 2020\nUDP: 53, 123, 124\n",
            "tcp 80, 443, 5223\nudp 53, 123, 124\n",
            "TCP:\n80, 443, 5223 # web\nUDP:\n53, 123, 124 // names\n",
        ] {
            let (notation, entries) = shown(text);
            assert_eq!((notation, entries.len()), ("lines", 6), "{text}");
        }
        assert_eq!(
            shown("TCP: 80, 443, 5223  # since 2020\n").1,
            ["80/tcp@1:6", "443/tcp@1:10", "5223/tcp@1:15"]
        );
    }

    #[test]
    fn a_table_of_markdown_may_stand_among_text() {
        let text = "# Ports (2024)\n\nChecked on 3 March 2024.\n\n| No. | Port | TCP or UDP |\n|----:|:----|---|\n| 1 | 80 | TCP |\n| 2 | 53 | UDP |\n\nSeen 3 times.\n";
        assert_eq!(entries(text), ["80/tcp@7:7", "53/udp@8:7"]);
    }

    #[test]
    fn a_list_with_commas_is_no_table() {
        assert_eq!(shown("80,443,5223\n").0, "lines");
    }
}
