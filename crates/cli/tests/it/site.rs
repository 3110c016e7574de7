//! `site` replaces a folder as a whole, and only one that it wrote.

use std::fs;

use crate::run::{appleports, complaint, on, scratch, stderr, stdout};
use crate::seed::repository;
use crate::tree;

#[test]
fn pages_that_are_no_more_are_removed() {
    let folder = scratch();
    let site = folder.path().join("site");
    let sources = repository().join("sources").display().to_string();
    let write = |capture: &str| {
        let words = [
            "--sources",
            &sources,
            "site",
            "--out",
            "site",
            "--capture",
            capture,
        ];
        on("2026-10-12", folder.path(), &words).success()
    };
    let said = stdout(&write("apple/en-us/2026-10-11"));
    let (pages, rest) = said
        .strip_prefix("site: ")
        .unwrap()
        .split_once(" pages and ")
        .unwrap();
    let others = rest.strip_suffix(" other files\n").unwrap();
    let counts = [pages, others].map(|count| count.parse::<usize>().unwrap());
    // The list of the files comes on top.
    let files = tree::files(&site);
    assert_eq!(files.len(), counts[0] + counts[1] + 1);
    let is_page = |path: &&String| tree::is_kind(path, "html");
    assert_eq!(files.iter().filter(is_page).count(), counts[0]);
    assert!(site.join("edition/2026-10-11/index.html").exists());
    // Its port came with that edition.
    assert!(site.join("port/7000/index.html").exists());
    write("apple/de-de/2015-10-23");
    assert!(!site.join("edition/2026-10-11").exists());
    assert!(!site.join("port/7000").exists());
    assert!(site.join("edition/2015-10-23/index.html").exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_somebody_else_wrote_is_left_alone() {
    let folder = scratch();
    let site = folder.path().join("site");
    fs::create_dir(&site).unwrap();
    fs::write(site.join("index.html"), "mine").unwrap();
    let refused = || {
        let refused = appleports(folder.path(), &["site", "--out", "site"]).code(2);
        complaint(&refused)
    };
    let expected = "site/index.html: this was not written by the command, and it replaces only a folder that has nothing else; move it away, or name another folder\n";
    let said = refused();
    assert!(
        said.starts_with("error: ") && said.ends_with(expected),
        "{said}"
    );
    assert_eq!(fs::read_to_string(site.join("index.html")).unwrap(), "mine");
    fs::remove_file(site.join("index.html")).unwrap();
    appleports(folder.path(), &["site", "--out", "site"]).success();
    fs::write(site.join("CNAME"), "example.org").unwrap();
    assert!(refused().contains("site/CNAME: "));
    assert!(site.join("port/5223/index.html").exists());
    assert_eq!(
        fs::read_to_string(site.join("CNAME")).unwrap(),
        "example.org"
    );
}

#[test]
fn it_needs_no_clone() {
    let folder = scratch();
    let written = on("2026-10-12", folder.path(), &["site", "--out", "a/b"]).success();
    assert!(stderr(&written).contains("those built into this command are used"));
    let page = folder.path().join("a/b/product/facetime/index.html");
    assert!(fs::read_to_string(page).unwrap().contains("UDP 3478-3497"));
}

#[test]
fn an_address_that_is_none_is_refused_before_anything_is_written() {
    let folder = scratch();
    for url in [
        "example.org",
        "https://example.org/?a",
        "javascript:alert(1)",
        "https://a/../b",
    ] {
        let refused = appleports(folder.path(), &["site", "--out", "site", "--url", url]).code(2);
        assert!(
            stderr(&refused).contains("--url"),
            "{url}: {}",
            stderr(&refused)
        );
        assert!(!folder.path().join("site").exists());
    }
    let address = "https://example.org/ports";
    appleports(folder.path(), &["site", "--out", "site", "--url", address]).success();
    let read = |name: &str| fs::read_to_string(folder.path().join("site").join(name)).unwrap();
    assert!(read("404.html").contains("href=\"/ports/port/\""));
    assert!(
        read("port/443/index.html")
            .contains("<link rel=\"canonical\" href=\"https://example.org/ports/port/443/\">")
    );
}

#[test]
fn the_same_bytes_wherever_it_is_written() {
    let (one, other) = (scratch(), scratch());
    for folder in [&one, &other] {
        appleports(folder.path(), &["site", "--out", "site"]).success();
    }
    let files = tree::files(one.path());
    assert_eq!(files, tree::files(other.path()));
    for name in files {
        let read = |folder: &tempfile::TempDir| fs::read(folder.path().join(&name)).unwrap();
        assert!(read(&one) == read(&other), "{name}");
    }
}
