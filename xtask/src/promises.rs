//! `cargo xtask promises`: the table of SECURITY.md, with every command in it run.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::ensure;

/// Runs what backs the promises, each command once, and prints what came of it.
pub(crate) fn run(root: &Path) -> anyhow::Result<bool> {
    let page = fs::read_to_string(root.join("SECURITY.md"))?;
    let rows: Vec<(&str, &str)> = page.lines().filter_map(row).collect();
    ensure!(!rows.is_empty(), "SECURITY.md has no table of promises");
    let mut outcomes: BTreeMap<&str, bool> = BTreeMap::new();
    for command in rows.iter().flat_map(|(_, shown_by)| commands(shown_by)) {
        if outcomes.contains_key(command) {
            continue;
        }
        eprintln!("{command}");
        let status = Command::new("bash")
            .current_dir(root)
            .args(["-c", command])
            .stdout(Stdio::null())
            .stdin(Stdio::null())
            .status()?;
        outcomes.insert(command, status.success());
    }
    println!("| promise | shown by | holds |\n|---|---|---|");
    for (promise, shown_by) in &rows {
        let holds = commands(shown_by).all(|command| outcomes[command]);
        let holds = if holds { "yes" } else { "NO" };
        println!("| {promise} | {shown_by} | {holds} |");
    }
    Ok(outcomes.values().all(|success| *success))
}

/// A row of the table: the promise, and what shows that it is kept.
fn row(line: &str) -> Option<(&str, &str)> {
    let (promise, shown_by) = line
        .strip_prefix("| ")?
        .strip_suffix(" |")?
        .split_once(" | ")?;
    commands(shown_by).next()?;
    Some((promise, shown_by))
}

/// The commands in a cell: what stands in backticks and can be run here.
fn commands(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .filter(|text| text.starts_with("cargo ") || text.starts_with(".ci/"))
}
