//! The same dataset gives the same files, and the public address changes only what must know it.

use crate::made::{URL, dataset, files, is_kind, site_of};

#[test]
fn the_same_bytes_twice() {
    assert!(site_of(dataset(), URL).unwrap() == *files());
}

#[test]
fn only_canonical_addresses_know_where_the_site_is() {
    let other_url = "http://localhost:8000/";
    let other = site_of(dataset(), other_url).unwrap();
    assert!(other.keys().eq(files().keys()));
    for (path, bytes) in files() {
        let (here, there) = (
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(&other[path]),
        );
        let moved = here.replace(URL, other_url);
        if path == "404.html" {
            assert!(moved.replace("\"/below/ports/", "\"/") == there, "{path}");
        } else {
            assert!(moved == there, "{path}");
        }
        if is_kind(path, "json") || is_kind(path, "csv") {
            assert!(!here.contains("example.org"), "{path}");
        }
    }
}

#[test]
fn pages_are_small() {
    for (path, bytes) in files().iter().filter(|(path, _)| is_kind(path, "html")) {
        let limit = if path.starts_with("edition/") {
            120_000
        } else {
            300_000
        };
        assert!(bytes.len() < limit, "{path} has {} bytes", bytes.len());
    }
}
