//! For a terminal: the message, the line of the capture, and what to do.

use std::fmt::Write;

use appleports_model::escape::terminal::line as visible;
use appleports_model::{Finding, Level, counted};

use super::Findings;

pub(super) fn write(report: &Findings<'_>) -> String {
    let mut out = String::new();
    for finding in report.findings {
        // Writing to a String cannot fail.
        let _ = one(&mut out, report, finding);
    }
    let count = |level: Level| {
        let listed = report.findings.iter();
        let listed = listed.filter(|finding| finding.level == level).count();
        let unlisted = report
            .unlisted
            .iter()
            .filter(|(counted_level, _)| *counted_level == level);
        listed + unlisted.map(|(_, count)| count).sum::<usize>()
    };
    let _ = writeln!(
        out,
        "{}, {}, {}; run `appleports explain CODE` for details",
        counted(count(Level::Error), "error"),
        counted(count(Level::Warning), "warning"),
        counted(count(Level::Note), "note")
    );
    out
}

fn one(out: &mut String, report: &Findings<'_>, finding: &Finding) -> std::fmt::Result {
    writeln!(
        out,
        "{}[{}]: {}",
        finding.level,
        visible(&finding.code),
        visible(&finding.message)
    )?;
    let number = finding.line.to_string();
    let margin = " ".repeat(number.len());
    let path = visible(report.path(finding));
    writeln!(out, "{margin}--> {}", finding.located(&path))?;
    if let Some(excerpt) = report.excerpt(finding) {
        let indent = " ".repeat(excerpt.indent());
        writeln!(out, "{margin} |")?;
        writeln!(out, "{number} | {}", visible(&excerpt.text))?;
        writeln!(out, "{margin} | {indent}{}", "^".repeat(excerpt.width()))?;
    }
    if let Some(record) = &finding.record {
        writeln!(out, "{margin} = record: {}", visible(record))?;
    }
    writeln!(out, "{margin} = help: {}\n", visible(&finding.help))
}
