//! The hook of `.pre-commit-hooks.yaml`, as pre-commit runs it: its words, its or the user's
//! arguments, and the names of files.

use std::fs;
use std::path::Path;

use crate::run::{appleports, scratch, stdout};

/// The words of a list such as `args: [--deny, warning]`.
fn args(text: &str) -> Vec<String> {
    let line = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("args: ["))
        .unwrap();
    let words = line.trim_end_matches(']').split(',');
    words
        .map(|word| word.trim().trim_matches('"').to_owned())
        .collect()
}

/// A file that somebody adds names no baseline, in which all errors of the list are.
#[test]
fn no_file_is_an_option() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let hook = fs::read_to_string(root.join(".pre-commit-hooks.yaml")).unwrap();
    let entry = hook
        .lines()
        .find_map(|line| line.trim().strip_prefix("entry: appleports "));
    let docs = fs::read_to_string(root.join("docs/audit.md")).unwrap();
    let in_docs = &docs[docs.find("id: appleports-audit").unwrap()..];
    for arguments in [args(&hook), args(in_docs)] {
        let folder = scratch();
        let list = folder.path().join("list.txt");
        fs::write(&list, "80/tcp\n443/tcp\n5223/tcp\n478–3497/udp\n").unwrap();
        let known = appleports(folder.path(), &["audit", "--format", "json", "list.txt"]);
        fs::write(folder.path().join("known.txt"), stdout(&known)).unwrap();
        fs::write(folder.path().join("--baseline=known.txt"), "80/tcp\n").unwrap();
        let mut all: Vec<&str> = entry.unwrap().split(' ').collect();
        all.extend(arguments.iter().map(String::as_str));
        all.extend(["--baseline=known.txt", "list.txt"]);
        let shown = stdout(&appleports(folder.path(), &all).code(1));
        assert!(shown.contains("478–3497"), "{shown}");
    }
}
