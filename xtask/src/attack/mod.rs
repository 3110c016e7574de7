//! `cargo xtask attack [--minutes N] [--seed N | --in-order]`: every command with files that were
//! made to do harm, for so many minutes.
//!
//! A seed makes one file, always the same: bytes are flipped and lost, words are replaced by texts
//! that mean something to a terminal, a browser or a runner of pipelines, and lists grow until they
//! are large. No run may panic, take more than its share of time and memory, steer what shows it,
//! change a source, or leave a set of outputs that does not verify. Seeds that found something once
//! are kept in `fuzz/attack.txt` and come first.

mod damage;
mod judge;
mod scene;
mod targets;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context;
use fastrand::Rng;

use judge::Run;
use scene::Scene;
use targets::{ALL, Target};

/// The seeds that are kept, one a line, with what they found.
const KEPT: &str = "fuzz/attack.txt";

/// What a run may take: seconds of processor time, and KiB of memory. The largest file has 1 MiB,
/// and each MiB may take 60; programs map more than they use.
const MAX_SECONDS: u32 = 10;
const MAX_KIBIBYTES: u32 = 400 * 1024;

/// The most of a result that is looked at.
const MAX_LOOKED_AT: usize = 256 << 20;

pub(crate) fn run(
    root: &Path,
    minutes: u32,
    seed: Option<u64>,
    in_order: bool,
) -> anyhow::Result<bool> {
    let root = root.canonicalize()?;
    let program = crate::built(&root, "release", &["appleports-cli"])?.join("appleports");
    let attack = Attack { root, program };
    if let Some(seed) = seed {
        let blow = attack.blow(seed)?;
        let file = attack.root.join("target").join(format!("attack-{seed}"));
        fs::write(&file, &blow.bytes)?;
        println!(
            "{}: `{}`, {}",
            blow.target.name,
            blow.command,
            file.display()
        );
        let found = attack.strike(&blow)?;
        println!("seed {seed}: {}", found.as_deref().unwrap_or("nothing"));
        return Ok(found.is_none());
    }
    let end = Instant::now() + Duration::from_secs(u64::from(minutes) * 60);
    let mut found = 0;
    let mut tried = 0;
    let kept = kept(&attack.root)?;
    let others = (0..).map(|at| {
        if in_order {
            at
        } else {
            fastrand::u64(..1 << 40)
        }
    });
    for seed in kept.into_iter().chain(others) {
        if Instant::now() > end {
            break;
        }
        tried += 1;
        let blow = attack.blow(seed)?;
        if let Some(wrong) = attack.strike(&blow)? {
            found += 1;
            println!(
                "seed {seed}: {}: `{}` {wrong}",
                blow.target.name, blow.command
            );
        }
    }
    println!("{tried} files in {minutes} minutes: {found} did harm");
    Ok(found == 0)
}

/// The seeds of `fuzz/attack.txt`.
fn kept(root: &Path) -> anyhow::Result<Vec<u64>> {
    let path = root.join(KEPT);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let seed = line.split(' ').next().unwrap_or_default();
            seed.parse()
                .with_context(|| format!("{KEPT}: `{line}` does not begin with a seed"))
        })
        .collect()
}

/// A file that was made to do harm, and the command that reads it.
struct Blow {
    target: &'static Target,
    bytes: Vec<u8>,
    command: String,
}

struct Attack {
    root: PathBuf,
    program: PathBuf,
}

impl Attack {
    /// The file of a seed, and the command that reads it.
    fn blow(&self, seed: u64) -> anyhow::Result<Blow> {
        let mut rng = Rng::with_seed(seed);
        let target = rng.choice(ALL).context("there are targets")?;
        let original = rng
            .choice(target.originals)
            .context("a target has originals")?;
        let original =
            fs::read(self.root.join(original)).with_context(|| (*original).to_owned())?;
        let bytes = damage::damaged(&mut rng, &original);
        let command = rng
            .choice(target.commands)
            .context("a target has commands")?;
        let command = chosen(&mut rng, command);
        Ok(Blow {
            target,
            bytes,
            command,
        })
    }

    /// Runs the command in a scene with the file; what harm came of it.
    fn strike(&self, blow: &Blow) -> anyhow::Result<Option<String>> {
        let Blow {
            target,
            bytes,
            command,
        } = blow;
        let scene = Scene::new(&self.root, target, bytes)?;
        let before = scene.sources()?;
        let (code, stdout, stderr) = self.run(&scene, command)?;
        let run = Run {
            command,
            code,
            stdout: &stdout,
            stderr: &stderr,
        };
        if let Some(wrong) = judge::of_run(&run) {
            return Ok(Some(wrong));
        }
        let after = scene.sources()?;
        if before.iter().any(|source| !after.contains(source)) {
            return Ok(Some("changed a source".to_owned()));
        }
        if code != Some(0) {
            return Ok(None);
        }
        if command == "build" {
            for path in scene.outputs()? {
                if let Some(wrong) = judge::of_file(&path, &fs::read(&path)?) {
                    return Ok(Some(wrong));
                }
            }
            let (code, ..) = self.run(&scene, "verify")?;
            return Ok((code != Some(0)).then(|| "wrote a set that does not verify".to_owned()));
        }
        if command.starts_with("ingest") && !command.contains("--dry-run") {
            let (code, ..) = self.run(&scene, "check")?;
            let is_read = matches!(code, Some(0 | 1 | 3));
            return Ok((!is_read).then(|| "stored what `check` cannot read".to_owned()));
        }
        Ok(None)
    }

    /// Runs the program within its limits.
    fn run(&self, scene: &Scene, command: &str) -> anyhow::Result<(Option<i32>, Vec<u8>, Vec<u8>)> {
        let files = tempfile::tempdir()?;
        let (out, err) = (files.path().join("out"), files.path().join("err"));
        let limits =
            format!("ulimit -t {MAX_SECONDS} -v {MAX_KIBIBYTES}; exec timeout 60 \"$0\" \"$@\"");
        let status = Command::new("sh")
            .args(["-c", &limits])
            .arg(&self.program)
            .args(command.split(' '))
            .current_dir(scene.folder())
            .env("APPLEPORTS_TODAY", "2026-10-12")
            .env(crate::CACHES, scene.path("caches"))
            .stdin(std::process::Stdio::null())
            .stdout(File::create(&out)?)
            .stderr(File::create(&err)?)
            .status()?;
        let read = |path: &Path| -> anyhow::Result<Vec<u8>> {
            let mut bytes = fs::read(path)?;
            bytes.truncate(MAX_LOOKED_AT);
            Ok(bytes)
        };
        Ok((status.code(), read(&out)?, read(&err)?))
    }
}

/// A command in which one of each `{a|b|c}` was chosen.
fn chosen(rng: &mut Rng, command: &str) -> String {
    let word = |word: &str| match word
        .strip_prefix('{')
        .and_then(|word| word.strip_suffix('}'))
    {
        Some(words) => {
            let words: Vec<&str> = words.split('|').collect();
            words[rng.usize(0..words.len())].to_owned()
        }
        None => word.to_owned(),
    };
    command.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
