//! The tables of a text: one of CSV, and those that a page of Markdown has.

use super::cells::{Row, has_ports, rows};
use super::columns::{self, Columns, columns, mark};
use super::entries::may_be_port;
use super::heading::Heading;

/// The rows of a table, and what they are.
pub(super) type Table = (Vec<Row>, Content);

/// What a table has.
pub(super) enum Content {
    Ports(Columns),
    /// Ports in columns that are not known, and why.
    Refused(String),
    /// Numbers below a heading for ports, in no column of ports.
    Unread,
    /// Something else, beside a table of ports.
    Other,
}

impl From<Result<Columns, String>> for Content {
    fn from(columns: Result<Columns, String>) -> Self {
        columns.map_or_else(Self::Refused, Self::Ports)
    }
}

/// The line that has the byte.
fn line_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[start..].lines().next().unwrap_or_default()
}

/// Whether a line is a row of Markdown.
fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// Whether a line is the one below the headings of Markdown: `|---|---|`.
fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    is_row(line) && line.contains("--") && signs.all(|c| matches!(c, '|' | '-' | ':'))
}

/// The tables of ports, where some sign makes one of the text; none in XML, whose commas are in its
/// values.
pub(super) fn tables(text: &str) -> Vec<Table> {
    if text.lines().any(is_rule) {
        return of_markdown(text);
    }
    if text.starts_with('<') {
        return Vec::new();
    }
    let is_blank = |line: &str| line.trim().is_empty();
    if text.lines().all(|line| is_blank(line) || is_row(line)) {
        let rows = rows(text, b'|');
        if let Some(columns) = columns::of_ports_alone(text, &rows) {
            return vec![(rows, columns.into())];
        }
    }
    let is_content = |line: &&str| !is_blank(line) && !line.starts_with('#') && !is_separator(line);
    let Some(first) = text.lines().find(is_content) else {
        return Vec::new();
    };
    let signs = [b'|', b'\t', b';', b','];
    let table = signs.into_iter().find_map(|sign| {
        if !first.as_bytes().contains(&sign) {
            return None;
        }
        let rows = without_title(text, rows(text, sign));
        let columns = columns(text, &rows)?;
        Some((rows, columns.into()))
    });
    table.into_iter().collect()
}

/// Whether a line tells a spreadsheet what is between cells: `sep=;`.
fn is_separator(line: &str) -> bool {
    let line = line.trim_matches(['"', ' ', '\r']);
    let sign = line.strip_prefix("sep=").or(line.strip_prefix("SEP="));
    sign.is_some_and(|sign| sign.len() <= 1 || sign == "\\t")
}

/// The rows without what precedes the headings: the line for spreadsheets, and a title alone in its
/// row.
fn without_title(text: &str, mut rows: Vec<Row>) -> Vec<Row> {
    let filled = |row: &Row| row.iter().filter(|cell| !cell.is_empty()).count();
    let is_before = |row: &Row, next: &Row| {
        let is_title = row.len() > 1 && filled(row) == 1 && !has_ports(text, &row[0]);
        is_separator(line_of(text, row[0].start)) || is_title && filled(next) > 1
    };
    let pairs = rows.windows(2);
    let count = pairs.take_while(|pair| is_before(&pair[0], &pair[1]));
    let count = count.count();
    rows.drain(..count);
    rows
}

/// The tables of a page of Markdown, if one has ports. Where one is about ports by its headings, those
/// that are not have something else.
fn of_markdown(text: &str) -> Vec<Table> {
    let all = rows(text, b'|').into_iter();
    let rows: Vec<Row> = all
        .filter(|row| is_row(line_of(text, row[0].start)))
        .collect();
    let is_said = |rows: &[Row]| {
        let mut headings = headings(text, rows);
        headings.any(|heading| heading.is_about_ports())
    };
    let parts = parts(text, rows);
    let has_said = parts.iter().any(|rows| is_said(rows));
    let tables = parts.into_iter().map(|rows| {
        let columns = columns(text, &rows).or_else(|| columns::below_heading(text, &rows).map(Ok));
        let content = match columns.filter(|_| is_said(&rows) || !has_said) {
            Some(columns) => columns.into(),
            None if may_have_ports(text, &rows) => Content::Unread,
            None => Content::Other,
        };
        (rows, content)
    });
    let tables: Vec<Table> = tables.collect();
    let has_ports = |table: &Table| matches!(table.1, Content::Ports(_) | Content::Refused(_));
    if tables.iter().any(has_ports) {
        tables
    } else {
        Vec::new()
    }
}

/// The headings of a table.
fn headings<'t>(text: &'t str, rows: &'t [Row]) -> impl Iterator<Item = Heading> + 't {
    let headings = rows.first().into_iter().flatten();
    headings.map(|cell| Heading::new(&text[cell.clone()]))
}

/// Whether a column whose heading says that it has ports has a cell that may be one.
fn may_have_ports(text: &str, rows: &[Row]) -> bool {
    let is_near = |cell: &std::ops::Range<usize>| {
        let cell = &text[cell.clone()];
        may_be_port(cell) && mark(cell).is_none()
    };
    headings(text, rows).enumerate().any(|(at, heading)| {
        let mut cells = rows.iter().skip(1).filter_map(|row| row.get(at));
        heading.has_destinations() && cells.any(is_near)
    })
}

