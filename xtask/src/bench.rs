//! `cargo xtask bench [--write]`: whole processes, measured side by side.
//!
//! Each round runs every program once, so that a slow moment hits all; the figure is the
//! median of the rounds, and what counts is the ratio. Peers that are not there are
//! left out: `.ci/peers` installs them below target/.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

const ROUNDS: usize = 11;

/// A question: the programs that answer it, ours first.
struct Race {
    title: &'static str,
    programs: Vec<Program>,
}

struct Program {
    name: &'static str,
    command: Vec<String>,
    /// 1 is the answer of a diff.
    may_be_one: bool,
}

pub(crate) fn run(root: &Path, write: bool) -> anyhow::Result<bool> {
    let scratch = tempfile::tempdir()?;
    let release = release(root)?;
    let mut text = format!(
        "Median of {ROUNDS} rounds, whole processes, every program once a round.\n\n| | ms | ratio |\n|---|---:|---:|\n"
    );
    for race in races(root, &release, scratch.path())? {
        let times = measure(&race, root)?;
        let own = times[0];
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| **{}** | | |", race.title);
        for (program, time) in race.programs.iter().zip(times) {
            let _ = writeln!(
                text,
                "| {} | {:.1} | {:.2} |",
                program.name,
                time.as_secs_f64() * 1e3,
                time.as_secs_f64() / own.as_secs_f64()
            );
        }
    }
    text.push_str(&growth(&release, scratch.path(), root)?);
    text.push_str(&memory(&release, scratch.path(), root)?);
    print!("{text}");
    if write {
        let path = root.join("BENCHMARKS.md");
        let page = fs::read_to_string(&path)?;
        let (head, rest) = page
            .split_once("<!-- bench -->\n")
            .context("BENCHMARKS.md has no place")?;
        let (_, tail) = rest
            .split_once("<!-- end -->")
            .context("BENCHMARKS.md has no end")?;
        fs::write(
            path,
            format!("{head}<!-- bench -->\n{text}<!-- end -->{tail}"),
        )?;
    }
    Ok(true)
}

fn release(root: &Path) -> anyhow::Result<PathBuf> {
    let packages = [
        "build",
        "--quiet",
        "--release",
        "--package",
        "appleports-cli",
        "--package",
        "xtask",
    ];
    let status = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(packages)
        .status()?;
    ensure!(status.success(), "the programs cannot be built");
    Ok(root.join("target/release"))
}

impl Program {
    /// Whether its file is there; a bare name is looked for by the system.
    fn is_there(&self) -> bool {
        let file = Path::new(&self.command[0]);
        file.components().count() == 1 || file.exists()
    }
}

/// A registry with every seventh row changed, for the differences.
fn other_registry(registry: &str) -> String {
    let changed = |(at, line): (usize, &str)| match at % 7 {
        3 if !line.contains('"') => line.replacen(",tcp,", ",sctp,", 1),
        _ => line.to_owned(),
    };
    registry
        .split_inclusive('\n')
        .enumerate()
        .map(changed)
        .collect()
}

fn races(root: &Path, release: &Path, scratch: &Path) -> anyhow::Result<Vec<Race>> {
    let registry = fs::read_dir(root.join("sources/iana"))?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|kind| kind == "csv"))
        .context("no registry as CSV")?;
    let other = scratch.join("other.csv");
    fs::write(
        &other,
        other_registry(&String::from_utf8(fs::read(&registry)?)?),
    )?;
    let (old, new) = (registry.display().to_string(), other.display().to_string());
    let output = scratch.join("output").display().to_string();
    let (own, floor) = (release.join("appleports"), release.join("xtask"));
    let mut races = vec![
        Race {
            title: "build: every source to every output",
            programs: vec![
                program(
                    "appleports build",
                    words(&own, &["build", "--output", &output]),
                    false,
                ),
                program(
                    "floor: read and parse the same sources",
                    words(&floor, &["floor", "parse"]),
                    false,
                ),
            ],
        },
        Race {
            title: "start",
            programs: vec![
                program("appleports --version", words(&own, &["--version"]), false),
                program("true", words(Path::new("true"), &[]), false),
            ],
        },
        difference(root, release, &old, &new),
        services(root, release, &old),
    ];
    // Peers that are not installed are left out.
    for race in &mut races {
        race.programs.retain(Program::is_there);
    }
    Ok(races)
}

/// A program with its arguments.
fn words(program: &Path, arguments: &[&str]) -> Vec<String> {
    let program = program.display().to_string();
    std::iter::once(program)
        .chain(arguments.iter().map(|word| (*word).to_owned()))
        .collect()
}

fn program(name: &'static str, command: Vec<String>, may_be_one: bool) -> Program {
    Program {
        name,
        command,
        may_be_one,
    }
}

