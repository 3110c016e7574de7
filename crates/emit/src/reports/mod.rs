//! Findings for people and machines: one file a format, one line in [`REPORTS`].

mod excerpt;
mod github;
mod human;
mod json;
mod sarif;

use std::collections::BTreeMap;
use std::ops::Range;

use appleports_model::{Columns, Finding, Level, MAX_PLAIN_LINE, Rule, Shown};
use excerpt::Excerpt;

/// The text of a source, so that a finding can show its line.
#[derive(Clone, Debug)]
pub struct SourceText {
    path: String,
    text: String,
    /// Where each line is: a text of short lines has more lines than half its bytes.
    lines: Vec<Range<u32>>,
    /// The columns of the long lines, by index.
    columns: BTreeMap<usize, Columns>,
}

impl SourceText {
    /// The text of the file at `path`, which is shown as it is.
    pub fn new(path: &str, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{feff}');
        let long = text.lines().enumerate();
        let long = long.filter(|(_, line)| line.len() > MAX_PLAIN_LINE);
        let columns = long.map(|(at, line)| (at, Columns::new(line))).collect();
        let mut start = 0;
        let place = |line: &str| {
            let length = u32::try_from(line.len()).ok()?;
            let end = u32::checked_add(start, length)?;
            let range = start..end;
            start = end;
            Some(range)
        };
        Self {
            path: path.to_owned(),
            lines: text.split_inclusive('\n').map_while(place).collect(),
            columns,
            text: text.to_owned(),
        }
    }

    /// The line with this index.
    fn line(&self, index: usize) -> Option<&str> {
        let place = self.lines.get(index)?;
        let at = |end: u32| usize::try_from(end).ok();
        let line = self.text.get(at(place.start)?..at(place.end)?)?;
        let line = line.strip_suffix('\n').unwrap_or(line);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }
}

/// Everything that a report needs.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The findings, sorted.
    pub findings: &'a [Finding],
    /// How many more there are of a level, which one of them only counts.
    pub unlisted: &'a [(Level, usize)],
    /// The texts of the sources, by id.
    pub sources: &'a BTreeMap<String, SourceText>,
    /// All rules.
    pub rules: &'a [&'static Rule],
}

impl<'a> Findings<'a> {
    /// The path to show for a finding: that of its source, or the source's id.
    fn path(&self, finding: &'a Finding) -> &'a str {
        self.sources
            .get(&finding.source)
            .map_or(finding.source.as_str(), |source| source.path.as_str())
    }

    /// What stands at the place of a finding, if its source is known.
    fn excerpt(&self, finding: &Finding) -> Option<Excerpt> {
        let source = self.sources.get(&finding.source)?;
        let index = usize::try_from(finding.line).ok()?.checked_sub(1)?;
        let line = source.line(index)?;
        Some(match (finding.column, source.columns.get(&index)) {
            (Some(column), Some(columns)) => Excerpt::of_cell(columns.from(line, column), column),
            (Some(column), None) => Excerpt::of_place(line, column),
            _ => Excerpt::of_line(line),
        })
    }
}

/// A format for findings.
#[derive(Debug)]
pub struct Report {
    /// The name for `check --format`.
    pub name: &'static str,
    /// How it is shown.
    pub shown: Shown,
    /// Writes the findings.
    pub write: fn(&Findings<'_>) -> String,
}

/// All formats for findings.
pub static REPORTS: &[Report] = &[
    Report {
        name: "human",
        shown: Shown::Coloured,
        write: human::write,
    },
    Report {
        name: "json",
        shown: Shown::Data,
        write: json::write,
    },
    Report {
        name: "sarif",
        shown: Shown::Data,
        write: sarif::write,
    },
    Report {
        name: "github",
        shown: Shown::Log,
        write: github::write,
    },
];
