//! SARIF 2.1.0, for code-scanning services and editors.

use appleports_model::escape::sarif::message;
use appleports_model::{Finding, Level, Rule, to_json};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Findings;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    column_kind: &'static str,
    results: Results<'a>,
}

/// The results, each made when it is written: there may be a hundred thousand.
struct Results<'a>(&'a Findings<'a>);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let findings = self.0.findings.iter();
        serializer.collect_seq(findings.map(|finding| result(self.0, finding)))
    }
}

pub(super) fn write(report: &Findings<'_>) -> String {
    let rules = report.rules.iter().map(|rule| descriptor(rule));
    let tool = json!({"driver": {
        "name": "appleports",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.collect::<Vec<_>>(),
    }});
    to_json(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool,
            column_kind: "unicodeCodePoints",
            results: Results(report),
        }],
    })
}

const fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": format!("{}\n\nExample: {}", rule.help, rule.example)},
        "defaultConfiguration": {"level": level(rule.level)},
    })
}

fn result(report: &Findings<'_>, finding: &Finding) -> Value {
    let mut result = json!({
        "ruleId": finding.code,
        "level": level(finding.level),
        "message": {"text": message(&finding.message)},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri(report.path(finding))},
        }}],
        "partialFingerprints": {"finding/v2": finding.key()},
    });
    if finding.line > 0 {
        result["locations"][0]["physicalLocation"]["region"] = region(report, finding);
    }
    if let Some(index) = report
        .rules
        .iter()
        .position(|rule| rule.code == finding.code)
    {
        result["ruleIndex"] = json!(index);
    }
    result
}

/// The line of a finding; in a long one, its cell.
fn region(report: &Findings<'_>, finding: &Finding) -> Value {
    let mut region = json!({"startLine": finding.line});
    if let Some(column) = finding.column {
        region["startColumn"] = json!(column);
        if let Some(end) = report.excerpt(finding).and_then(|excerpt| excerpt.end) {
            region["endColumn"] = json!(end);
        }
    }
    region
}

/// A relative URI reference: everything but unreserved characters and slashes escaped.
fn uri(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
