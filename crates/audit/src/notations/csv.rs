//! CSV and tables of Markdown, the columns found by their contents.

mod cells;
mod columns;
mod entries;
mod heading;
mod plain;
mod tables;

use cells::{MAX_CELLS, Row, whole};
use columns::{Columns, Ports, mark};
use entries::cell;
pub(super) use entries::is_of_others;
use tables::{Content, tables};

use super::comments::Comments;
use super::{CLOSED, is_hash_comment, is_not_open};
use crate::expression::{Reader, group};
use crate::list::{Group, Repeat};
use crate::read::{Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "csv",
    shape: Shape::Rows,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Kept,
};

fn is_in(text: &str) -> bool {
    !tables(text).is_empty()
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let tables = tables(reader.text);
    if tables.is_empty() {
        let message = format!(
            "no column has ports in nearly all rows, or a row has more than {MAX_CELLS} cells"
        );
        return Err(ReadError::Malformed("csv", message));
    }
    reader.is_table = true;
    for (rows, content) in tables {
        match content {
            Content::Ports(columns) => table(reader, rows, &columns)?,
            Content::Refused(message) => return Err(ReadError::Malformed("csv", message)),
            Content::Unread => unread(reader, &rows),
            Content::Other => leave(reader, &rows, "a row of a table about something else"),
        }
    }
    Ok(())
}

/// Reports a table at its headings.
fn unread(reader: &mut Reader<'_>, rows: &[Row]) {
    leave(reader, rows, "a row of a table that is not read");
    let heading = rows.first().and_then(|row| row.first().zip(row.last()));
    if let Some((first, last)) = heading {
        let reason = "no column of this table has ports in nearly all rows".to_owned();
        reader.unknown(first.start..last.end, Transports::NONE, reason);
    }
}

fn leave(reader: &mut Reader<'_>, rows: &[Row], reason: &'static str) {
    for row in rows {
        reader.leave(reader.line_of(row[0].start), reason);
    }
}

