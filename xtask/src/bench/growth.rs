//! How time and memory grow with the input.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use appleports_model::{Form, SourceId, SourceKind};
use appleports_store::SourceFolder;

use super::Bench;
use super::race::{Program, median, memory, milliseconds};
use super::shapes::REGISTRY_HEADING;

/// What grew how.
pub(super) struct Growth {
    pub(super) text: String,
    /// The largest power of the input's size with which a time grows.
    pub(super) power: f64,
}

/// A row of the table, by the size of its input.
struct Point {
    size: u32,
    milliseconds: f64,
    mebibytes: Option<f64>,
}

pub(super) fn run(bench: &Bench<'_>) -> anyhow::Result<Growth> {
    let tables = [
        ("rows of a capture", rows_of_a_capture(bench)?),
        (
            "rows of a registry, compared with another",
            rows_of_a_registry(bench)?,
        ),
        (
            "captures of 135 rows in the sources, built",
            captures(bench, &["--anew"])?,
        ),
        (
            "captures of 135 rows in the sources, built again",
            captures(bench, &[])?,
        ),
        ("captures of 135 rows, ingested at once", ingested(bench)?),
    ];
    let mut growth = Growth {
        text: String::from(
            "\nHow time and memory grow; the power is that of the size with which the last two differ.\n\n| | size | processor ms | MiB | power of time | power of memory |\n|---|---:|---:|---:|---:|---:|\n",
        ),
        power: 0.0,
    };
    for (title, points) in tables {
        let [.., before, last] = points.as_slice() else {
            continue;
        };
        let time = power(before, last, before.milliseconds, last.milliseconds);
        let space = before
            .mebibytes
            .zip(last.mebibytes)
            .map_or_else(String::new, |(a, b)| {
                format!("{:.2}", power(before, last, a, b))
            });
        growth.power = growth.power.max(time);
        for point in &points {
            let (time, space) = if point.size == last.size {
                (format!("{time:.2}"), space.clone())
            } else {
                (String::new(), String::new())
            };
            let mebibytes = point
                .mebibytes
                .map_or_else(String::new, |size| format!("{size:.1}"));
            // Writing to a String cannot fail.
            let _ = writeln!(
                growth.text,
                "| {title} | {} | {:.1} | {mebibytes} | {time} | {space} |",
                point.size, point.milliseconds
            );
        }
    }
    growth
        .text
        .push_str("\nMore is refused: 2,500 rows of a capture, 20,000 of all captures and 60,000 of a registry.\n");
    Ok(growth)
}

/// The slope of the logarithms between two points.
fn power(before: &Point, last: &Point, from: f64, to: f64) -> f64 {
    (to / from).ln() / (f64::from(last.size) / f64::from(before.size)).ln()
}

fn point(size: u32, program: &Program, root: &Path) -> anyhow::Result<Point> {
    point_after(|| Ok(()), size, program, root)
}

/// A program that finds what `prepare` makes each time.
fn point_after(
    prepare: impl Fn() -> anyhow::Result<()>,
    size: u32,
    program: &Program,
    root: &Path,
) -> anyhow::Result<Point> {
    let once = |_| prepare().and_then(|()| program.once(root));
    let costs: anyhow::Result<Vec<_>> = (0..3).map(once).collect();
    prepare()?;
    Ok(Point {
        size,
        milliseconds: milliseconds(median(&costs?).processor),
        mebibytes: memory(program, root)?,
    })
}

fn rows_of_a_capture(bench: &Bench<'_>) -> anyhow::Result<Vec<Point>> {
    let mut points = Vec::new();
    for size in [25, 250, 2_500] {
        let mut text =
            String::from("Port,TCP or UDP,Service or Protocol Name,RFC,Service Name,Used by\n");
        for at in 0..size {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{},TCP,Service {at},-,name-{at},Mail", at + 1);
        }
        bench.inputs.write("rows.csv", &text)?;
        let file = bench.inputs.path("rows.csv");
        let arguments = ["ingest", "--dry-run", "--format", "json", &file];
        let program = Program::new("ingest", &bench.release.join("appleports"), &arguments);
        points.push(point(size, &program, bench.root)?);
    }
    Ok(points)
}

