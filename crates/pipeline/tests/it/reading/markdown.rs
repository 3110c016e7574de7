//! Law 1: emphasis, escapes and entities are Markdown, and no content.

use appleports_ingest::read_capture;
use appleports_model::Column;

use super::read;

fn table(rows: &str) -> String {
    format!(
        "| Port | Type | Service | RFC | Name | Used by |\n|---|---|---|---|---|---|\n| 22 | TCP | Secure Shell | 4253 | ssh | Mac |\n{rows}\nEnd.\n"
    )
}

#[test]
fn markup_of_any_cell_is_resolved() {
    for (row, expected) in [
        (
            "| **25** | *TCP* | Mail | __5321__ | `smtp` | Mac |\n",
            "25|tcp|Mail|5321|smtp|Mac",
        ),
        (
            "| 625 | TCP | Proxy | \\- | dec\\_dlm | \\- |\n",
            "625|tcp|Proxy||dec_dlm|",
        ),
        (
            "| 443 | TCP | A &amp; B | &mdash; | &#8211; | &nbsp; |\n",
            "443|tcp|A & B|||",
        ),
        (
            "| 3478&ndash;3497 | UDP&#x2F;TCP | T | - | a | Mac |\n",
            "3478-3497|tcp+udp|T||a|Mac",
        ),
        ("| ~~80~~ | TCP | T | - | a | Mac |\n", "80|tcp|T||a|Mac"),
        (
            "| [443](https://x/8080) | TCP | T | [2818](https://x/rfc1234) | [a](b/c) | Mac |\n",
            "443|tcp|T|2818|a|Mac",
        ),
    ] {
        let records = read(&table(row)).unwrap().records;
        assert_eq!(records[1], expected, "{row}");
    }
    let all = "| **Port** | Type | Service | RFC | Name | Used by |\n|:-:|---|---|---|---|---|\n| **25** | TCP | Mail | 5321 | smtp | Mac |\n| **26** | UDP | Other | \\- | abc | \\- |\n\nEnd.\n";
    assert_eq!(read(all).unwrap().records.len(), 2);
}

#[test]
fn a_broken_row_is_joined_and_none_invented() {
    for (open, close, broken) in [("", " |", " |"), ("| ", " |", " |"), ("| ", " |", "")] {
        let line = |cells: &str| {
            let is_broken = cells.ends_with("Post Office");
            format!("{open}{cells}{}\n", if is_broken { broken } else { close })
        };
        let text = [
            "88 | TCP | Kerberos | 4120 | kerberos | -",
            "110 | TCP | Post Office",
            "1939 | pop3 | Mail",
            "111 | UDP | Calls | 1057 | sunrpc | Map",
        ]
        .map(line)
        .concat();
        let text = format!(
            "{}{}{text}\nEnd.\n",
            line("Port | Type | Service | RFC | Name | Used by"),
            line("---|---|---|---|---|---")
        );
        let records = read(&text).unwrap().records;
        assert_eq!(records[1], "110|tcp|Post Office|1939|pop3|Mail", "{text}");
        assert_eq!(records.len(), 3);
    }
}

#[test]
fn the_markup_is_kept_as_evidence() {
    let row = "| **25** | TCP | A &amp; B | [1](x) | dec\\_dlm | \\- |\n";
    let table = read_capture("s", "page", table(row).as_bytes()).unwrap();
    let captured = ["**25**", "TCP", "A &amp; B", "[1](x)", "dec\\_dlm", "\\-"];
    assert_eq!(table.rows[1].captured, captured);
    assert_eq!(table.rows[1].text(Column::Title), "A & B");
}

#[test]
fn comments_are_not_read() {
    let hidden = "| 9 | UDP | Discard | 863 | discard | Mac |";
    let commented =
        format!("<!--\n{hidden}\n-->\n| 25 | TCP | Mail <!-- {hidden} -->| 5321 | smtp | Mac |\n");
    let records = read(&table(&commented)).unwrap().records;
    assert_eq!(records[1..], ["25|tcp|Mail|5321|smtp|Mac"]);
    let titled = format!(
        "<!--\n# Ports that Profile Manager uses\n-->\n{}",
        table(hidden)
    );
    assert_eq!(read(&titled).unwrap().records.len(), 2);
}
