//! Rows that one capture could not read are neither removed nor added.

use std::collections::BTreeSet;
use std::path::Path;

use appleports_diff::{
    Body, Change, Changes, RENDERINGS, Report, Side, Unreadable, changes_between,
};
use appleports_ingest::read_capture;
use appleports_model::Record;
use appleports_normalise::{Normalised, Vocabulary, normalise};
use appleports_pipeline::{assemble, compare};
use appleports_store::SourceFolder;

const SEED: &str = "apple/de-de/2015-10-23";

/// How many rows are one step, where not every row is damaged.
const SOME: usize = 9;

fn sources() -> SourceFolder {
    SourceFolder::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources"))
}

fn seed_text() -> String {
    let path = sources().root().join(SEED).join("capture.md");
    std::fs::read_to_string(path).unwrap()
}

/// The comparison of the seed with a text, and of the text with the seed.
fn both_ways(text: &str) -> [Report; 2] {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.md");
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let there = compare(&sources(), SEED, path).unwrap();
    let back = compare(&sources(), path, SEED).unwrap();
    [there, back]
}

fn records(report: &Report) -> &Changes {
    match &report.body {
        Body::Records(changes) => changes,
        _ => panic!("not records"),
    }
}

/// Holds that just the record is unread, and that nothing else differs.
fn assert_unread(changes: &Changes, side: Unreadable, id: &str, what: &str) {
    let short = changes.short();
    let [
        Change::Unread {
            side: unread_side,
            entry,
            ..
        },
    ] = changes.changes.as_slice()
    else {
        panic!("{id}, {what}: {short:#?}")
    };
    assert_eq!(*unread_side, side, "{id}, {what}");
    let entry = entry.as_ref().expect("the row is paired");
    assert_eq!(entry.id, id, "{what}: {short:#?}");
    assert!(changes.exposure.transports.is_empty(), "{id}, {what}");
    assert!(changes.exposure.by_product.is_empty(), "{id}, {what}");
    assert!(changes.exposure.products.is_empty(), "{id}, {what}");
}

/// Damages the text of a port cell.
type Damage = fn(&str) -> String;

#[test]
fn a_letter_in_a_port_closes_nothing() {
    let text = seed_text().replacen("**1640**", "**164O**", 1);
    assert_ne!(text, seed_text());
    let [there, back] = both_ways(&text);
    assert_unread(
        records(&there),
        Unreadable::New,
        "1640-tcp-cert-responder",
        "O",
    );
    assert_unread(
        records(&back),
        Unreadable::Old,
        "1640-tcp-cert-responder",
        "O",
    );
    for format in RENDERINGS {
        let text = (format.write)(&there);
        assert!(text.contains("unread"), "{}: {text}", format.name);
        assert!(!text.contains("closes"), "{}: {text}", format.name);
        assert!(text.contains("1640-tcp-cert-responder"), "{}", format.name);
        assert!(text.contains("164O"), "{}", format.name);
    }
}

/// The lines of the seed with those of one record changed.
fn damaged(record: &Record, damage: impl Fn(&str) -> String) -> String {
    let line = usize::try_from(record.provenance.line_first).unwrap() - 1;
    let text = seed_text();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[line] = damage(&lines[line]);
    lines.join("\n") + "\n"
}

/// The text read as a capture of the seed's locale.
fn read(text: &str, vocabulary: &Vocabulary) -> Normalised {
    let table = read_capture("apple/de-de/page", "page.md", text.as_bytes()).unwrap();
    normalise(&table, text, "de-de", vocabulary)
}

fn vocabulary() -> Vocabulary {
    let files = sources().vocabulary().unwrap();
    let mut vocabulary = Vocabulary::new();
    for (path, text) in &files.phrases {
        vocabulary.add_phrases(path, text).unwrap();
    }
    let (path, text) = &files.products;
    vocabulary.add_products(path, text).unwrap();
    vocabulary
}

