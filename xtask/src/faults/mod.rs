//! `cargo xtask faults [--every N]`: what happens when the system fails or the process ends.
//!
//! With strace(1), every call by which `build`, `export`, `ingest` and `update` read, write,
//! lock and rename files is made to fail in turn, and the process is killed at every such call;
//! of `site`, each 97th.
//! After each: every output is whole, old or new; no source is damaged; success is told
//! only of a whole set; the next run mends what was left and clears it away.

mod scene;

use std::path::Path;
use std::process::Command;

use anyhow::bail;
use scene::{Kind, Scene};

/// The calls that are made to fail; each has several names, by system and processor.
const CALLS: [&str; 8] = [
    "openat",
    "read",
    "write",
    "flock",
    "fsync",
    "?rename,?renameat,?renameat2",
    "?mkdir,?mkdirat",
    "?unlink,?unlinkat",
];

/// How: an error, or the end of the process.
const FAULTS: [&str; 4] = ["error=EIO", "error=ENOSPC", "error=EINTR", "signal=KILL"];

/// How often one call may be made; more is an error, since it would not be looked at.
const MAX_CALLS: u32 = 5_000;

pub(crate) fn run(root: &Path, every: u32) -> anyhow::Result<bool> {
    if !Command::new("strace")
        .arg("-V")
        .output()
        .is_ok_and(|shown| shown.status.success())
    {
        bail!("strace is missing; on Debian: apt-get install strace");
    }
    let programs = crate::built(root, "release", &["appleports-cli", "xtask"])?;
    let folder = tempfile::tempdir()?;
    // A row is shown when it is known: all calls take a while.
    println!("| command | call | points | done in spite of it | refused or killed | damage |");
    println!("|---|---|---:|---:|---:|---:|");
    let mut problems = Vec::new();
    for kind in [
        Kind::Build,
        Kind::Export,
        Kind::Ingest,
        Kind::Site,
        Kind::Update,
    ] {
        // Each fault has a scene of its own, so that they are looked at side by side.
        let scenes = FAULTS
            .iter()
            .enumerate()
            .map(|(at, fault)| {
                let below = folder.path().join(at.to_string());
                Ok((*fault, Scene::new(kind, root, &programs, &below)?))
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        for call in CALLS {
            let counted = side_by_side(&scenes, call, every)?;
            if counted.points > 0 {
                println!(
                    "| {} | {} | {} | {} | {} | {} |",
                    kind.name(),
                    name(call),
                    counted.points,
                    counted.done,
                    counted.points - counted.done,
                    counted.problems.len()
                );
            }
            problems.extend(counted.problems);
        }
    }
    for problem in &problems {
        println!("{problem}");
    }
    Ok(problems.is_empty())
}

/// The first of the names of a call.
fn name(call: &str) -> &str {
    let first = call.split(',').next().unwrap_or(call);
    first.trim_start_matches('?')
}

/// How many faults were injected, after how many the work was done all the same, and
/// what was damaged.
#[derive(Default)]
struct Counted {
    points: u32,
    done: u32,
    problems: Vec<String>,
}

/// All faults of one call.
fn side_by_side(scenes: &[(&str, Scene)], call: &str, every: u32) -> anyhow::Result<Counted> {
    let parts = std::thread::scope(|scope| {
        let threads: Vec<_> = scenes
            .iter()
            .map(|(fault, scene)| scope.spawn(|| points(scene, call, fault, every)))
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(anyhow::anyhow!("a thread panicked")))
            })
            .collect::<anyhow::Result<Vec<_>>>()
    })?;
    let mut all = Counted::default();
    for part in parts {
        all.points += part.points;
        all.done += part.done;
        all.problems.extend(part.problems);
    }
    Ok(all)
}

/// Every `every`th call of one kind, with one fault.
fn points(scene: &Scene, call: &str, fault: &str, every: u32) -> anyhow::Result<Counted> {
    let mut counted = Counted::default();
    let every = every * scene.kind.every();
    for nth in (1..).step_by(every as usize) {
        scene.reset()?;
        let Some(done) = scene.run_with(call, fault, nth)? else {
            break;
        };
        if nth > MAX_CALLS {
            bail!(
                "{} makes {} more than {MAX_CALLS} times",
                scene.kind.name(),
                name(call)
            );
        }
        counted.points += 1;
        counted.done += u32::from(done);
        for problem in scene.judge(done)? {
            counted.problems.push(format!(
                "{} {} {nth} {fault}: {problem}",
                scene.kind.name(),
                name(call)
            ));
        }
    }
    Ok(counted)
}
