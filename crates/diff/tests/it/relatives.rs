//! Rows without a name that grow, shrink, split or merge, and rows split by transport.

use appleports_diff::{Change, changes};
use appleports_model::Record;

use crate::common::{finished, record};

/// A row without a name.
fn nameless(ports: &str, title: &str, used_by: &str) -> Record {
    record([ports, "udp", title, "", "", used_by])
}

#[track_caller]
fn assert_short(old: &[Record], new: &[Record], there: &[&str], back: &[&str]) {
    let (old, new) = (finished(old.to_vec()), finished(new.to_vec()));
    assert_eq!(changes(&old, &new).short(), there);
    assert_eq!(changes(&new, &old).short(), back);
}

#[test]
fn a_nameless_range_grows_and_shrinks() {
    for (title, used_by) in [("", ""), ("", "FaceTime"), ("Media streams", "")] {
        let old = [nameless("16384-16387", title, used_by)];
        let mut new = [nameless("16384-16403", title, used_by)];
        assert_short(
            &old,
            &new,
            &[
                "0 added, 0 removed, 1 changed",
                "~ 16384-16403-udp: ports 16384-16387 -> 16384-16403, +16 ports",
            ],
            &[
                "0 added, 0 removed, 1 changed",
                "~ 16384-16387-udp: ports 16384-16403 -> 16384-16387, -16 ports",
            ],
        );
        // Another title in other words, with the same users, is the same row.
        if !used_by.is_empty() {
            new[0].title = "Something else".into();
            let found = changes(&finished(old.to_vec()), &finished(new.to_vec()));
            assert_eq!(found.counts.changed, 1);
        }
    }
}

#[test]
fn unlike_rows_that_share_ports_are_two() {
    let old = [nameless("16384-16387", "Media streams", "FaceTime")];
    let new = [nameless("16384-16403", "Backups", "Time Machine")];
    let found = changes(&finished(old.to_vec()), &finished(new.to_vec()));
    assert_eq!((found.counts.added, found.counts.removed), (1, 1));
}

#[test]
fn a_nameless_row_is_split_and_merged() {
    let whole = nameless("5000-5009", "Media streams", "FaceTime");
    let parts = [
        nameless("5000-5007", "Media streams", "FaceTime"),
        nameless("5008-5009", "Media streams", "FaceTime"),
    ];
    // Many other rows without a name do not hide it.
    let others: Vec<Record> = (100..140)
        .map(|port| nameless(&port.to_string(), &format!("Service {port}"), ""))
        .collect();
    let old = [&others[..], &[whole]].concat();
    let new = [&others[..], &parts].concat();
    assert_short(
        &old,
        &new,
        &[
            "1 added, 0 removed, 1 changed",
            "~ 5000-5007-udp: ports 5000-5009 -> 5000-5007, -2 ports",
            "+ 5008-5009-udp: split from 5000-5009-udp",
        ],
        &[
            "0 added, 1 removed, 1 changed",
            "~ 5000-5009-udp: ports 5000-5007 -> 5000-5009, +2 ports",
            "- 5008-5009-udp: merged into 5000-5009-udp",
        ],
    );
}

#[test]
fn rows_that_overlap_are_split_and_merged() {
    for name in ["", "streams"] {
        let row = |ports: &str| record([ports, "udp", "", "", name, "Siri"]);
        let parts = finished(vec![row("50000-50010"), row("50005-50020")]);
        let whole = finished(vec![row("50000-50020")]);
        let merged = changes(&parts, &whole);
        assert_eq!(merged.counts.ambiguous, 0);
        let end = format!(": merged into {}", whole[0].id);
        let lines = merged.short();
        assert!(lines.iter().any(|line| line.ends_with(&end)), "{lines:#?}");
        let split = changes(&whole, &parts).short();
        let end = format!(": split from {}", whole[0].id);
        assert!(split.iter().any(|line| line.ends_with(&end)), "{split:#?}");
    }
}

#[test]
fn a_row_is_split_by_transport() {
    let row = |transports: &str| record(["53", transports, "Domain names", "", "domain", "macOS"]);
    let found = changes(
        &finished(vec![row("tcp, udp")]),
        &finished(vec![row("tcp"), row("udp")]),
    );
    let short = found.short();
    assert_eq!(found.counts.ambiguous, 0, "{short:#?}");
    let Some(Change::Added { split_from, .. }) = found
        .changes
        .iter()
        .find(|change| matches!(change, Change::Added { .. }))
    else {
        panic!("{short:#?}")
    };
    assert_eq!(split_from.as_deref(), Some("53-tcp+udp-domain"));
    assert!(found.exposure.transports.is_empty());
}