fn side(normalised: &Normalised) -> Side<'_> {
    Side {
        records: &normalised.records,
        unread: &normalised.unread,
    }
}

#[test]
fn no_row_of_the_seed_is_removed_by_a_damaged_port_cell() {
    assert_none_is_removed(SOME);
}

#[test]
#[ignore = "slow; .ci/run runs it"]
fn not_one_row_of_the_seed_is_removed_by_a_damaged_port_cell() {
    assert_none_is_removed(1);
}

/// Damages every so many rows.
fn assert_none_is_removed(step: usize) {
    let vocabulary = vocabulary();
    let seed = read(&seed_text(), &vocabulary);
    assert_eq!(seed.records.len(), 135);
    let damages: [(&str, Damage); 3] = [
        ("a letter for the last digit", |line| {
            let at = line.rfind(|c: char| c.is_ascii_digit()).unwrap();
            format!("{}x{}", &line[..at], &line[at + 1..])
        }),
        ("a letter before the port", |line| {
            line.replacen("**", "**x", 1)
        }),
        ("too high", |line| {
            let at = line.find(|c: char| c.is_ascii_digit()).unwrap();
            format!("{}99999{}", &line[..at], &line[at..])
        }),
    ];
    let mut removed = Vec::new();
    for record in seed.records.iter().step_by(step) {
        for (what, damage) in damages {
            let page = read(&damaged(record, damage), &vocabulary);
            let there = changes_between(side(&seed), side(&page));
            let back = changes_between(side(&page), side(&seed));
            if there.counts.unread == 1 {
                assert_unread(&there, Unreadable::New, &record.id, what);
                assert_unread(&back, Unreadable::Old, &record.id, what);
            } else {
                removed.push(format!("{}: {what}", record.id));
            }
        }
    }
    assert_eq!(removed, Vec::<String>::new());
}

/// What the changes say is gone: the ids of records, and the ports that close.
fn lost(changes: &Changes) -> BTreeSet<String> {
    let removed = changes.changes.iter().filter_map(|change| match change {
        Change::Removed { entry, .. } => Some(entry.id.clone()),
        _ => None,
    });
    let closed = changes.exposure.transports.iter().flat_map(|exposure| {
        let ranges = exposure.closed_ranges.ranges().iter();
        let ports = ranges.flat_map(|range| range.first()..=range.last());
        ports.map(|port| format!("{port} {:?}", exposure.transport))
    });
    removed.chain(closed).collect()
}

#[test]
fn a_damaged_port_cell_loses_nothing_against_another_language_and_year() {
    assert_nothing_is_lost(SOME);
}

#[test]
#[ignore = "slow; .ci/run runs it"]
fn no_damaged_port_cell_loses_anything_against_another_language_and_year() {
    assert_nothing_is_lost(1);
}

/// Damages every so many rows.
fn assert_nothing_is_lost(step: usize) {
    let vocabulary = vocabulary();
    let english = assemble(&sources(), Some("apple/en-us/2018-02-13")).unwrap();
    let english = Side {
        records: &english.records,
        unread: &english.rejected,
    };
    let seed = read(&seed_text(), &vocabulary);
    let before = lost(&changes_between(english, side(&seed)));
    let damages: [Damage; 5] = [
        |port| format!("{port}?"),
        |port| format!("x{port}"),
        |port| format!("{}?", &port[..port.len() - 1]),
        |port| format!("{port} (lokal)"),
        |_| "N? 0".into(),
    ];
    for record in seed.records.iter().step_by(step) {
        let port = &record.provenance.cells[0];
        for damage in damages {
            let text = damaged(record, |line| {
                line.replacen(port.as_str(), &damage(port), 1)
            });
            let page = read(&text, &vocabulary);
            assert_eq!(page.unread.len(), 1, "{}", damage(port));
            let after = lost(&changes_between(english, side(&page)));
            let more: Vec<&String> = after.difference(&before).collect();
            assert!(more.is_empty(), "{}: {more:?}", damage(port));
        }
    }
}
