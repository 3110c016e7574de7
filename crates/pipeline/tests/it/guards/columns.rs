//! A column that is lost: empty, of one sign, or full of something else.

use std::cell::RefCell;
use std::fs;

use super::{ENGLISH_2018, ENGLISH_2026, GERMAN_2015, used, used_of};
use crate::common::{sources, store, table};

#[test]
fn a_column_that_is_nearly_empty_is_lost() {
    let (_folder, captures) = sources(Some(&[]));
    store(&captures, "en-us", "2020-01-01", &table(100), "");
    let mut lines: Vec<String> = table(100).lines().map(str::to_owned).collect();
    for line in lines.iter_mut().skip(2) {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells[4] = "";
        *line = cells.join(",");
    }
    store(
        &captures,
        "en-us",
        "2020-01-02",
        &(lines.join("\n") + "\n"),
        "",
    );
    let (_, against) = used(&captures);
    assert_eq!(
        against,
        ["G004 1 row has the service name, 100 had it in apple/en-us/2020-01-01"]
    );
}

#[test]
fn a_column_of_one_sign_is_lost() {
    for (at, column) in [
        (2, "title"),
        (3, "RFC"),
        (4, "service name"),
        (5, "used-by text"),
    ] {
        for sign in ["N/A", ".", "x", "\u{2800}", "\u{3164}", "\u{301}"] {
            let (_folder, captures) = sources(Some(&[ENGLISH_2018]));
            let text = changed(ENGLISH_2018, |cells| cells[at] = sign.to_owned());
            store(&captures, "en-us", "2018-03-01", &text, "");
            let (id, against) = used(&captures);
            assert_eq!(id, ENGLISH_2018, "{column} {sign:?}");
            let is_lost = against[0].contains(column) || against[0].starts_with("G001 ");
            assert!(is_lost, "{column} {sign:?}: {against:?}");
        }
    }
}

/// Each cell is filled, under the right heading, but titles and products have changed places.
#[test]
fn products_in_the_place_of_titles_are_lost() {
    let (_folder, captures) = sources(None);
    let swapped = changed(ENGLISH_2026, |cells| cells.swap(2, 5));
    store(&captures, "en-us", "2026-11-20", &swapped, "");
    let (id, against) = used(&captures);
    assert_eq!(id, ENGLISH_2026);
    assert_eq!(against.len(), 1, "{against:?}");
    assert!(against[0].starts_with("G004 "), "{against:?}");
    assert!(against[0].contains(" products of "), "{against:?}");
    // One row that lists all of them keeps none.
    let all = RefCell::new(Vec::new());
    changed(ENGLISH_2026, |cells| {
        all.borrow_mut().push(cells[5].clone());
    });
    let all = all.into_inner().join(", ");
    let one_row = changed(ENGLISH_2026, |cells| {
        let is_first = cells[0] == "22";
        cells[5] = if is_first {
            all.clone()
        } else {
            format!("x{}", cells[0])
        };
    });
    store(&captures, "en-us", "2026-11-20", &one_row, "");
    let (id, against) = used(&captures);
    assert_eq!(id, ENGLISH_2026);
    assert!(against[0].contains(" products of "), "{against:?}");
}

/// The first capture of a locale is compared with the others: of its language, or else of any.
#[test]
fn products_are_lost_in_a_first_capture_too() {
    let against = |before: &[&str], of: &str, locale: &str| {
        let (_folder, captures) = sources(Some(before));
        let swapped = changed(of, |cells| cells[5] = cells[2].clone());
        store(&captures, locale, "2026-11-20", &swapped, "");
        used_of(&captures, locale).unwrap_err().to_string()
    };
    for locale in ["en-gb", "fr-fr"] {
        let error = against(
            &[GERMAN_2015, ENGLISH_2018, ENGLISH_2026],
            ENGLISH_2026,
            locale,
        );
        assert!(error.contains("G004"), "{locale}: {error}");
    }
    let error = against(&[GERMAN_2015], ENGLISH_2018, "en-us");
    assert!(error.contains("G004"), "{error}");
    // A page in another language is none that lost its products.
    let (_folder, captures) = sources(Some(&[GERMAN_2015, ENGLISH_2018]));
    assert_eq!(used(&captures), (ENGLISH_2018.to_owned(), vec![]));
}

/// The table of a committed capture, with each row changed.
fn changed(id: &str, change: impl Fn(&mut Vec<String>)) -> String {
    let (_folder, captures) = sources(Some(&[id]));
    let path = captures.root().join(id).join("capture.csv");
    let text = fs::read(path).unwrap();
    let mut rows = csv::ReaderBuilder::new();
    let mut rows = rows.has_headers(false).from_reader(text.as_slice());
    let mut written = csv::Writer::from_writer(Vec::new());
    for (at, row) in rows.records().enumerate() {
        let row = row.unwrap();
        let mut cells: Vec<String> = row.iter().take(6).map(str::to_owned).collect();
        if at > 0 {
            change(&mut cells);
        }
        written.write_record(cells).unwrap();
    }
    String::from_utf8(written.into_inner().unwrap()).unwrap()
}
