//! Quotes in CSV that are damage: they swallow rows, or a text follows where they close
//! (RFC 4180, section 2, rules 5 to 7).

use appleports_model::{Quoted, RawCell, message};

use crate::article::rules;
use crate::article::table::grid_row::GridRow;
use crate::article::table::shape::is_port_text;

/// The fewest delimiters of a line that is a row.
const MIN_DELIMITERS: usize = 3;

/// Marks the records whose quotes are damaged as rows that cannot be used, one for each
/// row that they have swallowed. `starts` has the places of the records in the text.
pub(super) fn reject_damaged(rows: &mut Vec<GridRow>, starts: &[usize], text: &str, delimiter: u8) {
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut checked = Vec::with_capacity(rows.len());
    for ((mut row, start), end) in rows.drain(..).zip(starts).zip(ends) {
        let record = text.get(*start..end).unwrap_or_default();
        let line = row
            .cells
            .first()
            .map_or(row.line_last, |cell| cell.place.line);
        let swallowed = rows_below(record, delimiter);
        if swallowed.is_empty() && !has_text_behind_quote(record, delimiter) {
            checked.push(row);
            continue;
        }
        let problem = || {
            let why = message!("a quote is not closed where its cell ends").known_as("open-quote");
            Some((&rules::UNALIGNED_ROW, why))
        };
        row.problem = problem();
        checked.push(row);
        for (below, first) in swallowed {
            let cell = |text: &str| RawCell {
                text: text.to_owned(),
                place: line.saturating_add(below).into(),
            };
            checked.push(GridRow {
                cells: vec![cell(first), cell(&Quoted(first).to_string())],
                line_last: line.saturating_add(below),
                problem: problem(),
                ..GridRow::default()
            });
        }
    }
    *rows = checked;
}

/// The lines of a record, its first one left out, that are rows themselves: how far below
/// they stand, and their ports.
fn rows_below(record: &str, delimiter: u8) -> Vec<(u32, &str)> {
    let record = record.trim_matches(['\r', '\n']);
    (0..)
        .zip(record.split('\n'))
        .skip(1)
        .filter_map(|(below, line)| {
            let (first, _) = line.split_once(char::from(delimiter))?;
            let count = line.bytes().filter(|byte| *byte == delimiter).count();
            let is_row = count >= MIN_DELIMITERS && is_port_text(first.trim_matches('"'));
            is_row.then_some((below, first))
        })
        .collect()
}

/// Whether anything but a delimiter or the end of the line follows a closing quote.
fn has_text_behind_quote(record: &str, delimiter: u8) -> bool {
    let mut bytes = record.bytes().peekable();
    let (mut is_quoted, mut is_start) = (false, true);
    while let Some(byte) = bytes.next() {
        if is_quoted {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                is_quoted = false;
                let next = bytes.peek().copied().unwrap_or(b'\n');
                if next != delimiter && !b"\r\n".contains(&next) {
                    return true;
                }
            }
        } else if byte == b'"' && is_start {
            is_quoted = true;
        }
        is_start = !is_quoted && (byte == delimiter || byte == b'\n');
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_told_from_quoted_cells() {
        for fine in [
            "80,\"a, b\",c\n",
            "80,\"a \"\"b\"\"\",c",
            "80,5\" disk,c\n",
            "80,\"a\nb\",c\r\n",
        ] {
            assert!(!has_text_behind_quote(fine, b','), "{fine}");
            assert!(rows_below(fine, b',').is_empty(), "{fine}");
        }
        assert!(has_text_behind_quote("80,\"a\" b,c\n", b','));
        let rows = rows_below("80,TCP,\"HTTP,2616,http,-\n88,TCP,K,4120,k,-\n", b',');
        assert_eq!(rows, [(1, "88")]);
    }
}
