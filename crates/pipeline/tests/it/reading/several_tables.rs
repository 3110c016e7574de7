//! Several tables of a page are one dataset, in the order of the page.

use super::{page, read};

const HEAD: &str = "<tr><th>Port<th>Type<th>Service<th>RFC<th>Name<th>Used by</tr>";

#[test]
fn split_tables_are_read_as_one() {
    let rows = "</table><h2>More</h2><table><tr><th>Port<th>Type<th>Service<th>RFC<th>Name<th>Used by</tr>\
        <tr><td>443<td>TCP<td>Secure Web<td>2818<td>https<td>Web</tr><tr><td>500<td>UDP<td>Keys<td>2408<td>isakmp<td>VPN</tr>";
    let outcome = read(&page(rows)).unwrap();
    assert_eq!((outcome.records.len(), outcome.rejected), (5, 0));
    assert!(outcome.codes.contains(&"A019".to_owned()));
}

#[test]
fn a_table_that_cannot_be_read_counts() {
    let odd = format!("</table><table>{HEAD}<tr><td>443<td>x<td>TCP<td>y<td>z<td>w<td>v</tr>");
    let outcome = read(&page(&odd)).unwrap();
    assert_eq!((outcome.records.len(), outcome.rejected), (3, 1));
    let menu = "</table><table><tr><td>1<td>2<td>3<td>4</tr>";
    assert_eq!(read(&page(menu)).unwrap().rejected, 0, "no table of ports");
}

#[test]
fn copies_that_disagree_are_reported() {
    let copy = |rfc: &str| {
        format!(
            "</table><table>{HEAD}<tr><td>22<td>TCP<td>Secure Shell<td>{rfc}<td>ssh<td>Server</tr>\
            <tr><td>53<td>UDP<td>Domain Names<td>1034<td>domain<td>Mac</tr>"
        )
    };
    let has = |rfc: &str, code: &str| {
        read(&page(&copy(rfc)))
            .unwrap()
            .codes
            .contains(&code.to_owned())
    };
    assert!(has("4251", "A020"));
    assert!(!has("4253", "A020"));
}

#[test]
fn a_repeated_heading_is_no_row() {
    let heading = "| Port | Type | Service | RFC | Name | Used by |\n";
    let rows = "| 22 | TCP | Secure Shell | 4253 | ssh | - |\n| 53 | UDP | Domain Names | 1034 | domain | - |\n";
    let dashes = "|---|---|---|---|---|---|\n";
    for text in [
        format!(
            "{heading}{dashes}{rows}\n## More\n\n{heading}{dashes}{}\nEnd.\n",
            rows.replace("| 22", "| 23")
        ),
        format!(
            "{heading}{dashes}{rows}{heading}{}\nEnd.\n",
            rows.replace("| 22", "| 23")
        ),
        format!(
            "{heading}{dashes}{rows}\n{}{dashes}{}\nEnd.\n",
            heading.replace("Type", "Protocol"),
            rows.replace("| 22", "| 23")
        ),
    ] {
        let outcome = read(&text).unwrap();
        assert_eq!((outcome.read, outcome.rejected), (4, 0), "{text}");
    }
}

#[test]
fn no_row_of_a_table_that_cannot_be_read_is_passed_over() {
    let unreadable = format!(
        "{HEAD}<tr><td>4x3<td>TCP<td>Web<td>2818<td>https<td>Mac<tr><td>5x0<td>x<td>I<td>-<td>i<td>V"
    );
    let reordered = "<tr><th>Name<th>Port<th>Type<th>Used by<th>RFC<th>Service\
        <tr><td>https<td>443<td>TCP<td>Mac<td>2818<td>Web<tr><td>isakmp<td>500<td>UDP<td>V<td>-<td>I";
    let two_columns = "<tr><th>Port<th>Used by<tr><td>443<td>Mac<tr><td>500<td>V";
    let one_column = "<tr><td>443 TCP Web 2818 https Mac<tr><td>500 UDP Keys 2408 isakmp VPN";
    let transposed =
        "<tr><th>Port<td>443<td>500<tr><th>Type<td>TCP<td>UDP<tr><th>Service<td>W<td>I";
    for table in [&unreadable, reordered, two_columns, one_column, transposed] {
        for rows in [
            format!("</table><table>{table}"),
            format!("</table><p>More</p><table>{table}</table><p>End</p><table>"),
        ] {
            let outcome = read(&page(&rows)).unwrap();
            let counts = (outcome.records.len(), outcome.rejected);
            assert_eq!(counts, (3, 2), "{table}");
        }
    }
}

#[test]
fn rows_above_the_last_heading_count() {
    let heading =
        "| Port | TCP or UDP | Service | RFC | Name | Used by |\n|---|---|---|---|---|---|\n";
    let rows = "| 22 | TCP | Secure Shell | 4253 | ssh | - |\n| 53 | UDP | Domain Names | 1034 | domain | - |\n";
    for first in [
        "| 4x3 | TCP | Web | 2818 | https | Mac |\n",
        "| isakmp | 500 | UDP | VPN | 2408 | ISAKMP |\n",
    ] {
        let text = format!("{heading}{first}\n## Main\n\n{heading}{rows}\nEnd.\n");
        let outcome = read(&text).unwrap();
        assert_eq!((outcome.records.len(), outcome.rejected), (2, 1), "{text}");
    }
}

#[test]
fn copies_are_compared_in_every_layout() {
    let heading = "Port,Type,Service,RFC,Name,Used by\n";
    let rows = "22,TCP,Secure Shell,4253,ssh,Mac\n25,TCP,Mail Transfer,5321,smtp,Mail\n53,UDP,Domain Names,1034,domain,Mac\n";
    let other = rows.replace("53,UDP", "53,TCP");
    let pipes = |text: &str| -> String {
        let row = |line: &str| format!("| {} |\n", line.replace(',', " | "));
        text.lines().map(row).collect()
    };
    let table = |rows: &str| {
        format!(
            "{}|---|---|---|---|---|---|\n{}",
            pipes(heading),
            pipes(rows)
        )
    };
    for (copy, disagrees) in [(rows, false), (other.as_str(), true)] {
        for text in [
            format!("{}\n## Again\n\n{}\nEnd.\n", table(rows), table(copy)),
            format!("{heading}{rows}{heading}{copy}"),
        ] {
            let codes = read(&text).unwrap().codes;
            assert!(codes.contains(&"A019".to_owned()), "{text}");
            assert_eq!(codes.contains(&"A020".to_owned()), disagrees, "{text}");
        }
    }
}

#[test]
fn the_heading_of_a_table_that_cannot_be_read_may_stand_anywhere() {
    let first = "<tr><td>4x3<td>TCP<td>Web<td>2818<td>https<td>Mac";
    let second = "<tr><td>5x0<td>x<td>I<td>-<td>i<td>V";
    let empty = "<tr><td><td><td><td><td><td>";
    let transposed = "<tr><th>Port<td>443<td>500<td>600<tr><th>Type<td>TCP<td>UDP<td>UDP<tr><th>Service<td>W<td>I<td>O";
    for (table, rows) in [
        (format!("{first}{HEAD}{second}"), 2),
        (format!("{HEAD}{first}{HEAD}{second}{HEAD}"), 2),
        (format!("{HEAD}{first}{empty}{second}{empty}"), 2),
        (transposed.to_owned(), 3),
    ] {
        let text = page(&format!("</table><table>{table}"));
        let outcome = read(&text).unwrap();
        let counts = (outcome.records.len(), outcome.rejected);
        assert_eq!(counts, (3, rows), "{table}");
    }
}
