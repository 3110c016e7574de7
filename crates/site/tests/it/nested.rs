//! Ranges that lie in each other: what a page lists of them is bounded.

use appleports_model::{Dataset, PortRange};

use crate::made::{URL, dataset, site_of};

/// A dataset of rows whose ranges lie in each other.
fn nested(rows: u16) -> Dataset {
    let mut dataset = dataset().clone();
    let model = dataset.records[0].clone();
    dataset.former.clear();
    dataset.findings.clear();
    dataset.records = (0..rows)
        .map(|at| {
            let mut record = model.clone();
            record.id = format!("{at}-nested");
            record.ports = vec![PortRange::new(1_000 + at, 60_000 - at).unwrap()];
            record.cross_check.clear();
            record.port_names.clear();
            record
        })
        .collect();
    dataset
}

fn bytes(rows: u16) -> usize {
    let files = site_of(&nested(rows), URL).unwrap();
    let ports = files.iter().filter(|(path, _)| path.contains("port/"));
    ports.map(|(_, bytes)| bytes.len()).sum()
}

#[test]
fn the_site_of_nested_ranges_grows_with_their_number() {
    let (some, more) = (bytes(200), bytes(400));
    assert!(more < some * 5 / 2, "{some} bytes, then {more}");
}

#[test]
fn a_page_lists_thirty_ranges_and_counts_the_others() {
    let files = site_of(&nested(80), URL).unwrap();
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let page = text("port/1079-59921/index.html");
    assert!(page.contains("<li>and 49 more</li>"), "{page}");
    assert!(page.contains(" and 49 more. "), "{page}");
    let data = text("api/v1/port/1079-59921.json");
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    assert_eq!(data["sharing"].as_array().unwrap().len(), 30);
    assert_eq!(data["sharing_more"], 49);
    let few = site_of(&nested(31), URL).unwrap();
    let data = String::from_utf8(few["api/v1/port/1000-60000.json"].clone()).unwrap();
    assert!(!data.contains("sharing_more"), "{data}");
}
