//! A page that shrank is no update: each kind of it is refused, and nothing is overwritten.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::pages::{Era, Row, html_today};
use crate::run::{alone as appleports, stderr};
use crate::tree;

fn rows() -> Vec<Row> {
    (1..=40_u16)
        .map(|at| {
            [
                format!("{}", 1000 + at * 10),
                if at % 2 == 0 { "TCP/UDP" } else { "TCP" }.to_owned(),
                format!("Service number {at}"),
                format!("{}", 2000 + at),
                format!("name-{at}"),
                "Mail".to_owned(),
            ]
        })
        .collect()
}

fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let output = folder.join("output");
    let read = |name: String| {
        let bytes = fs::read(output.join(&name)).unwrap();
        (name, bytes)
    };
    tree::files(&output).into_iter().map(read).collect()
}

/// Puts the page into the sources as a capture, whatever is in it.
fn store(folder: &Path, date: &str, page: &str) {
    let to = folder.join("sources/apple/en-us").join(date);
    fs::create_dir_all(&to).unwrap();
    fs::write(to.join("capture.html"), page).unwrap();
    let hash = appleports_model::sha256_hex(page.as_bytes());
    let manifest = format!(
        "file = \"capture.html\"\nurl = \"https://support.apple.com/en-us/103229\"\narticle_id = \"103229\"\nlocale = \"en-us\"\ncaptured = \"{date}\"\nmedia_type = \"text/html\"\nsha256 = \"{hash}\"\nobtained = \"made for a test\"\n"
    );
    fs::write(to.join("capture.toml"), manifest).unwrap();
}

#[test]
fn every_kind_of_shrunken_page_is_refused() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources");
    let folder = tempfile::tempdir().unwrap();
    tree::copy(&sources, &folder.path().join("sources"));
    fs::remove_dir_all(folder.path().join("sources/apple")).unwrap();
    let whole = html_today(&rows(), Era::Y2024);
    store(folder.path(), "2024-01-01", &whole);
    appleports(folder.path(), &["build"]).success();
    let before = outputs(folder.path());
    assert_eq!(before.len(), 12);

    let without = |column: usize| {
        let mut rows = rows();
        for row in &mut rows {
            "-".clone_into(&mut row[column]);
        }
        html_today(&rows, Era::Y2024)
    };
    let cut = whole[..whole.len() / 2].to_owned();
    let start = whole.find("<tr>").unwrap();
    let emptied = format!("{}</tbody></table></body></html>", &whole[..start]);
    let heading_only = html_today(&[], Era::Y2024);
    let other = whole.replace("TCP and UDP ports", "About the security content of Safari");
    let rest = other.find("<div><div").unwrap();
    let other = format!("{}</body></html>", &other[..rest]);
    let words = rows().into_iter().map(|mut row| {
        row[0] = "see below".to_owned();
        row
    });
    let words = html_today(&words.collect::<Vec<_>>(), Era::Y2024);
    let half = html_today(&rows()[..20], Era::Y2024);
    for (what, page, code) in [
        ("an emptied table", emptied, "G001"),
        ("a heading without rows", heading_only, "G001"),
        ("another article", other, "G001"),
        ("no ports, only dashes", without(0), "G00"),
        ("words in the place of ports", words, "G00"),
        ("a page cut off in the middle", cut, "G002"),
        ("half a table", half, "G002"),
        ("no transports", without(1), "G004"),
        ("no titles", without(2), "G004"),
        ("no RFCs", without(3), "G004"),
        ("no service names", without(4), "G004"),
        ("no used-by texts", without(5), "G004"),
    ] {
        store(folder.path(), "2024-02-02", &page);
        let refused = appleports(folder.path(), &["build"]);
        assert_eq!(
            refused.get_output().status.code(),
            Some(3),
            "{what}: {}",
            stderr(&refused)
        );
        assert!(
            stderr(&refused).contains(code),
            "{what}: {}",
            stderr(&refused)
        );
        assert!(
            before == outputs(folder.path()),
            "{what}: an output was touched"
        );
    }
    // The whole page again, a day later, is an update.
    store(folder.path(), "2024-02-02", &whole);
    appleports(folder.path(), &["build"]).success();
}
