//! `cargo xtask floor`: the least that a program must do which reads the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use appleports::Transport;
use clap::Subcommand;

/// What is done.
#[derive(Subcommand)]
pub(crate) enum Floor {
    /// Read and parse the sources
    Parse,
    /// Time look-ups in the library
    Lookup,
    /// Count the records of a CSV file
    Csv { file: PathBuf },
    /// Parse a page
    Html { file: PathBuf },
    /// Compare two CSV files
    Merge { old: PathBuf, new: PathBuf },
}

impl Floor {
    pub(crate) fn run(&self, root: &Path) -> anyhow::Result<bool> {
        let shown = match self {
            Self::Parse => parse(root)?.to_string(),
            Self::Lookup => format!("{:.2}", lookup()),
            Self::Csv { file } => csv(file)?.to_string(),
            Self::Html { file } => html(file)?.to_string(),
            Self::Merge { old, new } => format!("{:?}", merge(old, new)?),
        };
        println!("{shown}");
        Ok(true)
    }
}

/// Reads every file below the sources; counts the records of CSV and the lines of text.
fn parse(root: &Path) -> anyhow::Result<usize> {
    let mut folders = vec![root.join("sources")];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path)?;
            count += match path.extension().and_then(|kind| kind.to_str()) {
                Some("csv") => csv::Reader::from_reader(bytes.as_slice())
                    .into_byte_records()
                    .count(),
                Some("toml") => toml::from_str::<toml::Table>(str::from_utf8(&bytes)?)?.len(),
                _ => bytes.split(|byte| *byte == b'\n').count(),
            };
        }
    }
    Ok(count)
}

/// Counts the records of a CSV file, and does no more.
fn csv(file: &Path) -> anyhow::Result<usize> {
    let bytes = fs::read(file)?;
    let mut records = csv::Reader::from_reader(bytes.as_slice());
    let mut record = csv::ByteRecord::new();
    let mut count = 0;
    while records.read_byte_record(&mut record)? {
        count += 1;
    }
    Ok(count)
}

/// Parses a page with html5ever and counts its nodes.
fn html(file: &Path) -> anyhow::Result<usize> {
    let page = scraper::Html::parse_document(&fs::read_to_string(file)?);
    Ok(page.tree.nodes().count())
}

/// The records of two CSV files by their first three columns, sorted and merged.
fn merge(old: &Path, new: &Path) -> anyhow::Result<[usize; 3]> {
    let read = |path: &Path| -> anyhow::Result<BTreeMap<Vec<u8>, csv::ByteRecord>> {
        let mut rows = BTreeMap::new();
        for (at, record) in csv::Reader::from_path(path)?
            .into_byte_records()
            .enumerate()
        {
            let record = record?;
            let mut key = record.iter().take(3).collect::<Vec<_>>().join(&b',');
            // Rows with the same key are told apart by their place, as a naive tool does.
            if rows.contains_key(&key) {
                key.extend_from_slice(at.to_string().as_bytes());
            }
            rows.insert(key, record);
        }
        Ok(rows)
    };
    let (old, new) = (read(old)?, read(new)?);
    let gone = old.keys().filter(|key| !new.contains_key(*key)).count();
    let added = new.keys().filter(|key| !old.contains_key(*key)).count();
    let changed = old
        .iter()
        .filter(|(key, row)| new.get(*key).is_some_and(|other| other != *row))
        .count();
    Ok([gone, added, changed])
}

/// How many nanoseconds one look-up takes: the mean over all ports of the slower
/// transport, the best of 50 walks.
fn lookup() -> f64 {
    let walk = |transport: Transport| {
        let start = Instant::now();
        let found: usize = (0..=u16::MAX)
            .map(|port| appleports::lookup(black_box(port), transport).len())
            .sum();
        black_box(found);
        start.elapsed().as_secs_f64() * 1e9 / 65_536.0
    };
    (0..50)
        .map(|_| walk(Transport::Tcp).max(walk(Transport::Udp)))
        .fold(f64::INFINITY, f64::min)
}
