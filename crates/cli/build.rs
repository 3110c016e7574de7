//! Packs the repository's sources for the command to carry: the same files, the same bytes.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::{Compression, GzBuilder};
use tar::{Builder, Header};

fn main() -> Result<(), Box<dyn Error>> {
    let sources = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../sources");
    println!("cargo:rerun-if-changed={}", sources.display());
    println!("cargo:rerun-if-changed=build.rs");
    let mut files = Vec::new();
    collect(&sources, &mut files)?;
    files.sort();
    // No name, no time and no owner: the bytes follow from the sources alone.
    let encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    let mut archive = Builder::new(encoder);
    for file in files {
        let bytes = fs::read(&file)?;
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, file.strip_prefix(&sources)?, bytes.as_slice())?;
    }
    let packed = archive.into_inner()?.finish()?;
    fs::write(
        Path::new(&env::var("OUT_DIR")?).join("sources.tar.gz"),
        packed,
    )?;
    Ok(())
}

/// The files below a folder, without hidden ones, which are this computer's own.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}
