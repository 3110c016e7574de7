//! The German capture against the same table in English: other words, and nothing else.

use std::fmt::Write;
use std::path::Path;

use appleports_diff::{Body, changes};
use appleports_model::{Record, Registration};
use appleports_pipeline::{assemble, compare};
use appleports_store::SourceFolder;

/// The row in English: the same values, titles and products in other words.
fn english(record: &Record) -> String {
    let cells = &record.provenance.cells;
    let mark = match record.registration {
        Registration::Unregistered => " (Unregistered Use)",
        Registration::Registered => " (Registered Use)",
        Registration::Mixed | Registration::Unstated => "",
    };
    let name = match (record.service_name.as_str(), record.deprecated) {
        ("", _) => "-".to_owned(),
        (name, true) => format!("{name} (deprecated)"),
        (name, false) => name.to_owned(),
    };
    let rfcs: Vec<String> = record.rfcs.iter().map(ToString::to_string).collect();
    let or_dash = |text: String| {
        if text.is_empty() {
            "-".to_owned()
        } else {
            text
        }
    };
    format!(
        "**{}**\n{}\nThe service of {}{mark}\n{}\n{name}\n{}\n\n",
        cells[0],
        cells[1],
        record.id,
        or_dash(rfcs.join(", ")),
        or_dash(record.products.join(", "))
    )
}

#[test]
fn the_language_of_the_capture_is_wording_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let sources = SourceFolder::new(root.join("sources"));
    let mut german = assemble(&sources, Some("apple/de-de/2015-10-23"))
        .unwrap()
        .records;
    // Cells that hold more than one value each are not in the twin.
    german.retain(|record| {
        record.note.is_empty()
            && record.port_names.is_empty()
            && record.provenance.cells.len() == 6
            && record.registration != Registration::Mixed
    });
    assert!(german.len() > 100, "{}", german.len());
    let mut page = "# TCP and UDP ports\n\n_Captured: 2015-10-23 at 15:46 from [support.apple.com](https://support.apple.com/en-us/HT202944)_\n\n**Port** **TCP or UDP** **Service or Protocol Name** **RFC** **Service Name** **Used By/Additional Information**\n\n".to_owned();
    for record in german.iter().rev() {
        let _ = write!(page, "{}", english(record));
    }
    page.push_str("End.\n");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.md");
    std::fs::write(&path, page).unwrap();
    let path = path.to_str().unwrap();
    let report = compare(&sources, path, path).unwrap();
    assert!(report.is_empty());
    let whole = compare(&sources, path, "apple/de-de/2015-10-23").unwrap();
    let Body::Records(found) = &whole.body else {
        panic!("not records")
    };
    let other: Vec<String> = found.short();
    assert_eq!(found.counts.removed, 0, "{other:#?}");
    assert_eq!(found.counts.added, 135 - german.len(), "{other:#?}");
    assert_eq!(found.counts.changed, 0, "{other:#?}");
    assert_eq!(found.counts.wording_only, german.len(), "{other:#?}");
    assert!(changes(&german, &german).is_empty());
}
