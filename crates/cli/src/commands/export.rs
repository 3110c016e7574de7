use anyhow::{Context, anyhow};
use appleports_emit::FORMATS;
use appleports_pipeline::{Failure, assemble};
use appleports_store::{SourceFolder, publish};

use crate::args::Export;
use crate::print;

pub(super) fn run(sources: &SourceFolder, options: &Export) -> Result<bool, Failure> {
    let dataset = options.filters.filter().apply(&assemble(sources, None)?);
    let format = FORMATS
        .iter()
        .find(|format| format.name == options.format.name())
        .ok_or_else(|| anyhow!("no such format"))?;
    let (bytes, _) = (format.write)(&dataset);
    match &options.output {
        None => print::result(&bytes)?,
        Some(path) => {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .with_context(|| format!("{}: not the name of a file", path.display()))?;
            let folder = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            publish(folder.unwrap_or(".".as_ref()), &[(name, &bytes)])?;
        }
    }
    Ok(!dataset.records.is_empty())
}
