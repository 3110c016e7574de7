//! What reviewers read: the committed sources as text, in `snapshots/`.
//!
//! One named file each and one line per record, so that a change of one cell in
//! the article changes one line here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests panic where they fail"
)]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use appleports_emit::output_set;
use appleports_model::{Dataset, Transport};
use appleports_pipeline::{assemble, rules};
use appleports_store::SourceFolder;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn dataset() -> Dataset {
    assemble(&SourceFolder::new(root().join("sources")), None)
        .expect("the committed sources can be read")
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn list<T: ToString>(items: &[T], separator: &str) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(separator)
}

#[test]
fn the_dataset_as_a_compact_table() {
    let mut text = String::new();
    for record in &dataset().records {
        let transports: Vec<&str> = record
            .transports
            .iter()
            .copied()
            .map(Transport::as_str)
            .collect();
        let verdicts: Vec<String> = record
            .cross_check
            .iter()
            .map(|check| format!("{}({})", check.iana_status, check.iana_names.join(" ")))
            .collect();
        let mut verdicts = verdicts;
        verdicts.dedup();
        let names: Vec<String> = record
            .port_names
            .iter()
            .map(|entry| format!("{}={}", entry.port, entry.name))
            .collect();
        let mut marks = vec![record.registration.as_str().to_owned()];
        marks.push(if record.deprecated { "deprecated" } else { "" }.to_owned());
        marks.retain(|mark| !mark.is_empty());
        writeln!(
            text,
            "{} {} | {} {} | {} | rfc {} | {} | {} | {} | {}",
            list(&record.ports, "+"),
            transports.join("/"),
            record.service_name,
            names.join(","),
            record.title,
            list(&record.rfcs, " "),
            marks.join(" "),
            record.products.join("; "),
            record.note,
            verdicts.join(" "),
        )
        .unwrap();
    }
    snapshot("dataset", &text);
}

#[test]
fn the_findings() {
    let mut text = String::new();
    for finding in &dataset().findings {
        // No lines of the capture: a row more or less must not change all that follow.
        let message = match finding.message.rsplit_once(" on line ") {
            Some((before, line)) if line.parse::<u32>().is_ok() => before,
            _ => &finding.message,
        };
        let record = if finding.record.is_empty() {
            "-"
        } else {
            &finding.record
        };
        writeln!(
            text,
            "{record}: {} {}: {message}",
            finding.level, finding.code
        )
        .unwrap();
    }
    snapshot("findings", &text);
}

#[test]
fn the_services_file() {
    let outputs = output_set(&dataset());
    let services = outputs
        .iter()
        .find(|output| output.name == "services")
        .unwrap();
    snapshot("services", std::str::from_utf8(&services.bytes).unwrap());
}

#[test]
fn the_codes_are_frozen() {
    let mut text = String::new();
    for rule in rules() {
        writeln!(text, "{} {:<7} {}", rule.code, rule.level, rule.title).unwrap();
        for (what, said) in [
            ("why", rule.why),
            ("example", rule.example),
            ("help", rule.help),
        ] {
            assert!(!said.is_empty(), "{} has no {what}", rule.code);
        }
        let (letter, digits) = rule.code.split_at(1);
        assert!(
            "ANISRG".contains(letter) && digits.len() == 3 && digits.parse::<u16>().is_ok(),
            "{}",
            rule.code
        );
    }
    let mut codes: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
    codes.dedup();
    assert_eq!(codes.len(), rules().len(), "a code is used twice");
    snapshot("codes", &text);
}
