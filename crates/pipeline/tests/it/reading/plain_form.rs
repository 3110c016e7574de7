//! Law 1: what cannot be seen, and how a character is written, changes nothing.

use proptest::prelude::*;

use super::{page, read};

const ROW: [&str; 6] = [
    "8821-8826",
    "TCP/UDP",
    "Stored Things",
    "2818",
    "stored",
    "Mac",
];

fn with(cells: &[String; 6]) -> String {
    page(&format!("<tr><td>{}</tr>", cells.join("<td>")))
}

#[test]
fn marks_of_direction_in_every_cell_refuse_nothing() {
    let mark = |row: &str| row.replace("<td>", "<td>&rlm;");
    let plain = page("<tr><td>8443<td>TCP<td>Web<td>-<td>pcsync-https<td>Mac</tr>");
    assert_eq!(
        read(&mark(&plain)).unwrap().records,
        read(&plain).unwrap().records
    );
}

#[test]
fn a_word_ends_where_the_script_changes() {
    for text in ["TCP和UDP", "TCPとUDP", "TCP및UDP", "TCPและUDP"] {
        let cells = ROW.map(str::to_owned);
        let [port, _, title, rfc, name, used] = cells;
        let outcome = read(&with(&[port, text.to_owned(), title, rfc, name, used])).unwrap();
        assert_eq!(outcome.rejected, 0, "{text}");
    }
}

#[test]
fn all_cells_part_their_items_by_the_same_signs() {
    for sign in [
        ",", ";", "&amp;", "/", "+", "、", "،", "؛", "，", "；", "＆",
    ] {
        let [.., title, _, name, used] = ROW.map(str::to_owned);
        let parted = |items: [&str; 2]| items.join(sign);
        let ports = parted(["8821", "8826"]);
        let outcome = read(&with(&[
            ports,
            parted(["TCP", "UDP"]),
            title,
            parted(["2616", "2817"]),
            name,
            used,
        ]));
        let record = "8821+8826|tcp+udp|Stored Things|2616+2817|stored|Mac".to_owned();
        assert!(outcome.unwrap().records.contains(&record), "{sign}");
    }
}

proptest! {
    #[test]
    fn other_characters_give_the_same_records(
        marks in prop::collection::vec((0..6_usize, 0..12_usize, prop::sample::select(vec!['\u{200b}', '\u{200e}', '\u{200f}', '\u{ad}', '\u{2060}', '\u{feff}', '\u{fe0f}'])), 0..8),
        digits in prop::sample::select(vec!['0', '０', '٠', '۰', '०', '๐', '০']),
    ) {
        let plain = ROW.map(str::to_owned);
        let mut other = plain.clone();
        for at in [0, 3] {
            other[at] = other[at]
                .chars()
                .map(|c| c.to_digit(10).map_or(c, |digit| char::from_u32(u32::from(digits) + digit).unwrap()))
                .collect();
        }
        for (cell, place, mark) in marks {
            let count = other[cell].chars().count();
            let at = other[cell].char_indices().nth(place % count).map_or(0, |(at, _)| at);
            if ![0, 3].contains(&cell) || !crate::common::is_between_digits(&other[cell], at) {
                other[cell].insert(at, mark);
            }
        }
        let (plain, other) = (read(&with(&plain)).unwrap(), read(&with(&other)).unwrap());
        prop_assert_eq!(plain.records, other.records);
    }
}
