//! A folder in which commands are run: sources with one capture, an output folder, and the file
//! that is made to do harm.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use appleports_model::sha256_hex;

use super::targets::{CAPTURE, Target};
use crate::made_capture;

/// The files that each scene has, and what the outputs are built from.
const SOURCES: [&str; 7] = [
    "corrections.toml",
    "vocabulary",
    "iana/2026-08-17.csv",
    "iana/2026-08-17.toml",
    "rfc",
    "siblings",
    "apple/en-us/2022-08-25",
];

pub(super) struct Scene {
    folder: tempfile::TempDir,
}

impl Scene {
    /// A scene with the file in its place.
    pub(super) fn new(root: &Path, target: &Target, bytes: &[u8]) -> anyhow::Result<Self> {
        let scene = Self {
            folder: tempfile::tempdir()?,
        };
        for name in SOURCES {
            let to = match name.strip_prefix("apple/en-us/2022-08-25") {
                Some(_) => "sources/apple/en-us/2024-01-01".to_owned(),
                None => format!("sources/{name}"),
            };
            copy(&root.join("sources").join(name), &scene.path(&to))?;
        }
        copy(&root.join("output"), &scene.path("output"))?;
        let capture = if target.place == CAPTURE {
            bytes.to_vec()
        } else {
            fs::read(scene.path(CAPTURE))?
        };
        scene.store(&capture)?;
        if target.place != CAPTURE {
            fs::write(scene.path(target.place), bytes)?;
        }
        Ok(scene)
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Stores the capture as `ingest` would.
    fn store(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let manifest = made_capture::manifest(bytes)?;
        fs::write(self.path(CAPTURE), bytes)?;
        fs::write(
            self.path(CAPTURE).with_extension("toml"),
            manifest.to_toml()?,
        )?;
        Ok(())
    }

    /// What the sources hold: each file and its digest.
    pub(super) fn sources(&self) -> anyhow::Result<Vec<(PathBuf, String)>> {
        let mut list = Vec::new();
        for file in files(&self.path("sources"))? {
            let digest = sha256_hex(&fs::read(&file)?);
            list.push((file, digest));
        }
        Ok(list)
    }

    /// The files of the output folder.
    pub(super) fn outputs(&self) -> anyhow::Result<Vec<PathBuf>> {
        files(&self.path("output"))
    }
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    if from.is_file() {
        let folder = to.parent().context("a file in a folder")?;
        fs::create_dir_all(folder)?;
        fs::copy(from, to).with_context(|| from.display().to_string())?;
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// All files below a folder, in the order of their names.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut list = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            list.extend(files(&entry.path())?);
        } else {
            list.push(entry.path());
        }
    }
    list.sort();
    Ok(list)
}
