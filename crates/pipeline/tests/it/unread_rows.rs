//! The law of unread rows: whatever is done to the port cell of a row, a comparison says neither
//! that the row is removed nor that its ports close.

use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use appleports_diff::{Change, Changes, Side, changes_between};
use appleports_ingest::read_capture;
use appleports_model::Record;
use appleports_normalise::{Normalised, Vocabulary, normalise};
use appleports_store::SourceFolder;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The cells of a row: port, transports, title, name, users.
#[derive(Clone, Debug)]
struct Row([String; 5]);

/// Few values for each cell, so that rows resemble each other.
fn any_row() -> impl Strategy<Value = Row> {
    let port = (50_001_u32..50_012, 0_u32..4, any::<bool>());
    let port = port.prop_map(|(first, more, is_list)| match more {
        0 => first.to_string(),
        _ if is_list => format!("{first}, {}", first + more + 1),
        _ => format!("{first}-{}", first + more),
    });
    (
        port,
        select(vec!["TCP", "UDP", "TCP/UDP"]),
        select(vec!["", "Alpha service", "Beta service"]),
        select(vec!["", "alpha", "beta"]),
        select(vec!["", "FaceTime", "Siri", "FaceTime, Siri"]),
    )
        .prop_map(|(port, transports, title, name, users)| {
            Row([
                port,
                transports.into(),
                title.into(),
                name.into(),
                users.into(),
            ])
        })
}

/// What a port cell may look like when it cannot be read. It shows no port that it has not.
fn damaged(port: &str, how: u8, at: Index) -> String {
    let places: Vec<usize> = (0..port.len()).collect();
    let at = *at.get(&places);
    let digit = at + port[at..].find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    match how {
        0 => "?".into(),
        1 => format!("{port}?"),
        2 => format!("x{port}"),
        3 => format!("{port} (lokal)"),
        4 => format!("{}?{}", &port[..digit], &port[digit + 1..]),
        5 => format!("{}x{}", &port[..digit], &port[digit + 1..]),
        6 => format!("{}*{}", &port[..at], &port[at..]),
        7 => port.replace('0', "O"),
        8 => port.replace('-', "~~").replace(", ", " x ") + "*",
        9 => format!("TCP {port}"),
        10 => String::new(),
        _ => port.replace(|c: char| c.is_ascii_digit(), "#"),
    }
}

fn read(rows: &[Row]) -> Normalised {
    let mut text = "Port,TCP or UDP,Service or protocol name,RFC,Service name,Used by\n".to_owned();
    for Row([port, transports, title, name, users]) in rows.iter().chain(&others()) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\"{port}\",{transports},{title},,{name},\"{users}\"");
    }
    let table = read_capture("apple/en-us/page", "page.csv", text.as_bytes()).unwrap();
    normalise(&table, &text, "en-us", &VOCABULARY)
}

/// Rows that are the same on both sides.
fn others() -> Vec<Row> {
    let row = |port: u32| {
        let cells = [
            &port.to_string(),
            "TCP",
            "Service",
            &format!("name-{port}"),
            "Mail",
        ];
        Row(cells.map(str::to_owned))
    };
    (1..20).map(row).collect()
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    let (path, text) = SourceFolder::new(folder).vocabulary().unwrap().products;
    let mut vocabulary = Vocabulary::new();
    vocabulary.add_products(&path, &text).unwrap();
    vocabulary
});

fn side(normalised: &Normalised) -> Side<'_> {
    Side {
        records: &normalised.records,
        unread: &normalised.unread,
    }
}

/// Whether the changes say that the record is gone, or that one of its ports closes.
fn is_lost(changes: &Changes, record: &Record) -> bool {
    let is_removed = changes.changes.iter().any(|change| match change {
        Change::Removed { entry, .. } => entry.id == record.id,
        _ => false,
    });
    is_removed
        || changes.exposure.transports.iter().any(|exposure| {
            let mut rows = record.rows();
            rows.any(|(range, transport)| {
                let mut ports = range.first()..=range.last();
                transport == exposure.transport
                    && ports.any(|port| exposure.closed_ranges.contains(port))
            })
        })
}

/// The rows before and after: the first one is there in both, and cannot be read in the second.
fn pages() -> impl Strategy<Value = (Vec<Row>, Vec<Row>)> {
    let rows = || vec(any_row(), 0..3);
    let damage = (0_u8..12, any::<Index>());
    (any_row(), rows(), rows(), rows(), damage).prop_map(|(row, same, old, new, (how, at))| {
        let mut unreadable = row.clone();
        unreadable.0[0] = damaged(&row.0[0], how, at);
        let before = [&[row][..], &same, &old].concat();
        let after = [&[unreadable][..], &same, &new].concat();
        (before, after)
    })
}

/// Fails where the first row is lost.
fn check(before: &[Row], after: &[Row]) -> Result<(), TestCaseError> {
    let (before, after) = (read(before), read(after));
    let mut records = before.records.iter();
    let record = records
        .find(|record| record.provenance.line_first == 2)
        .unwrap();
    // Rows that say the same are one record.
    prop_assume!(record.provenance.merged_lines.is_empty() && after.unread.len() == 1);
    let there = changes_between(side(&before), side(&after));
    prop_assert!(!is_lost(&there, record), "{:#?}", there.short());
    let back = changes_between(side(&after), side(&before));
    prop_assert_eq!(there.counts.unread, back.counts.unread);
    prop_assert_eq!(there.counts.removed, back.counts.added);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_row_with_an_unreadable_port_is_not_lost((before, after) in pages()) {
        check(&before, &after)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    #[ignore = "slow; .ci/run runs it"]
    fn a_row_with_an_unreadable_port_is_never_lost((before, after) in pages()) {
        check(&before, &after)?;
    }
}