fn rows_of_a_registry(bench: &Bench<'_>) -> anyhow::Result<Vec<Point>> {
    let mut points = Vec::new();
    for size in [10, 1_000, 10_000, 58_000] {
        for (name, word) in [("a.csv", "one"), ("b.csv", "other")] {
            let mut text = REGISTRY_HEADING.to_owned();
            for at in 0..size {
                let changed = if at % 10 == 0 { word } else { "same" };
                let transport = if at % 2 == 0 { "tcp" } else { "udp" };
                // Writing to a String cannot fail.
                // Spread over the registered ports: an edition with the low ones alone is refused as
                // cut off, and so is a long one without some of them.
                let _ = writeln!(
                    text,
                    "name-{at},{},{transport},Service {at} {changed},,,,,,,,",
                    at * 7_919 % 49_152
                );
            }
            // And so is a long one without names that have no port, up to the last letter.
            for (at, letter) in (0..size / 50).zip(('a'..='z').cycle()) {
                let _ = writeln!(text, "{letter}-{at},,,Service without a port,,,,,,,,");
            }
            bench.inputs.write(name, &text)?;
        }
        let (old, new) = (bench.inputs.path("a.csv"), bench.inputs.path("b.csv"));
        let arguments = ["diff", &old, &new, "--format", "json"];
        let program =
            Program::new("diff", &bench.release.join("appleports"), &arguments).may_be_one();
        points.push(point(size, &program, bench.root)?);
    }
    Ok(points)
}

/// Builds with this option; without it, over what was just built.
fn captures(bench: &Bench<'_>, option: &[&str]) -> anyhow::Result<Vec<Point>> {
    let mut points = Vec::new();
    for size in [1, 10, 100] {
        let sources = bench.inputs.folder().join(format!("sources-{size}"));
        many_captures(bench.root, &sources, size)?;
        let (sources, output) = (sources.display().to_string(), bench.inputs.path("many"));
        let arguments = ["--sources", &sources, "build", "--output", &output];
        let arguments = [&arguments, option].concat();
        let program = Program::new("build", &bench.release.join("appleports"), &arguments);
        program.once(bench.root)?;
        points.push(point(size, &program, bench.root)?);
        fs::remove_dir_all(&output)?;
    }
    Ok(points)
}

/// Files that one command stores, each below the others in a folder that has none at first.
fn ingested(bench: &Bench<'_>) -> anyhow::Result<Vec<Point>> {
    let mut points = Vec::new();
    for size in [1, 10, 100] {
        let (sources, from) = (bench.inputs.path("empty"), bench.inputs.path("saved"));
        let prepare = || {
            let sources = Path::new(&sources);
            if sources.exists() {
                fs::remove_dir_all(sources)?;
            }
            many_captures(bench.root, sources, 0)
        };
        many_captures(bench.root, Path::new(&from), size)?;
        let saved = SourceFolder::new(&from);
        let mut arguments = vec!["--sources".to_owned(), sources.clone(), "ingest".to_owned()];
        for id in saved.list(SourceKind::Article)? {
            arguments.push(format!("{from}/{id}/{}", saved.manifest(&id)?.file));
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let program = Program::new("ingest", &bench.release.join("appleports"), &arguments);
        points.push(point_after(prepare, size, &program, bench.root)?);
    }
    Ok(points)
}

/// A sources folder with the oldest capture under so many dates.
fn many_captures(root: &Path, to: &Path, count: u32) -> anyhow::Result<()> {
    let from = root.join("sources");
    for folder in ["vocabulary", "vocabulary/phrases", "iana", "rfc"] {
        fs::create_dir_all(to.join(folder))?;
        for entry in fs::read_dir(from.join(folder))?.flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), to.join(folder).join(entry.file_name()))?;
            }
        }
    }
    fs::copy(from.join("corrections.toml"), to.join("corrections.toml"))?;
    let known = SourceFolder::new(&from);
    let id = known.list(SourceKind::Article)?.swap_remove(0);
    let (manifest, bytes) = (known.manifest(&id)?, known.load(&id)?.bytes);
    let mut day = id.date();
    for _ in 0..count {
        let manifest = appleports_store::Manifest {
            form: Form::Page,
            captured: Some(day),
            ..manifest.clone()
        };
        let folder = to.join(SourceId::new(id.series().clone(), day).to_string());
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(&manifest.file), &bytes)?;
        fs::write(folder.join("capture.toml"), manifest.to_toml()?)?;
        day = day.tomorrow()?;
    }
    Ok(())
}
