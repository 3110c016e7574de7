//! Law 7: a damaged table reads back to its own records or is rejected, never to others.

use proptest::prelude::*;

use super::read;

const ROWS: [[&str; 6]; 7] = [
    ["22", "TCP", "Secure Shell", "4253", "ssh", "Server Tools"],
    ["53", "TCP/UDP", "Domain Names", "1034", "domain", "Mac"],
    ["80", "TCP", "Hypertext Web", "2616", "http", "Web"],
    [
        "111",
        "UDP",
        "Procedure Calls",
        "1057, 1831",
        "sunrpc",
        "Port Map",
    ],
    ["443", "TCP", "Secure Web", "2818", "https", "Web"],
    ["3478-3497", "UDP", "Calls of All", "-", "-", "Phone Calls"],
    ["5223", "TCP", "Push Messages", "-", "-", "Cloud"],
];

#[derive(Clone, Debug)]
enum Damage {
    Lost(usize, usize),
    TwoLines(usize),
    Blank(usize, usize),
    Swapped(usize, usize),
    /// The mark of a footnote behind a cell.
    Marked(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (0..7_usize, 0..6_usize).prop_map(|(row, cell)| Damage::Lost(row, cell)),
        (0..7_usize).prop_map(Damage::TwoLines),
        (0..7_usize, 1..6_usize).prop_map(|(row, cell)| Damage::Blank(row, cell)),
        (0..7_usize, 0..7_usize).prop_map(|(one, other)| Damage::Swapped(one, other)),
        (0..7_usize, 0..6_usize).prop_map(|(row, cell)| Damage::Marked(row, cell)),
    ]
}

type Rows = Vec<Vec<String>>;

/// A table of random rows, in the order of their ports.
fn rows() -> impl Strategy<Value = Rows> {
    let words = [
        "Secure", "Shell", "Domain", "Names", "Calls", "Push", "Messages",
    ];
    let title = prop::collection::vec(prop::sample::select(words.to_vec()), 2..5);
    let transport = prop::sample::select(vec!["TCP", "UDP", "TCP/UDP"]);
    let rfc = prop_oneof![
        Just("-".to_owned()),
        (100..9999_u32).prop_map(|one| one.to_string()),
        (1000..9999_u32).prop_map(|one| format!("{one}, {}", one + 1)),
    ];
    let name = prop_oneof![Just("-".to_owned()), "[a-z]{3,8}"];
    let used_by = prop::sample::select(vec!["Mac", "Server Tools", "Web", "Phone Calls", "Cloud"]);
    let cells = (transport, title, rfc, name, used_by);
    prop::collection::btree_map(20..40_000_u32, cells, 5..8).prop_map(|rows| {
        rows.into_iter()
            .map(|(port, (transport, title, rfc, name, used_by))| {
                let used_by = used_by.to_owned();
                vec![
                    port.to_string(),
                    transport.to_owned(),
                    title.join(" "),
                    rfc,
                    name,
                    used_by,
                ]
            })
            .collect()
    })
}

fn own_rows() -> Rows {
    ROWS.iter()
        .map(|row| row.map(str::to_owned).to_vec())
        .collect()
}

fn damaged(rows: &Rows, damage: &Damage) -> Rows {
    let mut rows = rows.clone();
    let count = rows.len();
    match *damage {
        Damage::Lost(row, cell) => drop(rows[row % count].remove(cell)),
        Damage::TwoLines(row) => rows[row % count][2] = rows[row % count][2].replacen(' ', "\n", 1),
        Damage::Blank(row, cell) => rows[row % count].insert(cell, String::new()),
        Damage::Swapped(one, other) => rows.swap(one % count, other % count),
        Damage::Marked(row, cell) => rows[row % count][cell].push('¹'),
    }
    rows
}

