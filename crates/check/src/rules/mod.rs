//! The checks: one file each, one line in the list below.

mod beside_services;
mod siblings;

use appleports_model::{
    Correction, CrossCheck, Finding, IanaStatus, PortRange, Record, Registry, RegistryEntry,
    RfcIndex, Rule, ServicesFile, Siblings, Transport,
};
use beside_services::for_services;

/// Everything that a check may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The records, with their verdicts.
    pub records: &'a [Record],
    /// The registry on which the verdicts rest.
    pub registry: &'a Registry,
    /// Another edition to compare with, where one was asked for.
    pub compare: Option<&'a Registry>,
    /// The RFC index, or the facts taken from one, where there is one.
    pub rfcs: Option<&'a RfcIndex>,
    /// The date of the capture, `YYYY-MM-DD`; empty where it is not known.
    pub captured: &'a str,
    /// What Apple's other articles say, where there is a file of it.
    pub siblings: Option<&'a Siblings>,
    /// The services(5) files to compare with.
    pub services: &'a [ServicesFile],
    /// The curated corrections.
    pub corrections: &'a [Correction],
}

/// A check: looks at the context and reports.
type Run = fn(&Context<'_>, &mut Vec<Finding>);

macro_rules! checks {
    ($($module:ident)*) => {
        $(mod $module;)*
        /// Every finding of this stage, in the order of their codes.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),*];
        static CHECKS: &[Run] = &[$($module::run),*];
    };
}

checks! {
    sibling_has_more
    sibling_has_less
    other_name
    name_elsewhere
    other_transport
    unassigned
    name_offered
    mark_agrees
    mark_disagrees
    alias_name
    range_beyond_assignment
    edition_changed
    borrowed_name
    stale_correction
    wrong_citation
    registry_cites_another
    obsolete_citation
    obsolete_since
    not_issued
    no_such_rfc
    newer_than_index
    unrelated_title
    no_facts
    services_other_name
    services_alias
    services_missing
    services_conflicting
    services_offers
}

/// Runs all checks.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in CHECKS {
        run(context, &mut findings);
    }
    findings
}

/// The column of the row in which a finding points.
#[derive(Clone, Copy)]
enum At {
    Port = 0,
    Title = 2,
    Rfc = 3,
    Name = 4,
    UsedBy = 5,
}

/// The line of a record's cell, or of its row where the capture lost the cell.
fn line(record: &Record, at: At) -> u32 {
    let place = &record.provenance;
    match place.cell_lines.get(at as usize) {
        Some(0) | None => place.line_first,
        Some(line) => *line,
    }
}

fn finding(rule: &Rule, record: &Record, at: At, message: String) -> Finding {
    Finding::new(rule, &record.provenance.source, line(record, at), message).about(&record.id)
}

/// Reports once per record, for the verdicts of one kind.
fn for_status(
    context: &Context<'_>,
    status: IanaStatus,
    rule: &Rule,
    at: At,
    findings: &mut Vec<Finding>,
    message: impl Fn(&Record, &CrossCheck) -> String,
) {
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
            let found = finding(rule, record, at, message(record, group[0]));
            let name = record.name_at(group[0].ports.first());
            let names = group[0].iana_names.iter().map(String::as_str);
            findings.push(found.on(rows).with([name]).with(names));
        }
    }
}

/// The row of a verdict.
const fn row(check: &CrossCheck) -> (PortRange, Option<Transport>) {
    (check.ports, check.transport)
}

fn is_same_observation(one: &CrossCheck, other: &CrossCheck) -> bool {
    one.ports == other.ports && one.iana_names == other.iana_names
}

/// `2049/tcp`.
fn place(check: &CrossCheck) -> String {
    let port = check.ports.first();
    check.transport.map_or_else(
        || port.to_string(),
        |transport| format!("{port}/{transport}"),
    )
}

/// `` `shilp` and `nfs` ``.
fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(" and ")
}

/// `iana/2015-07-30 lines 12, 14`.
fn evidence(check: &CrossCheck) -> String {
    let lines: Vec<String> = check.lines.iter().map(ToString::to_string).collect();
    match lines.as_slice() {
        [] => format!("{} has no row", check.edition),
        [one] => format!("{} line {one}", check.edition),
        _ => format!("{} lines {}", check.edition, lines.join(", ")),
    }
}

/// The registry's rows behind a verdict.
fn entries<'a>(context: &Context<'a>, check: &CrossCheck) -> Vec<RegistryEntry<'a>> {
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

/// The corrections of a field that stand beside their records.
fn applying<'a>(context: &Context<'a>, field: &'static str) -> Vec<(&'a Record, &'a Correction)> {
    let all = context.records.iter().flat_map(|record| {
        record
            .corrections
            .iter()
            .map(move |correction| (record, correction))
    });
    all.filter(|(_, correction)| correction.field == field)
        .collect()
}

/// What a correction says, for the key of its finding.
fn values(correction: &Correction) -> [&str; 2] {
    [&correction.published, &correction.value]
}

/// The message of a correction.
fn corrected(correction: &Correction) -> String {
    let Correction {
        published,
        value,
        reason,
        evidence,
        ..
    } = correction;
    let better = if value.is_empty() {
        String::new()
    } else {
        format!(", better `{value}`")
    };
    let published = if published.is_empty() {
        "nothing"
    } else {
        published
    };
    format!("`{published}`{better}: {reason} ({evidence})")
}

/// The citations of all records with what the index knows of them, each once per
/// record, without those that a correction has taken up.
fn citations<'a>(context: &Context<'a>) -> Vec<(&'a Record, u32, &'a RfcIndex)> {
    let Some(index) = context.rfcs else {
        return Vec::new();
    };
    let corrected = applying(context, "rfcs");
    let all = context.records.iter().flat_map(|record| {
        record
            .rfcs
            .iter()
            .map(move |number| (record, *number, index))
    });
    all.filter(|(record, number, _)| {
        let is_cited = |correction: &Correction| {
            correction
                .published
                .split(' ')
                .any(|own| own.parse() == Ok(*number))
        };
        !corrected
            .iter()
            .any(|(other, correction)| other.id == record.id && is_cited(correction))
    })
    .collect()
}

/// `RFC 9110 and RFC 9112`.
fn rfc_list(numbers: &[u32]) -> String {
    let numbers: Vec<String> = numbers
        .iter()
        .map(|number| format!("RFC {number}"))
        .collect();
    match numbers.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
