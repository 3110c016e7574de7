//! Files with a NUL in them.

use std::fs;
use std::path::Path;

use crate::run::{alone, stderr, stdout};
use crate::{page, seed, tree};

/// A NUL makes a file binary, wherever it stands; in HTML the reference to one is another
/// character by the standard, and in XML the file is no XML.
#[test]
fn a_nul_is_refused_and_reaches_no_output() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    tree::copy(seed::sources(), &folder.join("sources"));
    let page = page::page(&page::rows(&page::short()));
    for field in [
        "Plain Service",
        "name-10000",
        "<td>TCP",
        "1234",
        "Mail",
        "<table",
    ] {
        fs::write(folder.join("page.html"), page.replacen(field, "\0", 1)).unwrap();
        let said = refused(folder, &page::INGEST);
        assert!(
            said.contains("page.html:") && said.contains("binary data"),
            "{said}"
        );
    }
    assert!(!folder.join("sources/apple/en-us").exists());
    for (name, text, arguments) in [
        (
            "registry.csv",
            "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\nhttp,80,tcp,World\0,,,,,,,,\n",
            &["check", "--iana", "registry.csv"][..],
        ),
        (
            "registry.xml",
            "<registry><record><name>a\0</name></record></registry>",
            &["check", "--iana", "registry.xml"],
        ),
        (
            "index.txt",
            "0001 Host\0 Software.\n",
            &["check", "--rfc-index", "index.txt"],
        ),
    ] {
        fs::write(folder.join(name), text).unwrap();
        let said = refused(folder, arguments);
        assert!(said.contains(name), "{said}");
    }
    // As in the C library, a line of a services file ends there; a finding says so.
    fs::write(folder.join("services"), "http\t80/tcp # \0\n").unwrap();
    let shown = told(folder, &["check", "--services", "services"]);
    assert!(shown.contains("[S016]"));
    // As a reference: the HTML standard makes it U+FFFD.
    fs::write(
        folder.join("page.html"),
        page.replace("Plain Service", "a&#0;b&#x0;c"),
    )
    .unwrap();
    told(folder, &page::INGEST);
    told(folder, &["build", "--accept", "a test"]);
    for name in tree::files(&folder.join("output")) {
        let bytes = fs::read(folder.join("output").join(&name)).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains('\0') && !text.contains("\\u0000"), "{name}");
    }
    let csv = fs::read_to_string(folder.join("output/ports.csv")).unwrap();
    assert!(csv.contains("a\u{fffd}b\u{fffd}c"));
}

/// Runs a command that must end with exit code 2; what it says.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    stderr(&alone(folder, arguments).code(2))
}

/// Runs a command that must succeed; its result.
fn told(folder: &Path, arguments: &[&str]) -> String {
    stdout(&alone(folder, arguments).success())
}
