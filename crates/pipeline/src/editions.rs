//! The editions of the registry and of the RFC index: which one, and where it lies.

use std::path::Path;

use appleports_ingest::{read_registry, read_rfc_index, read_siblings, rfc_index_date};
use appleports_model::{Form, Registry, RfcIndex, Siblings, SourceInfo, SourceKind, sha256_hex};
use appleports_store::{MAX_STORED, SourceFolder, Stored, read_limited};

use crate::Failure;

/// Reads a stored edition of the registry.
pub(crate) fn read(sources: &SourceFolder, stored: &Stored) -> Result<Registry, Failure> {
    read_from(&sources.root().join(&stored.info.path), stored)
}

/// Reads an edition that lies at `path`, which errors name.
pub(crate) fn read_from(path: &Path, stored: &Stored) -> Result<Registry, Failure> {
    let shown = path.display().to_string();
    Ok(read_registry(&stored.info.id, &shown, &stored.bytes)?)
}

/// A registry edition outside the sources folder; its date is the one in its file name.
pub(crate) fn foreign_registry(path: &Path) -> Result<Stored, Failure> {
    let bytes = read_limited(path, MAX_STORED)?;
    Ok(foreign(path, SourceKind::Iana, bytes, None))
}

/// The registry edition that `name` names: a stored one by its id, or a file.
///
/// # Errors
/// [`Failure::Input`] when there is neither, or it is no registry.
pub fn registry(sources: &SourceFolder, name: &str) -> Result<Registry, Failure> {
    let (known, path) = (sources.list(SourceKind::Iana)?, Path::new(name));
    if known.iter().any(|id| id == name) {
        read(sources, &sources.load(name)?)
    } else if path.exists() {
        read_from(path, &foreign_registry(path)?)
    } else {
        Err(anyhow::anyhow!(
            "`{name}`: no such file or registry edition; stored are: {}",
            known.join(", ")
        )
        .into())
    }
}

/// The RFC index at `path`, or else the newest stored one; none where there is none.
pub(crate) fn rfc_index(
    sources: &SourceFolder,
    path: Option<&Path>,
) -> Result<Option<(SourceInfo, RfcIndex)>, Failure> {
    let (stored, shown) = match path {
        Some(path) => {
            let bytes = read_limited(path, MAX_STORED)?;
            let date = rfc_index_date(&bytes);
            (foreign(path, SourceKind::Rfc, bytes, date), path.to_owned())
        }
        None => match sources.list(SourceKind::Rfc)?.pop() {
            None => return Ok(None),
            Some(id) => {
                let stored = sources.load(&id)?;
                let shown = sources.root().join(&stored.info.path);
                (stored, shown)
            }
        },
    };
    let shown = shown.display().to_string();
    let index = read_rfc_index(&stored.info.id, &shown, &stored.bytes)?;
    Ok(Some((stored.info, index)))
}

/// What Apple's other articles say: the newest stored file of it; none where there is none.
pub(crate) fn siblings(sources: &SourceFolder) -> Result<Option<(Stored, Siblings)>, Failure> {
    let Some(id) = sources.list(SourceKind::Siblings)?.pop() else {
        return Ok(None);
    };
    let stored = sources.load(&id)?;
    let shown = sources.root().join(&stored.info.path).display().to_string();
    let siblings = read_siblings(&id, &shown, &stored.bytes)?;
    Ok(Some((stored, siblings)))
}

/// A source outside the sources folder. Its path is its bare name, so that outputs
/// do not depend on where it lies.
fn foreign(path: &Path, kind: SourceKind, bytes: Vec<u8>, date: Option<String>) -> Stored {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let date = date
        .or_else(|| date_in(&name).map(str::to_owned))
        .unwrap_or_default();
    let folder = if kind == SourceKind::Rfc {
        "rfc"
    } else {
        "iana"
    };
    let info = SourceInfo {
        id: format!("{folder}/{}", if date.is_empty() { &name } else { &date }),
        kind,
        date,
        url: String::new(),
        article_id: String::new(),
        locale: String::new(),
        form: Form::Page,
        path: name,
        sha256: sha256_hex(&bytes),
        bytes: bytes.len() as u64,
    };
    Stored { info, bytes }
}

/// The first `YYYY-MM-DD` in a text.
fn date_in(text: &str) -> Option<&str> {
    (0..text.len())
        .filter_map(|at| text.get(at..at + 10))
        .find(|word| {
            word.bytes().enumerate().all(|(at, byte)| {
                if at == 4 || at == 7 {
                    byte == b'-'
                } else {
                    byte.is_ascii_digit()
                }
            })
        })
}

/// The newest edition not after `date`; the oldest one where all are later.
pub(crate) fn choose_registry(sources: &SourceFolder, date: &str) -> Result<String, Failure> {
    let editions = sources.list(SourceKind::Iana)?;
    editions
        .iter()
        .rfind(|id| id.trim_start_matches("iana/") <= date)
        .or(editions.first())
        .cloned()
        .ok_or_else(|| {
            Failure::Input(anyhow::anyhow!(
                "no registry edition in the sources folder (iana/YYYY-MM-DD.csv)"
            ))
        })
}
