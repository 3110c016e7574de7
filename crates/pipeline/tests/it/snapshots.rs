//! What reviewers read: the committed sources as text, in `snapshots/`.
//!
//! One named file each and one line per record, so that a change of one cell in
//! the article changes one line here.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use appleports_model::Dataset;
use appleports_pipeline::{assemble, review, rules};
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

#[test]
fn the_dataset_its_findings_and_services() {
    for (name, text) in review(&dataset()) {
        snapshot(name, &text);
    }
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
            "ANISRGL".contains(letter) && digits.len() == 3 && digits.parse::<u16>().is_ok(),
            "{}",
            rule.code
        );
    }
    let mut codes: Vec<&str> = rules().iter().map(|rule| rule.code).collect();
    codes.dedup();
    assert_eq!(codes.len(), rules().len(), "a code is used twice");
    snapshot("codes", &text);
}

#[test]
fn what_reviewers_read_steers_nothing() {
    let mut dataset = dataset();
    let hostile = "\u{1b}[31m\r ##[error]x";
    dataset.records[0].title = hostile.to_owned();
    dataset.records[0].note = hostile.to_owned();
    dataset.findings[0].message = hostile.to_owned();
    for (name, text) in review(&dataset) {
        let steers = |sign: &&str| text.contains(*sign);
        assert_eq!(
            ["\u{1b}", "\r", "##["].iter().find(|sign| steers(sign)),
            None,
            "{name}"
        );
    }
}
