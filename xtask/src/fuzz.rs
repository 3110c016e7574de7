//! `cargo xtask fuzz [--minutes N] [--write]`: every fuzz target for so many minutes.
//!
//! Each target starts from its seeds and from the corpus that was kept, and what it found
//! is minimised and kept again, packed, in fuzz/corpus/; `cargo test -p xtask --test
//! corpus` reads it without a fuzzer. The table goes into SECURITY.md with `--write`.

use std::fmt::Write;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};

use crate::page::replace_between;

/// The folders below fuzz/seeds are the targets.
const TARGETS: [&str; 5] = ["capture", "dataset", "registry", "rfc_index", "services"];

pub(crate) fn run(
    root: &Path,
    only: Option<&str>,
    minutes: u32,
    write: bool,
) -> anyhow::Result<bool> {
    let targets: Vec<&str> = TARGETS
        .into_iter()
        .filter(|target| only.is_none_or(|only| only == *target))
        .collect();
    ensure!(
        !targets.is_empty(),
        "the targets are {}",
        TARGETS.join(", ")
    );
    let known = Command::new(env!("CARGO"))
        .args(["fuzz", "--version"])
        .output()?;
    if !known.status.success() {
        bail!("cargo-fuzz is missing; cargo install cargo-fuzz");
    }
    let mut table = String::from(
        "| target | minutes | inputs tried | kept | slowest input | failures |\n|---|---:|---:|---:|---:|---:|\n",
    );
    let mut failures = 0;
    for target in targets {
        let round = Round::new(root, target)?;
        let found = round.fuzz(minutes)?;
        let kept = round.keep()?;
        failures += found.failures;
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "| {target} | {minutes} | {} | {kept} | {} s | {} |",
            found.tried, found.slowest, found.failures
        );
    }
    print!("{table}");
    if write {
        replace_between(&root.join("SECURITY.md"), "fuzz", &table)?;
    }
    Ok(failures == 0)
}

/// One target and the folders that it works in.
struct Round<'a> {
    root: &'a Path,
    target: &'a str,
    /// The corpus, unpacked.
    inputs: PathBuf,
    /// Inputs that failed.
    failing: PathBuf,
}

/// What libFuzzer says at its end.
struct Found {
    tried: u64,
    slowest: u64,
    failures: usize,
}

impl<'a> Round<'a> {
    fn new(root: &'a Path, target: &'a str) -> anyhow::Result<Self> {
        let folder = root.join("target/fuzz").join(target);
        let round = Self {
            root,
            target,
            inputs: folder.join("inputs"),
            failing: folder.join("failing"),
        };
        fs::create_dir_all(&round.inputs)?;
        // What failed before may be mended.
        if round.failing.exists() {
            fs::remove_dir_all(&round.failing)?;
        }
        fs::create_dir_all(&round.failing)?;
        if let Ok(packed) = fs::File::open(round.packed()) {
            tar::Archive::new(GzDecoder::new(packed)).unpack(&round.inputs)?;
        }
        Ok(round)
    }

    fn packed(&self) -> PathBuf {
        self.root
            .join("fuzz/corpus")
            .join(format!("{}.tar.gz", self.target))
    }

    fn seeds(&self) -> PathBuf {
        self.root.join("fuzz/seeds").join(self.target)
    }

    /// The target with these folders of inputs; what it says.
    fn target(&self, folders: &[&Path], options: &[String]) -> anyhow::Result<String> {
        let output = Command::new(env!("CARGO"))
            // A stable compiler may then use the sanitizer as well.
            .env("RUSTC_BOOTSTRAP", "1")
            .current_dir(self.root)
            .args(["fuzz", "run", self.target])
            .args(folders)
            .arg("--")
            .args(options)
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(
            said.contains("INFO: Seed:") || said.contains("MERGE-OUTER"),
            "{said}"
        );
        Ok(said)
    }

    fn fuzz(&self, minutes: u32) -> anyhow::Result<Found> {
        let options = [
            format!("-max_total_time={}", minutes * 60),
            "-timeout=10".to_owned(),
            "-print_final_stats=1".to_owned(),
            format!("-artifact_prefix={}/", self.failing.display()),
        ];
        let said = self.target(&[&self.inputs, &self.seeds()], &options)?;
        let figure = |name: &str| {
            said.lines()
                .find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok())
                .with_context(|| format!("libFuzzer does not say {name}"))
        };
        let failing: Vec<_> = fs::read_dir(&self.failing)?.collect::<Result<_, _>>()?;
        if !failing.is_empty() {
            eprintln!("{said}");
            for input in &failing {
                eprintln!("failing input: {}", input.path().display());
            }
        }
        Ok(Found {
            tried: figure("stat::number_of_executed_units:")?,
            slowest: figure("stat::slowest_unit_time_sec:")?,
            failures: failing.len(),
        })
    }

    /// Minimises the inputs and packs them, the same bytes for the same inputs.
    fn keep(&self) -> anyhow::Result<usize> {
        let small = tempfile::tempdir_in(self.root.join("target/fuzz"))?;
        self.target(
            &[small.path(), &self.inputs, &self.seeds()],
            &["-merge=1".to_owned()],
        )?;
        let mut names: Vec<PathBuf> = fs::read_dir(small.path())?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        names.sort();
        fs::create_dir_all(self.root.join("fuzz/corpus"))?;
        let file = fs::File::create(self.packed())?;
        let mut archive =
            tar::Builder::new(GzBuilder::new().mtime(0).write(file, Compression::best()));
        for path in &names {
            let mut bytes = Vec::new();
            fs::File::open(path)?.read_to_end(&mut bytes)?;
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_mtime(0);
            let name = path.file_name().context("an input without a name")?;
            archive.append_data(&mut header, name, bytes.as_slice())?;
        }
        archive.into_inner()?.finish()?;
        Ok(names.len())
    }
}
