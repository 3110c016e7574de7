//! R002: the registry cites another RFC for the same port.

use appleports_model::{Finding, IanaStatus, Level, Rule};

use super::{At, Context, applying, entries, finding, place, row};

pub(super) const RULE: Rule = Rule {
    code: "R002",
    level: Level::Note,
    title: "the registry cites another RFC for the port",
    why: "The article's citation may be older than the registry's, or about another part of the protocol.",
    example: "5222/tcp with RFC 3920; the registry cites RFC 6120.",
    help: "read the RFC that the registry cites as well",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let corrected = applying(context, "rfcs");
    for record in context.records {
        if record.rfcs.is_empty() || corrected.iter().any(|(other, _)| other.id == record.id) {
            continue;
        }
        let matching = record
            .cross_check
            .iter()
            .filter(|check| matches!(check.iana_status, IanaStatus::Match | IanaStatus::OtherName));
        let mut said: Option<Vec<u32>> = None;
        for check in matching {
            let name = record.name_at(check.ports.first());
            let rows = entries(context, check);
            let own: Vec<_> = rows
                .iter()
                .filter(|entry| entry.name.eq_ignore_ascii_case(name))
                .collect();
            let relevant = if own.is_empty() {
                rows.iter().collect()
            } else {
                own
            };
            let cited: Vec<u32> = relevant
                .iter()
                .flat_map(|entry| rfc_numbers(entry.reference))
                .collect();
            if cited.is_empty()
                || cited.iter().any(|number| record.rfcs.contains(number))
                || said.as_ref() == Some(&cited)
            {
                continue;
            }
            let is_successor = |number: &u32| {
                context.rfcs.is_some_and(|index| {
                    record
                        .rfcs
                        .iter()
                        .any(|own| index.replacements(*own).contains(number))
                })
            };
            if cited.iter().all(is_successor) {
                // The findings on obsolete citations say so already.
                continue;
            }
            let list = |numbers: &[u32]| {
                numbers
                    .iter()
                    .map(|number| format!("RFC {number}"))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let lines: Vec<String> = relevant
                .iter()
                .map(|entry| entry.line.to_string())
                .collect();
            let message = format!(
                "the article cites {} for {}, the registry {} ({} line {})",
                list(&record.rfcs),
                place(check),
                list(&cited),
                check.edition,
                lines.join(", ")
            );
            let found = finding(&RULE, record, At::Rfc, message).on([row(check)]);
            findings.push(found.with(&record.rfcs).with(&cited));
            said = Some(cited);
        }
    }
}

/// The numbers in `[RFC3948][RFC7296]`.
pub(super) fn rfc_numbers(reference: &str) -> Vec<u32> {
    reference
        .split("[RFC")
        .skip(1)
        .filter_map(|part| {
            part.split(']')
                .next()?
                .split(',')
                .next()?
                .trim()
                .parse()
                .ok()
        })
        .collect()
}
