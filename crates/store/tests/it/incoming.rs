//! Fetched bytes on their way into the sources: other runs may come between any two steps.

use std::fs;

use appleports_model::SourceId;
use appleports_store::{Incoming, Manifest, SourceFolder, StoreError};

fn manifest(incoming: &Incoming, bytes: &[u8]) -> Manifest {
    let file = incoming.path.file_name().unwrap().to_string_lossy();
    Manifest {
        url: Some("https://support.apple.com/en-us/103229".to_owned()),
        article_id: Some("103229".to_owned()),
        obtained: "made for a test".to_owned(),
        ..Manifest::of(&id(), &file, "text/html", bytes)
    }
}

fn id() -> SourceId {
    "apple/en-us/2026-01-01".parse().unwrap()
}

#[test]
fn of_two_pages_of_one_day_both_are_kept_and_one_is_the_source() {
    let folder = tempfile::tempdir().unwrap();
    let sources = SourceFolder::new(folder.path());
    let receive = |bytes: &[u8]| sources.receive(&id(), "html", bytes).unwrap();
    // Both runs have looked before either makes its page a source.
    let (one, two) = (receive(b"one"), receive(b"two"));
    sources.accept(&one, &manifest(&one, b"one")).unwrap();
    let refused = sources.accept(&two, &manifest(&two, b"two")).unwrap_err();
    assert!(matches!(refused, StoreError::Occupied { .. }), "{refused}");
    assert_eq!(fs::read(&one.path).unwrap(), b"one");
    assert_eq!(fs::read(&two.path).unwrap(), b"two");
    let stored = sources.load(&id()).unwrap();
    assert_eq!(stored.bytes, b"one");
    // The same bytes once more are no error.
    sources.accept(&one, &manifest(&one, b"one")).unwrap();
}
