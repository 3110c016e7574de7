//! `diff`: what OLD and NEW stand for, and their comparison.

mod table;

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use appleports_check::{attach_corrections, cross_check, parse_corrections};
use appleports_diff::{
    Body, KeyedChanges, Label, Report, Side as RecordSide, changes_between, keyed_changes,
    services_changes,
};
use appleports_emit::{Document, SCHEMA_VERSION};
use appleports_ingest::{ReadErrorKind, is_registry, read_registry, read_services_entries};
use appleports_model::{
    Record, Registry, RegistryEntry, ServicesFile, SourceId, SourceKind, UnreadRow,
};
use appleports_normalise::read_parts;
use appleports_store::{MAX_STORED, SourceFolder, read_limited, read_own};

use crate::assemble::assemble;
use crate::build::sources_used;
use crate::captures::Captures;
use crate::failure::{CompareError, Failure};
use crate::git::Git;
use crate::ingest::{STDIN, read_alone};
use crate::interpret::vocabulary;
use crate::kinds::{Compared, Kind, registry};
use crate::revision::file_of_revision;
use crate::side_size::check_size;

/// One side of a comparison. A side of another kind is one more variant here, one
/// more arm in [`compare`], and one more test of the first bytes in `from_bytes`.
enum Side {
    Records(Label, Rows),
    Registry(Label, Registry),
    Services(Label, ServicesFile),
}

/// The rows of a dataset: those that were read, and those that were not.
struct Rows {
    records: Vec<Record>,
    unread: Vec<UnreadRow>,
    /// Whether they are those of a `ports.csv`, which holds less than a dataset.
    is_table: bool,
}

impl Rows {
    fn side(&self) -> RecordSide<'_> {
        RecordSide {
            records: &self.records,
            unread: &self.unread,
        }
    }
}

/// Compares two sides, each named as on the command line: an output folder, a
/// `ports.json` or `ports.csv`, a capture (file or id), a registry edition (file or id), a services
/// file, `-` for any of these files on standard input, or `git:REV` for the committed
/// `output/ports.json`.
///
/// # Errors
/// [`Failure::Input`] when a side cannot be found or read, or when the two are not
/// of one kind; [`Failure::Refused`] for a page without its table.
pub fn compare(sources: &SourceFolder, old: &str, new: &str) -> Result<Report, Failure> {
    if old == "-" && new == "-" {
        return Err(CompareError::BothStdin.into());
    }
    let git = Git::new();
    match (side(sources, &git, old)?, side(sources, &git, new)?) {
        (Side::Records(old, mut before), Side::Records(new, mut after)) => {
            if before.is_table || after.is_table {
                let vocabulary = vocabulary(sources)?;
                for rows in [&mut before, &mut after] {
                    let parts = |used_by: &str| read_parts(used_by, &vocabulary);
                    table::as_in_table(&mut rows.records, parts);
                }
            }
            Ok(Report {
                old,
                new,
                body: Body::Records(changes_between(before.side(), after.side())),
            })
        }
        (Side::Registry(old, before), Side::Registry(new, after)) => Ok(Report {
            old,
            new,
            body: Body::Registry(registry_changes(&before, &after)),
        }),
        (Side::Services(old, before), Side::Services(new, after)) => Ok(Report {
            old,
            new,
            body: Body::Services(services_changes(&before, &after)),
        }),
        _ => Err(CompareError::Kinds {
            old: old.to_owned(),
            new: new.to_owned(),
        }
        .into()),
    }
}

/// Compares two editions row by row.
fn registry_changes(old: &Registry, new: &Registry) -> KeyedChanges {
    let rows = |edition| -> Vec<RegistryEntry<'_>> { Registry::entries(edition).collect() };
    keyed_changes(&rows(old), &rows(new))
}

fn side(sources: &SourceFolder, git: &Git, name: &str) -> Result<Side, Failure> {
    if name == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(MAX_STORED + 1);
        let mut read = std::io::BufReader::new(read);
        read.read_to_end(&mut bytes).map_err(CompareError::Stdin)?;
        if bytes.len() as u64 > MAX_STORED {
            return Err(CompareError::LongStdin { limit: MAX_STORED }.into());
        }
        return from_bytes(sources, STDIN, &bytes);
    }
    if let Some(revision) = name.strip_prefix("git:") {
        let bytes = file_of_revision(git, revision, "output/ports.json")?;
        return Ok(dataset(name, name, &bytes)?);
    }
    if let Ok(id) = name.parse::<SourceId>()
        && sources.list(id.kind())?.contains(&id)
        && let Some(side) = stored(sources, &id)?
    {
        return Ok(side);
    }
    let path = Path::new(name);
    if path.is_dir() {
        let file = path.join("ports.json");
        let bytes = read_own(&file, MAX_STORED).map_err(|error| CompareError::NoOutputFolder {
            name: name.to_owned(),
            error,
        })?;
        return Ok(dataset(name, &file.display().to_string(), &bytes)?);
    }
    if !path.exists() {
        return Err(CompareError::NoSuchSide {
            name: name.to_owned(),
        }
        .into());
    }
    from_bytes(sources, name, &read_limited(path, MAX_STORED)?)
}