fn table(reader: &mut Reader<'_>, rows: Vec<Row>, columns: &Columns) -> Result<(), ReadError> {
    // A row may be written once for each range.
    let group_index = reader.new_group(Group {
        repeat: Repeat::Line,
        ..group("-", None)
    });
    for row in rows {
        let action = columns.action.and_then(|at| row.get(at));
        if action.is_some_and(|cell| is_not_open(&reader.text[cell.clone()])) {
            reader.leave(reader.line_of(row[0].start), CLOSED);
            continue;
        }
        let cell_mark = |at: usize| {
            row.get(at)
                .and_then(|cell| mark(&reader.text[cell.clone()]))
        };
        if columns
            .switch
            .is_some_and(|(at, is_on)| cell_mark(at) == Some(!is_on))
        {
            reader.leave(reader.line_of(row[0].start), CLOSED);
            continue;
        }
        let marked = columns
            .marks
            .iter()
            .filter(|(at, _)| cell_mark(*at) == Some(true));
        let marked = marked.fold(Transports::NONE, |all, (_, set)| all.and(*set));
        if row.len() != columns.width && entries::report_uneven(reader, &row, columns) {
            continue;
        }
        let first = reader.entries.len();
        for ports in &columns.ports {
            let transports = ports.transports.and(marked);
            cell(
                reader,
                &row,
                Ports {
                    transports,
                    ..*ports
                },
                columns.transport,
                group_index,
            )?;
        }
        let is_spread = reader.text[whole(&row)].contains('\n');
        for entry in &mut reader.entries[first..] {
            entry.is_spread = is_spread;
        }
    }
    reader.groups[group_index].has_suffix = false;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ports, shown, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_row_of_several_lines_is_neither_written_again_nor_removed() {
        let rows = ["443/tcp", "16384-16387/udp", "16393-16402/udp"];
        let text =
            "name,port,protocol,note\nWeb,443,tcp,x\n\"RTP\nmedia\",16384-16402,udp,\"a\nb\"\n";
        assert_eq!(audit(&rows, text).len(), 1);
        assert_eq!(fixed(&rows, text), text);
        let row = "media\",443,tcp,\"a\n";
        let text = format!("name,port,protocol,note\n\"RTP\n{row}b\"\n\"Other\n{row}c\"\n");
        assert_eq!(audit(&["443/tcp"], &text), [""; 0]);
    }

    fn entries(text: &str) -> Vec<String> {
        let (notation, entries) = shown(text);
        assert_eq!(notation, "csv", "{text}");
        entries
    }

    #[test]
    fn columns_may_have_marks_for_transports() {
        for text in [
            "Port,TCP,UDP\n80,x,\n53,,x\n443,x,x\n",
            "Port,TCP,UDP\n80,yes,no\n53,no,yes\n443,yes,yes\n",
            "| Port | TCP | UDP |\n|---|---|---|\n| 80 | ✓ | - |\n| 53 | - | ✓ |\n| 443 | ✓ | ✓ |\n",
            "Port,TCP,UDP\n80,1,0\n53,0,1\n443,1,1\n",
            "Number,TCP,UDP\n80,1,0\n53,0,1\n443,1,1\n",
        ] {
            assert_eq!(shown(text).0, "csv", "{text}");
            assert_eq!(ports(text), "80/tcp 53/udp 443/tcp+udp", "{text}");
        }
    }

    #[test]
    fn rows_that_are_not_used_are_left_alone() {
        let text = "port,proto,enabled\n80,tcp,yes\n81,tcp,no\n";
        assert_eq!(shown(text).1, ["80/tcp@2:1"]);
        let text = "port,proto,enabled by\n80,tcp,\n81,tcp,\n";
        assert_eq!(shown(text).1, ["80/tcp@2:1", "81/tcp@3:1"]);
        let text = "port,proto,disabled\n80,tcp,false\n81,tcp,true\n";
        assert_eq!(shown(text).1, ["80/tcp@2:1"]);
    }

    #[test]
    fn lines_with_names_are_no_table() {
        let text = "Web: TCP 6000, 443\nProvider: TCP 25, 2197\n";
        let all = [
            "6000/tcp@1:10",
            "443/tcp@1:16",
            "25/tcp@2:15",
            "2197/tcp@2:19",
        ];
        assert_eq!(shown(text), ("lines", all.map(str::to_owned).to_vec()));
    }

    #[test]
    fn what_is_no_port_is_reported() {
        let good = "80,,tcp\n16384,16387,udp\n".repeat(15);
        let text =
            format!("from,to,proto\n{good}34x8,,udp\n5,x,tcp\n6,,xyz\n7,,icmp\nsee below,,\n");
        assert_eq!(entries(&text).len(), 30);
        assert_eq!(
            unread(&text),
            [
                "32:1 it is not a port",
                "33:3 it is not the last port of a range",
                "34:4 it is not a transport"
            ]
        );
    }

    #[test]
    fn rows_of_markdown_need_no_heading_where_they_have_one_port_each() {
        assert_eq!(entries("| 80 |\n| 443 |\n"), ["80/@1:3", "443/@2:3"]);
        assert_eq!(
            entries("| 80 | tcp |\n| 53 | udp |\n"),
            ["80/tcp@1:3", "53/udp@2:3"]
        );
        for text in ["| 80 | 443 |\n| 5223 | 16384 |\n", "| 80 | 443 |\n"] {
            let refused = refused(text);
            assert!(refused.contains("ports in every column"), "{refused}");
        }
    }

    #[test]
    fn commands_with_lists_of_ports_are_no_table() {
        for command in [
            "netsh add rule dir=out remoteport=80,443,5223",
            "New-Rule -Protocol TCP -RemotePort 80,443 -Action Allow",
            "set service web port 80,443",
        ] {
            let text = format!("{command}\n{command}\n");
            let read = crate::read::read(text.as_bytes(), None);
            let shown =
                read.map_or_else(|error| error.to_string(), |list| list.notation.to_string());
            assert!(!shown.contains("csv"), "{command}: {shown}");
        }
        let text = "Name,Port\nApple AirPort 5,80\nApple AirPort 6,443\n";
        assert_eq!(entries(text), ["80/@2:17", "443/@3:17"]);
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
    fn rows_that_open_nothing_are_left_alone() {
        let text = "port,proto,action\n80,tcp,allow\n443,tcp,Deny\n53,udp,allow\n";
        assert_eq!(entries(text), ["80/tcp@2:1", "53/udp@4:1"]);
    }

    #[test]
    fn a_protocol_may_be_a_number() {
        let text = "port,protocol,name\n80,6,Web\n53,17,DNS\n54,,x\n";
        assert_eq!(entries(text), ["80/tcp@2:1", "53/udp@3:1", "54/@4:1"]);
    }

    #[test]
    fn a_cell_may_begin_with_its_transport() {
        let text = "name,service\nWeb,tcp/80 tcp/443\nSTUN,udp/3478-3497\n";
        let expected = ["80/tcp@2:9", "443/tcp@2:16", "3478-3497/udp@3:10"];
        assert_eq!(entries(text), expected);
        let text = "service,name,hosts\ntcp/80,Web,7\nudp/53,DNS,8\n";
        let text = text.replace("hosts", "host count");
        assert_eq!(entries(&text), ["80/tcp@2:5", "53/udp@3:5"]);
    }

    #[test]
    fn a_long_number_is_a_range_only_in_a_column_of_ports() {
        let text = "id,port,proto\n10002000,80,tcp\n10002001,34783497,udp\n10002002,53,udp\n";
        let expected = ["80/tcp@2:10", "3478-3497/udp@3:10", "53/udp@4:10"];
        assert_eq!(entries(text), expected);
    }

    #[test]
    fn a_list_with_commas_is_no_table() {
        for (text, count) in [
            ("tcp:80,443,5223\nudp:53,123,3478-3497\n", 6),
            ("tcp=80,443\nudp=53,123\n", 4),
            ("80, 443, 5223 TCP\n53, 123, 124 (UDP)\n", 6),
            ("TCP ports: 80, 443\nUDP ports: 53, 123\n", 4),
            ("proto=tcp ports=80,443\nproto=udp ports=53,123\n", 4),
        ] {
            let (notation, entries) = shown(text);
            assert_eq!((notation, entries.len()), ("lines", count), "{text}");
            assert!(entries[count - 1].contains("/udp"), "{entries:?}");
        }
        assert_eq!(shown("80,443,5223\n").0, "lines");
    }

    fn refused(text: &str) -> String {
        crate::read::read(text.as_bytes(), None)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn source_ports_are_left_alone() {
        for heading in [
            "name,source port,destination port,protocol",
            "name,sport,dport,protocol",
            "name,srcPort,dstPort,protocol",
            "name,source port,port,protocol",
        ] {
            let text = format!("{heading}\nWeb,1024,80,tcp\nDNS,1024,53,udp\n");
            assert_eq!(entries(&text), ["80/tcp@2:10", "53/udp@3:10"], "{heading}");
        }
        let alone = "source port,protocol\n1024,tcp\n";
        assert!(refused(alone).contains("source ports alone, in column 1 (`source port`)"));
    }

    #[test]
    fn two_columns_that_could_have_the_ports_are_refused() {
        for (text, expected) in [
            (
                "name,external port,internal port\nWeb,80,8080\nTLS,443,8443\n",
                "column 2 (`external port`) and column 3 (`internal port`) could each be",
            ),
            ("80,tcp,8080\n443,tcp,8443\n", "column 1 and column 3 could"),
        ] {
            assert!(refused(text).contains(expected), "{}", refused(text));
        }
        // `protocol` and `Total` have other words in them.
        let text = "port,protocol,Total hosts\n80,tcp,7\n443,tcp,8\n";
        assert_eq!(entries(text), ["80/tcp@2:1", "443/tcp@3:1"]);
    }

    #[test]
    fn a_range_may_have_two_columns_and_some_rows_one_port() {
        for heading in [
            "from,to,proto",
            "port,to_port,proto",
            "startPort,endPort,proto",
        ] {
            let text = format!("{heading}\n80,,tcp\n443,,tcp\n16384,16387,udp\n1,x,tcp\n");
            let expected = ["80/tcp@2:1", "443/tcp@3:1", "16384-16387/udp@4:1"];
            assert_eq!(entries(&text), expected, "{heading}");
        }
    }

    #[test]
    fn each_transport_may_have_a_column() {
        let text = "service,TCP ports,UDP ports\nWeb,\"80, 443\",443\nSTUN,,3478-3497\n";
        let expected = [
            "80/tcp@2:6",
            "443/tcp@2:10",
            "443/udp@2:15",
            "3478-3497/udp@3:7",
        ];
        assert_eq!(entries(text), expected);
    }
}
