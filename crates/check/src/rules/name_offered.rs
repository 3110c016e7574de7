//! I005: the article gives no name, the registry has one.

use appleports_model::{Finding, IanaStatus, Level, Rule};

use super::{At, Context, description, entries, evidence, for_status, place, quoted};

pub(super) const RULE: Rule = Rule {
    code: "I005",
    level: Level::Note,
    title: "the article gives no name, the registry has one",
    why: "Logs and tools show the registered name, which may belong to a service that has nothing to do with Apple's.",
    example: "5223/tcp has no name in the article; the registry has `hpvirtgrp`.",
    help: "expect the registered name in logs; it is offered here and not adopted",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for_status(
        context,
        IanaStatus::NoName,
        &RULE,
        At::Name,
        findings,
        |_, check| {
            let what: Vec<&str> = entries(context, check)
                .into_iter()
                .map(description)
                .collect();
            format!(
                "{} has no name here; the registry has {}, {} ({})",
                place(check),
                quoted(&check.iana_names),
                what.join("; "),
                evidence(check)
            )
        },
    );
}
