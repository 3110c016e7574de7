//! The registry's verdicts on the article's names and marks (I).

use appleports_model::{
    Column, CrossCheck, Finding, IanaStatus, Record, RegistryEntry, Rule, and_list, joined,
};

use super::corrections::applying;
use super::{Context, checks, finding, row};

checks! {
    other_name
    name_elsewhere
    other_transport
    unassigned
    name_offered
    mark_agrees
    alias_name
    range_beyond_assignment
    edition_changed
}

/// A finding for each record and verdict of one kind.
fn for_status(
    context: &Context<'_>,
    status: IanaStatus,
    rule: &Rule,
    column: Column,
    message: impl Fn(&Record, &CrossCheck) -> String,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in context.records {
        let checks = record.cross_check.iter();
        // TCP and UDP that have the same names are one observation.
        let mut same: Vec<Vec<&CrossCheck>> = Vec::new();
        for check in checks.filter(|check| check.iana_status == status) {
            match same.last_mut() {
                Some(group) if is_same_observation(group[0], check) => group.push(check),
                _ => same.push(vec![check]),
            }
        }
        for group in same {
            let rows = group.iter().map(|check| row(check));
            let found = finding(rule, record, column, message(record, group[0]));
            let name = record.name_at(group[0].ports.first());
            let names = in_order(&group[0].iana_names);
            findings.push(found.on(rows).with([name]).with(names));
        }
    }
    findings
}

/// Names as values: in which order the registry lists them says nothing.
fn in_order(names: &[String]) -> Vec<&str> {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    names
}

fn is_same_observation(one: &CrossCheck, other: &CrossCheck) -> bool {
    one.ports == other.ports && in_order(&one.iana_names) == in_order(&other.iana_names)
}

/// `2049/tcp`.
pub(super) fn place(check: &CrossCheck) -> String {
    let port = check.ports.first();
    check.transport.map_or_else(
        || port.to_string(),
        |transport| format!("{port}/{transport}"),
    )
}

/// `` `shilp` and `nfs` ``.
fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    and_list(&names)
}

/// `iana/2015-07-30 lines 12, 14`.
fn evidence(check: &CrossCheck) -> String {
    match check.lines.as_slice() {
        [] => format!("{} has no row", check.edition),
        [one] => format!("{} line {one}", check.edition),
        lines => format!("{} lines {}", check.edition, joined(lines, ", ")),
    }
}

/// The registry's rows behind a verdict.
pub(super) fn entries<'a>(context: &Context<'a>, check: &CrossCheck) -> Vec<RegistryEntry<'a>> {
    check.transport.map_or_else(Vec::new, |transport| {
        context
            .registry
            .at(check.ports.first(), transport)
            .collect()
    })
}

/// What a name is registered for, without IANA's remark on its well-formed spelling.
fn description(entry: RegistryEntry<'_>) -> &str {
    let text = entry.description;
    text.split_once(" IANA assigned this")
        .map_or(text, |(text, _)| text)
}
