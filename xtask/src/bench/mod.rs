//! `cargo xtask bench [--write]`: whole processes, measured side by side.
//!
//! Each round runs every program once, so that a slow moment hits all; a figure is the
//! median of the rounds, and what counts is the ratio. Peers that are not there are
//! left out: `.ci/peers` installs them below target/. `--write` puts everything that is
//! printed into BENCHMARKS.md.

mod claims;
mod collisions;
mod compared;
mod datasets;
mod folders;
mod growth;
mod hostile;
mod inputs;
mod layouts;
mod limited;
mod lists;
mod long_lines;
mod machine;
mod multiplied;
mod notations;
mod pairs;
mod pieces;
mod port_tables;
mod race;
mod races;
mod registries;
mod shapes;
mod trees;
mod unread;
mod wanted;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::page::replace_between;
pub(crate) use hostile::run as run_hostile;
use inputs::Inputs;
use race::Results;

/// Rounds that count; one more before them fills the caches.
const ROUNDS: usize = 11;

/// What all parts of a run know.
struct Bench<'a> {
    root: &'a Path,
    /// Where the programs lie, built as they are released.
    release: PathBuf,
    inputs: Inputs,
}

pub(crate) fn run(root: &Path, write: bool) -> anyhow::Result<bool> {
    let root = &root.canonicalize()?;
    let bench = Bench {
        root,
        release: crate::built(root, "dist", &["appleports-cli", "xtask"])?,
        inputs: Inputs::new(root)?,
    };
    let mut text = machine::describe(&bench);
    let mut results = Results::default();
    let _ = write!(
        text,
        "\nMedian of {ROUNDS} rounds, whole processes, every program once a round. A ratio below 1 is a\nprogram that is faster than ours.\n\n| | ms | ratio | processor ms | ratio |\n|---|---:|---:|---:|---:|\n"
    );
    for race in races::all(&bench) {
        text.push_str(&race::run(&race, root, &mut results)?);
    }
    let growth = growth::run(&bench)?;
    text.push_str(&growth.text);
    let shown = Command::new(bench.release.join("xtask"))
        .args(["floor", "lookup"])
        .output()?;
    let nanoseconds = String::from_utf8(shown.stdout)?.trim().parse()?;
    let memory = race::memory(&races::build(&bench), root)?;
    text.push_str(&wanted::table(&results, &growth, nanoseconds, memory));
    print!("{text}");
    if write {
        replace_between(&root.join("BENCHMARKS.md"), "bench", &text)?;
    }
    Ok(true)
}
