//! ARCHITECTURE.md names files that exist.

use std::fs;
use std::path::Path;

#[test]
fn every_file_of_the_map_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let map = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let is_part = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let words = map
        .split(|c| !is_part(c))
        .map(|word| word.trim_matches('.'));
    let is_file = |word: &&str| {
        let kind = Path::new(word).extension().and_then(|kind| kind.to_str());
        word.contains('/') && matches!(kind, Some("rs" | "js" | "nft" | "snap"))
    };
    let files: Vec<&str> = words.filter(is_file).collect();
    assert!(files.len() > 30, "{files:?}");
    for file in files {
        let is_there = [root.join(file), root.join("crates").join(file)]
            .iter()
            .any(|path| path.is_file());
        assert!(is_there, "{file}");
    }
}