fn written(rows: &[Vec<String>]) -> Vec<(&'static str, String)> {
    let heading = ["Port", "Type", "Service", "RFC", "Name", "Used by"]
        .map(str::to_owned)
        .to_vec();
    let all: Vec<&Vec<String>> = std::iter::once(&heading).chain(rows).collect();
    let html: String = all
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let tag = if at == 0 { "th" } else { "td" };
            format!(
                "<tr><{tag}>{}</tr>\n",
                row.join(&format!("<{tag}>"))
                    .replace('\n', "<br>")
                    .replace('¹', "<sup>1</sup>")
            )
        })
        .collect();
    let pipe = |row: &[String]| format!("| {} |\n", row.join(" | ").replace('\n', "<br>"));
    let pipes: String = rows.iter().map(|row| pipe(row)).collect();
    let quoted = |row: &Vec<String>| {
        row.iter()
            .map(|cell| {
                if cell.contains([',', '\n']) {
                    format!("\"{cell}\"")
                } else {
                    cell.clone()
                }
            })
            .collect::<Vec<_>>()
            .join(",")
    };
    let csv: String = all.iter().map(|row| quoted(row) + "\n").collect();
    let lines: String = all
        .iter()
        .map(|row| row.join("\n\n").replace("\n\n\n\n", "\n\n") + "\n\n")
        .collect();
    let close: String = rows.iter().map(|row| row.join("\n") + "\n").collect();
    let joined: String = rows
        .iter()
        .map(|row| row.join(" ").replace('\n', " ") + "\n")
        .collect();
    let bold: String = rows
        .iter()
        .map(|row| format!("**{}**\n{}\n\n", row[0], row[1..].join("\n")))
        .collect();
    let fixed: String = all.iter().map(|row| padded(row, "  ") + "\n").collect();
    // As pandoc writes pipe tables, with the columns in line.
    let pandoc: String = rows
        .iter()
        .map(|row| format!("| {} |\n", padded(row, " | ").replace('\n', " ")))
        .collect();
    // Turndown keeps the line break of a cell.
    let turndown: String = rows
        .iter()
        .map(|row| format!("| {} |\n", row.join(" | ").replace('\n', "  \n")))
        .collect();
    vec![
        ("fixed", format!("TCP and UDP ports\n\n{fixed}\nEnd\n")),
        (
            "pandoc",
            format!(
                "| {} |\n|:----------|:--------|:----------------|:-----------|:--------|:-------------|\n{pandoc}\nEnd\n",
                padded(&heading, " | ")
            ),
        ),
        (
            "turndown",
            format!(
                "{}| --- | --- | --- | --- | --- | --- |\n{turndown}\nEnd\n",
                pipe(&heading)
            ),
        ),
        (
            "html",
            format!("<html><body><table>{html}</table><p>End</body>"),
        ),
        (
            "pipes",
            format!(
                "{}|---|---|---|---|---|---|\n{pipes}\nEnd.\n",
                pipe(&heading)
            ),
        ),
        ("csv", csv),
        ("lines", format!("TCP and UDP ports\n\n{lines}End\n")),
        ("close", format!("TCP and UDP ports\n\n{close}\nEnd\n")),
        ("joined", format!("TCP and UDP ports\n\n{joined}\nEnd\n")),
        (
            "bold",
            format!(
                "# TCP and UDP\n\n**Port** **Type** **Service** **RFC** **Name** **Used by**\n\n{bold}"
            ),
        ),
    ]
}

/// The cells of a row in columns of a fixed width.
fn padded(row: &[String], between: &str) -> String {
    const WIDTHS: [usize; 6] = [9, 7, 15, 10, 7, 12];
    let cells: Vec<String> = row
        .iter()
        .enumerate()
        .map(|(at, cell)| format!("{cell:0$}", WIDTHS.get(at).copied().unwrap_or(0)))
        .collect();
    cells.join(between)
}

