//! `cargo xtask faults [--every N]`: what happens when the system fails or the power goes.
//!
//! With strace(1), every call by which `build`, `ingest` and `update` read, write and
//! rename files is made to fail in turn, and the process is killed at every such call.
//! After each: every output is whole, old or new; no source is damaged; success is told
//! only of a whole set; the next run mends what was left and clears it away.

mod scene;

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use anyhow::bail;
use scene::{Kind, Scene};

/// The calls that are made to fail.
const CALLS: [&str; 8] = [
    "openat", "read", "write", "fsync", "renameat", "rename", "mkdir", "unlink",
];

/// How: an error, or the end of the process.
const FAULTS: [&str; 4] = ["error=EIO", "error=ENOSPC", "error=EINTR", "signal=KILL"];

/// How often one call may be made; a run that makes more is not looked at further.
const MOST: u32 = 2_000;

pub(crate) fn run(root: &Path, every: u32) -> anyhow::Result<bool> {
    if !Command::new("strace")
        .arg("-V")
        .output()
        .is_ok_and(|shown| shown.status.success())
    {
        bail!("strace is missing; on Debian: apt-get install strace");
    }
    let binary = crate::release(root, &["appleports-cli"])?.join("appleports");
    let folder = tempfile::tempdir()?;
    let mut table = String::from(
        "| command | call | points | done in spite of it | refused or killed | damage |\n|---|---|---:|---:|---:|---:|\n",
    );
    let mut problems = Vec::new();
    for kind in [Kind::Build, Kind::Ingest, Kind::Update] {
        let scene = Scene::new(kind, root, &binary, folder.path())?;
        for call in CALLS {
            let before = problems.len();
            let counted = points(&scene, call, every, &mut problems)?;
            if counted.points > 0 {
                // Writing to a String cannot fail.
                let _ = writeln!(
                    table,
                    "| {} | {call} | {} | {} | {} | {} |",
                    kind.name(),
                    counted.points,
                    counted.done,
                    counted.points - counted.done,
                    problems.len() - before
                );
            }
        }
    }
    print!("{table}");
    for problem in &problems {
        println!("{problem}");
    }
    Ok(problems.is_empty())
}

/// How many faults were injected, and after how many the work was done all the same.
#[derive(Default)]
struct Counted {
    points: u32,
    done: u32,
}

/// Every `every`th call of one kind, with each fault.
fn points(
    scene: &Scene,
    call: &str,
    every: u32,
    problems: &mut Vec<String>,
) -> anyhow::Result<Counted> {
    let mut counted = Counted::default();
    for fault in FAULTS {
        for nth in (1..MOST).step_by(every as usize) {
            scene.reset()?;
            let Some(done) = scene.run_with(call, fault, nth)? else {
                break;
            };
            counted.points += 1;
            counted.done += u32::from(done);
            for problem in scene.judge(done)? {
                problems.push(format!(
                    "{} {call} {nth} {fault}: {problem}",
                    scene.kind.name()
                ));
            }
        }
    }
    Ok(counted)
}
