//! A second build over the same sources: what the command keeps of the first, and where.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use assert_cmd::assert::Assert;
use tempfile::TempDir;

use crate::run::{CACHES, program, scratch, stderr, stdout};
use crate::{seed, tree};

/// The receipt, in the folder that the variable names.
const RECEIPT: &str = if cfg!(target_os = "macos") {
    "Library/Caches/appleports/last-build.json"
} else {
    "appleports/last-build.json"
};

/// Stands in a receipt, so that its answer can be told from that of a build.
const MARK: &str = "accepted  this is what the receipt says\n";

/// A folder like a clone, and a person's folder for caches.
struct Clone {
    folder: TempDir,
    caches: TempDir,
}

impl Clone {
    /// With outputs, and a receipt that is marked.
    fn built() -> Self {
        let clone = Self {
            folder: scratch(),
            caches: scratch(),
        };
        tree::copy(seed::sources(), &clone.path("sources"));
        clone.build(&[]).success();
        let text = fs::read_to_string(clone.receipt()).unwrap();
        let marked = text.replace(
            "\"accepted\":\"",
            "\"accepted\":\"this is what the receipt says",
        );
        assert!(text != marked);
        fs::write(clone.receipt(), marked).unwrap();
        clone
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn receipt(&self) -> PathBuf {
        self.caches.path().join(RECEIPT)
    }

    fn build(&self, arguments: &[&str]) -> Assert {
        self.build_with(self.caches.path(), arguments)
    }

    fn build_with(&self, caches: &Path, arguments: &[&str]) -> Assert {
        let mut command = program();
        command
            .current_dir(self.folder.path())
            .env(CACHES, caches)
            .arg("build")
            .args(arguments);
        command.assert()
    }

    /// The output files, with their bytes and when they were written.
    fn outputs(&self) -> Vec<(String, Vec<u8>, SystemTime)> {
        let names = tree::files(&self.path("output")).into_iter();
        let read = |name: String| {
            let path = self.path("output").join(&name);
            let written = fs::metadata(&path).unwrap().modified().unwrap();
            (name, fs::read(path).unwrap(), written)
        };
        names.map(read).collect()
    }
}

#[test]
fn a_second_build_says_the_same_and_changes_nothing() {
    let clone = Clone::built();
    let outputs = clone.outputs();
    let anew = stdout(&clone.build(&["--anew"]).success());
    assert!(!anew.contains(MARK) && anew.contains("\nchanges   none\n"));
    let again = clone.build(&[]).success();
    assert_eq!(stdout(&again), anew);
    assert!(clone.outputs() == outputs);
    let clone = Clone::built();
    let answered = stdout(&clone.build(&[]).success());
    assert_eq!(answered.replace(MARK, ""), anew);
    assert!(answered.contains(MARK));
    // The folder is named as the person names it.
    let named = stdout(&clone.build(&["--output", "./output"]).success());
    let (before, after) = ("\noutput    output: ", "\noutput    ./output: ");
    assert_eq!(named, answered.replace(before, after));
}

#[test]
fn no_receipt_is_read_that_a_repository_brings() {
    let clone = Clone::built();
    for place in [
        "last-build.json",
        "output/last-build.json",
        "sources/last-build.json",
        "appleports/last-build.json",
        "output/appleports/last-build.json",
        "sources/appleports/last-build.json",
        ".cache/appleports/last-build.json",
        ".cache/last-build.json",
    ] {
        let place = clone.path(place);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(clone.receipt(), place).unwrap();
    }
    let said = stdout(&clone.build_with(scratch().path(), &[]).success());
    assert!(!said.contains(MARK), "{said}");
    assert!(stdout(&clone.build(&[]).success()).contains(MARK));
}

#[cfg(target_os = "linux")]
#[test]
fn a_variable_that_names_no_whole_path_names_nothing() {
    let clone = Clone::built();
    let home = scratch();
    fs::create_dir(clone.path("caches")).unwrap();
    fs::create_dir(clone.path("caches/appleports")).unwrap();
    fs::copy(clone.receipt(), clone.path("caches").join(RECEIPT)).unwrap();
    let mut command = program();
    command
        .current_dir(clone.folder.path())
        .env(CACHES, "caches")
        .env("HOME", home.path());
    let said = stdout(&command.arg("build").assert().success());
    assert!(!said.contains(MARK), "{said}");
    assert!(home.path().join(".cache").join(RECEIPT).is_file());
}

#[test]
fn nothing_is_said_where_no_receipt_can_be_kept() {
    let clone = Clone::built();
    let expected = clone.build(&["--anew"]).success();
    let blocked = clone.path("blocked");
    fs::write(&blocked, "a file").unwrap();
    for _ in 0..2 {
        let run = clone.build_with(&blocked, &[]).success();
        assert_eq!(stdout(&run), stdout(&expected));
        assert_eq!(stderr(&run), stderr(&expected));
    }
}

#[test]
fn what_is_refused_is_refused_with_a_receipt_as_well() {
    let clone = Clone::built();
    let manifest = clone.path("sources/iana/2015-07-30.toml");
    fs::copy(manifest, clone.path("output/2015-07-30.toml")).unwrap();
    clone.build(&[]).code(2);
    fs::remove_file(clone.path("output/2015-07-30.toml")).unwrap();
    assert!(stdout(&clone.build(&[]).success()).contains(MARK));
    #[cfg(unix)]
    {
        fs::rename(clone.path("output"), clone.path("moved")).unwrap();
        std::os::unix::fs::symlink("moved", clone.path("output")).unwrap();
        let said = stderr(&clone.build(&[]).code(2));
        assert!(said.contains("output: a symbolic link"), "{said}");
    }
}
