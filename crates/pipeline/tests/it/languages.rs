//! Every language of the vocabulary, on the committed capture and on single rows.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use appleports_ingest::read_capture;
use appleports_model::{Column, RawCell, RawRow, RawTable, Record, Registration, Transport};
use appleports_normalise::{Normalised, Vocabulary, normalise};
use proptest::prelude::*;

use crate::pages::{self, Era};

/// The languages that the article is known to appear in and that must be covered.
const LANGUAGES: [&str; 23] = [
    "ar", "cs", "da", "de", "en", "es", "fi", "fr", "he", "it", "ja", "ko", "nl", "no", "pl", "pt",
    "ru", "sv", "th", "tr", "uk", "zh-cn", "zh-tw",
];

/// Those that put "and" between words without spaces.
const WITHOUT_SPACES: [&str; 7] = ["ar", "he", "ja", "ko", "th", "zh-cn", "zh-tw"];

/// In how many layouts the capture can be written.
const LAYOUTS: usize = 6;

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources")
}

/// The phrases of each language, as the files have them.
fn phrases() -> BTreeMap<String, toml::Table> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(sources().join("vocabulary/phrases")).unwrap() {
        let path = entry.unwrap().path();
        let table: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        all.insert(stem, table);
    }
    all
}

fn list(table: &toml::Table, key: &str) -> Vec<String> {
    let values = table
        .get(key)
        .and_then(toml::Value::as_array)
        .cloned()
        .unwrap_or_default();
    values
        .iter()
        .filter_map(|value| Some(value.as_str()?.to_owned()))
        .collect()
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut vocabulary = Vocabulary::new();
    for (language, table) in phrases() {
        vocabulary
            .add_phrases(&language, &table.to_string())
            .unwrap();
    }
    let products = fs::read_to_string(sources().join("vocabulary/products.toml")).unwrap();
    vocabulary.add_products("products.toml", &products).unwrap();
    vocabulary
});

fn run(cells: &[String; 6], locale: &str) -> Normalised {
    let raw = RawRow {
        confirmed: None,
        cells: cells.clone().map(|text| {
            Some(RawCell {
                text,
                place: 1.into(),
            })
        }),
        captured: cells.to_vec(),
        place: 1.into(),
        line_last: 6,
    };
    let table = RawTable {
        source: "s".into(),
        layout: "test",
        columns: Column::ALL.to_vec(),
        rows: vec![raw],
        rejected: vec![],
        findings: vec![],
    };
    normalise(&table, "", locale, &VOCABULARY)
}

fn row(cells: [&str; 6], locale: &str) -> (Record, Vec<String>) {
    let mut normalised = run(&cells.map(str::to_owned), locale);
    let codes = normalised
        .findings
        .iter()
        .map(|finding| finding.code.clone())
        .collect();
    (normalised.records.remove(0), codes)
}

#[test]
fn every_language_is_complete() {
    let all = phrases();
    for language in LANGUAGES {
        assert!(all.contains_key(language), "{language} has no file");
    }
    for (file, table) in &all {
        assert_eq!(table["language"].as_str(), Some(file.as_str()));
        assert!(!table["name"].as_str().unwrap().is_empty());
        for key in [
            "unregistered",
            "registered",
            "deprecated",
            "note",
            "and",
            "or",
        ] {
            let values = list(table, key);
            assert!(!values.is_empty(), "{file}: {key} is empty");
            assert!(
                values
                    .iter()
                    .all(|value| value.trim() == value && !value.is_empty())
            );
        }
    }
}