fn difference(root: &Path, release: &Path, old: &str, new: &str) -> Race {
    let own = words(
        &release.join("appleports"),
        &["diff", old, new, "--format", "json"],
    );
    let floor = words(&release.join("xtask"), &["floor", "merge", old, new]);
    let daff = words(
        &root.join("target/peers/node_modules/.bin/daff"),
        &["diff", "--output", "/dev/null", old, new],
    );
    Race {
        title: "difference of two registry editions by key",
        programs: vec![
            program("appleports diff --format json", own, true),
            program(
                "floor: read, sort and merge with the csv crate",
                floor,
                false,
            ),
            program(
                "csv-diff (Python)",
                script(root, "csv_diff_peer.py", &[old, new]),
                false,
            ),
            program("daff (Node.js)", daff, true),
        ],
    }
}

fn services(root: &Path, release: &Path, registry: &str) -> Race {
    let own = words(
        &release.join("appleports"),
        &["export", "--format", "services"],
    );
    Race {
        title: "registry and article to services(5); the peers read the registry alone",
        programs: vec![
            program("appleports export --format services", own, false),
            program(
                "Python, csv module to services(5)",
                script(root, "plain_python.py", &[registry]),
                false,
            ),
            program(
                "Python, pandas to services(5)",
                script(root, "pandas_services.py", &[registry]),
                false,
            ),
        ],
    }
}

/// A peer written in Python.
fn script(root: &Path, name: &str, arguments: &[&str]) -> Vec<String> {
    let script = root.join(".ci/peers.d").join(name).display().to_string();
    let arguments = [&[script.as_str()], arguments].concat();
    words(&root.join("target/peers/bin/python"), &arguments)
}

fn measure(race: &Race, root: &Path) -> anyhow::Result<Vec<Duration>> {
    let mut times = vec![Vec::new(); race.programs.len()];
    for round in 0..=ROUNDS {
        for (program, times) in race.programs.iter().zip(&mut times) {
            let time = once(program, root)?;
            // The first round fills the caches.
            if round > 0 {
                times.push(time);
            }
        }
    }
    Ok(times.into_iter().map(median).collect())
}

fn once(program: &Program, root: &Path) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let status = Command::new(&program.command[0])
        .args(&program.command[1..])
        .current_dir(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .with_context(|| program.command[0].clone())?;
    let time = start.elapsed();
    let fine = status.success() || program.may_be_one && status.code() == Some(1);
    ensure!(fine, "{} fails", program.command.join(" "));
    Ok(time)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// How the time grows with the rows of a capture: the slope of the logarithms.
fn growth(release: &Path, scratch: &Path, root: &Path) -> anyhow::Result<String> {
    let mut text = String::from("\n| rows of a capture | ms |\n|---:|---:|\n");
    let mut points = Vec::new();
    for rows in [600u32, 6_000, 60_000] {
        let page = scratch.join(format!("{rows}.csv"));
        let line = |at: u32| {
            let port = at + 1;
            format!("{port},TCP,Service {at},-,name-{at},Mail\n")
        };
        let head = "Port,TCP or UDP,Service or Protocol Name,RFC,Service Name,Used by\n";
        fs::write(
            &page,
            (0..rows).fold(head.to_owned(), |text, at| text + &line(at)),
        )?;
        let command = [release.join("appleports").display().to_string()]
            .into_iter()
            .chain(["ingest", "--dry-run", "--format", "json"].map(str::to_owned))
            .chain([page.display().to_string()])
            .collect();
        let program = Program {
            name: "ingest",
            command,
            may_be_one: false,
        };
        let times: anyhow::Result<Vec<_>> = (0..3).map(|_| once(&program, root)).collect();
        let time = median(times?);
        points.push((f64::from(rows).ln(), time.as_secs_f64().ln()));
        let _ = writeln!(text, "| {rows} | {:.0} |", time.as_secs_f64() * 1e3);
    }
    let slope = (points[2].1 - points[1].1) / (points[2].0 - points[1].0);
    let _ = writeln!(
        text,
        "\nFrom 6,000 to 60,000 rows (more than there are ports is refused) the time grows with the power {slope:.2} of the rows."
    );
    Ok(text)
}

/// The peak memory of a build, as GNU time tells it, where it is installed.
fn memory(release: &Path, scratch: &Path, root: &Path) -> anyhow::Result<String> {
    let shown = Command::new("/usr/bin/time")
        .current_dir(root)
        .args(["-f", "%M %U %S"])
        .arg(release.join("appleports"))
        .args(["build", "--output"])
        .arg(scratch.join("memory"))
        .stdout(Stdio::null())
        .output();
    let Ok(shown) = shown else {
        return Ok("\nGNU time is not here, so peak memory was not measured.\n".to_owned());
    };
    let shown = String::from_utf8_lossy(&shown.stderr).into_owned();
    let numbers: Vec<f64> = shown
        .split_whitespace()
        .rev()
        .take(3)
        .filter_map(|word| word.parse().ok())
        .collect();
    let [system, user, kilobytes] = numbers.as_slice() else {
        anyhow::bail!("GNU time says {shown}")
    };
    Ok(format!(
        "\nA build takes {:.1} MiB at its peak, and {:.0} ms of processor time.\n",
        kilobytes / 1024.0,
        (system + user) * 1e3
    ))
}
