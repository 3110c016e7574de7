//! `check`: the list against the registry and itself, as findings.

use std::collections::BTreeMap;
use std::path::Path;

use appleports_emit::{Findings, Report, SourceText};
use appleports_model::{Finding, Level, Shown};
use appleports_pipeline::{AssembleOptions, assemble_with, compare_with_baseline, rules};
use appleports_store::SourceFolder;

use crate::args::Check;
use crate::print::{BOLD, CAUTION, Text};
use crate::{article, print};

pub(super) fn run(sources: &SourceFolder, options: &Check) -> anyhow::Result<bool> {
    let wanted = AssembleOptions {
        iana: options.iana.clone(),
        rfc_index: options.rfc_index.clone(),
        services: options.services.clone(),
        ..options.choice.options()
    };
    let mut assembled = assemble_with(sources, &wanted)?;
    article::warn(&assembled.dataset, &assembled.passed_over);
    for (summary, file) in &assembled.services {
        let message = format!(
            "{}: {} same, {} other name, {} alias, {} missing, {} conflicting",
            file.path,
            summary.same,
            summary.other_name,
            summary.alias,
            summary.missing,
            summary.conflicting
        );
        print::diagnostic("compared", &message);
    }
    let filter = options.filter(&assembled.dataset.products)?;
    let mut findings = std::mem::take(&mut assembled.dataset.findings);
    if let Some(path) = &options.baseline {
        findings = without_known(path, &findings)?;
    }
    let findings = filter.apply(&assembled.dataset, findings);
    if let Some(records) = filter
        .records
        .as_ref()
        .map(|row_filter| row_filter.apply(&assembled.dataset))
        && records.records.is_empty()
    {
        let message = "no row of the article matches the filters";
        print::diagnostic("nothing checked", message);
    }
    show(options.reporting.format, &findings, &[], &assembled.texts)?;
    Ok(options.reporting.passes(&findings))
}

/// The findings that a baseline does not have. Those that are gone are named.
pub(super) fn without_known(path: &Path, findings: &[Finding]) -> anyhow::Result<Vec<Finding>> {
    let baseline = compare_with_baseline(path, findings)?;
    for gone in &baseline.gone {
        print::diagnostic(
            "gone",
            &format!("{gone}; remove it from {}", path.display()),
        );
    }
    if let Some(rewritten) = baseline.rewritten {
        let path = path.display();
        let message = match rewritten {
            Ok(()) => {
                format!(
                    "{path}: an earlier version wrote it; it has been rewritten, with the values by which findings are known now"
                )
            }
            Err(error) => format!(
                "{path}: an earlier version wrote it, and it is compared by its messages; it was not rewritten: {error}"
            ),
        };
        print::diagnostic("baseline", &message);
    }
    Ok(baseline.new)
}

/// Shows findings in a format; `unlisted` are those that one of them only counts.
pub(super) fn show(
    format: &Report,
    findings: &[Finding],
    unlisted: &[(Level, usize)],
    texts: &BTreeMap<String, SourceText>,
) -> anyhow::Result<()> {
    let rules = rules();
    let report = Findings {
        findings,
        unlisted,
        sources: texts,
        rules: &rules,
    };
    let text = (format.write)(&report);
    match format.shown {
        Shown::Coloured => print::show(&painted(&text))?,
        Shown::Log => print::plain(&text)?,
        Shown::Data => print::result(text.as_bytes())?,
    }
    Ok(())
}

/// The report for people, the level and code of each finding in a colour. Texts from
/// sources never begin a line of it.
fn painted(report: &str) -> Text {
    let mut text = Text::default();
    for line in report.lines() {
        let starts = [("error[", CAUTION), ("warning[", CAUTION), ("note[", BOLD)];
        let style = starts
            .into_iter()
            .find(|(start, _)| line.starts_with(start));
        let end = line.find(']').map_or(0, |at| at + 1);
        match style {
            Some((_, style)) => {
                text.styled(style, &line[..end]);
                text.plain(&line[end..]);
            }
            None => text.plain(line),
        }
        text.end_line();
    }
    text
}
