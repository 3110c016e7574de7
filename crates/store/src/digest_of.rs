//! A digest of many files together. The build script of the command includes this file.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

use sha2::{Digest, Sha256};

/// The files below a folder by their path in it with `/`, sorted, without hidden ones, which are
/// this computer's own.
///
/// # Errors
/// When one cannot be read.
pub fn visible_files(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let (mut files, mut open) = (Vec::new(), vec![String::new()]);
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(folder.join(&below))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            if entry.file_type()?.is_dir() {
                open.push(format!("{below}{name}/"));
            } else {
                files.push((format!("{below}{name}"), fs::read(entry.path())?));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// SHA-256 of files with their names, and of some others that have known places.
pub fn digest_of<const N: usize>(files: &[(String, Vec<u8>)], others: [&[u8]; N]) -> String {
    let files = files.iter();
    let files = files.flat_map(|(name, bytes)| [name.as_bytes(), bytes.as_slice()]);
    let mut digest = Sha256::new();
    for part in files.chain(others) {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    let bytes = digest.finalize();
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
