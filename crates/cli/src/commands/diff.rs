//! `diff`: what changed in meaning between two sides.

use std::path::{self, Path};

use anyhow::bail;
use appleports_model::Shown;
use appleports_pipeline::{MAX_COMMENT, Report, compare, markdown};
use appleports_store::{SourceFolder, final_path, write_file};

use crate::args::{Diff, FailOn};
use crate::print;

/// The rendering that has a limit, that of a pull request.
const LIMITED: &str = "markdown";

pub(super) fn run(sources: &SourceFolder, options: &Diff) -> anyhow::Result<bool> {
    let format = options.format;
    if options.overflow.is_some() && format.name != LIMITED {
        bail!("--overflow goes with --format {LIMITED} only");
    }
    if let (Some(rest), Some(whole)) = (&options.overflow, &options.output)
        && (path::absolute(rest).ok() == path::absolute(whole).ok()
            || final_path(rest).is_some_and(|place| final_path(whole) == Some(place)))
    {
        bail!(
            "--overflow and -o both name {}; the rest needs a file of its own",
            rest.display()
        );
    }
    let report = compare(sources, &options.old, &options.new)?;
    let text = if format.name == LIMITED {
        within_limit(&report, options.overflow.as_deref())?
    } else {
        (format.write)(&report)
    };
    let is_coloured = format.shown == Shown::Coloured;
    match &options.output {
        Some(path) if path.as_os_str() != "-" => {
            let text = if is_coloured {
                anstream::adapter::strip_str(&text).to_string()
            } else {
                text
            };
            write_file(path, text.as_bytes())?;
        }
        _ if is_coloured => print::coloured(&text)?,
        _ => print::result(text.as_bytes())?,
    }
    Ok(!match options.fail_on {
        FailOn::Exposure => report.changes_exposure(),
        FailOn::Ports => report.changes_ports(),
        FailOn::Any => !report.is_empty(),
    })
}

/// The text of a pull request; the rest of a long one goes into the file.
fn within_limit(report: &Report, overflow: Option<&Path>) -> anyhow::Result<String> {
    let name = overflow.and_then(Path::file_name).unwrap_or_default();
    let parts = markdown(report, &name.to_string_lossy());
    match (overflow, parts.overflow) {
        (None, Some(_)) => bail!(
            "the comparison is longer than the {MAX_COMMENT} characters of a pull request; give --overflow FILE for the rest"
        ),
        (Some(path), rest) => {
            let rest = rest.unwrap_or_else(|| "Nothing was left out.\n".to_owned());
            write_file(path, rest.as_bytes())?;
        }
        (None, None) => {}
    }
    Ok(parts.body)
}
