//! Law 2 where a file has rows in several layouts: all of them count.

use super::{page, read};

pub(super) const ROWS: [&str; 6] = [
    "22,TCP,Secure Shell,4253,ssh,Server",
    "25,TCP,Simple Mail,5321,smtp,Mail",
    "53,UDP,Domain Names,1034,domain,Mac",
    "80,TCP,Hypertext Web,2616,http,Web",
    "443,TCP,Secure Web,2818,https,Web",
    "500,UDP,Keys Exchange,2408,isakmp,VPN",
];
const HEADING: &str = "Port,TCP or UDP,Service or protocol name,RFC,Service name,Used by";

/// The rows in each layout that may stand in one file with others.
pub(super) fn layouts(rows: &[&str], has_heading: bool) -> Vec<(&'static str, String)> {
    let heading = if has_heading { vec![HEADING] } else { vec![] };
    let all = || heading.iter().chain(rows);
    let each = |between: &str, end: &str| -> String {
        all()
            .map(|row| format!("{}{end}", row.replace(',', between)))
            .collect()
    };
    let bold = |row: &&str| {
        let (port, rest) = row.split_once(',').unwrap();
        format!("**{port}**\n{}\n\n", rest.replace(',', "\n"))
    };
    let bold_heading = format!("**{}**\n\n", HEADING.replace(',', "** **"));
    let html: String = all()
        .map(|row| format!("<tr><td>{}</td></tr>", row.replace(',', "</td><td>")))
        .collect();
    let pipe = |row: &&str| format!("| {} |\n", row.replace(',', " | "));
    let dashes = if has_heading {
        "|---|---|---|---|---|---|\n"
    } else {
        ""
    };
    let pipes: String = heading.iter().map(pipe).collect();
    let body: String = rows.iter().map(pipe).collect();
    vec![
        ("lines", each("\n", "\n\n")),
        ("joined", each(" ", "\n")),
        ("tabs", each("\t", "\n")),
        ("commas", each(",", "\n")),
        ("pipes", format!("{pipes}{dashes}{body}")),
        ("html", format!("<table>{html}</table>\n")),
        (
            "bold",
            format!(
                "{bold_heading}{}",
                rows.iter().map(bold).collect::<String>()
            ),
        ),
    ]
}

#[test]
fn a_row_in_another_layout_counts() {
    for (name, main) in layouts(&ROWS[..5], true) {
        for (other, row) in layouts(&ROWS[5..], false) {
            if name == other {
                continue;
            }
            for text in [
                format!("TCP and UDP ports\n\n{main}\n## More\n\n{row}\nEnd of it\n"),
                format!("TCP and UDP ports\n\n{row}\n## Main\n\n{main}\nEnd of it\n"),
            ] {
                let outcome = read(&text).unwrap();
                // A lone RFC number below a table with cells may be a row that lost its others.
                let has_lone_number =
                    ["tabs", "commas"].contains(&name) && ["lines", "bold"].contains(&other);
                let most = if has_lone_number { 7 } else { 6 };
                let counts = 6..=most;
                assert!(counts.contains(&outcome.read), "{name} and {other}: {text}");
                assert!(outcome.records.len() >= 5, "{name} and {other}: {text}");
            }
        }
    }
}

#[test]
fn a_port_that_is_not_bold_counts() {
    let bold = layouts(&ROWS, true).pop().unwrap().1;
    for port in ["22", "53", "500"] {
        for odd in [port.to_owned(), format!("### {port}")] {
            let text = format!("{}\n# End\n", bold.replace(&format!("**{port}**"), &odd));
            let outcome = read(&text).unwrap();
            let counts = (outcome.records.len(), outcome.rejected);
            assert_eq!(counts, (5, 1), "{text}");
        }
    }
    let [above, below] = ["Mac\n\n**80**", "Mac\n80"];
    let text = format!("{}\n# End\n", bold.replace(above, below));
    let outcome = read(&text).unwrap();
    assert_eq!((outcome.records.len(), outcome.rejected), (4, 2), "{text}");
}

#[test]
fn a_bold_port_that_cannot_be_read_counts() {
    let bold = layouts(&ROWS, true).pop().unwrap().1;
    for port in ["22", "53", "500"] {
        for odd in ["any", "x53", "7 (all)"] {
            let odd = format!("**{odd}**");
            let text = format!("{}\n# End\n", bold.replace(&format!("**{port}**"), &odd));
            let outcome = read(&text).unwrap();
            let counts = (outcome.records.len(), outcome.rejected);
            assert_eq!(counts, (5, 1), "{text}");
        }
    }
}

#[test]
fn a_line_of_a_pages_source_is_no_row() {
    for text in [
        "<p>\n25 TCP is for mail\n</p>",
        "<pre>\n25\nTCP\n</pre>",
        "<!--\n25,TCP,Mail\n-->",
    ] {
        let outcome = read(&page("").replace("<p>End", &format!("{text}<p>End"))).unwrap();
        assert_eq!((outcome.records.len(), outcome.rejected), (3, 0), "{text}");
    }
}
