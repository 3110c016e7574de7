//! Several captures: whether the languages agree.
#![allow(clippy::unwrap_used, reason = "tests panic where they fail")]

#[allow(dead_code, reason = "other tests need registries, too")]
mod common;

use appleports_check::{Sighting, compare_languages};
use appleports_model::Record;
use appleports_model::Transport::Tcp;
use common::record;

fn named(id: &str, rfc: u32) -> Record {
    Record {
        id: id.into(),
        rfcs: vec![rfc],
        ..record("80", &[Tcp], id)
    }
}

fn sighting<'a>(id: &'a str, records: &'a [Record]) -> Sighting<'a> {
    let mut parts = id.split('/').skip(1);
    Sighting {
        id,
        locale: parts.next().unwrap(),
        date: parts.next().unwrap(),
        records,
    }
}

fn said(own: Sighting<'_>, others: &[Sighting<'_>]) -> Vec<String> {
    compare_languages(own, others)
        .iter()
        .map(|finding| format!("{}: {}", finding.code, finding.message))
        .collect()
}

#[test]
fn lag_is_told_from_change_and_from_a_wrong_translation() {
    let (then, now, other) = ([named("a", 1)], [named("a", 2)], [named("b", 1)]);
    let before = sighting("apple/en-us/2024-01-01", &then);
    let after = sighting("apple/en-us/2024-03-01", &now);
    let own = sighting("apple/de-de/2024-04-01", &then);
    assert_eq!(
        said(own, &[before, after]),
        [
            "A030: `a`: RFC 1 here, RFC 2 in apple/en-us/2024-03-01 (apple/de-de/2024-04-01); apple/en-us/2024-01-01 said the same as this page"
        ]
    );
    assert_eq!(said(own, &[before]), Vec::<String>::new(), "they agree");
    assert_eq!(
        said(sighting("apple/sv-se/2024-03-01", &other), &[after]),
        [
            "A031: `b` is not in apple/en-us/2024-03-01 (apple/sv-se/2024-03-01)",
            "A031: `a` is in apple/en-us/2024-03-01 and not here (apple/sv-se/2024-03-01)"
        ]
    );
    assert_eq!(
        said(sighting("apple/de-de/2015-10-23", &then), &[after]),
        ["A032: 1 record differs from apple/en-us/2024-03-01, which is later"]
    );
    assert_eq!(
        said(own, &[sighting("apple/en-us/2010-01-01", &now)]),
        Vec::<String>::new(),
        "an earlier page is history"
    );
    // The same language at another time is history, not a disagreement.
    assert_eq!(
        said(own, &[sighting("apple/de-de/2024-01-01", &now)]),
        Vec::<String>::new()
    );
}
