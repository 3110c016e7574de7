//! Quotes between tabs are text; damaged ones between commas reject what they swallowed.

use proptest::prelude::*;

use super::read;

const HEADING: &str = "Port,Type,Service,RFC,Name,Used by\n";
const ROWS: [&str; 5] = [
    "25,TCP,Mail Transfer,5321,smtp,Mail",
    "53,UDP,Domain Names,1034,domain,Mac",
    "80,TCP,Hypertext Web,2616,http,Web",
    "110,TCP,Post Office,1939,pop3,Mail",
    "143,TCP,Message Access,3501,imap,Mail",
];

fn text(rows: &[String]) -> String {
    format!(
        "{HEADING}{}\n993,TCP,Last One,-,imaps,Mac\n",
        rows.join("\n")
    )
}

proptest! {
    #[test]
    fn stray_quotes_swallow_no_row(places in prop::collection::vec((0..5_usize, prop::sample::select(vec![2_usize, 5])), 1..4)) {
        let mut rows = ROWS.map(str::to_owned).to_vec();
        for (row, cell) in places {
            let mut cells: Vec<String> = rows[row].split(',').map(str::to_owned).collect();
            cells[cell] = format!("\"{}", cells[cell].trim_matches('"'));
            rows[row] = cells.join(",");
        }
        let csv = text(&rows);
        let tabs = read(&csv.replace(',', "\t")).unwrap();
        prop_assert_eq!((tabs.read, tabs.rejected), (6, 0), "{}", csv);
        if let Ok(commas) = read(&csv) {
            prop_assert_eq!(commas.read, 6, "{}", csv);
            let right: Vec<String> = read(&text(&ROWS.map(str::to_owned))).unwrap().records;
            for record in &commas.records {
                prop_assert!(right.contains(record), "{} in {}", record, csv);
            }
        }
    }
}

#[test]
fn signs_of_a_comment_are_text() {
    let mut rows = ROWS.map(str::to_owned);
    rows[1] = rows[1].replace("Domain", "Domain <!--");
    rows[3] = rows[3].replace("Post", "Post -->");
    let outcome = read(&text(&rows)).unwrap();
    assert_eq!((outcome.records.len(), outcome.rejected), (6, 0));
}
