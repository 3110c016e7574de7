//! `cargo xtask fuzz [--minutes N] [--write]`: every fuzz target for so many minutes.
//!
//! Each target starts from its seeds and from the corpus that was kept, and what it found
//! is minimised and kept again, packed, in fuzz/corpus/; `cargo test -p xtask --test it
//! corpus::` reads it without a fuzzer. The rows of the table go into SECURITY.md with
//! `--write`; those of targets that were not run stay.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};

use crate::page::change_between;

/// The folders below fuzz/seeds are the targets.
const TARGETS: [&str; 6] = [
    "capture",
    "dataset",
    "lists",
    "registry",
    "rfc_index",
    "services",
];

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
    println!("{HEADING}");
    let mut rows = Vec::new();
    let mut failures = 0;
    for target in targets {
        let round = Round::new(root, target)?;
        let found = round.fuzz(minutes)?;
        let kept = round.keep()?;
        failures += found.failures;
        let row = format!(
            "| {target} | {} | {} | {kept} | {} s | {} |",
            found.seconds, found.tried, found.slowest, found.failures
        );
        println!("{row}");
        rows.push(row);
    }
    if write {
        change_between(&root.join("SECURITY.md"), "fuzz", |old| merged(old, &rows))?;
    }
    Ok(failures == 0)
}

/// How long the fuzzer ran to its end: `Done 2621951 runs in 721 second(s)`.
fn seconds(said: &str) -> Option<String> {
    said.lines().find_map(|line| {
        let (_, time) = line.strip_prefix("Done ")?.split_once(" in ")?;
        time.strip_suffix(" second(s)").map(str::to_owned)
    })
}

/// The table with these rows in place of the old ones of their targets.
fn merged(old: &str, new: &[String]) -> String {
    let row = |target: &str| {
        let is_own = |line: &&str| line.split(' ').nth(1) == Some(target);
        let new = new.iter().map(String::as_str).find(is_own);
        new.or_else(|| old.lines().find(is_own))
    };
    let rows: Vec<&str> = TARGETS.into_iter().filter_map(row).collect();
    format!("{HEADING}\n{}\n", rows.join("\n"))
}

const HEADING: &str = "| target | seconds | inputs tried | kept | slowest input | failures |\n|---|---:|---:|---:|---:|---:|";

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
    seconds: String,
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
        let seconds = if failing.is_empty() {
            seconds(&said).context("libFuzzer does not say how long it ran")?
        } else {
            // It stopped at the failing input, and says no time then.
            "-".to_owned()
        };
        Ok(Found {
            seconds,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_that_of_a_run_to_its_end() {
        let end = "#2\tDONE   cov: 1\nDone 2621951 runs in 721 second(s)\nstat::x: 1\n";
        assert_eq!(seconds(end).as_deref(), Some("721"));
        assert_eq!(
            seconds("==7== ERROR: libFuzzer: deadly signal\nstat::x: 1\n"),
            None
        );
    }

    #[test]
    fn rows_of_targets_that_were_not_run_stay() {
        let old = format!("{HEADING}\n| capture | 1 | 2 |\n| registry | 3 | 4 |\n");
        let new = [
            "| registry | 5 | 6 |".to_owned(),
            "| rfc_index | 7 | 8 |".to_owned(),
        ];
        let expected = format!(
            "{HEADING}\n| capture | 1 | 2 |\n| registry | 5 | 6 |\n| rfc_index | 7 | 8 |\n"
        );
        assert_eq!(merged(&old, &new), expected);
    }
}
