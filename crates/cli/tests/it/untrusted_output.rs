//! The output folder is not believed: neither what was accepted, nor what was there before.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::run::{on, stderr, stdout};
use crate::{seed, tree};

const DAY: &str = "2026-01-01";
const CAPTURE: &str = "sources/apple/de-de/2016-01-01";

/// The German capture with its outputs, and a third of its rows as the capture of a later day.
fn shrunken() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    tree::copy(seed::output(), &folder.path().join("output"));
    let page = seed::sources().join("apple/de-de/2015-10-23/capture.md");
    let text = fs::read_to_string(page).unwrap();
    let rows: Vec<&str> = text.split("\n**").collect();
    let few = [&rows[..50], &rows[rows.len() - 1..]].concat().join("\n**");
    fs::write(folder.path().join("page.md"), few).unwrap();
    let words = [
        "ingest",
        "page.md",
        "--locale",
        "de-de",
        "--captured",
        "2016-01-01",
    ];
    on(DAY, folder.path(), &words).success();
    folder
}

fn refused(folder: &Path) {
    let before = tree::files(&folder.join("output"));
    let said = stderr(&on(DAY, folder, &["build"]).code(3));
    assert!(said.contains("G002: "), "{said}");
    assert_eq!(tree::files(&folder.join("output")), before);
}

#[test]
fn an_acceptance_in_the_output_counts_for_nothing() {
    let folder = shrunken();
    refused(folder.path());
    on(DAY, folder.path(), &["build", "--accept", "half is gone"]).success();
    // The whole set says that it was accepted, and is the very one that a build would make.
    fs::remove_file(folder.path().join(CAPTURE).join("accepted.toml")).unwrap();
    refused(folder.path());
}

#[test]
fn outputs_that_are_missing_open_no_way_around() {
    let folder = shrunken();
    for name in ["datapackage.json", "ports.csv", "ports.json"] {
        fs::remove_file(folder.path().join("output").join(name)).unwrap();
        refused(folder.path());
    }
    fs::remove_dir_all(folder.path().join("output")).unwrap();
    on(DAY, folder.path(), &["build"]).code(3);
    assert!(!folder.path().join("output").exists());
}

/// What a build leaves that is killed between two files: the first of them new, the others old.
#[test]
fn the_reason_survives_a_build_that_is_killed() {
    let folder = shrunken();
    let output = folder.path().join("output");
    let old = folder.path().join("old");
    tree::copy(&output, &old);
    on(DAY, folder.path(), &["build", "--accept", "half is gone"]).success();
    let names = tree::files(&output);
    let new = folder.path().join("new");
    tree::copy(&output, &new);
    for count in 0..names.len() {
        for (at, name) in names.iter().enumerate() {
            let from = if at < count { &new } else { &old };
            fs::copy(from.join(name), output.join(name)).unwrap();
        }
        let built = stdout(&on(DAY, folder.path(), &["build"]).success());
        assert!(
            built.contains("accepted  half is gone (G002: "),
            "{count}: {built}"
        );
        let report = fs::read_to_string(output.join("report.md")).unwrap();
        assert!(report.contains("half is gone"), "{count}");
    }
}

/// The output's own word counts only against a capture, never for one.
#[test]
fn a_capture_that_changed_with_its_manifest_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    tree::copy(seed::output(), &folder.path().join("output"));
    let capture = folder.path().join("sources/apple/de-de/2015-10-23");
    let text = fs::read_to_string(capture.join("capture.md")).unwrap();
    let edited = text.replacen("**23**", "**24**", 1);
    assert_ne!(edited, text);
    let manifest = fs::read_to_string(capture.join("capture.toml")).unwrap();
    let hash = appleports_model::sha256_hex;
    let manifest = manifest.replace(&hash(text.as_bytes()), &hash(edited.as_bytes()));
    fs::write(capture.join("capture.md"), edited).unwrap();
    // What the manifest calls it now is changed as easily.
    for form in ["", "form = \"facts\"\n"] {
        fs::write(capture.join("capture.toml"), format!("{form}{manifest}")).unwrap();
        let said = stderr(&on(DAY, folder.path(), &["build"]).code(2));
        let expected = "apple/de-de/2015-10-23: the capture is not the one that output was built";
        assert!(said.contains(expected), "{said}");
    }
    fs::remove_dir_all(folder.path().join("output")).unwrap();
    on(DAY, folder.path(), &["build"]).success();
}

