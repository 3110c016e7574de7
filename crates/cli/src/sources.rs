//! Which sources a command uses: a folder's, or those that it carries within itself.

use std::path::Path;

use anyhow::anyhow;
use appleports_pipeline::Failure;
use appleports_store::SourceFolder;

use crate::print;

/// The repository's sources as they were when the command was built.
const ARCHIVE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/sources.tar.gz"));

/// What stands for their folder in what people read.
const BUILT_IN: &str = "built-in";

/// The folder that is used where none is named.
const USUAL: &str = "sources";

/// The variable that names a folder.
pub(crate) const VARIABLE: &str = "APPLEPORTS_SOURCES";

/// The sources that a command reads: the folder that was named, or else the one of the place
/// where the command runs, or else those built into the command. Says on standard error which,
/// where that is not to be seen.
///
/// # Errors
/// [`Failure::Input`] when the built-in sources are damaged.
pub(crate) fn to_read(named: Option<&Path>) -> Result<SourceFolder, Failure> {
    if let Some(folder) = named.or_else(usual) {
        say(named);
        return Ok(SourceFolder::new(folder));
    }
    let sources = SourceFolder::archived(BUILT_IN, ARCHIVE)?;
    let message = format!("those built into this command; no sources folder `{USUAL}` is here");
    print::diagnostic("sources", &message);
    Ok(sources)
}

/// The sources that a command writes to or builds from, which must be a folder.
///
/// # Errors
/// [`Failure::Input`] when none is named and none is here.
pub(crate) fn to_change(named: Option<&Path>) -> Result<SourceFolder, Failure> {
    let folder = named.or_else(usual).ok_or_else(|| {
        anyhow!(
            "no sources folder `{USUAL}` is here, and this command works on one: run it in a clone \
             of the repository, or name the folder with `--sources DIR` or {VARIABLE}; find, why, \
             products, history, export, check, diff, status and `ingest --dry-run` need none"
        )
    })?;
    say(named);
    Ok(SourceFolder::new(folder))
}

/// The folder of the place where the command runs, if it is one of sources: another program's
/// folder may have that name.
fn usual<'a>() -> Option<&'a Path> {
    let folder = Path::new(USUAL);
    let has = |name: &str| folder.join(name).is_dir();
    (has("apple") || has("vocabulary")).then_some(folder)
}

/// Names the folder that a variable names, which nobody sees on the command line.
fn say(named: Option<&Path>) {
    let Some(folder) = named else { return };
    if std::env::var_os(VARIABLE).is_some_and(|own| own == folder.as_os_str()) {
        let message = format!("`{}`, named by {VARIABLE}", folder.display());
        print::diagnostic("sources", &message);
    }
}
