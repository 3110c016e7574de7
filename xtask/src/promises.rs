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
    let mut outcomes: BTreeMap<&str, Outcome> = BTreeMap::new();
    for command in rows.iter().flat_map(|(_, shown_by)| commands(shown_by)) {
        if outcomes.contains_key(command) {
            continue;
        }
        eprintln!("{command}");
        let output = Command::new("bash")
            .current_dir(root)
            .args(["-c", command])
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        let left_out = said.lines().filter(|line| line.starts_with("left out:"));
        outcomes.insert(
            command,
            Outcome {
                success: output.status.success(),
                left_out: left_out.map(str::to_owned).collect(),
            },
        );
    }
    println!("| promise | shown by | holds |\n|---|---|---|");
    for (promise, shown_by) in &rows {
        println!(
            "| {promise} | {shown_by} | {} |",
            holds(shown_by, &outcomes)
        );
    }
    Ok(outcomes.values().all(|outcome| outcome.success))
}

/// What came of a command.
struct Outcome {
    success: bool,
    /// What it says that it could not do here.
    left_out: Vec<String>,
}

/// Whether what was run shows that a promise holds.
fn holds(shown_by: &str, outcomes: &BTreeMap<&str, Outcome>) -> String {
    let outcomes: Vec<&Outcome> = commands(shown_by)
        .map(|command| &outcomes[command])
        .collect();
    let left_out: Vec<&str> = outcomes
        .iter()
        .flat_map(|outcome| &outcome.left_out)
        .map(String::as_str)
        .collect();
    if !outcomes.iter().all(|outcome| outcome.success) {
        "NO".to_owned()
    } else if left_out.is_empty() {
        "yes".to_owned()
    } else {
        format!("in part; {}", left_out.join("; "))
    }
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
