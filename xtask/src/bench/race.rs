//! One question, and the programs that answer it, ours first.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use super::ROUNDS;

/// Where a build leaves its receipt.
const CACHES: &str = "target/bench/caches";

/// A question: the programs that answer it, ours first.
pub(super) struct Race {
    pub(super) title: &'static str,
    pub(super) programs: Vec<Program>,
}

/// A program with its arguments.
pub(super) struct Program {
    pub(super) name: &'static str,
    words: Vec<String>,
    /// Where it runs, if not in the repository.
    folder: Option<PathBuf>,
    /// The exit codes of an answer.
    codes: &'static [i32],
}

impl Program {
    pub(super) fn new(name: &'static str, program: &Path, arguments: &[&str]) -> Self {
        let program = program.display().to_string();
        let arguments = arguments.iter().map(|word| (*word).to_owned());
        Self {
            name,
            words: std::iter::once(program).chain(arguments).collect(),
            folder: None,
            codes: &[0],
        }
    }

    /// Runs in another folder than the repository.
    pub(super) fn within(self, folder: PathBuf) -> Self {
        Self {
            folder: Some(folder),
            ..self
        }
    }

    /// 1 is an answer of a diff.
    pub(super) fn may_be_one(self) -> Self {
        Self {
            codes: &[0, 1],
            ..self
        }
    }

    /// A guard may refuse an input that was read.
    pub(super) fn may_be_guarded(self) -> Self {
        Self {
            codes: &[0, 1, 3],
            ..self
        }
    }

    /// A hostile input may be refused, but nothing may panic or be killed.
    pub(super) fn may_be_refused(self) -> Self {
        Self {
            codes: &[0, 1, 2, 3],
            ..self
        }
    }

    /// Whether its file is there; a bare name is looked for by the system.
    fn is_there(&self) -> bool {
        let file = Path::new(&self.words[0]);
        file.components().count() == 1 || file.exists()
    }

    /// Runs it once in the folder `root`.
    pub(super) fn once(&self, root: &Path) -> anyhow::Result<Cost> {
        let (start, before) = (Instant::now(), processor_time()?);
        let output = Command::new(&self.words[0])
            .args(&self.words[1..])
            .current_dir(self.folder.as_deref().unwrap_or(root))
            .env(crate::CACHES, root.join(CACHES))
            .stdout(Stdio::null())
            .output()
            .with_context(|| self.words[0].clone())?;
        let cost = Cost {
            clock: start.elapsed(),
            processor: processor_time()?.saturating_sub(before),
        };
        let code = output.status.code();
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(
            code.is_some_and(|code| self.codes.contains(&code)),
            "`{}` fails: {}",
            self.words.join(" "),
            said.lines().last().unwrap_or("it says nothing")
        );
        Ok(cost)
    }
}

/// What one run takes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    pub(super) clock: Duration,
    /// User and system time.
    pub(super) processor: Duration,
}

/// What the children of this process have taken so far.
#[cfg(unix)]
fn processor_time() -> anyhow::Result<Duration> {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let times = [usage.user_time(), usage.system_time()];
    let micros: i64 = times
        .iter()
        .map(|time| time.tv_sec() * 1_000_000 + time.tv_usec())
        .sum();
    Ok(Duration::from_micros(micros.unsigned_abs()))
}

/// Not known on this system.
#[cfg(not(unix))]
fn processor_time() -> anyhow::Result<Duration> {
    Ok(Duration::ZERO)
}

/// The medians, by the titles of the races and the names of the programs.
#[derive(Default)]
pub(super) struct Results(BTreeMap<(&'static str, &'static str), Cost>);

impl Results {
    pub(super) fn get(&self, race: &'static str, program: &'static str) -> Option<Cost> {
        self.0.get(&(race, program)).copied()
    }
}

/// Runs a race; its rows of the table.
pub(super) fn run(race: &Race, root: &Path, results: &mut Results) -> anyhow::Result<String> {
    let programs: Vec<&Program> = race
        .programs
        .iter()
        .filter(|program| program.is_there())
        .collect();
    let mut costs = vec![Vec::new(); programs.len()];
    for round in 0..=ROUNDS {
        for (program, costs) in programs.iter().zip(&mut costs) {
            let cost = program.once(root)?;
            // The first round fills the caches.
            if round > 0 {
                costs.push(cost);
            }
        }
    }
    let medians: Vec<Cost> = costs.iter().map(|costs| median(costs)).collect();
    let base = medians[0];
    let mut text = format!("| **{}** | | | | |\n", race.title);
    for (program, cost) in programs.iter().zip(&medians) {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "| {} | {:.1} | {:.2} | {:.1} | {:.2} |",
            program.name,
            milliseconds(cost.clock),
            cost.clock.as_secs_f64() / base.clock.as_secs_f64(),
            milliseconds(cost.processor),
            cost.processor.as_secs_f64() / base.processor.as_secs_f64(),
        );
        results.0.insert((race.title, program.name), *cost);
    }
    Ok(text)
}

pub(super) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The medians of the clock and of the processor, each on its own.
pub(super) fn median(costs: &[Cost]) -> Cost {
    let middle = |of: fn(&Cost) -> Duration| {
        let mut times: Vec<Duration> = costs.iter().map(of).collect();
        times.sort();
        times[times.len() / 2]
    };
    Cost {
        clock: middle(|cost| cost.clock),
        processor: middle(|cost| cost.processor),
    }
}

/// The peak memory of a program in MiB, as GNU time tells it; none where it is missing.
pub(super) fn memory(program: &Program, root: &Path) -> anyhow::Result<Option<f64>> {
    let shown = Command::new("/usr/bin/time")
        .current_dir(root)
        .env(crate::CACHES, root.join(CACHES))
        .args(["-f", "%M"])
        .args(&program.words)
        .stdout(Stdio::null())
        .output();
    let Ok(shown) = shown else {
        return Ok(None);
    };
    let shown = String::from_utf8_lossy(&shown.stderr).into_owned();
    let kilobytes: f64 = shown
        .split_whitespace()
        .next_back()
        .and_then(|word| word.parse().ok())
        .with_context(|| format!("GNU time says {shown}"))?;
    Ok(Some(kilobytes / 1024.0))
}
