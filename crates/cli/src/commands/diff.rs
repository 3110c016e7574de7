//! `diff`: what changed in meaning between two sides.

use anyhow::anyhow;
use appleports_pipeline::{Failure, MAX_COMMENT, RENDERINGS, compare, markdown};
use appleports_store::{SourceFolder, write_file};

use crate::args::{Diff, DiffFormat, FailOn};
use crate::print;

pub(super) fn run(sources: &SourceFolder, options: &Diff) -> Result<bool, Failure> {
    if options.overflow.is_some() && options.format != DiffFormat::Markdown {
        return Err(anyhow!("--overflow goes with --format markdown only").into());
    }
    let report = compare(sources, &options.old, &options.new)?;
    let text = match options.format {
        DiffFormat::Markdown => {
            let name = options.overflow.as_ref();
            let name = name.and_then(|path| path.file_name()).unwrap_or_default();
            let parts = markdown(&report, &name.to_string_lossy());
            match (&options.overflow, parts.overflow) {
                (None, Some(_)) => {
                    return Err(anyhow!(
                        "the comparison is longer than the {MAX_COMMENT} characters of a pull request; give --overflow FILE for the rest"
                    )
                    .into());
                }
                (Some(path), rest) => {
                    let rest = rest.unwrap_or_else(|| "Nothing was left out.\n".to_owned());
                    write_file(path, rest.as_bytes())?;
                }
                (None, None) => {}
            }
            parts.body
        }
        other => {
            let format = RENDERINGS
                .iter()
                .find(|format| format.name == other.name())
                .ok_or_else(|| anyhow!("no such format"))?;
            (format.write)(&report)
        }
    };
    match &options.output {
        Some(path) if path.as_os_str() != "-" => {
            let text = match options.format {
                DiffFormat::Terminal => anstream::adapter::strip_str(&text).to_string(),
                _ => text,
            };
            write_file(path, text.as_bytes())?;
        }
        _ if options.format == DiffFormat::Terminal => print::coloured(&text)?,
        _ => print::result(text.as_bytes())?,
    }
    Ok(!match options.fail_on {
        FailOn::Exposure => report.changes_exposure(),
        FailOn::Ports => report.changes_ports(),
        FailOn::Any => !report.is_empty(),
    })
}
