//! The codes of each row: in `ports.csv`, and counted in the report.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use appleports_emit::FORMATS;
use appleports_model::{Dataset, Finding, Transport};
use appleports_pipeline::assemble;
use appleports_store::SourceFolder;

static DATASET: LazyLock<Dataset> = LazyLock::new(|| {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    assemble(&SourceFolder::new(sources), Some("apple/de-de/2015-10-23")).unwrap()
});

fn written(dataset: &Dataset, format: &str) -> String {
    let format = FORMATS.iter().find(|known| known.name == format).unwrap();
    String::from_utf8((format.write)(dataset).0).unwrap()
}

fn rows(dataset: &Dataset) -> Vec<csv::StringRecord> {
    let text = written(dataset, "csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

/// The place of a column.
fn column(name: &str) -> usize {
    let text = written(&DATASET, "csv");
    let mut headings = text.lines().next().unwrap().split(',');
    headings.position(|heading| heading == name).unwrap()
}

#[test]
fn a_column_has_the_codes_of_the_row() {
    let codes_of = column("findings");
    for row in rows(&DATASET) {
        let (id, ports, transport) = (&row[0], (&row[1], &row[2]), &row[3]);
        let is_own = |finding: &&Finding| {
            finding.record.as_deref() == Some(id)
                && (finding.rows.is_empty()
                    || finding.rows.iter().any(|(range, row_transport)| {
                        (range.first().to_string(), range.last().to_string())
                            == (ports.0.to_owned(), ports.1.to_owned())
                            && row_transport.map_or("", Transport::as_str) == transport
                    }))
        };
        let codes = DATASET
            .findings
            .iter()
            .filter(is_own)
            .map(|finding| &*finding.code);
        let codes: BTreeSet<&str> = codes.collect();
        let codes: Vec<&str> = codes.into_iter().collect();
        assert_eq!(row[codes_of], codes.join(" "), "{id} {ports:?} {transport}");
    }
}

#[test]
fn a_finding_about_one_row_is_not_in_the_others_of_the_record() {
    let mut dataset = DATASET.clone();
    let record = dataset
        .records
        .iter()
        .find(|record| record.transports.len() == 2);
    let record = record.unwrap().clone();
    let finding = dataset.findings[0].clone().about(&record.id);
    let row = (record.ports[0], Some(Transport::Udp));
    dataset.findings = vec![finding.on([row])];
    let codes: Vec<(String, String)> = rows(&dataset)
        .into_iter()
        .filter(|row| row[0] == *record.id)
        .map(|row| (row[3].to_owned(), row[column("findings")].to_owned()))
        .collect();
    let code = &dataset.findings[0].code;
    assert_eq!(
        codes,
        [("tcp".into(), String::new()), ("udp".into(), code.clone())]
    );
}

#[test]
fn the_report_does_not_count_a_doubted_match_as_agreed() {
    let all = rows(&DATASET);
    let is_match = |row: &&csv::StringRecord| &row[column("iana_status")] == "match";
    let doubted = all
        .iter()
        .filter(is_match)
        .filter(|row| row[column("findings")].contains("I011"));
    let doubted = doubted.count();
    let agreed = all.iter().filter(is_match).count() - doubted;
    assert!(doubted > 10 && agreed > 50, "{doubted} {agreed}");
    let report = written(&DATASET, "report");
    let line = |name: &str, count: usize| format!("\n| {name} | {count} | ");
    assert!(report.contains(&line("match", agreed)), "{report}");
    let apart = line("match, but registered for something else", doubted);
    assert!(report.contains(&apart), "{report}");
}
