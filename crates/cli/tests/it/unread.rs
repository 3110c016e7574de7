//! A capture with a row that cannot be read, through `ingest`, `build` and `diff`.

use std::fs;

use crate::run::{alone as appleports, stdout};
use crate::{seed, tree};

const SEED: &str = "apple/de-de/2015-10-23";

#[test]
fn a_build_from_a_damaged_capture_closes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    appleports(folder.path(), &["build", "--capture", SEED]).success();
    let page = folder.path().join("sources").join(SEED).join("capture.md");
    let text = fs::read_to_string(page).unwrap();
    let damaged = text.replacen("**1640**", "**164O**", 1);
    assert_ne!(damaged, text);
    fs::write(folder.path().join("page.md"), damaged).unwrap();
    let new = ["ingest", "page.md", "--captured", "2015-10-24"];
    let dated = fs::read_to_string(folder.path().join("page.md")).unwrap();
    let dated = dated.replacen("2015-10-23", "2015-10-24", 1);
    fs::write(folder.path().join("page.md"), dated).unwrap();
    appleports(folder.path(), &new).success();
    tree::copy(&folder.path().join("output"), &folder.path().join("before"));

    let built = appleports(
        folder.path(),
        &["build", "--capture", "apple/de-de/2015-10-24"],
    );
    let summary = stdout(&built.success());
    assert!(
        summary.contains("0 added, 0 removed, 0 changed, 1 unread"),
        "{summary}"
    );
    assert!(
        summary.contains("? 1640-tcp-cert-responder: the new side could not read it"),
        "{summary}"
    );
    let ports = fs::read(folder.path().join("output/ports.json")).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&ports).unwrap();
    let schema = fs::read(folder.path().join("output/ports.schema.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&schema).unwrap();
    assert!(jsonschema::is_valid(&schema, &document));
    assert_eq!(document["rejected"][0]["ports"][0]["first"], 1640);
    assert_eq!(document["rejected"][0]["cells"][0], "164O");
    let changes = fs::read_to_string(folder.path().join("output/changes.md")).unwrap();
    let newest = changes.split("\n## ").nth(1).unwrap();
    assert!(
        newest.contains("### Rows that could not be read"),
        "{newest}"
    );
    assert!(!newest.contains("### Rows that left"), "{newest}");

    // A ports.json as a side knows its unread rows as well.
    let found = appleports(folder.path(), &["diff", "before", "output"]).code(1);
    let found = stdout(&found);
    assert!(found.contains("? 1640-tcp-cert-responder"), "{found}");
    assert!(!found.contains("closes"), "{found}");
}
