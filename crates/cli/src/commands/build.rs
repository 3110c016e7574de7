//! `build`: sources to output.

use std::path::Path;

use appleports_pipeline::{BuildOptions, build};

use crate::args::Build;
use crate::print;

pub(super) fn run(sources: &Path, options: &Build) -> anyhow::Result<bool> {
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
