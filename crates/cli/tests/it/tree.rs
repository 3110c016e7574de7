//! Folders with what is below them.

use std::fs;
use std::path::Path;

/// The files below a folder, by their paths in it, sorted.
pub(crate) fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            let below = files(&entry.path());
            found.extend(below.iter().map(|file| format!("{name}/{file}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}

/// Whether a path has this ending.
pub(crate) fn is_kind(path: &str, ending: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == ending)
}

/// Copies a folder with what is below it.
pub(crate) fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let place = to.join(&file);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(from.join(&file), place).unwrap();
    }
}
