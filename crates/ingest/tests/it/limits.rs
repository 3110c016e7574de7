//! What a capture may have at most, counted while they are read: each limit is
//! tried at its figure, and one above.

use appleports_ingest::read_capture;

const HEADING: &str = "Port,TCP or UDP,Service or Protocol Name,RFC,Service Name,Used by\n";
const ROW: &str = "80,TCP,Web,2616,http,Mail\n";

/// Why a capture is refused; empty where it is read.
fn refusal(text: &str) -> String {
    let read = read_capture("apple/x/2020-01-01", "page", text.as_bytes());
    read.map_or_else(|error| error.to_string(), |_| String::new())
}

/// The refusal of a capture with too much in it.
fn more_than(line: &str, what: &str) -> String {
    format!("page{line}: more than {what}, and the article has far fewer; save the article alone")
}

/// A page with a table and something above it.
fn page(above: &str) -> String {
    let cells = ROW.trim().replace(',', "<td>");
    format!("<title>TCP and UDP ports</title><body>{above}<table><tr><td>{cells}</table>")
}

#[test]
fn an_article_has_at_most_2500_rows_in_any_layout() {
    const MOST: usize = 2_500;
    let bars = |cells: &str| format!("|{}|\n", cells.trim().replace(',', "|"));
    let names = HEADING.trim().split(',').map(|name| format!("**{name}**"));
    let bold = names.collect::<Vec<_>>().join(" ") + "\n\n";
    let layouts = [
        (HEADING.to_owned(), ROW.to_owned()),
        (HEADING.replace(',', "\t"), ROW.replace(',', "\t")),
        (bars(HEADING) + &bars("--,--,--,--,--,--"), bars(ROW)),
        (HEADING.replace(',', " "), ROW.replace(',', " ")),
        (HEADING.replace(',', "\n"), ROW.replace(',', "\n")),
        (bold, ROW.replacen("80,", "**80**,", 1).replace(',', "\n")),
    ];
    for (heading, row) in &layouts {
        let text = |rows: usize| format!("{heading}{}\n{}", row.repeat(rows), "The end.\n");
        assert_eq!(refusal(&text(MOST)), "", "{row}");
        let expected = more_than("", "2500 rows");
        assert_eq!(refusal(&text(MOST + 1)), expected, "{row}");
    }
    let cells = ROW.trim().replace(',', "<td>");
    let rows = |rows: usize| page("").replace("</table>", &format!("<tr><td>{cells}").repeat(rows));
    assert_eq!(refusal(&rows(MOST - 1)), "");
    assert_eq!(refusal(&rows(MOST)), more_than("", "2500 rows"));
}

#[test]
fn rows_that_cannot_be_read_count_as_well() {
    let rows = ROW.repeat(2_000);
    let text = |odd: usize| format!("{HEADING}{rows}{}", "80,x,Web,2616,http,Mail\n".repeat(odd));
    assert_eq!(refusal(&text(500)), "");
    assert_eq!(refusal(&text(501)), more_than("", "2500 rows"));
    // Rows within a line are found as they are rejected.
    let row = ROW.trim().replace(',', " ");
    let heading = HEADING.replace(',', " ");
    let text = |rows: usize| {
        format!(
            "{heading}{row}\n{row}\n{}\n\nThe end.\n",
            format!("{row} ").repeat(rows)
        )
    };
    assert_eq!(refusal(&text(2_498)), "");
    assert_eq!(refusal(&text(2_499)), more_than("", "2500 rows"));
    // So do lines of cells that are no rows.
    let text = |lines: usize| format!("{HEADING}{ROW}{}", "x,y\n".repeat(lines));
    assert_eq!(refusal(&text(2_000)), "");
    assert_eq!(refusal(&text(5_000)), more_than("", "5000 rows of cells"));
}

#[test]
fn rows_have_at_most_fifty_thousand_cells() {
    let text = |cells: usize| {
        format!(
            "{HEADING}{ROW}{}\n",
            ROW.trim().to_owned() + &",".repeat(cells - 18)
        )
    };
    assert_eq!(refusal(&text(50_000)), "");
    assert_eq!(refusal(&text(50_001)), more_than("", "50000 cells"));
    let text = |cells: usize| text(cells).replace(',', "|");
    assert_eq!(refusal(&text(50_000)), "");
    assert_eq!(refusal(&text(50_010)), more_than("", "50000 cells"));
}

