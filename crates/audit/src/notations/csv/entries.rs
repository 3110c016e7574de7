//! The ports of a row.

use super::cells::{Row, has_ports, items};
use super::columns::Ports;
use crate::expression::{NO_PORT, Reader};
use crate::read::ReadError;
use crate::transports::Transports;

/// Whether a word is a protocol without ports.
pub(in crate::notations) fn is_of_others(word: &str) -> bool {
    let known = [
        "icmp", "icmpv6", "igmp", "esp", "ah", "gre", "ipip", "ospf", "vrrp",
    ];
    known.iter().any(|own| word.eq_ignore_ascii_case(own))
}

/// Whether a cell in the place of ports may be one: it begins or ends with a digit.
fn may_be_port(cell: &str) -> bool {
    cell.starts_with(char::is_numeric) || cell.ends_with(char::is_numeric)
}

/// Reads the ports of a row in one column.
pub(super) fn cell(
    reader: &mut Reader<'_>,
    row: &Row,
    ports: Ports,
    transport: Option<usize>,
    own: usize,
) -> Result<(), ReadError> {
    let text = reader.text;
    let Some(cell) = row.get(ports.first) else {
        return Ok(());
    };
    let filled = |at: usize| row.get(at).filter(|cell| !cell.is_empty());
    let word = transport.and_then(filled);
    let transports = word.and_then(|cell| {
        let word = &text[cell.clone()];
        Transports::of_stated(word).or_else(|| Transports::of_number(word))
    });
    let line = reader.line_of(cell.start);
    if let Some(word) = word.filter(|_| transports.is_none()) {
        if is_of_others(&text[word.clone()]) {
            reader.leave(line, "a row of another protocol");
        } else if has_ports(text, cell) {
            let reason = "it is not a transport".to_owned();
            reader.unknown(word.clone(), Transports::NONE, reason);
        }
        return Ok(());
    }
    let Some(mut items) = items(text, cell) else {
        reader.leave(line, "a heading, or a row without ports");
        if may_be_port(&text[cell.clone()]) {
            let transports = transports.unwrap_or(ports.transports);
            reader.unknown(cell.clone(), transports, NO_PORT.to_owned());
        }
        return Ok(());
    };
    let last = ports.last.and_then(filled);
    if let (Some(last), [item]) = (last, items.as_mut_slice())
        && !item.end_at(text, last)
    {
        let transports = transports.unwrap_or(ports.transports);
        let reason = "it is not the last port of a range".to_owned();
        reader.unknown(last.clone(), transports, reason);
        return Ok(());
    }
    let is_alone = items.len() == 1;
    for item in items {
        let has_suffix = item.suffix.is_some();
        let transports = transports.unwrap_or(ports.transports);
        if reader.add(item, transports, own)?
            && let Some(entry) = reader.entries.last_mut()
            && is_alone
        {
            entry.last_span = last.cloned();
            if !has_suffix {
                entry.transport_span = word.cloned();
            }
        }
    }
    Ok(())
}
