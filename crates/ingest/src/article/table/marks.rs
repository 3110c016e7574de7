//! What marks a row of ports in any layout, also one whose port cannot be read.

use appleports_model::{RawCell, is_dash, joined, plain_form};

use super::shape::{begins_with_digit, ends_in_transport, is_port_text, is_transport_cell};

/// Whether cells are those of a row of ports: one of them is a transport. A heading names
/// both transports, and no cell of it is a dash or begins with a digit.
pub(crate) fn is_row<'t>(cells: &(impl Iterator<Item = &'t str> + Clone)) -> bool {
    let transports = || cells.clone().filter(|cell| is_transport_cell(cell));
    let mut any = transports().peekable();
    any.peek().is_some() && (any.any(|cell| !names_both(cell)) || cells.clone().any(is_value))
}

/// Whether a cell is a dash or begins with a digit, as no heading does.
pub(crate) fn is_value(cell: &str) -> bool {
    let is_lone_dash = !cell.is_empty() && cell.chars().all(is_dash);
    is_lone_dash || begins_with_digit(cell)
}

/// Whether a cell is the heading of the transports, or names both of them.
pub(crate) fn names_both_transports(cell: &str) -> bool {
    is_transport_cell(cell) && names_both(cell)
}

fn names_both(cell: &str) -> bool {
    let cell = plain_form(cell).to_ascii_uppercase();
    cell.contains("TCP") && cell.contains("UDP")
}

/// The ports of further rows among the cells of one: those with a transport behind them,
/// without the port of the row itself.
pub(crate) fn further_starts(cells: &[RawCell]) -> Vec<RawCell> {
    let is_transport = |at: usize| {
        let cell = cells.get(at);
        cell.is_some_and(|cell| is_transport_cell(&cell.text))
    };
    // Where no transport stands behind the first cell, the row may have moved to the right.
    let first = if is_transport(1) { 1 } else { 3 };
    let starts =
        (first..cells.len()).filter(|at| is_port_text(&cells[*at].text) && is_transport(at + 1));
    starts.map(|at| cells[at].clone()).collect()
}

/// The words of the port and those up to the end of the transport, at the start of a line
/// in which spaces join the cells of a row.
pub(crate) fn joined_start(line: &str) -> Option<(usize, usize)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().take(8).collect();
    let ports = (1..=words.len().min(4))
        .rev()
        .find(|count| is_port_text(&words[..*count].join(" ")))?;
    let transports = (ports + 1..=words.len().min(ports + 3)).rev().find(|end| {
        ends_in_transport(words[end - 1]) && is_transport_cell(&words[ports..*end].join(" "))
    })?;
    Some((ports, transports))
}

/// The port of a row whose cells stand in one text, whatever stands between them.
pub(crate) fn port_in_text(text: &str) -> Option<String> {
    // Most texts of a page are no rows.
    let text = Some(text.trim()).filter(|text| begins_with_digit(text))?;
    if let Some((ports, _)) = joined_start(text) {
        return Some(joined(text.split_whitespace().take(ports), " "));
    }
    ['\n', '|', '\t', ';', ','].into_iter().find_map(|between| {
        let inside = text.trim_matches(between);
        let cells = || {
            let cells = inside.split(between);
            cells.map(|cell| cell.trim().trim_matches('"'))
        };
        let port = cells().next()?;
        let is_row = is_port_text(port) && cells().nth(1).is_some_and(is_transport_cell);
        is_row.then(|| port.to_owned())
    })
}
