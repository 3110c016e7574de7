//! The explorer's page: small, and no cell becomes a part of it.

use std::path::Path;

use appleports_emit::{output_set, site_explorer};
use appleports_model::{Dataset, PUBLISHERS};
use appleports_pipeline::assemble;
use appleports_store::SourceFolder;
use scraper::{Html, Selector};
use serde_json::{Value, json};

const SEED: &str = "apple/de-de/2015-10-23";
const TODAY: &str = "apple/en-us/2026-10-11";

fn dataset() -> Dataset {
    dataset_of(None)
}

fn dataset_of(capture: Option<&str>) -> Dataset {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    assemble(&SourceFolder::new(sources), capture).unwrap()
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

/// The data that the page's scripts read.
fn data(page: &str) -> Value {
    let html = Html::parse_document(page);
    let selector = Selector::parse("#data").unwrap();
    let element = html.select(&selector).next().unwrap();
    serde_json::from_str(&element.text().collect::<String>()).unwrap()
}

/// The record with this id in one of the page's lists.
fn record<'a>(data: &'a Value, list: &str, id: &str) -> &'a Value {
    let records = data[list].as_array().unwrap();
    records.iter().find(|record| record["id"] == id).unwrap()
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
    let former = dataset.former.iter_mut().map(|former| &mut former.record);
    for record in dataset.records.iter_mut().chain(former) {
        record.english_title = Some(hostile.to_owned());
        record.confirmed = Some(hostile.to_owned());
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
    let data = data(&text);
    for (list, count) in [
        ("records", dataset.records.len()),
        ("former", dataset.former.len()),
    ] {
        let records = data[list].as_array().unwrap();
        assert_eq!(records.len(), count);
        for record in records {
            assert_eq!(record["title"], hostile);
            assert_eq!(record["englishTitle"], hostile);
        }
    }
}

#[test]
fn the_page_knows_what_each_source_is() {
    let data = data(&page(&dataset_of(Some(TODAY))));
    let sources = data["sources"].as_array().unwrap();
    let remark = |id: &str| {
        let source = sources.iter().find(|source| source["id"] == id).unwrap();
        source.get("remark").map(|remark| remark.as_str().unwrap())
    };
    assert_eq!(remark(TODAY), Some("compiled from dated statements"));
    assert_eq!(remark(SEED), None);
}

#[test]
fn the_page_knows_the_publishers_whose_addresses_are_links() {
    let list = format!("const PUBLISHERS = {PUBLISHERS:?};");
    assert!(page(&dataset()).contains(&list), "{list}");
}

#[test]
fn what_left_the_article_is_no_row_of_it() {
    let dataset = dataset_of(Some(TODAY));
    let data = data(&page(&dataset));
    assert_eq!(
        record(&data, "former", "7777-tcp-cbt")["left"],
        json!([SEED, SEED])
    );
    assert_eq!(
        record(&data, "former", "2195-tcp")["left"],
        json!([SEED, "apple/en-us/2022-08-25"])
    );
    assert_eq!(
        data["former"].as_array().unwrap().len(),
        dataset.former.len()
    );
    let current = data["records"].as_array().unwrap();
    assert_eq!(current.len(), dataset.records.len());
    assert!(current.iter().all(|record| record.get("left").is_none()));
    assert!(current.iter().all(|record| record["id"] != "7777-tcp-cbt"));
}

#[test]
fn rows_have_their_day_of_confirmation_and_their_english_title() {
    let today = data(&page(&dataset_of(Some(TODAY))));
    let smtp = record(&today, "records", "25-tcp-smtp");
    assert_eq!(smtp["confirmed"], "2024");
    assert_eq!(smtp.get("englishTitle"), None);
    let codes = smtp["findings"].as_array().unwrap().iter();
    assert!(codes.into_iter().any(|finding| finding["code"] == "N071"));
    let seed = data(&page(&dataset_of(Some(SEED))));
    let ftp = record(&seed, "records", "21-tcp-ftp");
    assert_eq!(
        (ftp["title"].as_str(), ftp["englishTitle"].as_str()),
        (Some("FTP-Steuerung"), Some("FTP control"))
    );
}

#[test]
fn an_empty_dataset_is_a_page() {
    let mut dataset = dataset();
    dataset.records.clear();
    dataset.former.clear();
    dataset.findings.clear();
    let data = data(&page(&dataset));
    assert_eq!(
        (&data["records"], &data["former"]),
        (&json!([]), &json!([]))
    );
}

#[test]
fn the_page_alone_leads_to_no_pages_of_a_site() {
    let text = page(&dataset());
    assert_eq!(data(&text).get("site"), None);
    let html = Html::parse_document(&text);
    assert_eq!(count(&html, "head > meta[name=description]"), 1);
}

#[test]
fn the_first_page_of_the_site_has_its_head_and_its_links() {
    let dataset = dataset();
    let head = "<link rel=\"canonical\" href=\"https://ports.example/\">";
    let text = String::from_utf8(site_explorer(&dataset, head, "<nav>menu</nav>")).unwrap();
    assert_eq!(data(&text)["site"], json!(true));
    let html = Html::parse_document(&text);
    assert_eq!(count(&html, "body > nav"), 1);
    assert_eq!(count(&html, "head > link[rel=canonical]"), 1);
    assert_eq!(count(&html, "head > meta[name=description]"), 0);
    // Otherwise the same page: the policy that allows its script and style is the same.
    let policy = |text: &str| {
        let start = text.find("default-src").unwrap();
        text[start..].split('"').next().unwrap().to_owned()
    };
    assert_eq!(policy(&text), policy(&page(&dataset)));
}

#[test]
fn each_finding_on_the_page_has_the_title_of_its_rule() {
    let dataset = dataset();
    let data = data(&page(&dataset));
    let explained = data["explained"].as_object().unwrap();
    let codes: std::collections::BTreeSet<&str> = dataset
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    assert_eq!(explained.len(), codes.len());
    for rule in appleports_pipeline::rules() {
        if let Some(texts) = explained.get(rule.code) {
            assert_eq!(texts[0], rule.title, "{}", rule.code);
        }
    }
}

#[test]
fn no_import_or_export_is_left_in_the_script() {
    let text = page(&dataset());
    let script = &text[text.rfind("<script>").unwrap()..];
    let is_module = |line: &&str| line.starts_with("import ") || line.starts_with("export ");
    assert_eq!(script.lines().find(is_module), None);
}