#[test]
fn a_file_beside_the_set_is_named() {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    tree::copy(seed::output(), &folder.path().join("output"));
    on(DAY, folder.path(), &["verify"]).success();
    for name in [
        "explorer/evil.html",
        "evil.html",
        "new/evil.html",
        // Named like what an interrupted run leaves.
        "explorer/.appleports-tmp-x.html",
    ] {
        let path = folder.path().join("output").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "<script>").unwrap();
        let said = stderr(&on(DAY, folder.path(), &["verify"]).code(1));
        let expected = format!("{name}: not a file of this set; remove it");
        assert!(said.contains(&expected), "{said}");
        fs::remove_file(path).unwrap();
    }
    // Who publishes the folder would publish what a link leads to.
    let (inside, outside) = (
        folder.path().join("output/ports.csv"),
        folder.path().join("csv"),
    );
    fs::rename(&inside, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &inside).unwrap();
    let said = stderr(&on(DAY, folder.path(), &["verify"]).code(1));
    assert!(said.contains("ports.csv: a link"), "{said}");
}

#[test]
fn a_broken_manifest_is_not_printed() {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    let path = folder
        .path()
        .join("sources/apple/de-de/2015-10-23/capture.toml");
    let whole = fs::read_to_string(&path).unwrap();
    let long = "x".repeat(1_000_000);
    for text in [
        format!("{whole}{long}\n"),
        format!("{whole}{long} = 1\n"),
        whole.replace("url = \"", &format!("url = \"{long}")),
        whole.replace("file = \"", &format!("file = \"{long}/")),
    ] {
        fs::write(&path, text).unwrap();
        let said = stderr(&on(DAY, folder.path(), &["build"]).code(2));
        assert!(
            said.len() < 1000 && said.contains("capture.toml: "),
            "{}",
            &said[..1000]
        );
    }
}

#[test]
fn a_result_takes_the_place_of_no_source() {
    let folder = tempfile::tempdir().unwrap();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    let capture = "sources/apple/de-de/2015-10-23/capture";
    // A page that was refused has no manifest.
    let evidence = ["html", "html.refused.txt"];
    let evidence =
        evidence.map(|ending| format!("sources/apple/de-de/2015-11-01/capture.{ending}"));
    fs::create_dir(folder.path().join("sources/apple/de-de/2015-11-01")).unwrap();
    for path in &evidence {
        fs::write(folder.path().join(path), "evidence").unwrap();
    }
    let bytes = || {
        let files = tree::files(folder.path()).into_iter();
        let read = files.map(|path| (fs::read(folder.path().join(&path)).unwrap(), path));
        read.collect::<Vec<_>>()
    };
    let before = bytes();
    let kept = [
        "corrections.toml",
        "vocabulary/products.toml",
        "vocabulary/phrases/de.toml",
    ];
    let kept = kept.map(|path| format!("sources/{path}"));
    let stored = ["md", "toml"].map(|ending| format!("{capture}.{ending}"));
    for place in stored.iter().chain(&kept).chain(&evidence) {
        let said = stderr(
            &on(
                DAY,
                folder.path(),
                &["export", "--format", "csv", "-o", place],
            )
            .code(2),
        );
        assert!(said.contains("which results never replace"), "{said}");
    }
    assert!(bytes() == before);
    on(DAY, folder.path(), &["find", "443"]).success();
    // Beside it there is room.
    let beside = format!("{capture}-export.csv");
    on(
        DAY,
        folder.path(),
        &["export", "--format", "csv", "-o", &beside],
    )
    .success();
}
