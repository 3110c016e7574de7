//! The text of a pull request, and of the issue where a guard refused.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use appleports_diff::{Body, MAX_COMMENT, Report, markdown_within};
use appleports_emit::Document;
use appleports_model::escape::markdown::code as markdown_code;
use appleports_model::{Finding, Level, SourceId, SourceInfo, SourceKind, cut};

use super::State;
use crate::rules::rule;

/// Room for everything besides the comparison itself.
const OWN_ROOM: usize = 14_000;
/// How many findings of one code are listed one by one.
const MAX_LISTED: usize = 5;

/// What a reviewer needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullRequest {
    /// The id of the new capture.
    pub capture: SourceId,
    /// The title, one line.
    pub title: String,
    /// The text, shorter than 65,536 characters.
    pub body: String,
    /// What did not fit; none where everything did.
    pub rest: Option<String>,
}

/// The name of the file for what does not fit.
pub const REST: &str = "pull-request-rest.md";

pub(crate) fn write(id: &SourceId, report: &Report, before: &State, after: &State) -> PullRequest {
    let summary = match &report.body {
        Body::Records(changes) => changes.short().into_iter().next().unwrap_or_default(),
        Body::Registry(_) | Body::Services(_) => String::new(),
    };
    let title = format!("Apple's ports article: {summary}");
    let compared = markdown_within(report, REST, MAX_COMMENT - OWN_ROOM);
    let accepted = guards(&after.document.summary.accepted);
    let mut body = format!("# {title}\n\n{accepted}\n{}", compared.body);
    let mut rest = compared.overflow.unwrap_or_default();
    let (new, resolved) = (
        before.findings.new_in(&after.findings.findings),
        before.findings.gone_from(&after.findings.findings),
    );
    findings(&mut body, &mut rest, "New findings", &new);
    let left = gone(&before.document, &after.document);
    let (with_their_rows, resolved): (Vec<&Finding>, Vec<&Finding>) =
        resolved.into_iter().partition(|finding| {
            finding
                .record
                .as_deref()
                .is_some_and(|id| left.contains(id))
        });
    findings(&mut body, &mut rest, "Resolved findings", &resolved);
    if !with_their_rows.is_empty() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            body,
            "- and {} that went with rows that left or could not be read",
            with_their_rows.len()
        );
    }
    provenance(&mut body, before, after);
    body.push_str(
        "\n## Review\n\n\
         - Every changed line of `snapshots/` is one changed record, finding or services entry.\n\
         - `appleports diff git:main output` shows this comparison in a terminal, `appleports verify` checks the outputs.\n\
",
    );
    PullRequest {
        capture: id.clone(),
        title,
        body,
        rest: Some(rest).filter(|rest| !rest.is_empty()),
    }
}

/// What the guards had against the capture.
fn guards(accepted: &str) -> String {
    if accepted.is_empty() {
        "No guard refused: rows, ports and columns are all there, and no range is suspiciously wide.\n".to_owned()
    } else {
        format!(
            "**A guard refused, and a person accepted:** {}\n",
            markdown_code(accepted)
        )
    }
}

/// The records that only the old side has.
fn gone<'d>(before: &'d Document<'_>, after: &Document<'_>) -> BTreeSet<&'d str> {
    let now: BTreeSet<&str> = after
        .records
        .iter()
        .map(|record| record.id.as_str())
        .collect();
    let old = before.records.iter().map(|record| record.id.as_str());
    old.filter(|id| !now.contains(id)).collect()
}

/// Lists findings: those of a code that has many as one line, all of them in the rest.
fn findings(body: &mut String, rest: &mut String, title: &str, findings: &[&Finding]) {
    // Writing to a String cannot fail.
    let _ = writeln!(body, "\n## {title}: {}\n", findings.len());
    let mut by_code: BTreeMap<(Reverse<Level>, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let key = (Reverse(finding.level), finding.code.as_str());
        by_code.entry(key).or_default().push(finding);
    }
    let mut has_rest = false;
    for ((Reverse(level), code), group) in by_code {
        if group.len() <= MAX_LISTED {
            for finding in group {
                let short = cut(&finding.message, 180);
                let _ = writeln!(body, "- {level} {code} {}", markdown_code(&short));
            }
            continue;
        }
        let what = rule(code).map_or("", |rule| rule.title);
        let _ = writeln!(
            body,
            "- {level} {code}, {} times: {what} (listed in `{REST}`)",
            group.len()
        );
        if !has_rest {
            let _ = writeln!(rest, "\n## {title}\n");
            has_rest = true;
        }
        for finding in group {
            let _ = writeln!(rest, "- {level} {code} {}", markdown_code(&finding.message));
        }
    }
}

fn provenance(body: &mut String, before: &State, after: &State) {
    let _ = writeln!(body, "\n## Provenance\n");
    for source in after.document.sources.iter() {
        let is_new = !before
            .document
            .sources
            .iter()
            .any(|known| known.id == source.id);
        let matters = is_new || source.kind != SourceKind::Article;
        if matters {
            let _ = writeln!(
                body,
                "- {}{}",
                describe(source),
                if is_new { " (new)" } else { "" }
            );
        }
    }
    let totals = after.document.summary.totals;
    let _ = writeln!(
        body,
        "- {} rows read = {} emitted + {} merged + {} rejected; {} before",
        totals.rows_read,
        totals.rows_emitted,
        totals.rows_merged,
        totals.rows_rejected,
        before.document.summary.totals.rows_read
    );
}

fn describe(source: &SourceInfo) -> String {
    format!(
        "{}: {}, {} bytes, SHA-256 {}",
        markdown_code(&source.titled()),
        markdown_code(source.url.as_deref().unwrap_or_default()),
        source.bytes,
        markdown_code(&source.sha256)
    )
}

/// The text of the issue that asks people to look, because a guard refused.
pub fn refusal_issue(findings: &[Finding]) -> String {
    let mut text = String::from(
        "# The ports article was not updated: a guard refused\n\n\
         The new page does not fit the captures before it. Nothing was changed. Please look at the page; \
         if the change is real, run the update again with `--accept REASON`.\n\n",
    );
    for finding in findings {
        let _ = writeln!(
            text,
            "- {} {} ({})",
            finding.code,
            markdown_code(&finding.message),
            markdown_code(&finding.source)
        );
    }
    text
}
