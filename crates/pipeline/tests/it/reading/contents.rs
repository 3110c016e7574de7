//! Law 3: what a cell holds is checked whatever the number of cells, and no row is another record.

use appleports_ingest::read_capture;
use appleports_normalise::{Vocabulary, normalise};

use super::{further, page, read};

fn written(cells: &str) -> Vec<String> {
    let pipes = |cells: &str| format!("| {} |\n", cells.replace('|', " | "));
    let commas = |cells: &str| format!("{}\n", cells.replace('|', ","));
    let rows = [
        "Port|Type|Service|RFC|Name|Used by",
        "22|TCP|Secure Shell|4253|ssh|Server",
        "25|TCP|Simple Mail|5321|smtp|Mail",
        "53|UDP|Domain Names|1034|domain|Mac",
        cells,
        "10600|UDP|Last Calls|2408|isakmp|Mac",
    ];
    vec![
        page(&format!("<tr><td>{}</tr>\n", cells.replace('|', "<td>"))),
        format!("{}\nEnd.\n", rows.map(pipes).concat()),
        rows.map(commas).concat(),
    ]
}

#[test]
fn a_cell_with_the_content_of_another_column_rejects_its_row() {
    for cells in [
        "2049|TCP/UDP|Network|File System (NFS) (version 3 and 4)|3530|nfsd|",
        "111|TCP|Remote Procedure Call|1057|1057|sunrpc|",
        "111|TCP|Remote|Procedure Call 2|1057|sunrpc|-",
        "110|TCP|1939|Post Office Protocol (POP3)|pop3|Mail",
        "749|TCP/UDP|-|Kerberos 5 admin/changepw|kerberos-adm|-",
        "7100|TCP/UDP|echo|echo|792|",
        "113|TCP|1413|-|ident|Mail",
        "113|TCP|443|1413|ident|Mail",
        "113|TCP|Ident|-|1413|ident",
        "113|TCP|Ident|-|ident|1413",
        "113|TCP|Ident|l2tp|ident|Mail",
        "5297|-|TCP|-|-|Messages",
        "8089|TCP|Web email rules|-|Mac OS X Server (10.6 or later)|-",
        "10548|TCP|Document Sharing|-|macOS Server (file sharing)|serverdocs",
    ] {
        for text in written(cells) {
            let outcome = read(&text).unwrap();
            let good = outcome.records.len();
            assert_eq!(
                (outcome.rejected, outcome.read as usize),
                (1, good + 1),
                "{text}"
            );
        }
    }
}

#[test]
fn only_an_rfc_shows_that_the_last_cells_are_lost() {
    for (cells, rejected) in [
        ("500|UDP|Some Title|2408", 0),
        ("500|UDP|Some Title|-", 1),
        ("500|UDP|Some Title|10.6 to 10.8", 1),
    ] {
        for text in written(cells) {
            let outcome = read(&text).unwrap();
            assert_eq!(outcome.rejected, rejected, "{text}");
            let record = outcome
                .records
                .iter()
                .find(|record| record.starts_with("500|"));
            let right = (rejected == 0).then_some("500|udp|Some Title|2408||");
            assert_eq!(record.map(String::as_str), right, "{text}");
        }
    }
}

#[test]
fn the_contents_of_bold_rows_are_checked_too() {
    let bold = |cells: &str| {
        format!(
            "**{}\n\n",
            cells.replacen('|', "**\n", 1).replace('|', "\n")
        )
    };
    for cells in [
        "113|Ident|Some Title|1413|ident|Mail",
        "113|TCP|1413|Some Title|ident|Mail",
        "113|TCP|Some Title|ident|1413|Mail",
        "113|TCP|Some Title|1413|ident|1413",
    ] {
        let rows = [
            "22|TCP|Secure Shell|4253|ssh|Server",
            cells,
            "443|TCP|Secure Web|2818|https|Web",
        ];
        let text = format!(
            "# TCP and UDP\n\n**Port** **Type** **Service** **RFC** **Name** **Used by**\n\n{}# End\n",
            rows.map(bold).concat()
        );
        let outcome = read(&text).unwrap();
        assert_eq!((outcome.records.len(), outcome.rejected), (2, 1), "{text}");
    }
}

#[test]
fn no_digits_of_damage_become_an_rfc() {
    for rfc in ["1O57", "BCP 5", "STD 53", "5321[1]", "105 7", "53,21"] {
        let cells = format!("<tr><td>81<td>TCP<td>Some Title<td>{rfc}<td>abc<td>Mac</tr>");
        let text = page(&cells);
        assert_eq!(further(&text), ["81|tcp|Some Title||abc|Mac"], "{rfc}");
        let codes = read(&text).unwrap().codes;
        assert!(codes.contains(&"N041".to_owned()), "{rfc}");
    }
}

/// Whether columns in each other's place are reported, for titles and products in these rows.
fn is_swap(rows: &[[&str; 2]]) -> bool {
    let products = include_str!("../../../../../sources/vocabulary/products.toml");
    let mut vocabulary = Vocabulary::new();
    vocabulary.add_products("products.toml", products).unwrap();
    let row = |(port, [title, used_by]): (u32, &[&str; 2])| {
        format!("| {port} | TCP | {title} | 4253 | ssh | {used_by} |\n")
    };
    let rows: String = (22..).zip(rows).map(row).collect();
    let text = format!(
        "| Port | Type | Service | RFC | Name | Used by |\n|---|---|---|---|---|---|\n{rows}\nEnd.\n"
    );
    let table = read_capture("s", "page", text.as_bytes()).unwrap();
    let findings = normalise(&table, &text, "", &vocabulary).findings;
    findings.iter().any(|finding| finding.code == "A029")
}

const RIGHT: [[&str; 2]; 5] = [
    ["Secure Shell", "Xcode Server"],
    ["Simple Mail Transfer", "Mail"],
    ["Domain Name System", "FaceTime"],
    ["Hypertext Transfer", "iCloud"],
    ["Secure Sockets", "Safari, Maps"],
];

#[test]
fn columns_in_each_others_place_are_reported() {
    assert!(!is_swap(&RIGHT));
    assert!(is_swap(&RIGHT.map(|[title, used_by]| [used_by, title])));
}

#[test]
fn columns_are_in_each_others_place_only_where_most_rows_say_so() {
    let swapped = RIGHT.map(|[title, used_by]| [used_by, title]);
    let both = RIGHT.map(|[_, used_by]| [used_by, used_by]);
    assert!(!is_swap(&both), "products in both columns");
    assert!(!is_swap(&swapped[..3]), "too few rows");
    let mut empty = swapped;
    for row in &mut empty[..2] {
        row[1] = "-";
    }
    assert!(!is_swap(&empty), "too few rows with both cells");
    let unknown = ["Some Service", "Some Maker"];
    let few = [swapped[0], swapped[1], unknown, unknown, unknown];
    assert!(!is_swap(&few), "most titles are no products");
    let first = [&swapped[..4], &RIGHT].concat();
    assert!(!is_swap(&first), "only in the first rows");
    let lists = [["Mail, Some Service", "Some Maker"]; 5];
    assert!(!is_swap(&lists), "other names beside the products");
}
