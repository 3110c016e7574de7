//! `build`: sources to output.

use std::path::Path;

use anyhow::ensure;
use appleports_pipeline::{BuildOptions, build};

use crate::args::{Build, OUTPUT};
use crate::print;

pub(super) fn run(sources: &Path, options: &Build) -> anyhow::Result<bool> {
    // A repository may bring such a link; one with another name was given by the person.
    ensure!(
        options.output != Path::new(OUTPUT) || !options.output.is_symlink(),
        "{OUTPUT}: a symbolic link; pass its target with --output, or remove it"
    );
    let summary = build(&BuildOptions {
        sources: sources.to_owned(),
        output: options.output.clone(),
        capture: options.choice.capture.clone(),
        locale: options.choice.locale.clone(),
        iana: options.iana.clone(),
        accept: options.accept.clone(),
    })?;
    print::plain(&summary.to_string())?;
    Ok(true)
}
