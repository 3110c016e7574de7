//! `build`: sources to output.

use std::path::{Component, Path, PathBuf};

use anyhow::ensure;
use appleports_pipeline::{BuildOptions, build, build_with_receipt};

use crate::args::{Build, OUTPUT};
use crate::print;

pub(super) fn run(sources: &Path, options: &Build) -> anyhow::Result<bool> {
    // A repository may bring such a link; one with another name was given by the person. `./output`
    // and `output/` are the same one.
    let parts = options.output.components();
    let named: PathBuf = parts.filter(|part| *part != Component::CurDir).collect();
    ensure!(
        named != Path::new(OUTPUT) || !named.is_symlink(),
        "{OUTPUT}: a symbolic link; pass its target with --output, or remove it"
    );
    let wanted = BuildOptions {
        sources: sources.to_owned(),
        output: options.output.clone(),
        capture: options.choice.capture.clone(),
        locale: options.choice.locale.clone(),
        iana: options.iana.clone(),
        accept: options.accept.clone(),
    };
    let summary = match receipt() {
        Some(place) => build_with_receipt(&wanted, &place, options.anew),
        None => build(&wanted),
    }?;
    print::plain(&summary.to_string())?;
    Ok(true)
}

/// Where the receipt of the last build is kept: in this person's folder for caches, which no
/// repository brings. None where there is no such folder.
fn receipt() -> Option<PathBuf> {
    Some(dirs::cache_dir()?.join("appleports/last-build.json"))
}
