//! Rows that one side could not read: which records they are or may be.

use std::collections::BTreeSet;

use appleports_diff::{Change, Changes, Side, Unreadable, changes_between};
use appleports_model::{Record, UnreadRow};

use crate::common::{finished, record};

/// A row with a port cell that was not read: cells as of [`record`], the first one the ports that
/// it shows.
fn unread(cells: [&str; 6]) -> UnreadRow {
    let shown = if cells[0] == "?" { "1" } else { cells[0] };
    let row = record([shown, cells[1], cells[2], cells[3], cells[4], cells[5]]);
    UnreadRow {
        line: 20,
        reason: "rejected".into(),
        cells: cells.map(str::to_owned).to_vec(),
        ports: if cells[0] == "?" {
            Vec::new()
        } else {
            row.ports
        },
        transports: row.transports,
        service_name: row.service_name,
        title: row.title,
        used_by: row.used_by,
        products: row.products,
        ..UnreadRow::default()
    }
}

/// The comparison of `old` with a side that has `new` and could not read `row`.
fn compared(old: &[Record], new: &[Record], row: UnreadRow) -> Changes {
    let (old, new) = (finished(old.to_vec()), finished(new.to_vec()));
    let rows = [row];
    let before = Side {
        records: &old,
        unread: &[],
    };
    let after = Side {
        records: &new,
        unread: &rows,
    };
    let back = changes_between(after, before);
    let there = changes_between(before, after);
    assert_eq!(there.counts.removed, back.counts.added);
    assert_eq!(there.counts.unread, back.counts.unread);
    there
}

#[track_caller]
fn assert_short(found: &Changes, expected: &[&str]) {
    assert_eq!(found.short()[1..], *expected);
    assert!(
        found
            .exposure
            .transports
            .iter()
            .all(|exposure| exposure.closed == 0)
    );
}

#[test]
fn a_row_stands_for_all_records_that_its_ports_cover() {
    let foo = record(["50001", "tcp", "foo", "", "", ""]);
    let other = record(["50001", "udp", "foo2", "", "", ""]);
    let may_be = "the new side could not read it: rejected; it may be";
    assert_short(
        &compared(
            &[foo, other],
            &[],
            unread(["50001", "tcp, udp", "foo", "", "", ""]),
        ),
        &[&format!("? 50001/tcp+udp?: {may_be} 50001-tcp, 50001-udp")],
    );
    let parts = [
        record(["50000-50004", "udp", "", "", "", "Siri"]),
        record(["50005-50010", "udp", "", "", "", "Siri"]),
    ];
    assert_short(
        &compared(
            &parts,
            &[],
            unread(["50000-50010", "udp", "", "", "", "Siri"]),
        ),
        &[&format!(
            "? 50000-50010/udp?: {may_be} 50000-50004-udp, 50005-50010-udp"
        )],
    );
    // Its texts speak for one of them, its ports for both.
    let two = [
        record(["50001", "udp", "aa", "", "", ""]),
        record(["50002", "udp", "bb", "", "", ""]),
    ];
    assert_short(
        &compared(&two, &[], unread(["50001, 50002", "udp", "aa", "", "", ""])),
        &[&format!(
            "? 50001, 50002/udp?: {may_be} 50001-udp, 50002-udp"
        )],
    );
}

#[test]
fn a_row_that_could_be_any_of_several_removes_none() {
    let calls = |port: &str| record([port, "tcp", "", "", "", "FaceTime"]);
    assert_short(
        &compared(
            &[calls("50001"), calls("50002"), calls("50003")],
            &[calls("50003")],
            unread(["?", "tcp", "", "", "", "FaceTime"]),
        ),
        &[
            "? row in line 20: the new side could not read it: rejected; it may be 50001-tcp, \
             50002-tcp",
        ],
    );
}

