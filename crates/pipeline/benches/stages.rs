//! `cargo bench -p appleports-pipeline`: each stage alone, on the committed sources.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark stops where it fails"
)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use appleports_check::cross_check;
use appleports_diff::{changes, keyed_changes};
use appleports_emit::{FORMATS, registry_services};
use appleports_ingest::{read_capture, read_registry};
use appleports_model::{Dataset, RawTable};
use appleports_normalise::{Vocabulary, normalise};
use appleports_pipeline::assemble;
use appleports_store::SourceFolder;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const CAPTURE: &str = "apple/de-de/2015-10-23";

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources")
}

static REGISTRY: LazyLock<Vec<u8>> =
    LazyLock::new(|| fs::read(sources().join("iana/2015-07-30.csv")).unwrap());

static PAGE: LazyLock<Vec<u8>> =
    LazyLock::new(|| fs::read(sources().join(CAPTURE).join("capture.md")).unwrap());

static TABLE: LazyLock<RawTable> = LazyLock::new(|| read_capture(CAPTURE, "p", &PAGE).unwrap());

/// The capture as a page, in one line or with a line for each cell.
static PAGES: LazyLock<[(&str, String); 2]> =
    LazyLock::new(|| [("lines", page("\n")), ("minified", page(""))]);

fn page(between: &str) -> String {
    let head = "<!doctype html><html lang=\"de-de\"><head><title>TCP- und UDP-Ports für Geräte</title></head>";
    let rows = TABLE.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| {
            let text = cell.as_ref().map_or("-", |cell| cell.text.as_str());
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let text = text.replace('\n', "<br>");
            format!("<td class=\"cell\"><p class=\"gb-paragraph\">{text}</p></td>{between}")
        });
        format!("<tr>{}</tr>{between}", cells.collect::<String>())
    });
    let rows: String = rows.collect();
    format!("{head}<body><table>{between}{rows}</table></body></html>{between}")
}

static DATASET: LazyLock<Dataset> =
    LazyLock::new(|| assemble(&SourceFolder::new(sources()), Some(CAPTURE)).unwrap());

fn vocabulary() -> Vocabulary {
    let files = SourceFolder::new(sources()).vocabulary().unwrap();
    let mut vocabulary = Vocabulary::new();
    for (path, text) in &files.phrases {
        vocabulary.add_phrases(path, text).unwrap();
    }
    vocabulary
        .add_products(&files.products.0, &files.products.1)
        .unwrap();
    vocabulary
}

#[divan::bench]
fn a_read_registry_csv(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_slice(&**REGISTRY))
        .bench(|| read_registry("e", "p", black_box(&REGISTRY)).unwrap());
}

#[divan::bench]
fn b_floor_csv_crate_counts_records(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_slice(&**REGISTRY))
        .bench(|| csv_records(black_box(&REGISTRY)));
}

fn csv_records(bytes: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut count = 0;
    while reader.read_byte_record(&mut record).unwrap() {
        count += 1;
    }
    count
}

#[divan::bench]
fn c_registry_to_services(bencher: Bencher) {
    let registry = read_registry("e", "p", &REGISTRY).unwrap();
    bencher.bench(|| registry_services(black_box(&registry), |_| true));
}

#[divan::bench]
fn d_compare_editions(bencher: Bencher) {
    let registry = read_registry("e", "p", &REGISTRY).unwrap();
    let rows: Vec<_> = registry.entries().collect();
    bencher.bench(|| keyed_changes(black_box(&rows), &rows));
}

#[divan::bench]
fn e_read_capture(bencher: Bencher) {
    bencher
        .counter(BytesCount::of_slice(&**PAGE))
        .bench(|| read_capture(CAPTURE, "p", black_box(&PAGE)).unwrap());
}

#[divan::bench]
fn f_read_vocabulary(bencher: Bencher) {
    bencher.bench(vocabulary);
}

#[divan::bench]
fn g_normalise(bencher: Bencher) {
    let (vocabulary, text) = (vocabulary(), String::from_utf8(PAGE.clone()).unwrap());
    bencher.bench(|| normalise(black_box(&TABLE), &text, "de-de", &vocabulary));
}

#[divan::bench(args = ["lines", "minified"])]
fn m_page_to_records(bencher: Bencher, name: &str) {
    let words = vocabulary();
    let (_, page) = PAGES.iter().find(|(own, _)| *own == name).unwrap();
    bencher.counter(BytesCount::of_str(page)).bench(|| {
        let table = read_capture(CAPTURE, "p", black_box(page.as_bytes())).unwrap();
        normalise(&table, page, "de-de", &words)
    });
}

#[divan::bench(args = ["lines", "minified"])]
fn n_floor_html5ever_parses_the_page(bencher: Bencher, name: &str) {
    let (_, page) = PAGES.iter().find(|(own, _)| *own == name).unwrap();
    bencher.counter(BytesCount::of_str(page)).bench(|| {
        scraper::Html::parse_document(black_box(page))
            .tree
            .nodes()
            .count()
    });
}

#[divan::bench]
fn h_cross_check(bencher: Bencher) {
    let registry = read_registry("e", "p", &REGISTRY).unwrap();
    bencher
        .with_inputs(|| (DATASET.records.clone(), registry.clone()))
        .bench_values(|(mut records, registry)| {
            cross_check(&mut records, &registry);
            records
        });
}

#[divan::bench]
fn i_compare_datasets(bencher: Bencher) {
    let old = &DATASET.records;
    let mut new = old.clone();
    new.truncate(new.len() - 5);
    bencher.bench(|| changes(black_box(old), &new));
}

#[divan::bench(args = FORMATS.iter().map(|format| format.name))]
fn j_write(bencher: Bencher, name: &str) {
    let format = FORMATS.iter().find(|format| format.name == name).unwrap();
    bencher.bench(|| (format.write)(black_box(&DATASET)));
}
