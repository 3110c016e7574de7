//! `check`: the list against the registry and itself, as findings.

use anyhow::anyhow;
use appleports_emit::{Findings, REPORTS};
use appleports_pipeline::{AssembleOptions, Failure, assemble_with, compare_with_baseline, rules};
use appleports_store::SourceFolder;

use crate::args::{Check, ReportFormat};
use crate::{article, print};

pub(super) fn run(sources: &SourceFolder, options: &Check) -> Result<bool, Failure> {
    let wanted = AssembleOptions {
        iana: options.iana.clone(),
        rfc_index: options.rfc_index.clone(),
        services: options.services.clone(),
        ..options.choice.options()
    };
    let assembled = assemble_with(sources, &wanted)?;
    article::warn(&assembled);
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
    let mut findings = assembled.dataset.findings;
    if let Some(path) = &options.baseline {
        let baseline = compare_with_baseline(path, &findings)?;
        for gone in &baseline.gone {
            print::diagnostic(
                "gone",
                &format!("{gone}; take it out of {}", path.display()),
            );
        }
        findings = baseline.new;
    }
    let rules = rules();
    let report = Findings {
        findings: &findings,
        sources: &assembled.texts,
        rules: &rules,
    };
    let format = REPORTS
        .iter()
        .find(|format| format.name == options.format.name())
        .ok_or_else(|| anyhow!("no such format"))?;
    let text = (format.write)(&report);
    let is_for_people = matches!(options.format, ReportFormat::Human | ReportFormat::Github);
    let text = if is_for_people {
        print::visible(&text)
    } else {
        text
    };
    print::result(text.as_bytes())?;
    Ok(findings
        .iter()
        .all(|finding| finding.level < options.deny.level()))
}
