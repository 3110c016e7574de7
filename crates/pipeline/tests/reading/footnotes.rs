//! A raised digit, or a link to a footnote on the same page, is a mark and no digit.

use super::{further, page, read, row};

#[test]
fn links_to_the_page_itself_are_marks() {
    for mark in [
        "<sup>1</sup>",
        "<a href=\"#fn1\">1</a>",
        "<sup><a href=\"#fn1\">1</a></sup>",
        "<a href=\"#fn1\"><sup>1</sup></a>",
        "<span><a href='#fn1'>[1]</a></span>",
        "<a href='#note' role=doc-noteref>*</a>",
        "<span style='vertical-align: super'>1</span>",
        " <a href=\"#a\">a</a>",
    ] {
        let rows = [
            row(&format!("110{mark}"), "TCP"),
            row(&format!("111{mark}"), "TCP"),
        ];
        let records = further(&page(&rows.concat()));
        assert_eq!(records.len(), 2, "{mark}");
        assert!(
            records[0].starts_with("110|") && records[1].starts_with("111|"),
            "{mark} {records:?}"
        );
    }
}

#[test]
fn a_link_that_is_the_cell_is_its_text() {
    let port = "<a href=\"#p\">99</a>";
    assert!(further(&page(&row(port, "TCP")))[0].starts_with("99|"));
    let list = "<a href=\"#p\">81</a>, <a href=\"#q\">82</a>";
    assert!(further(&page(&row(list, "TCP")))[0].starts_with("81+82|"));
    let elsewhere = "110<a href=\"/x#fn1\">1</a>";
    assert!(further(&page(&row(elsewhere, "TCP")))[0].starts_with("1101|"));
}

#[test]
fn glued_digits_of_neighbours_are_rejected() {
    let rows: String = ["1101", "1111", "2000", "3000", "4000", "5000"]
        .map(|port| row(port, "TCP"))
        .concat();
    let shown = rows
        .replace("2000", "143")
        .replace("3000", "200")
        .replace("4000", "300")
        .replace("5000", "400");
    let outcome = read(&page(&shown)).unwrap();
    assert_eq!((outcome.read, outcome.rejected), (9, 2));
}
