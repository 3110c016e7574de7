//! R002: the registry cites another RFC for the same port.

use std::collections::{BTreeMap, BTreeSet};

use appleports_model::{Column, CorrectedField, Finding, IanaStatus, Level, Rule, joined};

use super::{Context, applying, entries, finding, place, rfc_numbers, row};

pub(super) const RULE: Rule = Rule {
    code: "R002",
    level: Level::Note,
    short: "registry cites another RFC",
    title: "the registry cites another RFC for the port",
    why: "The article's citation may be older than the registry's, or about another part of the protocol.",
    example: "5222/tcp with RFC 3920; the registry cites RFC 6120.",
    help: "read the RFC that the registry cites as well",
};

/// Of more RFCs for a port, nobody reads on; the registry has three at most.
const MAX_CITED: usize = 32;

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let corrected = applying(context, CorrectedField::Rfcs);
    // What replaced each document, followed once.
    let mut later: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    if let Some(index) = context.rfcs {
        let cited: BTreeSet<u32> = context
            .records
            .iter()
            .flat_map(|record| record.rfcs.iter().copied())
            .collect();
        later.extend(
            cited
                .into_iter()
                .map(|number| (number, index.replacements(number))),
        );
    }
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
            let named: Vec<_> = rows
                .iter()
                .filter(|entry| entry.name.eq_ignore_ascii_case(name))
                .collect();
            let relevant = if named.is_empty() {
                rows.iter().collect()
            } else {
                named
            };
            let numbers = relevant
                .iter()
                .flat_map(|entry| rfc_numbers(entry.reference));
            let cited: Vec<u32> = numbers.take(MAX_CITED + 1).collect();
            if cited.is_empty()
                || cited.len() > MAX_CITED
                || cited.iter().any(|number| record.rfcs.contains(number))
                || said.as_ref() == Some(&cited)
            {
                continue;
            }
            let is_successor = |number: &u32| {
                let replacements = record.rfcs.iter().filter_map(|rfc| later.get(rfc));
                replacements.into_iter().any(|later| later.contains(number))
            };
            if cited.iter().all(is_successor) {
                // The findings on obsolete citations say so already.
                continue;
            }
            let list = |numbers: &[u32]| {
                let numbers = numbers.iter().map(|number| format!("RFC {number}"));
                joined(numbers, ", ")
            };
            let lines = relevant.iter().map(|entry| entry.line);
            let message = format!(
                "the article cites {} for {}, the registry {} ({} line {})",
                list(&record.rfcs),
                place(check),
                list(&cited),
                check.edition,
                joined(lines, ", ")
            );
            let found = finding(&RULE, record, Column::Rfc, message).on([row(check)]);
            findings.push(found.with(&record.rfcs).with(&cited));
            said = Some(cited);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::index;
    use super::run;
    use crate::Context;
    use crate::testing::{
        citing, context, cross_checked, entry, messages, record, registry, said_of,
    };
    use appleports_model::Transport::Tcp;

    #[test]
    fn the_registrys_rfcs_are_named_with_their_line() {
        let mut xmpp = entry("xmpp", "5222", Tcp, 2);
        xmpp.reference = "[RFC6120][RFC6121, Section 1]";
        let cites = |number| citing(number, record("5222", &[Tcp], "xmpp"));
        assert_eq!(
            said_of(run, cites(3920), vec![xmpp]),
            [
                "13: the article cites RFC 3920 for 5222/tcp, the registry RFC 6120, RFC 6121 (iana/2020-01-01 line 2)"
            ]
        );
        assert_eq!(said_of(run, cites(6121), vec![xmpp]), Vec::<String>::new());
    }

    #[test]
    fn that_it_cites_the_successor_is_said_by_another_rule() {
        let found = |reference: &'static str| {
            let mut kermit = entry("kermit", "7", Tcp, 2);
            kermit.reference = reference;
            let registry = registry(vec![kermit]);
            let records = [citing(100, record("7", &[Tcp], "kermit"))];
            let records = cross_checked(records, &registry);
            let index = index(true);
            let context = context(&records, &registry);
            messages(
                run,
                &Context {
                    rfcs: Some(&index),
                    ..context
                },
            )
            .len()
        };
        assert_eq!((found("[RFC300]"), found("[RFC301]")), (0, 1));
    }
}
