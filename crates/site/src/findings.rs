//! Findings as pages show them: by their names, with their severity.

use std::cmp::Reverse;

use appleports_model::{Finding, Level, counted, joined};
use maud::{Markup, html};

use crate::links::Links;
use crate::text::prose;

/// The severity as a badge.
pub(crate) fn badge(level: Level) -> Markup {
    let class = match level {
        Level::Note => "badge",
        Level::Warning => "badge warn",
        Level::Error => "badge error",
    };
    html! { span class=(class) { (level.to_string()) } }
}

/// A list of findings by kind, the most severe first.
pub(crate) fn list(links: &Links<'_>, findings: &[&Finding]) -> Markup {
    let mut sorted = findings.to_vec();
    sorted.sort_by_key(|finding| (Reverse(finding.level), finding.code.as_str()));
    html! {
        ul.findings {
            @for group in sorted.chunk_by(|one, other| one.code == other.code) {
                li {
                    (badge(group[0].level)) " "
                    strong { (links.finding(&group[0].code)) }
                    @for finding in group { p { (prose(&finding.message)) } }
                }
            }
        }
    }
}

/// How many findings there are, by severity: `2 warnings, 1 note`.
pub(crate) fn counts(findings: &[&Finding]) -> String {
    let levels = [Level::Error, Level::Warning, Level::Note];
    let counts = levels.map(|level| {
        let of_level = findings.iter().filter(|finding| finding.level == level);
        (of_level.count(), level)
    });
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts = counts.map(|(count, level)| counted(count, &level.to_string()));
    joined(counts, ", ")
}
