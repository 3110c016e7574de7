//! `cargo xtask bench --hostile`: inputs that are made to be slow or large, each doubled four
//! times. Every one was quadratic, or took hundreds of times its size, when it was found.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::inputs::Inputs;
use super::race::{Program, median, memory, milliseconds};
use super::shapes::{self, Shape};
use crate::made_capture;

/// The largest power of the size with which the time may grow.
const MAX_POWER: f64 = 1.15;
/// The most memory for each MiB of input, in MiB, and what every command takes.
const MAX_FACTOR: f64 = 60.0;
const BASE: f64 = 40.0;
/// The sizes in KiB.
const SIZES: [u32; 5] = [192, 384, 768, 1536, 3072];

/// Prints the table; false where an input grows faster, or takes more, than it may.
pub(crate) fn run(root: &Path) -> anyhow::Result<bool> {
    let root = &root.canonicalize()?;
    let appleports = crate::release(root, &["appleports-cli"])?.join("appleports");
    let inputs = Inputs::new(root)?;
    sources(root, &inputs)?;
    let mut is_fine = true;
    println!(
        "| | KiB | processor ms | MiB | power of time | MiB for each |\n|---|---:|---:|---:|---:|---:|"
    );
    for shape in shapes::ALL {
        let (mut first, mut last, mut bytes) = (None, (0.0, 0.0), 0);
        for size in SIZES {
            bytes = 0;
            for (name, text) in (shape.files)(size as usize * 1024) {
                write(&inputs, name, &text)?;
                bytes += text.len();
            }
            let arguments: Vec<String> = shape
                .arguments
                .split(' ')
                .map(|word| at(&inputs, word))
                .collect();
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let program = Program::new("hostile", &appleports, &arguments).may_be_refused();
            let costs: anyhow::Result<Vec<_>> = (0..3).map(|_| program.once(root)).collect();
            let time = milliseconds(median(&costs?).processor);
            let space = memory(&program, root)?.unwrap_or_default();
            first.get_or_insert(time);
            last = (time, space);
            println!("| {} | {size} | {time:.1} | {space:.1} | | |", shape.title);
        }
        is_fine &= judge(shape, first.unwrap_or_default(), last, mebibytes(bytes));
    }
    Ok(is_fine)
}

fn mebibytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX)) / 1024.0
}

/// The last row of a shape: how it grew, and whether it may.
fn judge(shape: &Shape, first: f64, (time, space): (f64, f64), input: f64) -> bool {
    let (smallest, largest) = (f64::from(SIZES[0]), f64::from(SIZES[SIZES.len() - 1]));
    let power = (time.max(1.0) / first.max(1.0)).ln() / (largest / smallest).ln();
    let factor = (space - BASE).max(0.0) / input;
    let is_fine = power <= MAX_POWER && factor <= MAX_FACTOR;
    let verdict = if is_fine { "" } else { " **too much**" };
    println!(
        "| {}{verdict} | | | | {power:.2} | {factor:.1} |",
        shape.title
    );
    is_fine
}

/// A word of the arguments: `{name}` is the file of that name.
fn at(inputs: &Inputs, word: &str) -> String {
    match word
        .strip_prefix('{')
        .and_then(|word| word.strip_suffix('}'))
    {
        Some(name) => inputs.path(name),
        None => word.to_owned(),
    }
}

/// Writes a file; a capture comes with its manifest. A name that ends with `/` is a folder of
/// empty files, one for each line of the text.
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
    fs::write(&path, text)?;
    if name.ends_with("/capture.csv") {
        let manifest = made_capture::manifest(text.as_bytes())?;
        fs::write(folder.join("capture.toml"), manifest.to_toml()?)?;
    }
    Ok(())
}

/// A sources folder without a capture.
fn sources(root: &Path, inputs: &Inputs) -> anyhow::Result<()> {
    let (from, to) = (root.join("sources"), inputs.folder().join("sources"));
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
