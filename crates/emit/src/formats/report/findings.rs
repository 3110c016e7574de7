//! The findings, by rule.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use appleports_model::{Dataset, Finding, Level};

use super::cell;

/// What somebody should look at.
pub(super) fn warnings(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    let above_note = |finding: &&Finding| finding.level != Level::Note;
    let of_rules = by_rule(dataset, above_note);
    if of_rules.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Look at these first\n")?;
    table(out, dataset, &of_rules)
}

/// All findings.
pub(super) fn findings(out: &mut String, dataset: &Dataset) -> std::fmt::Result {
    table(out, dataset, &by_rule(dataset, |_| true))
}

/// The worst first.
type ByRule<'d> = BTreeMap<(Reverse<Level>, &'d str), Vec<&'d Finding>>;

fn by_rule(dataset: &Dataset, keep: impl Fn(&&Finding) -> bool) -> ByRule<'_> {
    let mut of_rules = ByRule::new();
    for finding in dataset.findings.iter().filter(keep) {
        let rule = (Reverse(finding.level), finding.code.as_str());
        of_rules.entry(rule).or_default().push(finding);
    }
    of_rules
}

/// A line for each rule, with the first of its findings as an example.
fn table(out: &mut String, dataset: &Dataset, of_rules: &ByRule<'_>) -> std::fmt::Result {
    writeln!(
        out,
        "| what | code | level | count | first |\n|---|---|---|---:|---|"
    )?;
    for ((Reverse(level), code), list) in of_rules {
        let rule = dataset.rules.iter().find(|rule| rule.code == *code);
        writeln!(
            out,
            "| {} | {code} | {level} | {} | line {}: {} |",
            cell(rule.map_or("", |rule| rule.title)),
            list.len(),
            list[0].place(),
            cell(&list[0].message)
        )?;
    }
    Ok(())
}
