//! The bold-lines layout: what a damaged capture may look like.

use appleports_ingest::{ReadErrorKind, read_capture};
use appleports_model::{Column, RawTable};
use proptest::prelude::*;

const HEAD: &str = "# T\n\n**Port** **TCP or UDP** **Service** **RFC** **Name** **Used by**\n\n";

fn read(body: &str) -> RawTable {
    read_capture(
        "apple/x/2020-01-01",
        "page.md",
        format!("{HEAD}{body}").as_bytes(),
    )
    .unwrap()
}

fn codes(table: &RawTable) -> Vec<(&str, u32)> {
    table
        .findings
        .iter()
        .map(|finding| (finding.code.as_str(), finding.line))
        .collect()
}

fn texts(table: &RawTable, row: usize) -> Vec<&str> {
    Column::ALL
        .iter()
        .map(|column| table.rows[row].text(*column))
        .collect()
}

#[test]
fn a_plain_row_has_no_finding() {
    let table = read("**7**\nTCP/UDP\necho\n792\necho\n-\n\nThe end.\n");
    assert_eq!(
        texts(&table, 0),
        ["7", "TCP/UDP", "echo", "792", "echo", "-"]
    );
    assert_eq!(codes(&table), []);
    assert_eq!((table.rows[0].place.line, table.rows[0].line_last), (5, 10));
}

#[test]
fn a_row_without_its_rfc_cell_keeps_its_columns() {
    let table =
        read("**465**\nTCP\nMail\nsmtp (legacy)\nMail\n\n**7**\nTCP\necho\n792\necho\n-\n\nEnd.\n");
    assert_eq!(
        texts(&table, 0),
        ["465", "TCP", "Mail", "", "smtp (legacy)", "Mail"]
    );
    assert_eq!(codes(&table), [("A002", 5)]);
}

#[test]
fn a_short_row_that_could_have_lost_any_cell_is_rejected() {
    let table = read(
        "**7**\nTCP\necho\n792\necho\n\n**9**\nTCP\n\n**8**\nTCP\necho\n792\necho\n-\n\nEnd.\n",
    );
    assert_eq!(table.rows.len(), 1);
    let reasons: Vec<&str> = table
        .rejected
        .iter()
        .map(|row| row.reason.as_str())
        .collect();
    assert_eq!(
        reasons,
        [
            "row of port 7: the row has 5 cells, the table has 6 columns",
            "row of port 9: the row has 2 cells, the table has 6 columns"
        ]
    );
    assert_eq!(codes(&table), [("A007", 5), ("A007", 11)]);
}

#[test]
fn a_blank_line_inside_a_row_is_bridged_only_before_another_row() {
    let row = "**25**\nTCP\nSMTP\n5321\nsmtp\n\nMail\n\n";
    let table = read(&format!("{row}**7**\nTCP\necho\n792\necho\n-\n\nEnd.\n"));
    assert_eq!(texts(&table, 0)[5], "Mail");
    assert_eq!(codes(&table), [("A004", 11)]);
    let table = read(row);
    assert_eq!(
        table.rows.len(),
        0,
        "`Mail` may be the cell or the closing text"
    );
    assert_eq!(codes(&table), [("A007", 5)]);
}

#[test]
fn lines_joined_by_hard_breaks_and_a_marker_closed_later() {
    let table = read("**88, 89   \n**\nTCP\nA  \nB\n-\nab\n-\n\nEnd.\n");
    assert_eq!(texts(&table, 0), ["88, 89", "TCP", "A\nB", "-", "ab", "-"]);
    assert_eq!(codes(&table), [("A005", 5), ("A003", 8)]);
}

#[test]
fn text_between_rows_is_reported_and_left_out() {
    let table = read(
        "**7**\nTCP\necho\n792\necho\n-\n\nStray.\n\n**8**\nTCP\necho\n792\necho\n-\n\nEnd.\n",
    );
    assert_eq!(table.rows.len(), 2);
    assert_eq!(codes(&table), [("A006", 12)]);
}

/// Each is told of with the port, and none is a row of the article.
#[test]
fn of_a_row_of_too_many_lines_few_are_told_of() {
    let body = format!("**25**\n{}", "x²\n".repeat(1_000));
    let table = read(&format!(
        "{body}\n**80**\nTCP\nWeb\n2616\nhttp\nMail\n\nThe end.\n"
    ));
    assert_eq!((table.rows.len(), table.rejected.len()), (1, 1));
    let marks = codes(&table).into_iter();
    assert_eq!(marks.filter(|(_, line)| *line < 1_000).count(), 16);
}

#[test]
fn a_page_without_the_table_is_told_apart() {
    for text in [
        HEAD,
        "# TCP and UDP ports\n\nNothing here.\n",
        "**Port** **TCP**\n\n**7**\nTCP\n",
    ] {
        let error = read_capture("s", "page.md", text.as_bytes()).unwrap_err();
        assert!(error.kind == ReadErrorKind::NoTable, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_a_panic(lines in prop::collection::vec("(\\*\\*)?[0-9a-z ,*-]{0,12}(\\*\\*)?( {2})?", 0..60)) {
        let text = format!("{HEAD}{}", lines.join("\n"));
        if let Ok(table) = read_capture("s", "page.md", text.as_bytes()) {
            for row in &table.rows {
                prop_assert!(row.place.line <= row.line_last);
            }
        }
    }
}
