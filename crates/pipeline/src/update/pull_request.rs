//! The text of a pull request, and of the issue where a guard refused.

use std::collections::BTreeSet;
use std::fmt::Write;

use appleports_diff::{Body, LIMIT, Report, markdown_code, markdown_within};
use appleports_model::{Finding, SourceInfo, SourceKind};

use super::State;

/// Room for everything besides the comparison itself.
const OWN_ROOM: usize = 14_000;
/// How many findings of a kind are listed.
const MANY: usize = 25;

/// What a reviewer needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullRequest {
    /// The id of the new capture.
    pub capture: String,
    /// The title, one line.
    pub title: String,
    /// The text, shorter than 65,536 characters.
    pub body: String,
    /// What did not fit; none where everything did.
    pub rest: Option<String>,
}

/// The name of the file for what does not fit.
pub const REST: &str = "pull-request-rest.md";

pub(crate) fn write(id: &str, report: &Report, before: &State, after: &State) -> PullRequest {
    let summary = match &report.body {
        Body::Records(changes) => changes.short().into_iter().next().unwrap_or_default(),
        Body::Registry(_) | Body::Services(_) => String::new(),
    };
    let title = format!("Apple's ports article: {summary}");
    let compared = markdown_within(report, REST, LIMIT - OWN_ROOM);
    let mut body = format!("# {title}\n\n{}", compared.body);
    let mut rest = compared.overflow.unwrap_or_default();
    let (new, resolved) = (
        only_in(&after.findings, &before.findings),
        only_in(&before.findings, &after.findings),
    );
    findings(&mut body, &mut rest, "New findings", &new);
    findings(&mut body, &mut rest, "Resolved findings", &resolved);
    provenance(&mut body, before, after);
    body.push_str(
        "\n## Review\n\n\
         - Every changed line of `snapshots/` is one changed record, finding or services entry.\n\
         - `appleports diff git:main output` shows this comparison in a terminal, `appleports verify` checks the outputs.\n\
",
    );
    body.push_str(&guards(&after.document.summary.accepted));
    PullRequest {
        capture: id.to_owned(),
        title,
        body,
        rest: Some(rest).filter(|rest| !rest.is_empty()),
    }
}

/// What the guards had against the capture.
fn guards(accepted: &str) -> String {
    if accepted.is_empty() {
        "- No guard refused: rows, ports and columns are all there, and no range is suspiciously wide.\n".to_owned()
    } else {
        format!(
            "- **A guard refused, and a person accepted:** {}\n",
            markdown_code(accepted)
        )
    }
}

/// The findings that have no twin (same code and message) on the other side.
fn only_in<'a>(own: &'a [Finding], other: &[Finding]) -> Vec<&'a Finding> {
    let key = |finding: &Finding| (finding.code.clone(), finding.message.clone());
    let known: BTreeSet<_> = other.iter().map(key).collect();
    own.iter()
        .filter(|finding| !known.contains(&key(finding)))
        .collect()
}

fn findings(body: &mut String, rest: &mut String, title: &str, findings: &[&Finding]) {
    // Writing to a String cannot fail.
    let _ = writeln!(body, "\n## {title}: {}\n", findings.len());
    let mut left_out = 0;
    for (at, finding) in findings.iter().enumerate() {
        let short: String = finding.message.chars().take(180).collect();
        let line = format!(
            "- {} {} {}",
            finding.level,
            finding.code,
            markdown_code(&short)
        );
        if at < MANY {
            let _ = writeln!(body, "{line}");
        } else {
            if left_out == 0 {
                let _ = writeln!(rest, "\n## {title}\n");
            }
            left_out += 1;
            let _ = writeln!(
                rest,
                "- {} {} {}",
                finding.level,
                finding.code,
                markdown_code(&finding.message)
            );
        }
    }
    if left_out > 0 {
        let _ = writeln!(body, "- and {left_out} more in `{REST}`");
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
        markdown_code(&source.url),
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
