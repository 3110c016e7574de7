//! Law 4: the table is cut as a browser cuts it (HTML, section 4.9.12).

use super::{further, page, read};

const SPAN: &str = "<tbody><tr><td rowspan=ROWS>500<td>UDP<td>One Title<td>2408<td>isakmp<td>Mac</tr>\n\
    <tr><td>TCP<td>Other Title<td>-<td>-<td>Web</tr></tbody>\n\
    <tbody><tr><td>600<td>TCP<td>Own Title<td>-<td>-<td>Mac</tr></tbody>";

#[test]
fn a_span_ends_with_its_row_group() {
    for rows in ["2", "3", "0", "9999", " 3x"] {
        let records = further(&page(&SPAN.replace("ROWS", rows)));
        let ports: Vec<&str> = records
            .iter()
            .map(|record| record.split('|').next().unwrap())
            .collect();
        assert_eq!(ports, ["500", "500", "600"], "{rows}");
    }
}

#[test]
fn a_last_cell_is_not_lent_to_the_next_group() {
    let rows = "<tbody><tr><td>500<td>UDP<td>One Title<td>2408<td>isakmp<td rowspan=3>Mac</tr></tbody>\
        <tbody><tr><td>600<td>TCP<td>Own Title<td>2616<td>abc</tr></tbody>";
    let records = further(&page(rows));
    assert!(
        records
            .iter()
            .all(|record| !record.starts_with("600") || record.ends_with('|')),
        "{records:?}"
    );
}

#[test]
fn a_page_is_cut_off_where_the_tree_says_so() {
    let whole = page("<tr><td>8080<td>TCP<td>A Title<td>-<td>-<td>Mac</tr>");
    let script = whole.replace("</body>", "<script>'<table><tr><td>'</script></body>");
    assert_eq!(read(&script).unwrap().rejected, 0);
    let end = whole.find("</table>").unwrap();
    assert!(
        read(&whole[..end])
            .unwrap()
            .codes
            .contains(&"A010".to_owned())
    );
}

#[test]
fn a_shared_cell_keeps_its_column_beyond_a_gap() {
    let rows = "<tr><td>500<td>UDP<td>One Title<td>2408<td>isakmp<td rowspan=2>Mac</tr>\
        <tr><td>600<td>TCP<td>Own Title<td>2616</tr>";
    let records = further(&page(rows));
    assert_eq!(records[1], "600|tcp|Own Title|2616||Mac");
}

#[test]
fn what_is_below_a_wide_cell_has_no_column_either() {
    let rows = "<tr><td>500<td>UDP<td>One Title<td rowspan=2 colspan=2>2408<td>Mac</tr>\
        <tr><td>600<td>TCP<td>Own Title<td>Web</tr>";
    let outcome = read(&page(rows)).unwrap();
    assert_eq!((outcome.read, outcome.rejected), (5, 2));
}

#[test]
fn a_row_with_two_cells_in_one_place_is_rejected() {
    let rows = "<tr><td>500<td>UDP<td>One Title<td rowspan=2>2408<td>isakmp<td>Mac</tr>\
        <tr><td>600<td>TCP<td colspan=2>-<td>abc<td>Web</tr>";
    let outcome = read(&page(rows)).unwrap();
    assert_eq!((outcome.read, outcome.rejected), (5, 1), "{outcome:?}");
}

#[test]
fn a_row_with_a_table_in_a_cell_is_rejected() {
    let rows = "<tr><td>500<td>UDP<td>One Title<td>2408<td>isakmp<td>Mac<table><tr><td>Web</table>\
        <tr><td>600<td>TCP<td>Own Title<td>-<td>-<td>Mac</tr>";
    let outcome = read(&page(rows)).unwrap();
    assert_eq!((outcome.read, outcome.rejected), (5, 1), "{outcome:?}");
}
