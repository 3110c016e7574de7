//! What the command carries: the repository's sources, packed, and the dataset that follows from
//! them, if it was generated from these very files.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::{Compression, Crc, GzBuilder};
use tar::{Builder, Header};

#[path = "build/dataset.rs"]
mod dataset;
#[path = "../store/src/digest_of.rs"]
#[allow(unreachable_pub, reason = "it is part of a library as well")]
mod digest_of;

use dataset::{ADDITIONS, BUILT_FROM, OUTPUTS, dataset};
use digest_of::{digest_of, visible_files};

/// The names of the dataset's files where the command includes them.
const INCLUDED: [&str; 4] = [
    "ports.json",
    "findings.json",
    "additions.json",
    "registry.csv",
];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..");
    for path in ["sources", ADDITIONS, BUILT_FROM].iter().chain(&OUTPUTS) {
        println!("cargo:rerun-if-changed={}", root.join(path).display());
    }
    for path in ["build.rs", "build/dataset.rs", "../store/src/digest_of.rs"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let sources = root.join("sources");
    let files =
        visible_files(&sources).map_err(|error| format!("{}: {error}", sources.display()))?;
    let packed = packed(&files)?;
    let dataset = dataset(&root, &files).unwrap_or_else(|| {
        println!(
            "cargo:warning=the generated dataset is not that of the sources, so the command will \
             assemble them for each look-up; run `cargo xtask regenerate`"
        );
        Default::default()
    });
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("sources.tar.gz"), packed)?;
    let (mut sum, mut registry_sum) = (Crc::new(), Crc::new());
    for (name, bytes) in INCLUDED.iter().zip(dataset) {
        let is_registry = *name == "registry.csv";
        (if is_registry {
            &mut registry_sum
        } else {
            &mut sum
        })
        .update(&bytes);
        fs::write(out.join(name), bytes)?;
    }
    fs::write(out.join("sum"), sum.sum().to_le_bytes())?;
    fs::write(out.join("registry.sum"), registry_sum.sum().to_le_bytes())?;
    Ok(())
}

fn packed(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Box<dyn Error>> {
    // No name, no time and no owner: the bytes follow from the sources alone.
    let encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    let mut archive = Builder::new(encoder);
    for (path, bytes) in files {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, bytes.as_slice())?;
    }
    Ok(archive.into_inner()?.finish()?)
}
