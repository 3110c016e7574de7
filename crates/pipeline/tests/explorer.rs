//! The explorer's page: small, and no cell becomes a part of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

use std::path::Path;

use appleports_emit::output_set;
use appleports_model::Dataset;
use appleports_pipeline::assemble;
use appleports_store::SourceFolder;
use scraper::{Html, Selector};

fn dataset() -> Dataset {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    assemble(&SourceFolder::new(sources), None).unwrap()
}

fn page(dataset: &Dataset) -> String {
    let outputs = output_set(dataset, Vec::new());
    let page = outputs
        .into_iter()
        .find(|output| output.name == "explorer/index.html");
    String::from_utf8(page.unwrap().bytes).unwrap()
}

fn count(page: &Html, selector: &str) -> usize {
    page.select(&Selector::parse(selector).unwrap()).count()
}

#[test]
fn the_page_fits_a_phone() {
    assert!(page(&dataset()).len() < 300_000);
}

#[test]
fn no_cell_becomes_a_part_of_the_page() {
    let mut dataset = dataset();
    let hostile =
        "</script><script>1</script><!--<script><img src=x>{{data}}{{policy}}\u{2028}\u{202e}";
    for record in &mut dataset.records {
        record.title = hostile.to_owned();
        record.used_by = hostile.to_owned();
        record.note = hostile.to_owned();
        record.service_name = hostile.to_owned();
        record.products = vec![hostile.to_owned()];
        record.provenance.cells = vec![hostile.to_owned()];
    }
    for finding in &mut dataset.findings {
        finding.message = hostile.to_owned();
    }
    let text = page(&dataset);
    assert!(!text.contains(['\u{2028}', '\u{202e}']));
    let html = Html::parse_document(&text);
    assert_eq!((count(&html, "script"), count(&html, "img")), (2, 0));
    let data = html
        .select(&Selector::parse("#data").unwrap())
        .next()
        .unwrap();
    let data: serde_json::Value = serde_json::from_str(&data.text().collect::<String>()).unwrap();
    let records = data["records"].as_array().unwrap();
    assert_eq!(records.len(), dataset.records.len());
    for record in records {
        assert_eq!(record["title"], hostile);
    }
}

#[test]
fn an_empty_dataset_is_a_page() {
    let mut dataset = dataset();
    dataset.records.clear();
    dataset.findings.clear();
    assert!(page(&dataset).contains("\"records\":[]"));
}
