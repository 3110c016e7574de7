//! The rows right below the heading: none of them is taken for a part of it.

use std::fmt::Write;

use appleports_ingest::read_capture;
use appleports_model::Column;
use proptest::prelude::*;

/// The ports of the rows that are read, with their lines, and how many are rejected.
fn read(text: &str) -> (Vec<(String, u32)>, usize) {
    let table = read_capture("s", "page", text.as_bytes()).unwrap();
    let rows = table.rows.iter();
    let ports = rows.map(|row| (table_cell(&table, row), row.place.line));
    (ports.collect(), table.rejected.len())
}

fn table_cell(table: &appleports_model::RawTable, row: &appleports_model::RawRow) -> String {
    let at = table
        .columns
        .iter()
        .position(|column| *column == Column::Port);
    row.cells[at.unwrap()].clone().unwrap().text
}

const SIX: &str = "Port,TCP or UDP,Service or Protocol Name,RFC,Service Name,Used by\n";

#[test]
fn a_first_row_with_a_line_break_in_a_cell_is_read() {
    let five = "Port,TCP or UDP,Service or Protocol Name,RFC,Used by\n25,TCP,\"Simple\nMail\",821,Mail\n53,TCP,Domain Name System,1034,MacDNS\n80,TCP,HTTP,2616,Web\n";
    let six = format!(
        "{SIX}25,TCP,\"Simple\nMail\",821,smtp,Mail\n53,TCP,Domain Name System,1034,domain,MacDNS\n80,TCP,HTTP,2616,http,Web\n"
    );
    let heading = six.replacen("Service or Protocol", "\"Service or\nProtocol\"", 1);
    for (text, first) in [
        (five, 2),
        (&*six, 2),
        (
            &heading.replace(
                "\"Service or\nProtocol\" Name",
                "\"Service or\nProtocol Name\"",
            ),
            3,
        ),
    ] {
        let (rows, rejected) = read(text);
        let expected = [("25", first), ("53", first + 2), ("80", first + 3)];
        let expected = expected
            .map(|(port, line)| (port.to_owned(), line))
            .to_vec();
        assert_eq!((rows, rejected), (expected, 0), "{text}");
    }
}

/// The quote that nobody closes is one of the text.
#[test]
fn a_quote_above_the_table_takes_no_row() {
    let text = format!(
        "A 5\" disk of Apple's TCP and UDP ports\n\n{SIX}53,TCP,DNS,1034,domain,MacDNS\n80,TCP,HTTP,2616,http,Web\n"
    );
    assert_eq!(read(&text).0.len(), 2);
    let closed = format!("{text}81,TCP,\"a\nb\",2616,x,Web\n");
    assert_eq!(read(&closed).0.len(), 3);
}

#[test]
fn rows_without_a_port_below_the_heading_count() {
    let rows = "unknown,UDP,Two,1034,two,MacDNS\nn/a,TCP,Three,1034,three,Mail\n53,TCP,DNS,1034,domain,MacDNS\n80,TCP,HTTP,2616,http,Mail\n81,TCP,HTTP,2616,http,Mail\n82,TCP,HTTP,2616,http,Mail\n83,TCP,HTTP,2616,http,Mail\n";
    let open = format!("{SIX}-,-,-,-,-,-\n{rows}")
        .replace("-,-,-,-,-,-", "---,---,---,---,---,---")
        .replace(',', "|");
    let closed: Vec<String> = open
        .lines()
        .map(|line| ["|", line, "|\n"].concat())
        .collect();
    let html = |tag: &str| {
        let row = |line: &str, tag: &str| {
            let cells = line.replace(',', &format!("</{tag}><{tag}>"));
            format!("<tr><{tag}>{cells}</{tag}></tr>\n")
        };
        let body: Vec<String> = rows.lines().map(|line| row(line, "td")).collect();
        let heading = row(SIX.trim(), tag);
        format!(
            "<html><body><table>{heading}{}</table></body></html>",
            body.concat()
        )
    };
    for text in [
        format!("{SIX}{rows}"),
        closed.concat(),
        open,
        html("th"),
        html("td"),
    ] {
        let table = read_capture("s", "page", text.as_bytes());
        let table = table.unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(table.rows.len() + table.rejected.len(), 7, "{text}");
    }
}

proptest! {
    /// Whatever cells have line breaks in them, every row is read.
    #[test]
    fn line_breaks_lose_no_row(breaks in prop::collection::vec(prop::collection::vec(any::<bool>(), 4), 1..8)) {
        let mut text = SIX.to_owned();
        for (at, cells) in breaks.iter().enumerate() {
            let cell = |index: usize, word: &str| {
                if cells[index] { format!("\"{word}\n{word}\"") } else { word.to_owned() }
            };
            let (title, name) = (cell(0, "Title"), cell(1, "Web"));
            let port = 100 + at;
            writeln!(text, "{port},TCP,{title},792,name-{at},{name}").unwrap();
        }
        prop_assert_eq!(read(&text).0.len(), breaks.len());
    }
}
