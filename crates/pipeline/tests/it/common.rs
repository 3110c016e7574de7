//! Sources folders for the tests: the committed ones, or with tables of a test's own.

use std::fs;
use std::path::{Path, PathBuf};

use appleports_model::sha256_hex;
use appleports_store::SourceFolder;
use tempfile::TempDir;

/// The committed sources.
pub(crate) fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sources")
}

/// A copy of the committed sources with only these captures, all of them for `None`.
pub(crate) fn sources(captures: Option<&[&str]>) -> (TempDir, SourceFolder) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("sources");
    copy(&committed(), &root, &|name| {
        let is_capture = name.starts_with("apple/") && name.matches('/').count() == 2;
        !is_capture || captures.is_none_or(|wanted| wanted.contains(&name))
    });
    (folder, SourceFolder::new(root))
}

fn copy(from: &Path, to: &Path, keep: &dyn Fn(&str) -> bool) {
    fn walk(root: &Path, below: &str, to: &Path, keep: &dyn Fn(&str) -> bool) {
        for entry in fs::read_dir(root.join(below)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let name = if below.is_empty() {
                name
            } else {
                format!("{below}/{name}")
            };
            if !keep(&name) {
                continue;
            }
            if entry.path().is_dir() {
                fs::create_dir_all(to.join(&name)).unwrap();
                walk(root, &name, to, keep);
            } else {
                fs::copy(entry.path(), to.join(&name)).unwrap();
            }
        }
    }
    walk(from, "", to, keep);
}

/// A table of so many rows, a port each from 1000 on.
pub(crate) fn table(rows: u16) -> String {
    let mut text = String::from("Port,Type,Title,RFC,Service name,Used by\n");
    for at in 0..rows {
        text.push_str(&row(&(1000 + at * 10).to_string(), at));
    }
    text
}

/// A row with a name, a title and an RFC of its own.
pub(crate) fn row(port: &str, at: u16) -> String {
    format!(
        "{port},TCP,Service number {at},{},name-{at},Mail\n",
        1000 + at
    )
}

/// Stores a table as the capture of a locale and day, with further lines in its manifest.
pub(crate) fn store(sources: &SourceFolder, locale: &str, date: &str, text: &str, more: &str) {
    let folder = sources.root().join("apple").join(locale).join(date);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("capture.csv"), text).unwrap();
    let hash = sha256_hex(text.as_bytes());
    let manifest = format!(
        "file = \"capture.csv\"\nurl = \"https://support.apple.com/{locale}/103229\"\narticle_id = \"103229\"\nlocale = \"{locale}\"\ncaptured = \"{date}\"\nmedia_type = \"text/csv\"\nsha256 = \"{hash}\"\nobtained = \"made for a test\"\n{more}"
    );
    fs::write(folder.join("capture.toml"), manifest).unwrap();
}

/// Whether a mark at this byte would stand between two digits, where it rejects a row (N006).
pub(crate) fn is_between_digits(text: &str, at: usize) -> bool {
    let is_seen = |c: &char| !appleports_model::is_invisible(*c);
    let before = text[..at].chars().rev().find(is_seen);
    let after = text[at..].chars().find(is_seen);
    before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric)
}
