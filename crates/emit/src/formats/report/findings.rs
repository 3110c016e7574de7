//! The findings, by code.

use std::collections::BTreeMap;
use std::fmt::Write;

use appleports_model::{Finding, Level};

use super::cell;

/// What somebody should look at, by code, with the first of each.
pub(super) fn warnings(out: &mut String, all: &[Finding]) -> std::fmt::Result {
    let all = all.iter().filter(|finding| finding.level != Level::Note);
    let all: Vec<Finding> = all.cloned().collect();
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Look at these first\n")?;
    findings(out, &all)
}

pub(super) fn findings(out: &mut String, findings: &[Finding]) -> std::fmt::Result {
    let mut codes: BTreeMap<(&str, Level), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        codes
            .entry((&finding.code, finding.level))
            .or_default()
            .push(finding);
    }
    writeln!(out, "| code | level | count | first |\n|---|---|---:|---|")?;
    for ((code, level), list) in codes {
        writeln!(
            out,
            "| {code} | {level} | {} | line {}: {} |",
            list.len(),
            list[0].place(),
            cell(&list[0].message)
        )?;
    }
    Ok(())
}