/// The rows of each table: one begins with headings, which a rule is below. Where the headings are
/// those of the table before, it goes on.
fn parts(text: &str, rows: Vec<Row>) -> Vec<Vec<Row>> {
    let names = |row: &Row| -> Vec<&str> { row.iter().map(|cell| &text[cell.clone()]).collect() };
    let is_rule = |row: &Row| is_rule(line_of(text, row[0].start));
    let mut parts: Vec<Vec<Row>> = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        let is_heading = rows.peek().is_some_and(is_rule) && !is_rule(&row);
        let is_same = |part: &Vec<Row>| {
            part.first()
                .is_some_and(|heading| names(heading) == names(&row))
        };
        let is_new = is_heading && !parts.last().is_some_and(is_same);
        match parts.last_mut().filter(|_| !is_new) {
            Some(part) => part.push(row),
            None => parts.push(vec![row]),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, shown, unread};

    const PAGE: &str = "| Port | Protocol |\n|---|---|\n| 80, 443 | TCP |\n| 53 | UDP |\n";

    #[test]
    fn a_page_may_have_other_tables() {
        for other in [
            "| Host | Address | Port count |\n|---|---|---|\n| en1 | 10.0.0.1 | 6 |\n| en2 | 10.0.0.2 | 37 |\n",
            "| Host | Users |\n|---|---|\n| en1 | 8080 |\n| en2 | 9090 |\n",
            "| Host | 2023 | 2024 |\n|---|---|---|\n| en1 | 5 | 6 |\n| en2 | 7 | 8 |\n",
        ] {
            for text in [format!("{PAGE}\n{other}"), format!("{other}\n{PAGE}")] {
                assert_eq!(ports(&text), "80/tcp 443/tcp 53/udp", "{text}");
                assert_eq!(unread(&text), [""; 0], "{text}");
            }
        }
    }

    #[test]
    fn a_page_may_begin_with_a_comment() {
        assert_eq!(
            ports(&format!("<!-- 2024 -->\n\n{PAGE}")),
            "80/tcp 443/tcp 53/udp"
        );
    }

    #[test]
    fn each_table_of_a_page_has_its_own_columns() {
        let other = "| Name | UDP ports |\n|---|---|\n| STUN | 3478-3497 |\n| NTP | 123 |\n";
        let all = "80/tcp 443/tcp 53/udp 3478-3497/udp 123/udp";
        assert_eq!(ports(&format!("{PAGE}\n{other}")), all);
        let again = format!("{PAGE}\nMore:\n\n{}", PAGE.replace("80, 443", "x80"));
        assert_eq!(shown(&again).1.len(), 4);
        assert_eq!(unread(&again), ["10:3 it is not a port"]);
    }

    #[test]
    fn a_table_of_a_page_may_have_one_column() {
        let other = "| UDP ports |\n|---|\n| 53 |\n| 123 |\n";
        let all = "80/tcp 443/tcp 53/udp 53/udp 123/udp";
        assert_eq!(ports(&format!("{PAGE}\n{other}")), all);
        assert_eq!(ports(other), "53/udp 123/udp");
        let damaged = other.replace("123", "12x3");
        assert_eq!(ports(&damaged), "53/udp");
        assert_eq!(unread(&damaged), ["4:3 it is not a port"]);
        for no_ports in ["UDP port count", "Source ports", "Users"] {
            let text = format!("{PAGE}\n{}", other.replace("UDP ports", no_ports));
            assert_eq!(ports(&text), "80/tcp 443/tcp 53/udp", "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_table_for_ports_without_a_column_of_some_is_reported() {
        let other = "| Name | Ports |\n|---|---|\n| Web | 8080 |\n| Mail | as agreed |\n| News | as for mail |\n";
        let text = format!("{PAGE}\n{other}");
        assert_eq!(ports(&text), "80/tcp 443/tcp 53/udp");
        let reason = "no column of this table has ports in nearly all rows";
        assert_eq!(unread(&text), [format!("6:3 {reason}")]);
        for (from, to) in [("Ports", "Remarks"), ("8080", "ask"), ("Ports", "Support")] {
            let other = other.replace(from, to);
            assert_eq!(unread(&format!("{PAGE}\n{other}")), [""; 0], "{other}");
        }
        let marks = "| Name | TCP | UDP |\n|---|---|---|\n| Web | 1 | 0 |\n| DNS | 1 | 1 |\n";
        assert_eq!(unread(&format!("{PAGE}\n{marks}")), [""; 0]);
    }

    #[test]
    fn a_title_and_the_line_of_spreadsheets_may_precede_the_headings() {
        let table = "Port;Protocol;Name\n80;TCP;Web\n53;UDP;DNS\n";
        for before in [
            "Ports 2024;;\n",
            "Ports 2024;;\n;;\n",
            "sep=;\n",
            "\u{feff}sep=;\nPorts of 2024;;\n",
            "\"sep=;\"\n",
        ] {
            let text = format!("{before}{table}");
            assert_eq!(ports(&text), "80/tcp 53/udp", "{text}");
            assert_eq!(unread(&text), [""; 0], "{text}");
        }
        assert_eq!(ports("80;;\n81;TCP;Web\n53;UDP;DNS\n"), "80/ 81/tcp 53/udp");
    }

    #[test]
    fn commas_in_xml_make_no_table() {
        let text = "<entry name=\"a\"><tcp><port>80,443,5223</port></tcp></entry>\n<entry name=\"b\"><udp><port>53,123,124</port></udp></entry>\n";
        assert_eq!(shown(text), ("lines", Vec::new()));
    }
}