/// A stored source; none where it is of a kind that has no side.
fn stored(sources: &SourceFolder, id: &SourceId) -> Result<Option<Side>, Failure> {
    let name = id.to_string();
    Ok(match Kind::of(id.kind()).compared {
        Some(Compared::Records) => {
            let dataset = assemble(sources, Some(&name))?;
            let used = sources_used(&dataset.sources);
            let rows = Rows {
                records: dataset.records,
                unread: dataset.rejected,
                is_table: false,
            };
            Some(Side::Records(label(&name, used), rows))
        }
        Some(Compared::Registry) => {
            let edition = registry::read(sources, &sources.load(id)?)?;
            Some(Side::Registry(label(&name, Vec::new()), edition))
        }
        None => None,
    })
}

/// Tells the kinds of files apart by how they begin.
fn from_bytes(sources: &SourceFolder, name: &str, bytes: &[u8]) -> Result<Side, Failure> {
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    if text.starts_with(b"{") {
        return Ok(dataset(name, name, bytes)?);
    }
    if table::is_table(text) {
        return ports_table(sources, name, text);
    }
    if is_registry(bytes) {
        let registry = read_registry(name, name, bytes)?;
        return Ok(Side::Registry(label(name, Vec::new()), registry));
    }
    match read_services_entries(name, bytes) {
        Ok(file) if !file.entries().is_empty() => {
            return Ok(Side::Services(label(name, Vec::new()), file));
        }
        Err(error) if matches!(error.kind, ReadErrorKind::LongServices { .. }) => {
            return Err(error.into());
        }
        _ => {}
    }
    capture(sources, name, bytes)
}

/// A `ports.csv`, with the curated corrections, as in a build. It does not hold the rows that could
/// not be read: where its capture is stored, they are those of the capture.
fn ports_table(sources: &SourceFolder, name: &str, bytes: &[u8]) -> Result<Side, Failure> {
    let mut records = table::records(name, bytes).map_err(CompareError::from)?;
    check_size(name, &records, &[])?;
    let (path, text) = sources.corrections()?;
    attach_corrections(&mut records, &parse_corrections(&path, &text)?);
    let mut seen = BTreeSet::new();
    let used = records.iter().map(|record| &record.provenance.source);
    let used: Vec<String> = used.filter(|id| seen.insert(*id)).cloned().collect();
    let stored = sources.list(SourceKind::Article)?;
    let is_stored = |id: &String| id.parse().is_ok_and(|id| stored.contains(&id));
    let mut unread = Vec::new();
    if used.iter().any(is_stored) {
        let captures = Captures::read(sources, &vocabulary(sources)?)?;
        let named = captures.all.iter();
        for capture in named.filter(|capture| used.contains(&capture.info().id)) {
            unread.extend_from_slice(capture.side().unread);
        }
    }
    check_size(name, &records, &unread)?;
    let rows = Rows {
        records,
        unread,
        is_table: true,
    };
    Ok(Side::Records(label(name, used), rows))
}

/// A capture that is not stored, read and checked as `build` does it.
fn capture(sources: &SourceFolder, name: &str, bytes: &[u8]) -> Result<Side, Failure> {
    let ingested = read_alone(sources, name, bytes)?;
    let (mut records, unread) = (ingested.normalised.records, ingested.normalised.unread);
    let edition = registry::choose(sources, ingested.info.date)?;
    let registry = registry::read(sources, &sources.load(&edition)?)?;
    cross_check(&mut records, &registry);
    let (path, text) = sources.corrections()?;
    attach_corrections(&mut records, &parse_corrections(&path, &text)?);
    Ok(Side::Records(
        label(name, vec![ingested.info.id, edition.to_string()]),
        Rows {
            records,
            unread,
            is_table: false,
        },
    ))
}

fn dataset(name: &str, path: &str, bytes: &[u8]) -> Result<Side, CompareError> {
    let document = Document::parse(bytes).map_err(|error| CompareError::NotADataset {
        path: path.to_owned(),
        error,
    })?;
    let major = |version: &str| version.split('.').next().map(str::to_owned);
    if major(&document.schema_version) != major(SCHEMA_VERSION) {
        return Err(CompareError::SchemaVersion {
            path: path.to_owned(),
            version: document.schema_version.to_string(),
        });
    }
    check_size(path, &document.records, &document.rejected)?;
    let used = sources_used(&document.sources);
    Ok(Side::Records(
        label(name, used),
        Rows {
            records: document.records.into_owned(),
            unread: document.rejected.into_owned(),
            is_table: false,
        },
    ))
}

fn label(name: &str, sources: Vec<String>) -> Label {
    Label {
        name: name.to_owned(),
        sources,
    }
}
