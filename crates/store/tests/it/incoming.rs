//! Fetched bytes on their way into the sources: other runs may come between any two steps.

use std::fs;

use appleports_model::{Form, sha256_hex};
use appleports_store::{Incoming, Manifest, Refused, SourceFolder, StoreError};

fn manifest(incoming: &Incoming, bytes: &[u8]) -> Manifest {
    let file = incoming.path.file_name().unwrap().to_string_lossy();
    Manifest {
        file: file.into_owned(),
        url: "https://support.apple.com/en-us/103229".to_owned(),
        article_id: "103229".to_owned(),
        locale: "en-us".to_owned(),
        captured: "2026-01-01".to_owned(),
        media_type: "text/html".to_owned(),
        sha256: sha256_hex(bytes),
        form: Form::Page,
        obtained: "made for a test".to_owned(),
        licence: String::new(),
        etag: String::new(),
        last_modified: String::new(),
    }
}

#[test]
fn of_two_pages_of_one_day_both_are_kept_and_one_is_the_source() {
    let folder = tempfile::tempdir().unwrap();
    let sources = SourceFolder::new(folder.path());
    let receive = |bytes: &[u8]| {
        let received = sources.receive_page("en-us", "2026-01-01", bytes, None);
        received.unwrap()
    };
    // Both runs have looked before either makes its page a source.
    let (one, two) = (receive(b"one"), receive(b"two"));
    sources.accept(&one, &manifest(&one, b"one")).unwrap();
    let refused = sources.accept(&two, &manifest(&two, b"two")).unwrap_err();
    assert!(matches!(refused, StoreError::Occupied { .. }), "{refused}");
    assert_eq!(fs::read(&one.path).unwrap(), b"one");
    assert_eq!(fs::read(&two.path).unwrap(), b"two");
    let stored = sources.load("apple/en-us/2026-01-01").unwrap();
    assert_eq!(stored.bytes, b"one");
    // The same bytes once more are no error.
    sources.accept(&one, &manifest(&one, b"one")).unwrap();
}

#[test]
fn nothing_is_stored_under_a_name_that_is_no_locale_and_day() {
    let folder = tempfile::tempdir().unwrap();
    let sources = SourceFolder::new(folder.path().join("sources"));
    for (locale, day) in [
        ("en-us", "../../../aw/pw"),
        ("en-us", "2024-13-99"),
        ("en-us", ""),
        ("../x", "2026-01-01"),
        ("", "2026-01-01"),
    ] {
        let refused = sources.receive_page(locale, day, b"x", None).unwrap_err();
        assert!(matches!(refused, StoreError::OddName { .. }), "{refused}");
    }
    let refused = sources
        .receive_edition("iana", "x", "csv", b"x")
        .unwrap_err();
    assert!(matches!(refused, StoreError::OddName { .. }), "{refused}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_refused_capture_gives_its_place_to_another_page_and_stays_as_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let sources = SourceFolder::new(folder.path());
    let receive = |bytes: &[u8], replaces: Option<&[u8]>| {
        let replaces = replaces.map(|old| Refused {
            sha256: sha256_hex(old),
            reason: "too few rows".to_owned(),
        });
        sources.receive_page("en-us", "2026-01-01", bytes, replaces)
    };
    let short = receive(b"short", None).unwrap();
    sources.accept(&short, &manifest(&short, b"short")).unwrap();
    // One that is not refused, or has other bytes, is given up for nothing.
    for replaces in [None, Some(b"other".as_slice())] {
        let refused = receive(b"whole", replaces).unwrap_err();
        assert!(matches!(refused, StoreError::Occupied { .. }), "{refused}");
    }
    let whole = receive(b"whole", Some(b"short")).unwrap();
    // Until the page has been read, the old one is the source.
    let id = "apple/en-us/2026-01-01";
    assert_eq!(sources.load(id).unwrap().bytes, b"short");
    sources.accept(&whole, &manifest(&whole, b"whole")).unwrap();
    assert_eq!(sources.load(id).unwrap().bytes, b"whole");
    assert_eq!(fs::read(&short.path).unwrap(), b"short");
    let note = short.path.with_file_name("capture.html.refused.txt");
    let note = fs::read_to_string(note).unwrap();
    assert!(note.starts_with("too few rows\n\n"), "{note}");
    // Another run that looked before comes too late.
    let late = receive(b"late", Some(b"whole")).unwrap();
    let other = receive(b"other", Some(b"whole")).unwrap();
    sources.accept(&late, &manifest(&late, b"late")).unwrap();
    let refused = sources.accept(&other, &manifest(&other, b"other"));
    assert!(matches!(refused, Err(StoreError::Occupied { .. })));
}