#[test]
fn rows_have_at_most_500_000_bytes_of_text() {
    // Rows of a thousand bytes each, and one that fills it up.
    let row = |bytes: usize| {
        let title = "x".repeat(bytes - "80TCP2616httpMail".len());
        format!("80,TCP,{title},2616,http,Mail\n")
    };
    let text = |bytes: usize| {
        let first = ROW.replace(',', "").trim().len();
        format!(
            "{HEADING}{ROW}{}{}",
            row(1_000).repeat(498),
            row(bytes - 498_000 - first)
        )
    };
    assert_eq!(refusal(&text(500_000)), "");
    let expected = more_than("", "500000 bytes of text in its cells");
    assert_eq!(refusal(&text(500_001)), expected);
}

#[test]
fn a_cell_has_at_most_2000_bytes() {
    let text = |bytes: usize| {
        format!(
            "{HEADING}{ROW}80,TCP,{},2616,http,Mail\n",
            "é".repeat(bytes / 2)
        )
    };
    let read = |bytes: usize| read_capture("s", "p", text(bytes).as_bytes()).unwrap();
    assert_eq!(read(2_000).rows.len(), 2);
    let table = read(2_002);
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.rejected[0].port, "80");
    assert_eq!(
        table.rejected[0].reason,
        "row of port 80: a cell of it has more than 2000 bytes"
    );
}

#[test]
fn a_capture_has_at_most_ten_thousand_findings() {
    // One in each cell but the port.
    let row = "80,TCP²,Web²,2616²,http²,Mail²\n";
    let text = |rows: usize| format!("{HEADING}{}", row.repeat(rows));
    assert_eq!(refusal(&text(2_000)), "");
    assert_eq!(refusal(&text(2_001)), more_than("", "10000 findings"));
}

#[test]
fn a_text_has_at_most_fifty_thousand_lines() {
    let text = |lines: usize| format!("{HEADING}{ROW}{}", "\n".repeat(lines - 2));
    assert_eq!(refusal(&text(50_000)), "");
    assert_eq!(refusal(&text(50_001)), more_than("", "50000 lines"));
    // A page is counted by its elements.
    assert_eq!(refusal(&page(&"\n".repeat(50_001))), "");
}

#[test]
fn a_page_has_at_most_fifty_thousand_elements() {
    // html, head, title, body, table, tbody, tr and six cells.
    const OTHERS: usize = 13;
    for (one, each) in [("<i></i>", 1), ("<!---->", 1), ("</p>", 1)] {
        let most = (50_000 - OTHERS) / each;
        assert_eq!(refusal(&page(&one.repeat(most))), "", "{one}");
        let expected = more_than(":1", "50000 elements and comments");
        assert_eq!(refusal(&page(&one.repeat(most + 1))), expected, "{one}");
    }
    // Elements that the parser repeats count: `<b>` is open in every paragraph.
    let most = (50_000 - OTHERS - 1) / 2;
    let text = |count: usize| page(&format!("<p><b>{}", "<p>x".repeat(count)));
    assert_eq!(refusal(&text(most - 1)), "");
    assert!(refusal(&text(most + 1)).contains("50000 elements"));
}

#[test]
fn a_page_has_at_most_two_hundred_thousand_attributes() {
    let text = |count: usize| page(&"<i a b c d e f g h>".repeat(count / 8));
    let text = |count: usize| text(count).replace("h>", "h></i>");
    assert_eq!(refusal(&text(200_000)), "");
    assert!(refusal(&text(200_008)).contains("more than 200000 attributes"));
    // Those that the parser repeats count.
    let many = (0..250).map(|at| format!(" a{at}"));
    let many = many.collect::<String>();
    let text = |count: usize| page(&format!("<p><b{many}>{}", "<p>x".repeat(count)));
    assert_eq!(refusal(&text(799)), "");
    assert!(refusal(&text(800)).contains("more than 200000 attributes"));
    let text = |count: usize| {
        let one = |at| format!("<body a{at}>");
        page(&(0..count).map(one).collect::<String>())
    };
    assert_eq!(refusal(&text(1_000)), "");
    let expected = more_than(":1", "1000 attributes added to an element");
    assert_eq!(refusal(&text(1_001)), expected);
}

#[test]
fn a_page_nests_its_elements_at_most_512_deep() {
    // The document, html and body are above them.
    let text = |count: usize| {
        page(&format!(
            "{}{}",
            "<div>".repeat(count),
            "</div>".repeat(count)
        ))
    };
    assert_eq!(refusal(&text(510)), "");
    let expected = more_than(":1", "512 levels of nested elements");
    assert_eq!(refusal(&text(511)), expected);
}
