//! How much a side of `diff` may have: a `ports.json` or `ports.csv` may be a stranger's.

use std::fs;

use crate::diff::{diff, ports_json};
use crate::run::{stderr, stdout};
use crate::seed;

#[test]
fn a_side_lists_at_most_twenty_thousand_products() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset: serde_json::Value = serde_json::from_str(&ports_json()).unwrap();
    // What a row lists is in its products, and in the text that they are from.
    for row in dataset["records"].as_array_mut().unwrap() {
        row["products"] = Vec::<String>::new().into();
        row["used_by"] = "".into();
    }
    dataset["records"][0]["transports"] = vec!["tcp"].into();
    dataset["records"][0]["products"] = (0..5_000).map(|at| format!("a{at}")).collect();
    dataset["records"][1]["used_by"] = "a,".repeat(15_000).into();
    let file = folder.path().join("ports.json");
    fs::write(&file, dataset.to_string()).unwrap();
    diff(folder.path(), &["ports.json", "ports.json"]).code(0);
    dataset["records"][4]["used_by"] = "a, b".into();
    fs::write(&file, dataset.to_string()).unwrap();
    let refused = diff(folder.path(), &["ports.json", "ports.json"]).code(2);
    let expected = "ports.json: its rows have more than 20000 products in their lists";
    assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
}

#[test]
fn a_side_gives_at_most_10000_ports_to_products() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("output")).unwrap();
    let mut dataset: serde_json::Value = serde_json::from_str(&ports_json()).unwrap();
    let rows = dataset["records"].as_array_mut().unwrap();
    rows.truncate(1);
    // Each counts for the transports, too.
    rows[0]["transports"] = vec!["tcp", "udp"].into();
    rows[0]["products"] = (0..25).map(|at| format!("a{at}")).collect();
    let mut write = |ports: u16| {
        let range = |at: u16| serde_json::json!({"first": 1 + 2 * at, "last": 1 + 2 * at});
        dataset["records"][0]["ports"] = (0..ports).map(range).collect();
        let text = dataset.to_string();
        fs::write(folder.path().join("output/ports.json"), text).unwrap();
    };
    write(200);
    diff(folder.path(), &["output", "output"]).code(0);
    write(201);
    let refused = diff(folder.path(), &["output", "output"]).code(2);
    let expected = "ports.json: its rows have more than 10000 ports and ranges of their products";
    assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    // Nor does a build say how it differs from such an output.
    let built = crate::run::appleports(folder.path(), &["build", "--output", "output"]);
    assert!(
        stdout(&built).contains(&format!("not compared: output/{expected}")),
        "{}",
        stdout(&built)
    );
}

#[test]
fn a_side_has_at_most_as_many_rows_as_a_capture() {
    let folder = tempfile::tempdir().unwrap();
    let table = fs::read_to_string(seed::output().join("ports.csv")).unwrap();
    let mut lines = table.lines();
    let (heading, row) = (lines.next().unwrap(), lines.next().unwrap());
    let (_, rest) = row.split_once(',').unwrap();
    let with = |count: usize| {
        let rows: Vec<String> = (0..count).map(|at| format!("a{at},{rest}\n")).collect();
        let table = format!("{heading}\n{}", rows.concat());
        fs::write(folder.path().join("ports.csv"), table).unwrap();
        diff(folder.path(), &["ports.csv", "ports.csv"])
    };
    with(2_500).code(0);
    let refused = with(2_501).code(2);
    let expected = "ports.csv: more than 2500 rows";
    assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
}

/// An id is told again with each row that was split from its row, and a text with each row that it may
/// be.
#[test]
fn a_row_has_no_more_text_than_those_of_an_article() {
    let folder = tempfile::tempdir().unwrap();
    let dataset: serde_json::Value = serde_json::from_str(&ports_json()).unwrap();
    let with = |place: &str, length: usize| {
        let mut dataset = dataset.clone();
        *dataset.pointer_mut(place).unwrap() = "x".repeat(length).into();
        fs::write(folder.path().join("ports.json"), dataset.to_string()).unwrap();
        diff(folder.path(), &["ports.json", "ports.json"])
    };
    for (place, limit) in [
        ("/records/3/id", 1_000),
        ("/records/3/provenance/source", 1_000),
        ("/records/3/service_name", 65_536),
        ("/records/3/title", 65_536),
        ("/records/3/used_by", 65_536),
        ("/records/3/note", 65_536),
        ("/records/3/products/0", 65_536),
        ("/records/3/used_by_parts/0/text", 65_536),
        ("/records/3/used_by_parts/0/qualifier", 65_536),
        ("/records/3/used_by_parts/0/products/0", 65_536),
        ("/records/3/cross_check/0/iana_names/0", 65_536),
        ("/records/3/provenance/cells/0", 65_536),
    ] {
        with(place, limit - 500).code(0);
        let refused = with(place, limit + 1).code(2);
        let expected = format!("bytes of text (limit {limit}), and no row");
        let message = stderr(&refused);
        assert!(message.contains(&expected), "{place}: {message}");
    }
}

#[test]
fn a_side_has_at_most_10000_names_of_single_ports() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset: serde_json::Value = serde_json::from_str(&ports_json()).unwrap();
    let name = |at: usize| serde_json::json!({"port": 1 + at, "name": ""});
    let mut with = |count: usize| {
        dataset["records"][0]["port_names"] = (0..count).map(name).collect();
        fs::write(folder.path().join("ports.json"), dataset.to_string()).unwrap();
        diff(folder.path(), &["ports.json", "ports.json"])
    };
    with(9_000).code(0);
    let refused = with(10_001).code(2);
    let expected = "ports.json: its rows have more than 10000 names of single ports";
    assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
}

/// Rows of as many sources are not looked for among each other before they are counted.
#[test]
fn a_table_names_its_sources_in_linear_time() {
    let folder = tempfile::tempdir().unwrap();
    let table = fs::read_to_string(seed::output().join("ports.csv")).unwrap();
    let heading = table.lines().next().unwrap();
    let row = |at: usize| format!("r{at},1,1,tcp,s,t,,,false,,,,match,,source{at},1,,\n");
    let rows: Vec<String> = (0..400_000).map(row).collect();
    let table = format!("{heading}\n{}", rows.concat());
    fs::write(folder.path().join("ports.csv"), table).unwrap();
    let refused = diff(folder.path(), &["ports.csv", "ports.csv"]).code(2);
    let expected = "ports.csv: more than 2500 rows";
    assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
}
