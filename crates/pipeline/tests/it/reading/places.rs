//! A cell is where its text begins, not its tag or its row.

use appleports_ingest::read_capture;
use appleports_model::Column;

use super::page;

/// The first words of each cell of the last row, on their lines.
fn shown(text: &str) -> Vec<String> {
    let table = read_capture("s", "page", text.as_bytes()).unwrap();
    let row = table.rows.last().unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let line = |column: &Column| {
        let place = row.place(*column);
        let at = usize::try_from(place.line).unwrap() - 1;
        lines[at].trim().to_owned()
    };
    assert_eq!(row.place, row.place(Column::Port));
    Column::ALL.iter().map(line).collect()
}

#[test]
fn a_pretty_printed_page_has_the_lines_of_its_texts() {
    let cells = ["500", "UDP", "Keys", "2408", "isakmp", "Mac"];
    for (open, close) in [
        ("<td>\n<p>\n", "\n</p>\n</td>\n"),
        ("<td\n class=x>\n\n  ", "\n</td>\n"),
        ("<td><!--\n\n--><style>\n</style>\n", "</td>\n"),
        ("<td>\n<a href=\"#p\">\n", "\n</a></td>\n"),
    ] {
        let row: String = cells.map(|cell| format!("{open}{cell}{close}")).concat();
        let shown = shown(&page(&format!("<tr>\n{row}</tr>")));
        for (line, cell) in shown.iter().zip(cells) {
            assert!(
                line.contains(cell) || open.contains("href"),
                "{open:?} {cell} {line}"
            );
            assert!(
                !line.contains("<td") || open.contains("style"),
                "{open:?} {line}"
            );
        }
    }
}

#[test]
fn a_cell_behind_a_quoted_one_has_its_own_line() {
    let text = "Port,Type,Service,RFC,Name,Used by\n22,TCP,Secure Shell,4253,ssh,Mac\n\
        53,UDP,Domain Names,1034,domain,Mac\n500,UDP,\"Keys\nof all\",2408,isakmp,\"\nMac\"\n";
    let lines = shown(text);
    assert_eq!(lines[2], "500,UDP,\"Keys");
    assert_eq!(lines[3], "of all\",2408,isakmp,\"");
    assert_eq!(lines[5], "Mac\"");
}
