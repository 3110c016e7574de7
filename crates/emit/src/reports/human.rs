//! For a terminal: the message, the line of the capture, and what to do.

use std::fmt::Write;

use appleports_model::{Finding, Level, counted};

use super::Findings;

/// No line of a source is shown longer than this.
const WIDTH: usize = 100;

pub(super) fn write(report: &Findings<'_>) -> String {
    let mut out = String::new();
    for finding in report.findings {
        // Writing to a String cannot fail.
        let _ = one(&mut out, report, finding);
    }
    let count = |level: Level| {
        report
            .findings
            .iter()
            .filter(|finding| finding.level == level)
            .count()
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
        finding.level, finding.code, finding.message
    )?;
    let number = finding.line.to_string();
    let margin = " ".repeat(number.len());
    writeln!(out, "{margin}--> {}:{number}", report.path(finding))?;
    if let Some(line) = report.line(finding) {
        let shown: String = if line.chars().count() > WIDTH {
            line.chars().take(WIDTH - 3).chain("...".chars()).collect()
        } else {
            line.trim_end().to_owned()
        };
        let indent = shown.chars().take_while(|c| c.is_whitespace()).count();
        writeln!(out, "{margin} |")?;
        writeln!(out, "{number} | {shown}")?;
        let under = shown.chars().count().saturating_sub(indent).max(1);
        writeln!(
            out,
            "{margin} | {}{}",
            " ".repeat(indent),
            "^".repeat(under)
        )?;
    }
    if !finding.record.is_empty() {
        writeln!(out, "{margin} = record: {}", finding.record)?;
    }
    writeln!(out, "{margin} = help: {}\n", finding.help)
}