/// What a record may be: the row itself, or the row with the lost cell empty.
fn right(rows: &Rows, damage: &Damage) -> Vec<String> {
    let mut all = rows.clone();
    if let Damage::Lost(row, cell) = damage {
        let mut row = rows[*row % rows.len()].clone();
        "-".clone_into(&mut row[*cell]);
        all.push(row);
    }
    all.iter()
        .map(|row| {
            row.iter()
                .enumerate()
                .map(|(at, cell)| match at {
                    _ if cell == "-" => String::new(),
                    1 => cell.to_lowercase().replace('/', "+"),
                    3 => cell.replace(", ", "+"),
                    _ => cell.clone(),
                })
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect()
}

/// Fails where a layout gives a record that the table has not, or loses a row.
fn check(rows: &Rows, damage: &Damage) -> Result<(), TestCaseError> {
    let right = right(rows, damage);
    for (layout, text) in written(&damaged(rows, damage)) {
        let Ok(outcome) = read(&text) else { continue };
        for record in &outcome.records {
            prop_assert!(right.contains(record), "{layout}: `{record}` of\n{text}");
        }
        let read = outcome.read as usize + 1;
        prop_assert!(read >= rows.len(), "{}: {:?} of\n{}", layout, outcome, text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn damage_is_not_another_record(damage in damage()) {
        check(&own_rows(), &damage)?;
    }

    #[test]
    fn random_tables_do_not_read_as_others(rows in rows(), damage in damage()) {
        check(&rows, &damage)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    #[ignore = "slow; .ci/run runs it"]
    fn damage_is_never_another_record(damage in damage()) {
        check(&own_rows(), &damage)?;
    }

    #[test]
    fn a_text_that_ends_anywhere_gives_no_other_record(share in 0.0..1.0_f64) {
        let rows = own_rows();
        // As if nothing was lost.
        let right = right(&rows, &Damage::TwoLines(0));
        for (layout, text) in written(&rows) {
            #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a short text")]
            let end = (text.len() as f64 * share) as usize;
            let text = &text[..text.floor_char_boundary(end)];
            let Ok(outcome) = read(text) else { continue };
            for record in &outcome.records {
                prop_assert!(right.contains(record), "{}: `{}` of\n{}", layout, record, text);
            }
        }
    }

    #[test]
    #[ignore = "slow; .ci/run runs it"]
    fn random_tables_never_read_as_others(rows in rows(), damage in damage()) {
        check(&rows, &damage)?;
    }
}

/// One row without its name's dash said that the table has no names.
#[test]
fn a_lost_dash_does_not_narrow_the_table() {
    let rows = titled(&[
        ["20", "100", "-"],
        ["21", "-", "-"],
        ["22", "-", "-"],
        ["23", "-", "-"],
    ]);
    check(&rows, &Damage::Lost(0, 4)).unwrap();
}

/// As many rows fit five columns as fit six: the table has names as tables have.
#[test]
fn a_lost_name_does_not_narrow_a_table_of_few_names() {
    let rows = titled(&[
        ["20", "-", "aaa"],
        ["21", "-", "aaa"],
        ["3978", "100", "-"],
        ["3979", "-", "-"],
        ["4406", "100", "-"],
    ]);
    check(&rows, &Damage::Lost(2, 4)).unwrap();
}

/// The first of the RFC numbers is the port's own, which says nothing of where the title ends.
#[test]
fn an_rfc_list_that_begins_with_the_port_is_not_cut_behind_it() {
    let rows = titled(&[
        ["20", "-", "-"],
        ["21", "-", "-"],
        ["3095", "3095, 3096", "-"],
        ["3096", "-", "-"],
        ["3097", "-", "-"],
    ]);
    check(&rows, &Damage::Lost(4, 0)).unwrap();
}

/// A blank line behind the transport of the last row does not end it.
#[test]
fn the_last_row_does_not_end_behind_its_transport() {
    let rows = titled(&[
        ["20", "100", "aaa"],
        ["21", "100", "aaa"],
        ["22", "100", "aaa"],
    ]);
    check(&rows, &Damage::Blank(2, 2)).unwrap();
}

/// A row for each port with its RFC and name.
fn titled(rows: &[[&str; 3]]) -> Rows {
    rows.iter()
        .map(|[port, rfc, name]| {
            [port, "TCP", "A Title", rfc, name, "Mac"]
                .map(str::to_owned)
                .to_vec()
        })
        .collect()
}

#[test]
fn an_undamaged_table_is_read_whole() {
    for (layout, text) in written(&own_rows()) {
        let outcome = read(&text).unwrap();
        let least = match layout {
            "joined" => 4,
            "lines" | "close" | "bold" => 6,
            _ => 7,
        };
        assert!(
            outcome.records.len() >= least && outcome.read == 7,
            "{layout}: {outcome:?}"
        );
    }
}

/// A cell that is cut off in the middle of a word looks like a whole one.
#[test]
fn the_last_row_of_a_pipe_table_is_whole_where_its_pipe_is_there() {
    let text = written(&own_rows())
        .into_iter()
        .find(|(layout, _)| *layout == "pipes")
        .unwrap()
        .1;
    let whole = &text[..text.find("\nEnd.").unwrap()];
    let counts = |text: &str| {
        let outcome = read(text).unwrap();
        (outcome.records.len(), outcome.rejected)
    };
    assert_eq!(counts(whole), (7, 0));
    assert_eq!(counts(whole.trim_end().trim_end_matches(" |")), (6, 1));
    let word = whole.rfind("ud |").unwrap();
    assert_eq!(counts(&whole[..word]), (6, 1));
    assert_eq!(counts(&format!("{}\nEnd.\n", &whole[..word])), (6, 1));
}
