//! The laws: nothing differs from itself, the changes lead from old to new, and
//! the comparison the other way round is the way back.

use appleports_diff::{Change, Exposure, Facts, ProductExposure, Side, changes, changes_between};
use appleports_model::{PortRange, PortSet, Record, Registration, Transport, UnreadRow};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::common::{finished, record, unknown_word};

fn range() -> impl Strategy<Value = PortRange> {
    (1_u16..40, 0_u16..6).prop_map(|(first, more)| PortRange::new(first, first + more).unwrap())
}

/// Few values for each field, so that records collide and resemble each other.
fn any_record() -> impl Strategy<Value = Record> {
    let texts = [
        "",
        "Mail",
        "Mail service",
        "Mail-Dienst",
        "Screen Sharing (VNC)",
        "Screen  sharing",
    ];
    (
        vec(range(), 1..3),
        subsequence(Transport::ALL.to_vec(), 0..3),
        select(vec!["", "smtp", "rfb", "ssh"]),
        select(texts.to_vec()),
        subsequence(vec![1_u32, 2, 3], 0..3),
        subsequence(vec!["Mail", "Xcode", "FaceTime"], 0..3),
        select(texts.to_vec()),
        (
            any::<bool>(),
            select(vec![Registration::Unstated, Registration::Mixed]),
        ),
        subsequence(vec!["Frobnicator", "fröbnicator", "Back Room"], 0..3),
    )
        .prop_map(
            |(ports, transports, name, title, rfcs, products, note, marks, words)| {
                let mut made = record(["1", "", title, "", name, ""]);
                made.ports = ports;
                made.transports = transports;
                made.rfcs = rfcs;
                made.products = products.into_iter().map(str::to_owned).collect();
                made.note = note.into();
                made.used_by = made.products.join(", ");
                (made.deprecated, made.registration) = marks;
                made.used_by_parts = words.into_iter().map(unknown_word).collect();
                made
            },
        )
}

/// The row, unread.
fn unread(record: &Record) -> UnreadRow {
    UnreadRow {
        line: record.provenance.line_first,
        cells: vec![record.title.clone(), record.used_by.clone()],
        ports: record.ports.clone(),
        transports: record.transports.clone(),
        service_name: record.service_name.clone(),
        title: record.title.clone(),
        used_by: record.used_by.clone(),
        products: record.products.clone(),
        ..UnreadRow::default()
    }
}

fn facts(records: &[Record]) -> Vec<Facts> {
    let mut facts: Vec<Facts> = records.iter().map(Facts::of).collect();
    facts.sort();
    facts
}

/// Changes without what is equal in facts but may be another of several twins.
fn essence(changes: &[Change]) -> Vec<String> {
    let mut lines: Vec<String> = changes
        .iter()
        .map(|change| match change {
            Change::Added { entry, .. } => format!("+ {:?}", entry.facts),
            Change::Removed { entry, .. } => format!("- {:?}", entry.facts),
            Change::Changed {
                old, new, details, ..
            } => {
                format!("~ {:?} {:?} {details:?}", old.facts, new.facts)
            }
            Change::Unread {
                side,
                row,
                was,
                entry,
                candidates,
            } => {
                let entries = entry.iter().chain(candidates);
                let mut facts: Vec<&Facts> = entries.map(|entry| &entry.facts).collect();
                facts.sort();
                format!("? {side:?} {row:?} {was:?} {facts:?}")
            }
        })
        .collect();
    lines.sort();
    lines
}

