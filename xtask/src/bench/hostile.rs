//! `cargo xtask bench --hostile`: inputs that are made to be slow or large, each doubled four
//! times up to the largest that is read, and one beyond that. Every one was quadratic, or took
//! hundreds of times its size, when it was found.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use appleports_store::files_below;

use super::inputs::Inputs;
use super::race::{Program, memory, milliseconds};
use super::shapes::{self, Shape};
use super::{
    claims, compared, folders, layouts, limited, lists, long_lines, multiplied, notations, pairs,
    pieces, registries, trees, unread,
};
use crate::made_capture;

/// The largest power of the size with which the time may grow over all sizes.
const MAX_POWER: f64 = 1.15;
/// And over the last two doublings, which measure less exactly. The start of the command, which is
/// a large part of small times, hides nothing there: what is quadratic has 1.4 or more.
const MAX_LAST: f64 = 1.3;
/// The most memory for each MiB of input, in MiB.
const MAX_FACTOR: f64 = 60.0;
/// The most memory in MiB, where the input is so small that the factor gives less.
const MAX_SMALL: f64 = 100.0;
/// The parts of the largest input that is read.
const PARTS: [usize; 5] = [16, 8, 4, 2, 1];
/// An input that is refused where fewer bytes are read.
const WHOLE: usize = 4_000 << 10;

/// The shapes, file by file.
const ALL: [&[Shape]; 15] = [
    shapes::ALL,
    limited::ALL,
    folders::ALL,
    lists::ALL,
    notations::ALL,
    pairs::ALL,
    claims::ALL,
    layouts::ALL,
    long_lines::ALL,
    registries::ALL,
    trees::ALL,
    pieces::ALL,
    compared::ALL,
    unread::ALL,
    multiplied::ALL,
];

/// Prints the table of the shapes with `only` in their titles; false where an input grows faster, or
/// takes more, than it may.
pub(crate) fn run(root: &Path, only: &str) -> anyhow::Result<bool> {
    let all = ALL.iter().copied().flatten();
    let chosen: Vec<&Shape> = all.filter(|shape| shape.title.contains(only)).collect();
    ensure!(
        !chosen.is_empty(),
        "no input of `bench --hostile` has `{only}` in its title"
    );
    let root = &root.canonicalize()?;
    let appleports = crate::built(root, "release", &["appleports-cli"])?.join("appleports");
    let inputs = Inputs::new(root)?;
    for name in ["sources", "many"] {
        sources(root, &inputs, name)?;
    }
    let mut is_fine = true;
    println!(
        "| | KiB | processor ms | MiB | power of time | at most so many MiB |\n|---|---:|---:|---:|---:|---:|"
    );
    for shape in chosen {
        let measured = measure(shape, root, &appleports, &inputs);
        is_fine &= measured.unwrap_or_else(|error| {
            println!("| {} **fails**: {error:#} | | | | | |", shape.title);
            false
        });
    }
    Ok(is_fine)
}

/// Prints the rows of a shape; false where it grows faster, or takes more, than it may.
fn measure(shape: &Shape, root: &Path, appleports: &Path, inputs: &Inputs) -> anyhow::Result<bool> {
    let mut is_fine = true;
    let sizes = PARTS.map(|part| shape.largest / part);
    let mut times = Vec::new();
    for size in sizes.into_iter().chain([WHOLE]) {
        // A set is never built from another capture of its day.
        for left in ["built", "saved", "many/apple", "many/siblings", "many/rfc"] {
            let left = inputs.folder().join(left);
            if left.exists() {
                fs::remove_dir_all(&left)?;
            }
        }
        let mut bytes = 0;
        for (name, text) in (shape.files)(size) {
            write(inputs, name, &text)?;
            bytes += text.len();
        }
        let arguments = shape.arguments.split(' ').map(|word| at(inputs, word));
        let arguments: Vec<String> = arguments.collect::<anyhow::Result<Vec<_>>>()?.concat();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let program = || Program::new("hostile", appleports, &arguments);
        // Where its bytes are not what bounds it, the largest is read, or it is not the largest.
        let is_read = shape.largest < shapes::FREE && size <= shape.largest;
        let program = if is_read {
            program().may_be_guarded()
        } else {
            program().may_be_refused()
        };
        let time = least(&program, root)?;
        let space = memory(&program, root)?.unwrap_or_default();
        let large = folders::LARGE
            .iter()
            .find(|(title, _)| *title == shape.title);
        let small = large.map_or(MAX_SMALL, |(_, limit)| *limit);
        let most = (MAX_FACTOR * mebibytes(bytes)).max(small);
        let verdict = if space > most { " **too much**" } else { "" };
        let (words, ratio) = lists::MAX_RATIO;
        let is_slow =
            shape.title == words && time > ratio * usual(root, appleports, inputs, bytes)?;
        let verdict = if is_slow { " **too slow**" } else { verdict };
        is_fine &= space <= most && !is_slow;
        let (title, size) = (shape.title, bytes >> 10);
        println!("| {title}{verdict} | {size} | {time:.1} | {space:.1} | | {most:.0} |");
        if times.len() < PARTS.len() {
            times.push(time);
        }
    }
    Ok(is_fine & judge(shape, &times))
}

