// What each fuzz target does with its bytes. The targets and the test that reads the kept
// corpus again (xtask/tests/it/corpus.rs) include this file, so that both ask the same.

use std::sync::LazyLock;

use appleports_audit::{Article, NOTATIONS, fix, judge, read};
use appleports_diff::{Body, Facts, Label, RENDERINGS, Report, changes, keyed_changes};
use appleports_emit::{Document, registry_services};
use appleports_ingest::{
    read_capture, read_registry, read_rfc_index, read_services, rfc_index_date,
};
use appleports_model::{Dataset, Record};
use appleports_normalise::{Vocabulary, normalise};

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::new();
    let phrases = include_str!("../sources/vocabulary/phrases/de.toml");
    vocabulary
        .add_phrases("de.toml", phrases)
        .expect("the committed phrases");
    let products = include_str!("../sources/vocabulary/products.toml");
    vocabulary
        .add_products("products.toml", products)
        .expect("the committed products");
    vocabulary
});

static KNOWN: LazyLock<Vec<Record>> = LazyLock::new(|| {
    let bytes = include_bytes!("seeds/dataset/three-records.json");
    Document::parse(bytes)
        .expect("the seed is a dataset")
        .records
        .into_owned()
});

static DATASET: LazyLock<Dataset> = LazyLock::new(|| Dataset {
    records: KNOWN.clone(),
    ..Dataset::default()
});

/// Any bytes as a capture: read, normalise, and count the rows.
pub(crate) fn capture(bytes: &[u8]) {
    let Ok(table) = read_capture("s", "p", bytes) else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let normalised = normalise(&table, &text, "de-de", &VOCABULARY);
    assert!(normalised.totals.balance());
    assert_eq!(
        normalised.records.len(),
        normalised.totals.rows_emitted as usize
    );
}

/// Any bytes as the `ports.json` of another output folder: compared both ways with a
/// dataset, and with itself; every rendering written.
pub(crate) fn dataset(bytes: &[u8]) {
    let Ok(document) = Document::parse(bytes) else {
        return;
    };
    let records = document.records;
    assert!(changes(&records, &records).is_empty());
    for (old, new) in [(&KNOWN[..], &records[..]), (&records[..], &KNOWN[..])] {
        let changes = changes(old, new);
        let applied = changes
            .apply(&facts(old))
            .expect("changes fit their own side");
        assert_eq!(applied, facts(new));
        render(Body::Records(changes));
    }
}

/// Any bytes as the IANA registry, CSV or XML: compared with itself and with nothing, and
/// written as services(5), which our own reader must read as it was meant.
pub(crate) fn registry(bytes: &[u8]) {
    let Ok(registry) = read_registry("e", "p", bytes) else {
        return;
    };
    let rows: Vec<_> = registry.entries().collect();
    assert!(rows.iter().all(|entry| entry.line > 0));
    let same = keyed_changes(&rows, &rows);
    assert!(same.is_empty());
    assert_eq!(same.unchanged, rows.len());
    let all = keyed_changes(&[], &rows);
    assert_eq!(all.added.len(), rows.len());
    render(Body::Registry(all));
    let written = registry_services(&registry, |_| true);
    let file = read_services("p", &written.bytes).expect("services(5) that we write");
    assert_eq!(file.entries().len(), written.entries);
}

/// Any bytes as the RFC index: text, XML or facts.
pub(crate) fn rfc_index(bytes: &[u8]) {
    let _ = rfc_index_date(bytes);
    if let Ok(index) = read_rfc_index("e", "p", bytes) {
        for entry in index.entries() {
            let _ = index.successors(entry.number);
        }
    }
}

/// Any bytes as a services(5) file.
pub(crate) fn services(bytes: &[u8]) {
    if let Ok(file) = read_services("p", bytes) {
        for entry in file.entries() {
            assert!(entry.port > 0 && entry.line > 0 && !entry.name.is_empty());
        }
    }
}

/// Any bytes as a person's list of ports, in each notation: every line and entry is accounted for,
/// and a corrected list is one.
pub(crate) fn lists(bytes: &[u8]) {
    let article = Article::new(&DATASET, &DATASET, None);
    let notations = NOTATIONS.iter().map(Some);
    for notation in std::iter::once(None).chain(notations) {
        let (Ok(mut list), Ok(text)) = (read(bytes, notation), std::str::from_utf8(bytes)) else {
            continue;
        };
        assert!(list.totals(text).balance());
        assert!(
            list.entries
                .iter()
                .all(|entry| text.get(entry.span.clone()).is_some())
        );
        let judged = judge("list", text, &list, &article);
        if let Some(fixed) = fix("list", text, &mut list, judged.edits, &article) {
            assert!(list.totals(&fixed.text).balance());
        }
    }
}

fn facts(records: &[Record]) -> Vec<Facts> {
    let mut facts: Vec<Facts> = records.iter().map(Facts::of).collect();
    facts.sort_unstable();
    facts
}

fn render(body: Body) {
    let report = Report {
        old: Label::default(),
        new: Label::default(),
        body,
    };
    for rendering in RENDERINGS {
        let _ = (rendering.write)(&report);
    }
}
