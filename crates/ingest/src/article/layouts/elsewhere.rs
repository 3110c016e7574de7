//! Rows of ports that stand outside the table, in a layout of their own.
//!
//! Each layout passes over what is not of its form. A port with a transport beside or below
//! it is a row in any of them, so none of these is lost: each is in the table, or rejected.

use appleports_model::{Column, Message, RawCell, RawTable, message};

use crate::article::document::Document;
use crate::article::rules;
use crate::article::table::draft::Draft;
use crate::article::table::shape::{begins_with_digit, is_port_text, is_transport_cell};
use crate::article::table::{markdown, marks};

/// The ports of a text in which tables of any layout may stand.
pub(super) fn ports(document: &Document<'_>) -> Vec<RawCell> {
    // A page is one table or more, in its tags; its lines are no rows.
    if document.text.trim_start().starts_with('<') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut above: Option<RawCell> = None;
    for (line, text) in document.lines().filter(|(_, text)| !text.trim().is_empty()) {
        if let Some(port) = above.take().filter(|_| is_transport_cell(text.trim())) {
            found.push(port);
        }
        if !begins_with_digit(text) {
            continue;
        }
        let text = markdown::plain(text.trim());
        let text = text.trim_start_matches(['#', '-', '*', '+', '>', ' ']);
        let cell = |text: &str| RawCell {
            text: text.to_owned(),
            place: line.into(),
        };
        if is_port_text(text) {
            above = Some(cell(text.trim()));
        } else if let Some(port) = marks::port_in_text(text) {
            found.push(cell(&port));
        }
    }
    found
}

/// Those of the ports that stand in no row of a table, neither read nor rejected.
pub(super) fn unread(ports: &[RawCell], table: &RawTable) -> Vec<RawCell> {
    let rejected = table.rejected.iter().map(|row| row.place.line);
    outside(ports, lines(table).chain(rejected.map(|line| (line, line))))
}

/// Whether most of the ports stand outside of the rows that could be read.
pub(super) fn has_most(ports: &[RawCell], table: &RawTable) -> bool {
    outside(ports, lines(table)).len() > table.rows.len()
}

/// The first and the last line of each row that could be read.
fn lines(table: &RawTable) -> impl Iterator<Item = (u32, u32)> {
    let rows = table.rows.iter();
    rows.map(|row| (row.place.line, row.line_last.max(row.place.line)))
}

fn outside(ports: &[RawCell], rows: impl Iterator<Item = (u32, u32)>) -> Vec<RawCell> {
    let mut lines: Vec<(u32, u32)> = rows.collect();
    lines.sort_unstable();
    // The last line of all rows up to each.
    let mut last = 0;
    for (_, end) in &mut lines {
        last = last.max(*end);
        *end = last;
    }
    let is_inside = |line: u32| {
        let before = lines.partition_point(|(start, _)| *start <= line);
        before > 0 && lines[before - 1].1 >= line
    };
    let mut outside: Vec<RawCell> = ports
        .iter()
        .filter(|port| !is_inside(port.place.line))
        .cloned()
        .collect();
    outside.sort_by_key(|port| port.place);
    outside.dedup_by_key(|port| port.place);
    outside
}

/// The ports of all rows of a table.
pub(super) fn ports_of(table: &RawTable) -> impl Iterator<Item = RawCell> {
    let read = table.rows.iter().map(|row| RawCell {
        text: row.text(Column::Port).to_owned(),
        place: row.place,
    });
    let rejected = table.rejected.iter().map(|row| RawCell {
        text: row.port.clone(),
        place: row.place,
    });
    read.chain(rejected)
}

/// Rejects the rows of these ports.
pub(super) fn reject(table: RawTable, ports: &[RawCell]) -> RawTable {
    let mut draft = Draft::from(table);
    for port in ports {
        draft.reject(&rules::UNALIGNED_ROW, port.place, &port.text, no_row());
    }
    draft.into_table()
}

fn no_row() -> Message {
    message!("it is in no row of the table").known_as("no-row")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_stands_in_any_row_that_goes_on_below_it() {
        let port = |line: u32| RawCell {
            text: "80".to_owned(),
            place: line.into(),
        };
        let ports: Vec<RawCell> = [1, 2, 4, 6, 9, 10, 6].map(port).into();
        let found = |rows: &[(u32, u32)]| -> Vec<u32> {
            let found = outside(&ports, rows.iter().copied());
            found.iter().map(|port| port.place.line).collect()
        };
        // The row from 2 to 9 has another one in it.
        assert_eq!(found(&[(3, 4), (2, 9)]), [1, 10]);
        assert_eq!(found(&[(4, 4), (9, 10)]), [1, 2, 6]);
        assert_eq!(found(&[]), [1, 2, 4, 6, 9, 10]);
    }
}