#[test]
fn every_phrase_of_every_language_is_understood() {
    for (language, table) in phrases() {
        let locale = format!("{language}-xx");
        for key in ["unregistered", "registered", "deprecated"] {
            for phrase in list(&table, key) {
                for (open, close) in [
                    ("(", ")"),
                    ("（", "）"),
                    (" [", "]"),
                    ("【", "】"),
                    (" - ", ""),
                ] {
                    let title = format!("Name{open}{phrase}{close}");
                    let cells = ["80", "TCP", &title, "-", "http", "-"].map(str::to_owned);
                    let record = run(&cells, &locale).records.remove(0);
                    let expected = match key {
                        "unregistered" => (Registration::Unregistered, false),
                        "registered" => (Registration::Registered, false),
                        _ => (Registration::Unstated, true),
                    };
                    assert_eq!(
                        (record.registration, record.deprecated),
                        expected,
                        "{language}: {title}"
                    );
                    assert_eq!(record.title, "Name", "{language}: {title}");
                }
            }
        }
        for note in list(&table, "note") {
            for colon in [":", "："] {
                let used_by = format!("Mail. {note}{colon} 80 % (TCP)");
                let cells = ["80", "TCP", "-", "-", "-", &used_by].map(str::to_owned);
                let record = run(&cells, &locale).records.remove(0);
                assert_eq!(record.note, "80 % (TCP)", "{language}: {used_by}");
                assert_eq!(record.products, ["Mail"], "{language}: {used_by}");
            }
        }
        for joiner in [list(&table, "and"), list(&table, "or")].concat() {
            let joined = |a: &str, b: &str| format!("{a} {joiner} {b}");
            let mut forms = vec![(joined("8821", "8826"), joined("TCP", "UDP"))];
            if WITHOUT_SPACES.contains(&language.as_str()) {
                forms.push((format!("8821{joiner}8826"), format!("TCP{joiner}UDP")));
            }
            for (ports, transports) in forms {
                let cells = [ports.as_str(), &transports, "-", "-", "-", "-"].map(str::to_owned);
                let normalised = run(&cells, &locale);
                assert_eq!(normalised.totals.rows_rejected, 0, "{language}: {ports}");
                let record = &normalised.records[0];
                assert_eq!(record.ports.len(), 2, "{language}: {ports}");
                assert_eq!(
                    record.transports,
                    [Transport::Tcp, Transport::Udp],
                    "{language}: {transports}"
                );
                assert_eq!(normalised.findings, [], "{language}: {transports}");
            }
        }
    }
}

/// What a row says in any language.
fn facts(record: &Record) -> String {
    format!(
        "{} {:?} {:?} {:?} {:?} {:?} {}",
        record.id,
        record.ports,
        record.transports,
        record.port_names,
        record.rfcs,
        record.registration,
        record.deprecated
    )
}

#[test]
fn the_capture_says_the_same_in_every_language() {
    assert_says_the_same(|language, layout| language % LAYOUTS == layout);
}

#[test]
#[ignore = "slow; .ci/run runs it"]
fn the_capture_says_the_same_in_every_language_and_layout() {
    assert_says_the_same(|_, _| true);
}

/// Translates the capture into each language, and writes it in the layouts that are wanted for
/// the language, both by their numbers.
fn assert_says_the_same(is_wanted: impl Fn(usize, usize) -> bool) {
    let path = sources().join("apple/de-de/2015-10-23/capture.md");
    let table = read_capture("s", "p", &fs::read(path).unwrap()).unwrap();
    let all = phrases();
    let german: Vec<String> = normalise(&table, "", "de-de", &VOCABULARY)
        .records
        .iter()
        .map(facts)
        .collect();
    assert_eq!(german.len(), 135);
    for (at, (language, phrases)) in all.iter().enumerate() {
        let mut translated = table.clone();
        for row in &mut translated.rows {
            for cell in row.cells.iter_mut().flatten() {
                for key in ["unregistered", "registered", "deprecated"] {
                    let to = &list(phrases, key)[0];
                    for from in list(&all["de"], key) {
                        let capital = from[..1].to_uppercase() + &from[1..];
                        for from in [from, capital] {
                            cell.text = cell.text.replace(&format!("({from})"), &format!("({to})"));
                            cell.text = cell
                                .text
                                .replace(&format!("- {from})"), &format!("- {to})"));
                        }
                    }
                }
                let and = &list(phrases, "and")[0];
                cell.text = cell.text.replace("TCP/UDP", &format!("TCP {and} UDP"));
            }
        }
        let locale = format!("{language}-xx");
        let records = normalise(&translated, "", &locale, &VOCABULARY).records;
        let shown: Vec<String> = records.iter().map(facts).collect();
        assert_eq!(shown, german, "{language}");
        let written = written(&translated);
        assert_eq!(written.len(), LAYOUTS);
        let wanted = (0..)
            .zip(written)
            .filter(|(layout, _)| is_wanted(at, *layout));
        for (_, (layout, page)) in wanted {
            let table = read_capture("s", "p", page.as_bytes()).unwrap();
            assert_eq!(table.layout, layout.split(' ').next().unwrap());
            let records = normalise(&table, &page, &locale, &VOCABULARY).records;
            let shown: Vec<String> = records.iter().map(facts).collect();
            assert_eq!(shown, german, "{language} as {layout}");
        }
    }
}

