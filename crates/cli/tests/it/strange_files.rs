//! Files that have no business where they stand: pipes, foreign text, odd folders.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::run::{alone, scratch, stderr, stdout};
use crate::{seed, tree};

/// A folder with sources and what they give.
fn built() -> TempDir {
    let folder = scratch();
    tree::copy(seed::sources(), &folder.path().join("sources"));
    tree::copy(seed::output(), &folder.path().join("output"));
    folder
}

#[cfg(unix)]
fn pipe(path: &Path) {
    let _ = fs::remove_file(path);
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
}

/// Nobody ever writes into these pipes: what opens one hangs.
#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = built();
    let at = |name: &str| folder.path().join(name);
    for name in ["ports.json", "ports.csv", "datapackage.json"] {
        pipe(&at("output").join(name));
    }
    let verified = alone(folder.path(), &["verify"]).code(2);
    let expected = "datapackage.json: not a file, but a folder, a pipe or a device; remove it";
    assert!(
        stderr(&verified).contains(expected),
        "{}",
        stderr(&verified)
    );
    alone(folder.path(), &["diff", "output", "output"]).code(2);
    let shown = stdout(&alone(folder.path(), &["build"]).success());
    assert!(shown.contains("changes   not compared: "), "{shown}");
    pipe(&at("output/ports.csv"));
    let verified = alone(folder.path(), &["verify"]).code(1);
    assert!(stderr(&verified).contains("ports.csv: not a file"));
    alone(folder.path(), &["build"]).success();
    alone(folder.path(), &["verify"]).success();

    for name in [
        "sources/apple/de-de/2015-10-23/capture.md",
        "sources/apple/de-de/2015-10-23/capture.toml",
        "sources/corrections.toml",
        "sources/vocabulary/products.toml",
        "sources/.checked.toml",
    ] {
        let folder = built();
        pipe(&folder.path().join(name));
        let command = if name.ends_with(".checked.toml") {
            "status"
        } else {
            "build"
        };
        let refused = alone(folder.path(), &[command]).code(2);
        let said = stderr(&refused);
        assert!(
            said.contains(": not a file, but a folder, a pipe"),
            "{said}"
        );
    }
}

/// A line of a log that begins with `::` is a command in some pipelines.
#[test]
fn foreign_text_begins_no_line() {
    let folder = built();
    let ports = folder.path().join("output/ports.json");
    let text = fs::read_to_string(&ports).unwrap();
    let foreign = text
        .replacen("\"FaceTime\"", "\"Face\\n::error::Time\"", 1)
        .replacen("\"smtp\"", "\"smtp\\n::error::\"", 1);
    assert_ne!(foreign, text);
    fs::write(&ports, foreign).unwrap();
    let manifest = folder.path().join("output/datapackage.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace("\"path\": \"services\"", "\"path\": \"x\\n::error::\""),
    )
    .unwrap();
    let verified = alone(folder.path(), &["verify"]).code(1);
    let built = alone(folder.path(), &["build"]).success();
    for shown in [stderr(&verified), stdout(&built)] {
        assert!(shown.contains("::error::"), "{shown}");
        assert!(!shown.contains("\n::error::"), "{shown}");
    }
}

/// The same for a registry that somebody sent.
#[test]
fn a_foreign_registry_begins_no_line() {
    let folder = built();
    let head =
        "Service Name,Port Number,Transport Protocol,Description,Reference,Assignment Notes\n";
    for (row, code) in [
        ("http,\"80\n::error::x\",tcp,x,,\n", 2),
        ("http,80,\"tcp\n::error::x\",x,,\n", 2),
        ("\"http\n::error::x\",80,tcp,x,,\n", 0),
        ("http,80,tcp,\"x\n::error::x\",,\n", 0),
    ] {
        fs::write(folder.path().join("iana.csv"), format!("{head}{row}")).unwrap();
        let checked = alone(folder.path(), &["check", "--iana", "iana.csv"]).code(code);
        for shown in [stderr(&checked), stdout(&checked)] {
            assert!(!shown.contains("\n::error::"), "{row}: {shown}");
        }
    }
}

#[test]
fn odd_folders_and_manifests_are_named_with_the_way_out() {
    let folder = built();
    let capture = folder.path().join("sources/apple/de-de/2015-10-23");
    for odd in [
        "de-de/2015-10-23.bak",
        "de-de/2015-02-30",
        "de-DE/2015-10-23",
    ] {
        let odd = folder.path().join("sources/apple").join(odd);
        tree::copy(&capture, &odd);
        let refused = alone(folder.path(), &["build"]).code(2);
        let said = stderr(&refused);
        assert!(
            said.contains("rename this one or move it out of the sources"),
            "{said}"
        );
        assert!(
            said.contains(&*odd.file_name().unwrap().to_string_lossy()),
            "{said}"
        );
        fs::remove_dir_all(odd).unwrap();
    }
    // What is no edition of a day is none.
    for other in ["iana/notes.toml", "rfc/2024-13-01.toml"] {
        fs::write(folder.path().join("sources").join(other), "x = 1\n").unwrap();
    }
    alone(folder.path(), &["status"]).success();
    alone(folder.path(), &["build"]).success();
    let path = capture.join("capture.toml");
    let manifest = fs::read_to_string(&path).unwrap();
    for (line, other) in [
        ("captured = \"2015-10-23\"", "captured = \"23\""),
        ("locale = \"de-de\"", "locale = \"\""),
        ("locale = \"de-de\"", "locale = \"de\""),
    ] {
        fs::write(&path, manifest.replace(line, other)).unwrap();
        let refused = alone(folder.path(), &["build"]).code(2);
        let expected = "its place says `de-de/2015-10-23`; correct one of them";
        assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    }
}

/// `--captured` is a day of the calendar before anything is stored.
#[test]
fn a_day_that_does_not_exist_is_refused() {
    let folder = built();
    let page = "sources/apple/de-de/2015-10-23/capture.md";
    let before = tree::files(folder.path());
    for day in [
        "2020-+1-01",
        "2020-01-+5",
        "+020-01-01",
        "2020-02-30",
        "20200101",
    ] {
        let refused = alone(folder.path(), &["ingest", page, "--captured", day]).code(2);
        assert!(stderr(&refused).contains("is not a day of the calendar"));
        assert_eq!(tree::files(folder.path()), before, "{day}");
    }
}
