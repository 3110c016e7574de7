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
        "<a href=\"#\">1</a>",
        "<a href=\"./#fn1\">1</a>",
        "<a href=\"/en-us/103229#fn1\">1</a>",
        "<a href=\"https://support.apple.com/en-us/103229#fn1\">1</a>",
        "<sub>1</sub>",
        "①",
        "₁",
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
}

#[test]
fn digits_on_both_sides_of_a_border_are_no_number() {
    for port in [
        "110<a href=\"/x#fn1\">1</a>",
        "<a href=\"#x\">522</a><a href=\"#fn\">1</a>",
        "<a href=\"#fn\">52</a>23",
        "5223<a name=\"fn\">1</a>",
        "5223<small>1</small>",
        "5223&#8203;<small>1</small>",
        "5223<small>&#8203;1</small>",
        "5<sup>223</sup>",
        "52<sup>1</sup>23",
    ] {
        let outcome = read(&page(&row(port, "TCP"))).unwrap();
        assert_eq!((outcome.records.len(), outcome.rejected), (3, 1), "{port}");
    }
}

#[test]
fn a_link_of_markdown_to_the_page_is_a_mark() {
    let text = |port: &str| {
        format!(
            "| Port | Type | Service | RFC | Name | Used by |\n|---|---|---|---|---|---|\n\
             | 22 | TCP | Secure Shell | 4253 | ssh | Mac |\n| {port} | UDP | T | 821 | a | Mac |\n\nEnd.\n"
        )
    };
    for target in ["#fn1", "#", "./#fn1", "/en-us/103229#fn1"] {
        let outcome = read(&text(&format!("540[1]({target})"))).unwrap();
        assert!(outcome.records[1].starts_with("540|udp"), "{target}");
        assert!(outcome.codes.contains(&"A009".to_owned()), "{target}");
    }
    for port in ["540[1](page.html#fn1)", "540[1](/x)", "[540](#x)[1](#fn1)"] {
        assert_eq!(read(&text(port)).unwrap().rejected, 1, "{port}");
    }
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
