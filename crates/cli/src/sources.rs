//! Which sources a command uses: a folder's, or those that it carries within itself.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::{anyhow, bail};
use appleports_model::{PortRange, SourceId, SourceKind};
use appleports_pipeline::{LookUp, assemble_with};
use appleports_store::SourceFolder;

use crate::args::Choice;
use crate::built_in::{self, Prepared};
use crate::print;

/// The folder that is used where none is named.
const USUAL: &str = "sources";

/// The variable that names a folder.
pub(crate) const VARIABLE: &str = "APPLEPORTS_SOURCES";

/// The sources that a command reads.
#[derive(Debug)]
pub(crate) enum Sources {
    /// A folder, or those built into the command, unpacked.
    Unpacked(SourceFolder),
    /// Those built into the command, with the dataset that was assembled from them beforehand.
    Prepared(Prepared),
}

impl Sources {
    /// The ids of the sources.
    pub(crate) fn ids(&self) -> Vec<SourceId> {
        match self {
            Self::Unpacked(folder) => ids(folder),
            Self::Prepared(prepared) => prepared.ids().to_vec(),
        }
    }

    /// The sources themselves.
    ///
    /// # Errors
    /// When the built-in sources are damaged.
    pub(crate) fn unpacked(self) -> anyhow::Result<SourceFolder> {
        match self {
            Self::Unpacked(folder) => Ok(folder),
            Self::Prepared(_) => built_in::sources(),
        }
    }

    /// What a look-up answers from, with what the registry has for these ports. Only the usual
    /// capture is assembled beforehand.
    ///
    /// # Errors
    /// As [`assemble_with`].
    pub(crate) fn look_up(self, choice: &Choice, ports: &[PortRange]) -> anyhow::Result<LookUp> {
        match self {
            Self::Prepared(prepared) if choice.is_usual() => prepared.look_up(ports),
            other => Ok(assemble_with(&other.unpacked()?, &choice.options())?.into()),
        }
    }
}

/// The sources that a command reads: the folder that was named, or else the one of the place
/// where the command runs, or else those built into the command. Says on standard error which,
/// where that is not to be seen.
///
/// # Errors
/// When the built-in sources are damaged.
pub(crate) fn to_read(named: Option<&Path>) -> anyhow::Result<Sources> {
    if let Some(folder) = folder(named)? {
        return Ok(Sources::Unpacked(folder));
    }
    let sources = match built_in::prepared()? {
        Some(prepared) => Sources::Prepared(prepared),
        None => Sources::Unpacked(built_in::sources()?),
    };
    let message = format!("those built into this command are used; {}", none_here());
    print::diagnostic("sources", &message);
    Ok(sources)
}

/// The ids of the sources in a folder. Those that cannot be listed are the error of the command.
pub(crate) fn ids(folder: &SourceFolder) -> Vec<SourceId> {
    let ids = SourceKind::ALL.map(|kind| folder.list(kind).unwrap_or_default());
    ids.concat()
}

/// The sources that a command writes to or builds from, which must be a folder.
///
/// # Errors
/// When none is named and none is here.
pub(crate) fn to_change(named: Option<&Path>) -> anyhow::Result<SourceFolder> {
    let sources = folder(named)?.ok_or_else(|| {
        anyhow!(
            "{}, and this command works on one: run it where a clone of the repository has its \
             own, or name a folder with `--sources DIR` or {VARIABLE}; find, why, products, \
             history, export, site, audit, check, diff, status and `ingest --dry-run` need none",
            none_here()
        )
    })?;
    Ok(sources)
}

/// The folder that an option or the variable names, or else the one of the place where the
/// command runs.
fn folder(named: Option<&Path>) -> anyhow::Result<Option<SourceFolder>> {
    let variable = std::env::var_os(VARIABLE).filter(|name| !name.is_empty());
    let variable = variable.as_deref().map(Path::new);
    let Some(folder) = named.or(variable) else {
        return Ok(usual().map(SourceFolder::new));
    };
    let below = folder.join(USUAL);
    if !is_sources(folder) && is_sources(&below) {
        let (folder, below) = (folder.display(), below.display());
        bail!("{folder}: no sources folder; did you mean {below}?");
    }
    if named.is_none() {
        let message = format!("`{}`, named by {VARIABLE}", folder.display());
        print::diagnostic("sources", &message);
    }
    Ok(Some(SourceFolder::new(folder)))
}

fn none_here() -> String {
    if Path::new(USUAL).exists() {
        format!("./{USUAL} is not a sources folder")
    } else {
        format!("there is no folder ./{USUAL}")
    }
}

/// The folder of the place where the command runs, if it is one of sources: another program's
/// folder may have that name.
fn usual<'a>() -> Option<&'a Path> {
    Some(Path::new(USUAL)).filter(|folder| is_sources(folder))
}

/// Whether a folder is one of sources: it has a vocabulary. One that cannot be looked at is taken
/// for one, so that its error is told and other sources do not stand for it.
fn is_sources(folder: &Path) -> bool {
    match std::fs::symlink_metadata(folder.join("vocabulary")) {
        Ok(_) => true,
        Err(error) => !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
    }
}
