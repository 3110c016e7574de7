//! Fetched bytes on their way into the sources: other runs may come between any two steps.

use std::fs;

use appleports_model::{SourceId, sha256_hex};
use appleports_store::{Incoming, Manifest, Refused, SourceFolder, StoreError};

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
    let receive = |bytes: &[u8]| sources.receive(&id(), "html", bytes, None).unwrap();
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

#[test]
fn a_refused_capture_gives_its_place_to_another_page_and_stays_as_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let sources = SourceFolder::new(folder.path());
    let receive = |bytes: &[u8], replaces: Option<&[u8]>| {
        let replaces = replaces.map(|old| Refused {
            sha256: sha256_hex(old),
            reason: "too few rows".to_owned(),
        });
        sources.receive(&id(), "html", bytes, replaces)
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
    assert_eq!(sources.load(&id()).unwrap().bytes, b"short");
    sources.accept(&whole, &manifest(&whole, b"whole")).unwrap();
    assert_eq!(sources.load(&id()).unwrap().bytes, b"whole");
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

#[test]
fn a_name_that_other_bytes_have_taken_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let sources = SourceFolder::new(folder.path());
    let receive = |bytes: &[u8]| sources.receive(&id(), "html", bytes, None).unwrap();
    let first = receive(b"first");
    let hash = sha256_hex(b"whole");
    let short = first
        .path
        .with_file_name(format!("capture-{}.html", &hash[..8]));
    fs::write(&short, b"junk whose digest begins alike").unwrap();
    let whole = receive(b"whole");
    assert_eq!(fs::read(&whole.path).unwrap(), b"whole");
    assert!(whole.path.ends_with(format!("capture-{hash}.html")));
    sources.accept(&whole, &manifest(&whole, b"whole")).unwrap();
    assert_eq!(sources.load(&id()).unwrap().bytes, b"whole");
    // Where even that name is taken, nothing is believed and nothing is written.
    let sources_of = tempfile::tempdir().unwrap();
    let sources = SourceFolder::new(sources_of.path());
    let taken = sources.receive(&id(), "html", b"first", None).unwrap().path;
    for digits in [&hash[..8], &hash] {
        fs::write(
            taken.with_file_name(format!("capture-{digits}.html")),
            b"junk",
        )
        .unwrap();
    }
    let refused = sources.receive(&id(), "html", b"whole", None).unwrap_err();
    assert!(matches!(refused, StoreError::Occupied { .. }), "{refused}");
}

#[test]
fn what_a_person_accepts_meanwhile_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let sources = SourceFolder::new(folder.path());
    let short = sources.receive(&id(), "html", b"short", None).unwrap();
    sources.accept(&short, &manifest(&short, b"short")).unwrap();
    let replaces = || {
        Some(Refused {
            sha256: sha256_hex(b"short"),
            reason: "too few rows".to_owned(),
        })
    };
    let whole = sources
        .receive(&id(), "html", b"whole", replaces())
        .unwrap();
    sources
        .accept_source(&id(), b"short", "I looked at it", vec![])
        .unwrap();
    let refused = sources.accept(&whole, &manifest(&whole, b"whole"));
    assert!(matches!(refused, Err(StoreError::Occupied { .. })));
    let refused = sources.receive(&id(), "html", b"other", replaces());
    assert!(matches!(refused, Err(StoreError::Occupied { .. })));
    assert_eq!(sources.load(&id()).unwrap().bytes, b"short");
}

#[test]
fn a_page_that_is_added_leaves_the_evidence_of_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let sources = SourceFolder::new(folder.path());
    let refused = sources.receive(&id(), "html", b"cut off", None).unwrap();
    let reason = "the page has no end";
    let manifest_of = |bytes: &[u8]| Manifest::of(&id(), "capture.html", "text/html", bytes);
    sources
        .refuse(&refused, &manifest_of(b"cut off"), reason)
        .unwrap();
    let note = refused.path.with_file_name("capture.html.refused.txt");
    let before = fs::read_to_string(&note).unwrap();
    sources
        .add(&id(), &manifest_of(b"whole"), b"whole")
        .unwrap();
    assert_eq!(fs::read(&refused.path).unwrap(), b"cut off");
    assert_eq!(fs::read_to_string(note).unwrap(), before);
    let stored = sources.load(&id()).unwrap();
    assert_eq!(stored.bytes, b"whole");
    let name = format!("capture-{}.html", &sha256_hex(b"whole")[..8]);
    assert_eq!(sources.manifest(&id()).unwrap().file, name);
    // The same bytes once more are no error.
    sources
        .add(&id(), &manifest_of(b"whole"), b"whole")
        .unwrap();
}

#[cfg(unix)]
#[test]
fn nothing_is_stored_through_a_link() {
    let root = tempfile::tempdir().unwrap();
    let (folder, home) = (root.path().join("sources"), root.path().join("home"));
    let sources = SourceFolder::new(&folder);
    fs::create_dir_all(home.join("en-us/2026-01-01")).unwrap();
    for (link, target) in [
        ("apple", "../home"),
        ("apple/en-us", "../../home/en-us"),
        ("apple/en-us/2026-01-01", "../../../home/en-us/2026-01-01"),
    ] {
        let link = folder.join(link);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, &link).unwrap();
        let manifest = Manifest::of(&id(), "capture.html", "text/html", b"x");
        let results = [
            sources.add(&id(), &manifest, b"x"),
            sources.receive(&id(), "html", b"x", None).map(drop),
            sources.accept_source(&id(), b"x", "checked", Vec::new()),
        ];
        for result in results {
            let error = result.unwrap_err();
            assert!(matches!(error, StoreError::Link { .. }), "{error}");
        }
        fs::remove_file(link).unwrap();
    }
    assert_eq!(
        fs::read_dir(home.join("en-us/2026-01-01")).unwrap().count(),
        0
    );
}
