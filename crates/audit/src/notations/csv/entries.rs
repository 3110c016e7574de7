//! The ports of a row.

use super::cells::{Row, has_ports, parts, whole};
use super::columns::{Columns, Ports};
use crate::expression::{NO_PORT, Reader};
use crate::read::ReadError;
use crate::scan::Scanner;
use crate::transports::Transports;

/// Whether a word is a protocol without ports, by its name or its number.
pub(in crate::notations) fn is_of_others(word: &str) -> bool {
    let known = [
        "icmp", "icmpv4", "icmpv6", "igmp", "esp", "ah", "gre", "ipip", "ospf", "vrrp", "1", "2",
        "47", "50", "51", "58",
    ];
    known
        .iter()
        .any(|protocol| word.eq_ignore_ascii_case(protocol))
}

/// Whether a cell in the place of ports may be one: it begins or ends with a digit.
pub(super) fn may_be_port(cell: &str) -> bool {
    cell.starts_with(char::is_numeric) || cell.ends_with(char::is_numeric)
}

/// Whether a cell in the place of ports stands for all of them.
pub(super) fn is_any(cell: &str) -> bool {
    let known = ["any", "all", "*"];
    known.iter().any(|name| cell.eq_ignore_ascii_case(name))
}

/// Reads the ports of a row in one column.
pub(super) fn cell(
    reader: &mut Reader<'_>,
    row: &Row,
    ports: Ports,
    transport: Option<usize>,
    group_index: usize,
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
    let Some((mut items, broken)) = parts(text, cell) else {
        reader.leave(line, "a heading, or a row without ports");
        if may_be_port(&text[cell.clone()]) {
            let transports = transports.unwrap_or(ports.transports);
            reader.unknown(cell.clone(), transports, NO_PORT.to_owned());
        } else if is_any(&text[cell.clone()]) {
            let transports = transports.unwrap_or(ports.transports);
            let reason = "it opens every port; list the ports that are meant".to_owned();
            reader.unknown(cell.clone(), transports, reason);
        }
        return Ok(());
    };
    for word in broken {
        let transports = transports.unwrap_or(ports.transports);
        reader.unknown(word, transports, NO_PORT.to_owned());
    }
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
        if reader.add(item, transports, group_index)?
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

/// Reports a row that has more or fewer cells than the others, where its ports are not in their column:
/// a sign of the table is lost in it, or one too many. False where it is read, or has no ports.
pub(super) fn report_uneven(reader: &mut Reader<'_>, row: &Row, columns: &Columns) -> bool {
    let text = reader.text;
    let has = |at: usize| row.get(at).is_some_and(|cell| has_ports(text, cell));
    let transport = columns.transport.and_then(|at| row.get(at));
    let is_in_place = match columns.transport {
        Some(_) => {
            transport.is_some_and(|cell| Transports::of_stated(&text[cell.clone()]).is_some())
        }
        None => columns.ports.iter().all(|ports| !has(ports.first + 1)),
    };
    let is_read = is_in_place && columns.ports.iter().any(|ports| has(ports.first));
    let whole = whole(row);
    let tokens = || Scanner::new(text, whole.clone());
    let has_transport = tokens().any(|token| token.has_transport());
    let is_row = has_transport || (0..row.len()).any(has);
    let has_number = tokens().any(|token| text[token.span()].contains(char::is_numeric));
    if is_read || !is_row || !has_number {
        return false;
    }
    let (width, count) = (columns.width, row.len());
    let reason = format!("a row of the table has {width} cells, and this one {count}");
    reader.unknown(whole, Transports::NONE, reason);
    true
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{shown, unread};
    use crate::rules::testing::audit;

    #[test]
    fn lists_with_commas_and_an_uneven_line_are_no_table() {
        for text in [
            "- 80, 443/tcp and 5223/tcp\n- 3478-3497/udp\n- 16384-16387, 53/udp\n",
            "80, 443/tcp\n53/udp\n123, 3478-3497/udp\n",
            "Porte TCP: 80, 443 e 5223\nPorte UDP: 53, 123 e 3478-3497\n",
            "Web: TCP 80, 443 and 5223\nNames: UDP 53, 123 and 3478-3497\n",
            "Puertos TCP: 80, 443 y 5223\nPuertos UDP: 53, 123 a 124 y 3478 a 3497\n",
        ] {
            assert_eq!(shown(text).0, "lines", "{text}");
            assert_eq!(unread(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn one_damaged_port_hides_none_of_the_others() {
        let table =
            |cell: &str| format!("App,TCP Ports,UDP Ports,On\nX,\"80, 443\",\"{cell}\",it 15\n");
        let rows = ["80/tcp", "443/tcp", "53/udp", "3478-3497/udp"];
        for (cell, place) in [
            ("53, 34783497", "2:18 L006"),
            ("S3, 3478-3497", "2:14 L017"),
            ("53, 3478-3x97", "2:18 L017"),
            ("53 not 3478-3497", "2:14 L017"),
        ] {
            let found = audit(&rows, &table(cell));
            assert_eq!(found.len(), 1, "{cell}: {found:?}");
            assert!(found[0].starts_with(place), "{cell}: {found:?}");
        }
        for cell in ["53, 3478 - 3497.", "53 and 3478-3497"] {
            assert_eq!(audit(&rows, &table(cell)), [""; 0], "{cell}");
        }
        assert_eq!(unread(&table("3x8")), ["2:14 it is not a port"]);
    }

    #[test]
    fn a_table_with_one_damaged_row_is_a_table() {
        for (row, count, place) in [
            ("53\tUDP\tnames", 3, ""),
            ("53\tUDP", 3, ""),
            ("53\tUDP\tnames\tx", 3, ""),
            (
                "34\t78\tUDP\tstun",
                2,
                "4:1 a row of the table has 3 cells, and this one 4",
            ),
            (
                "53 UDP names",
                2,
                "4:1 a row of the table has 3 cells, and this one 1",
            ),
            ("3x8\tUDP\tstun", 2, "4:1 it is not a port"),
            ("53\tUXP\tstun", 2, "4:4 it is not a transport"),
            ("to do: ask Anna", 2, ""),
        ] {
            for heading in ["Port\tProtocol\tName\n", "\n"] {
                let text = format!("{heading}80\tTCP\thttp\n443\tTCP\thttps\n{row}\n");
                let (notation, entries) = shown(&text);
                assert_eq!((notation, entries.len()), ("csv", count), "{text}");
                assert_eq!(unread(&text).join(" "), place, "{text}");
            }
        }
    }
}
