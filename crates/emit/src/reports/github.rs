//! Annotations of GitHub's workflow commands.

use std::fmt::Write;

use appleports_model::Level;

use super::Findings;

pub(super) fn write(report: &Findings<'_>) -> String {
    let mut out = String::new();
    for finding in report.findings {
        let level = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let line = Some(finding.line).filter(|line| *line > 0);
        let line = line.map(|line| format!(",line={line}"));
        let line = line.unwrap_or_default();
        let column = finding.column.map(|column| format!(",col={column}"));
        let column = column.unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "::{level} file={}{line}{column},title={}::{}",
            property(report.path(finding)),
            property(&finding.code),
            data(&format!("{} ({})", finding.message, finding.help))
        );
    }
    out
}

/// Escapes a message, so that it cannot end its command or begin another.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
