//! The IANA registry of service names and port numbers.

use std::collections::HashSet;
use std::path::Path;

use appleports_fetch::{Body, Expect};
use appleports_ingest::read_registry;
use appleports_model::{Date, Registry, RegistryEntry, SourceId, SourceKind};
use appleports_store::{SourceFolder, Stored};

use super::{Compared, Download, EditionExtent, Judged, Kind, outside};
use crate::failure::{EditionError, Failure};

pub(crate) static KIND: Kind = Kind {
    endings: &["csv", "xml", "facts.toml"],
    download: Some(Download {
        option: "iana",
        help: "The IANA service-name registry",
        url: "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.csv",
        expect: Expect::Data,
        article_id: None,
        ending: |bytes| {
            if is_xml(bytes) { "xml" } else { "csv" }
        },
        date: Body::modified_on,
        judged: Judged::Edition(measure),
    }),
    replaced_by: Some(("--iana FILE", "another edition of the registry")),
    compared: Some(Compared::Registry),
    refused: None,
};

/// Whether a file is XML and not a table of its own.
pub(super) fn is_xml(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"<")
}

fn measure(id: &SourceId, path: &str, bytes: &[u8]) -> Result<EditionExtent, Failure> {
    let registry = read_registry(&id.to_string(), path, bytes)?;
    let filled_in = |has: fn(&RegistryEntry<'_>) -> bool| {
        let filled = registry.entries().filter(|row| has(row));
        filled.count() as u64
    };
    let filled = vec![
        ("port number", filled_in(|row| row.ports.is_some())),
        ("transport", filled_in(|row| row.transport.is_some())),
        ("service name", filled_in(|row| !row.name.is_empty())),
        ("description", filled_in(|row| !row.description.is_empty())),
        ("reference", filled_in(|row| !row.reference.is_empty())),
        (
            "unauthorized use",
            filled_in(|row| !row.unauthorized_use.is_empty()),
        ),
        ("assignment notes", filled_in(|row| !row.notes.is_empty())),
        // With one sign for "nothing" in each row a column is full.
        (
            "different descriptions",
            different(&registry, |row| row.description),
        ),
        (
            "different references",
            different(&registry, |row| row.reference),
        ),
    ];
    Ok(EditionExtent {
        rows: registry.entries().len() as u64,
        filled,
        keys: registry
            .entries()
            .map(|row| format!("{} {:?} {:?}", row.name, row.ports, row.transport))
            .collect(),
    })
}

/// How many different values a column has.
fn different<'r>(registry: &'r Registry, value: fn(RegistryEntry<'r>) -> &'r str) -> u64 {
    let values: HashSet<&str> = registry.entries().map(value).collect();
    values.len() as u64
}

/// Reads a stored edition.
pub(crate) fn read(sources: &SourceFolder, stored: &Stored) -> Result<Registry, Failure> {
    read_from(&sources.root().join(&stored.info.path), stored)
}

/// The most rows of one name; those of IANA have six. Each row of an article reads all of its name.
const MAX_NAMED: usize = 100;

/// Reads an edition that lies at `path`, which errors name.
pub(crate) fn read_from(path: &Path, stored: &Stored) -> Result<Registry, Failure> {
    let shown = path.display().to_string();
    let registry = read_registry(&stored.info.id, &shown, &stored.bytes)?;
    if registry.most_named() > MAX_NAMED {
        let limit = MAX_NAMED;
        return Err(EditionError::OneName { path: shown, limit }.into());
    }
    Ok(registry)
}

/// An edition outside the sources; its day is the one in its file name.
pub(crate) fn outside(path: &Path) -> Result<Stored, Failure> {
    outside::read(path, SourceKind::Iana, |_| None)
}

/// The edition that `name` names: a stored one by its id, or a file.
///
/// # Errors
/// [`Failure::Input`] when there is neither, or it is no registry.
pub fn registry(sources: &SourceFolder, name: &str) -> Result<Registry, Failure> {
    let (known, path) = (sources.list(SourceKind::Iana)?, Path::new(name));
    let id = name.parse().ok();
    if let Some(id) = id.filter(|id| known.contains(id)) {
        read(sources, &sources.load(&id)?)
    } else if path.exists() {
        read_from(path, &outside(path)?)
    } else {
        Err(EditionError::UnknownRegistry {
            name: name.to_owned(),
            stored: known,
        }
        .into())
    }
}

/// The newest edition not after `day`, or the oldest one where all are later. The newest of all
/// where no day is known.
pub(crate) fn choose(sources: &SourceFolder, day: Option<Date>) -> Result<SourceId, Failure> {
    let editions = sources.list(SourceKind::Iana)?;
    let is_in_time = |id: &&SourceId| day.is_none_or(|day| id.date() <= day);
    let chosen = editions.iter().rfind(is_in_time).or(editions.first());
    Ok(chosen.cloned().ok_or(EditionError::NoRegistry)?)
}
