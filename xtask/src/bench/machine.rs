//! What the figures were measured on, and with what.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::Bench;

/// The machine and the versions, as a list.
pub(super) fn describe(bench: &Bench<'_>) -> String {
    let peers = bench.root.join("target/peers/bin/python");
    let version_of = "import importlib.metadata as m; print(', '.join(f'{n} {m.version(n)}' for n in ('csv-diff', 'frictionless', 'lxml', 'pandas')))";
    let daff = bench
        .root
        .join("target/peers/node_modules/daff/package.json");
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let kernel = said(Path::new("uname"), &["-srm"]);
    let mut lines = vec![
        format!("{}, {cores} cores, {kernel}", processor()),
        said(Path::new("rustc"), &["--version"]),
        format!(
            "{}, {}",
            said(&peers, &["--version"]),
            said(&peers, &["-c", version_of])
        ),
        format!(
            "Node.js {}, daff {}",
            said(Path::new("node"), &["--version"]),
            fs::read_to_string(daff)
                .ok()
                .and_then(|text| Some(
                    text.split_once("\"version\": \"")?
                        .1
                        .split('"')
                        .next()?
                        .to_owned()
                ))
                .unwrap_or_else(|| "not installed".to_owned())
        ),
    ];
    lines.push(format!(
        "registry: {} records of {}, the other edition with every seventh row changed",
        bench.inputs.records, bench.inputs.edition
    ));
    lines.iter().fold(String::new(), |mut text, line| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "- {line}");
        text
    })
}

/// The first line that a program prints.
fn said(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    match text.unwrap_or_default().lines().next() {
        Some(line) => line.to_owned(),
        None => format!("{} is not installed", program.display()),
    }
}

/// The processor's name, where Linux tells it.
fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    text.lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or_else(
            || std::env::consts::ARCH.to_owned(),
            |(_, name)| name.to_owned(),
        )
}