/// The table as a page, in each layout that can carry all of it.
fn written(table: &RawTable) -> Vec<(&'static str, String)> {
    let rows: Vec<pages::Row> = table
        .rows
        .iter()
        .map(|row| {
            Column::ALL.map(|column| {
                let text = row.text(column).replace("**", "");
                let lines: Vec<&str> = text
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty())
                    .collect();
                if lines.is_empty() {
                    "-".to_owned()
                } else {
                    lines.join("\n")
                }
            })
        })
        .collect();
    let (y2015, y2018, y2024) = (Era::Y2015, Era::Y2018, Era::Y2024);
    vec![
        ("html of today", pages::html_today(&rows, y2024)),
        ("html without wrappers", pages::html_bare(&rows, y2018)),
        ("html of old", pages::html_old(&rows, y2015)),
        ("pipe-table", pages::pipes(&rows, y2018, false, true)),
        (
            "pipe-table without its line",
            pages::pipes(&rows, y2015, true, false),
        ),
        ("csv", pages::delimited(&rows, y2024, ',')),
    ]
}

#[test]
fn a_language_without_a_vocabulary_gives_what_needs_none() {
    let cells = [
        "53",
        "TCP vagy UDP",
        "DNS (nem regisztrált)",
        "1034",
        "domain",
        "MacDNS",
    ];
    let (record, codes) = row(cells, "hu-hu");
    assert_eq!(record.transports, [], "`vagy` may be a \"not\"");
    assert_eq!(
        (record.rfcs, record.service_name.as_str()),
        (vec![1034], "domain")
    );
    assert_eq!(record.registration, Registration::Unstated);
    assert!(
        codes.contains(&"N061".to_owned()) && codes.contains(&"N062".to_owned()),
        "{codes:?}"
    );
    let (_, codes) = row(["53", "TCP", "DNS", "1034", "domain", "MacDNS"], "zh-hk");
    assert!(!codes.contains(&"N062".to_owned()), "written as in Taiwan");
    // Only a joiner may stand between: this says something else.
    let (record, _) = row(["53", "not TCP but UDP", "-", "-", "-", "-"], "en-us");
    assert_eq!(record.transports, []);
}

#[test]
fn a_translated_service_name_is_invalid_and_stays() {
    let (record, codes) = row(["53", "TCP/UDP", "DNS", "1034", "domän", "-"], "sv-se");
    assert_eq!(record.service_name, "domän");
    assert!(codes.contains(&"N030".to_owned()), "{codes:?}");
}

#[test]
fn other_characters_are_read_as_plain_ones() {
    let cells = [
        "５２２２、５２２３",
        "ＴＣＰ",
        "X",
        "６１２０",
        "ｘｍｐｐ",
        "-",
    ];
    let (record, codes) = row(cells, "ja-jp");
    assert_eq!(record.ports.len(), 2);
    assert_eq!(
        (record.rfcs, record.service_name.as_str()),
        (vec![6120], "xmpp")
    );
    assert_eq!(codes, ["N060"]);
    let (record, _) = row(["٥٢٢٢", "\u{200f}TCP و UDP", "X", "—", "—", "—"], "ar-sa");
    assert_eq!(record.id, "5222-tcp+udp");
    assert_eq!(record.ports[0].first(), 5222);
}

fn hidden() -> impl Strategy<Value = char> {
    prop::sample::select(vec![
        '\u{200b}', '\u{200e}', '\u{200f}', '\u{ad}', '\u{2060}', '\u{feff}', '\u{202a}',
        '\u{202c}',
    ])
}

proptest! {
    #[test]
    fn invisible_characters_change_nothing(at in prop::collection::vec((0..6_usize, 0..12_usize, hidden()), 0..8)) {
        let plain = ["8821-8826", "TCP/UDP", "Stored (registered use)", "2818", "stored", "Mail, Notes. Note: x"].map(str::to_owned);
        let mut marked = plain.clone();
        for (cell, place, mark) in at {
            let count = marked[cell].chars().count();
            let index = marked[cell].char_indices().nth(place % count).map_or(0, |(index, _)| index);
            if ![0, 3].contains(&cell) || !crate::common::is_between_digits(&marked[cell], index) {
                marked[cell].insert(index, mark);
            }
        }
        let (mut a, mut b) = (run(&plain, "en-us").records, run(&marked, "en-us").records);
        for record in a.iter_mut().chain(&mut b) {
            record.provenance.cells.clear();
        }
        prop_assert_eq!(a, b);
    }

    #[test]
    fn full_width_forms_change_nothing(cells in prop::collection::vec(any::<bool>(), 4)) {
        let plain = ["8821-8826", "TCP/UDP", "X", "2818", "stored", "-"].map(str::to_owned);
        let mut wide = plain.clone();
        for (cell, _) in [0, 1, 3, 4].into_iter().zip(cells).filter(|(_, widen)| *widen) {
            wide[cell] = wide[cell]
                .chars()
                .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
                .collect();
        }
        let facts = |cells| run(cells, "ja-jp").records.iter().map(facts).collect::<Vec<_>>();
        prop_assert_eq!(facts(&plain), facts(&wide));
    }
}