proptest! {
    #[test]
    fn the_changes_lead_from_old_to_new(old in vec(any_record(), 0..12), new in vec(any_record(), 0..12)) {
        let (old, new) = (finished(old), finished(new));
        let found = changes(&old, &new);
        prop_assert_eq!(found.apply(&facts(&old)).unwrap(), facts(&new));
    }

    #[test]
    fn the_other_way_round_is_the_way_back(old in vec(any_record(), 0..12), new in vec(any_record(), 0..12)) {
        let (old, new) = (finished(old), finished(new));
        let there: Vec<Change> = changes(&old, &new).changes.iter().map(Change::inverse).collect();
        let back = changes(&new, &old);
        prop_assert_eq!(essence(&there), essence(&back.changes));
        prop_assert_eq!(back.apply(&facts(&new)).unwrap(), facts(&old));
    }

    #[test]
    fn unread_rows_keep_the_laws(old in vec(any_record(), 0..10), new in vec(any_record(), 0..10), taken in 0_usize..4, left in 0_usize..4) {
        let (mut old, mut new) = (finished(old), finished(new));
        let old_unread: Vec<UnreadRow> = old.split_off(old.len().saturating_sub(taken)).iter().map(unread).collect();
        let new_unread: Vec<UnreadRow> = new.split_off(new.len().saturating_sub(left)).iter().map(unread).collect();
        let (before, after) = (Side { records: &old, unread: &old_unread }, Side { records: &new, unread: &new_unread });
        let there = changes_between(before, after);
        let back = changes_between(after, before);
        prop_assert_eq!(there.apply(&facts(&old)).unwrap(), facts(&new));
        let inverse: Vec<Change> = there.changes.iter().map(Change::inverse).collect();
        prop_assert_eq!(essence(&inverse), essence(&back.changes));
        prop_assert!(changes_between(before, before).is_empty());
    }

    #[test]
    fn a_row_that_is_not_read_is_not_removed(records in vec(any_record(), 1..10), at in any::<prop::sample::Index>(), has_ports in any::<bool>()) {
        let records = finished(records);
        let mut others = records.clone();
        let lost = others.remove(at.index(records.len()));
        let mut row = unread(&lost);
        let is_bare = [&row.service_name, &row.title, &row.used_by].iter().all(|text| text.trim().is_empty());
        if !has_ports && !is_bare {
            row.ports.clear();
        }
        let rows = [row];
        let found = changes_between(Side { records: &records, unread: &[] }, Side { records: &others, unread: &rows });
        prop_assert_eq!((found.counts.added, found.counts.removed, found.counts.unread), (0, 0, 1));
        prop_assert!(found.exposure.transports.is_empty() && found.exposure.by_product.is_empty());
    }

    #[test]
    fn nothing_differs_from_itself_in_any_order(old in vec(any_record(), 0..12)) {
        let old = finished(old);
        prop_assert!(changes(&old, &old).is_empty());
        let mut turned = old.clone();
        turned.reverse();
        for (record, line) in turned.iter_mut().zip(1..) {
            record.provenance.line_first = line;
            record.title = record.title.replace(' ', "\u{a0}\n");
            record.note = record.note.replace('-', "–");
        }
        let found = changes(&old, &turned);
        prop_assert!(found.is_empty(), "{:?}", found.changes);
        prop_assert_eq!(found.exposure, Exposure::default());
    }

    #[test]
    fn swapped_sides_swap_what_products_gain_and_lose(old in vec(any_record(), 0..12), new in vec(any_record(), 0..12)) {
        let (old, new) = (finished(old), finished(new));
        let mut there = changes(&old, &new).exposure.by_product;
        for ports in there.iter_mut().flat_map(|exposure| &mut exposure.transports) {
            std::mem::swap(&mut ports.gained, &mut ports.lost);
            std::mem::swap(&mut ports.perhaps_gained, &mut ports.perhaps_lost);
        }
        prop_assert_eq!(there, changes(&new, &old).exposure.by_product);
    }

    #[test]
    fn a_product_gains_just_the_ports_that_it_had_not(old in vec(any_record(), 0..8), new in vec(any_record(), 0..8), port in 1_u16..50) {
        let has = |records: &[Record], product: &str, transport| {
            records.iter().any(|record| {
                record.products.iter().any(|name| name == product)
                    && record.rows().any(|(range, over)| over == transport && range.contains(port))
            })
        };
        let exposure = changes(&old, &new).exposure.by_product;
        let transports = Transport::ALL.into_iter().map(Some).chain([None]);
        for (product, transport) in ["Mail", "Xcode", "FaceTime"].into_iter().flat_map(|product| transports.clone().map(move |transport| (product, transport))) {
            let of_product = |exposure: &&ProductExposure| exposure.product == product;
            let ports = exposure.iter().find(of_product).and_then(|exposure| exposure.transports.iter().find(|ports| ports.transport == transport));
            let (before, after) = (has(&old, product, transport), has(&new, product, transport));
            // Words that nobody knows leave it in doubt, unless the port has no row at all.
            let in_doubt = |records: &[Record]| {
                let is_unclear = |record: &Record| record.used_by_parts.iter().any(|part| !part.known);
                let has_port = |record: &Record| record.rows().any(|(range, over)| over == transport && range.contains(port));
                records.iter().any(is_unclear) && records.iter().any(has_port)
            };
            for (came, is_doubtful, certain, perhaps) in [
                (after && !before, in_doubt(&old), ports.map(|ports| &ports.gained), ports.map(|ports| &ports.perhaps_gained)),
                (before && !after, in_doubt(&new), ports.map(|ports| &ports.lost), ports.map(|ports| &ports.perhaps_lost)),
            ] {
                let has_port = |set: Option<&PortSet>| set.is_some_and(|set| set.contains(port));
                prop_assert_eq!(has_port(certain), came && !is_doubtful);
                prop_assert_eq!(has_port(perhaps), came && is_doubtful);
            }
        }
    }
}

#[test]
fn changes_that_do_not_fit_are_refused() {
    let old = finished(vec![record(["22", "tcp", "Secure Shell", "", "ssh", ""])]);
    let found = changes(&old, &[]);
    assert_eq!(
        found.apply(&[]).unwrap_err().to_string(),
        "the changes do not fit: there is no record `22-tcp-ssh` as they expect it"
    );
}

#[test]
fn hostile_sizes_end_in_seconds() {
    let many = |name: &str, title: &str| -> Vec<Record> {
        let mut all: Vec<Record> = (0..20_000)
            .map(|at| record(["1-65535", "tcp", &format!("{title} {at}"), "", name, ""]))
            .collect();
        for (record, at) in all.iter_mut().zip(0..) {
            record.id = format!("{title}-{at}");
        }
        all
    };
    let (old, new) = (many("a", "first"), many("b", "second"));
    let found = changes(&old, &new);
    let facts = |records: &[Record]| -> Vec<Facts> { facts(records) };
    assert_eq!(found.apply(&facts(&old)).unwrap(), facts(&new));
}
