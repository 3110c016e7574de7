use anyhow::anyhow;
use appleports_emit::{EXPORTS, FORMATS};
use appleports_pipeline::{Failure, assemble, merge_into_services};
use appleports_store::{SourceFolder, write_file};

use crate::args::{Export, ExportFormat};
use crate::print;

pub(super) fn run(sources: &SourceFolder, options: &Export) -> Result<bool, Failure> {
    let dataset = options.filters.filter().apply(&assemble(sources, None)?);
    let format = FORMATS
        .iter()
        .chain(EXPORTS)
        .find(|format| format.name == options.format.name())
        .ok_or_else(|| anyhow!("no such format"))?;
    let bytes = match &options.base {
        Some(base) if options.format == ExportFormat::Services => {
            merge_into_services(&dataset, base)?
        }
        Some(_) => return Err(anyhow!("--base goes with --format services alone").into()),
        None => (format.write)(&dataset).0,
    };
    if dataset.records.is_empty() {
        print::diagnostic(
            "nothing found",
            "no row of the article fits; nothing was written",
        );
        return Ok(false);
    }
    let opens = !matches!(
        options.format,
        ExportFormat::Csv | ExportFormat::Json | ExportFormat::Services | ExportFormat::Markdown
    );
    for record in dataset.records.iter().filter(|_| opens) {
        if record.transports.is_empty() {
            let ports: Vec<String> = record.ports.iter().map(ToString::to_string).collect();
            print::diagnostic(
                "not opened",
                &format!(
                    "{}: the article gives neither TCP nor UDP",
                    ports.join(", ")
                ),
            );
        }
    }
    match &options.output {
        Some(path) if path.as_os_str() != "-" => write_file(path, &bytes)?,
        _ => print::result(&bytes)?,
    }
    Ok(true)
}
