//! The text of a pull request, and of the issue where a guard refused.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use appleports_diff::{Body, MAX_COMMENT, Report, markdown_within};
use appleports_emit::Document;
use appleports_model::escape::markdown::code as markdown_code;
use appleports_model::{Finding, Level, SourceId, SourceInfo, SourceKind, counted, cut};

use super::State;
use crate::rules::rule;

/// Room for everything besides the comparison itself, in bytes: two lists of findings, and 6,000 for the
/// rest.
const OWN_ROOM: usize = 2 * FINDINGS_ROOM + 6_000;
/// Room for a list of findings, in bytes.
const FINDINGS_ROOM: usize = 5_000;
/// How many findings of one code are listed one by one.
const MAX_LISTED: usize = 5;
/// How many sources are listed.
const MAX_SOURCES: usize = 8;

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
            short(accepted, 1_000)
        )
    }
}

/// A text as code, with no more bytes than these: what nobody sees is written out, which takes room.
fn short(text: &str, bytes: usize) -> String {
    let less = |length: &usize| length.checked_sub(length / 8 + 1);
    let lengths = std::iter::successors(bytes.checked_sub(2), less);
    let mut codes = lengths.map(|length| markdown_code(&cut(text, length)));
    codes.find(|code| code.len() <= bytes).unwrap_or_default()
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

/// Lists findings as far as there is room: those of a code that has many as one line, all of them in the
/// rest.
fn findings(body: &mut String, rest: &mut String, title: &str, findings: &[&Finding]) {
    // Writing to a String cannot fail.
    let _ = writeln!(body, "\n## {title}: {}\n", findings.len());
    let mut by_code: BTreeMap<(Reverse<Level>, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let key = (Reverse(finding.level), finding.code.as_str());
        by_code.entry(key).or_default().push(finding);
    }
    let (room, mut in_rest, mut left_out) = (body.len() + FINDINGS_ROOM, String::new(), 0);
    for ((Reverse(level), code), group) in by_code {
        let line = |finding: &&Finding| {
            let message = short(&finding.message, 182);
            format!("- {level} {code} {message}\n")
        };
        let lines: String = group.iter().take(MAX_LISTED).map(line).collect();
        if group.len() <= MAX_LISTED && body.len() + lines.len() <= room {
            body.push_str(&lines);
            continue;
        }
        let what = rule(code).map_or("", |rule| rule.title);
        let times = counted(group.len(), "time");
        let line = format!("- {level} {code}, {times}: {what} (listed in `{REST}`)\n");
        if body.len() + line.len() <= room {
            body.push_str(&line);
        } else {
            left_out += group.len();
        }
        for finding in group {
            let message = markdown_code(&finding.message);
            let _ = writeln!(in_rest, "- {level} {code} {message}");
        }
    }
    if left_out > 0 {
        let _ = writeln!(body, "- and {left_out} more (listed in `{REST}`)");
    }
    if !in_rest.is_empty() {
        let _ = write!(rest, "\n## {title}\n\n{in_rest}");
    }
}

fn provenance(body: &mut String, before: &State, after: &State) {
    let _ = writeln!(body, "\n## Provenance\n");
    let (mut listed, mut left_out) = (0, 0);
    for source in after.document.sources.iter() {
        let is_new = !before
            .document
            .sources
            .iter()
            .any(|known| known.id == source.id);
        let matters = is_new || source.kind != SourceKind::Article;
        if matters && listed < MAX_SOURCES {
            listed += 1;
            let _ = writeln!(
                body,
                "- {}{}",
                describe(source),
                if is_new { " (new)" } else { "" }
            );
        } else if matters {
            left_out += 1;
        }
    }
    if left_out > 0 {
        let _ = writeln!(
            body,
            "- and {left_out} more (listed in `output/ports.json`)"
        );
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
        short(&source.titled(), 200),
        short(source.url.as_deref().unwrap_or_default(), 200),
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

#[cfg(test)]
mod tests {
    use appleports_model::Finding;

    use super::{FINDINGS_ROOM, findings, short};
    use crate::rules::rules;

    #[test]
    fn findings_of_all_codes_keep_to_their_room() {
        let unseen = "\u{e0041}".repeat(60);
        let message = |at: usize| format!("{at} {unseen}");
        let of = |rule| (0..5).map(move |at| Finding::new(rule, "s", 1, message(at)));
        let all: Vec<Finding> = rules().into_iter().flat_map(of).collect();
        let (mut body, mut rest) = (String::new(), String::new());
        findings(
            &mut body,
            &mut rest,
            "New findings",
            &all.iter().collect::<Vec<_>>(),
        );
        assert!(body.len() < FINDINGS_ROOM + 100, "{}", body.len());
        assert!(
            body.ends_with(" more (listed in `pull-request-rest.md`)\n"),
            "{body}"
        );
        // What is not in the text is in the rest, and nothing twice.
        let listed = body.lines().filter(|line| line.contains("{e0041}")).count();
        let in_rest = rest.lines().filter(|line| line.contains("{e0041}")).count();
        assert_eq!(listed + in_rest, all.len());
    }

    #[test]
    fn a_short_text_is_code_within_its_bytes() {
        assert_eq!(short("abc", 5), "`abc`");
        assert_eq!(short("abcdef", 7), "`ab...`");
        for text in ["`".repeat(100), "\u{202e}".repeat(100), "x".repeat(100)] {
            assert!(short(&text, 40).len() <= 40, "{text}");
        }
    }
}