#[test]
fn a_record_that_is_unread_is_no_origin_of_another() {
    let alpha = |port, transport| record([port, transport, "alpha", "", "alpha", "FaceTime"]);
    let is_unread = "? 50001-tcp-alpha: the new side could not read it: rejected";
    for shown in ["50001", "?"] {
        for (port, transport) in [("60001", "tcp"), ("50001", "udp")] {
            let row = unread([shown, "tcp", "alpha", "", "alpha", "FaceTime"]);
            let found = compared(&[alpha("50001", "tcp")], &[alpha(port, transport)], row);
            let added = format!("+ {port}-{transport}-alpha");
            assert_short(&found, &[&added, is_unread]);
        }
    }
    let nameless = |ports| record([ports, "tcp", "", "", "", "FaceTime"]);
    assert_short(
        &compared(
            &[nameless("50001-50005")],
            &[nameless("50004-50009")],
            unread(["50001-50005", "tcp", "", "", "", "FaceTime"]),
        ),
        &[
            "+ 50004-50009-tcp",
            "? 50001-50005-tcp: the new side could not read it: rejected",
        ],
    );
}

#[test]
fn a_row_that_grew_is_found_beside_an_unread_one() {
    let nameless = |ports| record([ports, "udp", "", "", "", "FaceTime"]);
    assert_short(
        &compared(
            &[nameless("16384-16387"), nameless("50001")],
            &[nameless("16384-16403")],
            unread(["50001", "udp", "", "", "", "FaceTime"]),
        ),
        &[
            "~ 16384-16403-udp: ports 16384-16387 -> 16384-16403, +16 ports",
            "? 50001-udp: the new side could not read it: rejected",
        ],
    );
}

#[test]
fn ports_and_texts_that_speak_for_two_records_leave_both_in_doubt() {
    let found = compared(
        &[
            record(["50001", "tcp", "foo", "", "", ""]),
            record(["50002", "tcp", "bar", "", "", ""]),
        ],
        &[],
        unread(["50001", "tcp", "bar", "", "", ""]),
    );
    assert_short(
        &found,
        &["? 50001/tcp?: the new side could not read it: rejected; it may be 50001-tcp, 50002-tcp"],
    );
}

#[test]
fn another_text_of_a_row_that_neither_side_could_read_is_a_difference() {
    let rows = ["FaceTime", "Siri"].map(|users| [unread(["?", "tcp", "foo", "", "foo", users])]);
    let [before, after] = rows.each_ref().map(|unread| Side {
        records: &[],
        unread,
    });
    assert!(changes_between(before, before).is_empty());
    let found = changes_between(before, after);
    assert_short(
        &found,
        &["? row in line 20: neither side could read it: rejected"],
    );
    assert!(found.exposure.by_product.is_empty());
    let [appleports_diff::Change::Unread { side, row, was, .. }] = &*found.changes else {
        panic!("{:#?}", found.changes)
    };
    assert_eq!(*side, Unreadable::Both);
    let users = [Some(&row.used_by), was.as_ref().map(|was| &was.used_by)];
    assert_eq!(users.map(Option::unwrap), ["Siri", "FaceTime"]);
}

/// Each is named with all that it says, so that many rows could make much of a few records.
#[test]
fn many_rows_name_a_record_at_least_once_and_not_for_ever() {
    let old = (0..16).map(|at| {
        record([
            "443",
            "tcp",
            &format!("title {at}"),
            "",
            "https",
            "FaceTime",
        ])
    });
    let old = finished(old.collect());
    let rows: Vec<UnreadRow> = (0..1_500)
        .map(|_| unread(["443", "tcp", "?", "", "?", "?"]))
        .collect();
    let found = changes_between(
        Side {
            records: &old,
            unread: &[],
        },
        Side {
            records: &[],
            unread: &rows,
        },
    );
    let named: Vec<&str> = found
        .changes
        .iter()
        .flat_map(|change| match change {
            Change::Unread { candidates, .. } => candidates.as_slice(),
            _ => &[],
        })
        .map(|entry| entry.id.as_str())
        .collect();
    assert!((16..=316).contains(&named.len()), "{}", named.len());
    let all: BTreeSet<&str> = named.into_iter().collect();
    assert_eq!(all.len(), 16);
    assert_eq!(found.counts.removed, 0);
}

#[test]
fn a_damaged_line_without_cells_is_the_same_on_both_sides() {
    let row = |reason: &str| UnreadRow {
        reason: reason.into(),
        ..UnreadRow::default()
    };
    let found = |old: UnreadRow, new: UnreadRow| {
        let (old, new) = ([old], [new]);
        let side = |unread| Side {
            records: &[],
            unread,
        };
        changes_between(side(&old), side(&new)).counts.unread
    };
    assert_eq!(found(row("no cells"), row("no cells")), 0);
    assert_ne!(found(row("no cells"), row("a quote is open")), 0);
}