/// The processor time in milliseconds: the least of three runs, other programs only add to it.
fn least(program: &Program, root: &Path) -> anyhow::Result<f64> {
    let costs: anyhow::Result<Vec<_>> = (0..3).map(|_| program.once(root)).collect();
    let least = costs?.iter().map(|cost| cost.processor).min();
    Ok(milliseconds(least.unwrap_or_default()))
}

/// What so many bytes of a usual list take, in milliseconds.
fn usual(root: &Path, appleports: &Path, inputs: &Inputs, bytes: usize) -> anyhow::Result<f64> {
    let list = lists::usual(bytes);
    write(inputs, "usual", &list)?;
    let path = inputs.path("usual");
    let program = Program::new("usual", appleports, &["audit", &path, "--format", "json"]);
    let time = least(&program.may_be_refused(), root)?;
    Ok(time * mebibytes(bytes) / mebibytes(list.len()))
}

fn mebibytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX)) / 1024.0
}

/// The last row of a shape: how its time grew, and whether it may.
fn judge(shape: &Shape, times: &[f64]) -> bool {
    let [first, _, third, _, last] = times else {
        return false;
    };
    let power = |from: &f64, parts: f64| (last.max(1.0) / from.max(1.0)).ln() / parts.ln();
    let (all, end) = (power(first, 16.0), power(third, 4.0));
    let (stored, most) = folders::LOOKED_AT;
    let most = if shape.title == stored {
        most
    } else {
        [MAX_POWER, MAX_LAST]
    };
    let is_fine = all <= most[0] && end <= most[1];
    let verdict = if is_fine { "" } else { " **too slow**" };
    println!(
        "| {}{verdict} | | | | {all:.2}, {end:.2} at the end | |",
        shape.title
    );
    is_fine
}

/// A word of the arguments: `{name}` is the file of that name, `{name/}` each capture in that folder.
fn at(inputs: &Inputs, word: &str) -> anyhow::Result<Vec<String>> {
    let name = word
        .strip_prefix('{')
        .and_then(|word| word.strip_suffix('}'));
    Ok(match name {
        Some(name) if name.ends_with('/') => {
            let folder = inputs.folder().join(name);
            let files = files_below(&folder)?.into_iter();
            let captures = files.filter(|file| file.ends_with("/capture.csv"));
            captures
                .map(|file| folder.join(file).display().to_string())
                .collect()
        }
        Some(name) => vec![inputs.path(name)],
        None => vec![word.to_owned()],
    })
}

/// Writes a file; a source comes with its manifest. A name that ends with `/` is a folder of
/// empty files, one for each line of the text, and `apple` one of captures, a day each.
fn write(inputs: &Inputs, name: &str, text: &str) -> anyhow::Result<()> {
    let path = inputs.folder().join(name);
    if name.ends_with('/') {
        fs::create_dir_all(&path)?;
        for file in text.lines() {
            fs::write(path.join(file), "")?;
        }
        return Ok(());
    }
    let folder = path.parent().context("a file in a folder")?;
    fs::create_dir_all(folder)?;
    if name.ends_with("/apple") {
        return captures(&path, text);
    }
    fs::write(&path, text)?;
    if name.ends_with("/capture.csv") {
        let manifest = made_capture::manifest(text.as_bytes())?;
        fs::write(folder.join("capture.toml"), manifest.to_toml()?)?;
    }
    if let Some(stem) = name.strip_suffix(".facts.toml") {
        let id = stem.split_once('/').context("a file in a folder")?.1;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let manifest = made_capture::of_source(id, &file, text.as_bytes())?;
        let day = id.rsplit('/').next().unwrap_or(id);
        fs::write(folder.join(format!("{day}.toml")), manifest.to_toml()?)?;
    }
    Ok(())
}

/// Captures of one locale, a day each, which [`folders::NEXT`] parts.
fn captures(folder: &Path, text: &str) -> anyhow::Result<()> {
    for (at, text) in text.split_terminator(folders::NEXT).enumerate() {
        let (year, month, day) = (2000 + at / 336, 1 + at / 28 % 12, 1 + at % 28);
        let day = format!("{year}-{month:02}-{day:02}");
        let place = folder.join("en-us").join(&day);
        fs::create_dir_all(&place)?;
        let (id, file) = (format!("apple/en-us/{day}"), "capture.csv");
        let manifest = made_capture::of_source(&id, file, text.as_bytes())?;
        fs::write(place.join(file), text)?;
        fs::write(place.join("capture.toml"), manifest.to_toml()?)?;
    }
    Ok(())
}

/// A sources folder without a capture.
fn sources(root: &Path, inputs: &Inputs, name: &str) -> anyhow::Result<()> {
    let (from, to) = (root.join("sources"), inputs.folder().join(name));
    for folder in ["vocabulary", "vocabulary/phrases", "iana"] {
        fs::create_dir_all(to.join(folder))?;
        for entry in fs::read_dir(from.join(folder))?.flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), to.join(folder).join(entry.file_name()))?;
            }
        }
    }
    fs::copy(from.join("corrections.toml"), to.join("corrections.toml"))?;
    Ok(())
}
