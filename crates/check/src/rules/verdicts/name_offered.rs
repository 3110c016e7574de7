//! I005: the article gives no name, the registry has one.

use appleports_model::{Column, Finding, IanaStatus, Level, Rule, joined};

use super::{Context, description, entries, evidence, for_status, place, quoted};

pub(super) const RULE: Rule = Rule {
    code: "I005",
    level: Level::Note,
    short: "registry has a name",
    title: "the article gives no name, the registry has one",
    why: "Logs and tools show the registered name, which may belong to a service that has nothing to do with Apple's.",
    example: "5223/tcp has no name in the article; the registry has `hpvirtgrp`.",
    help: "expect the registered name in logs; it is offered here and not adopted",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_status(
        context,
        IanaStatus::NoName,
        &RULE,
        Column::ServiceName,
        |_, check| {
            let what = entries(context, check).into_iter().map(description);
            format!(
                "{} has no name here; the registry has {}, {} ({})",
                place(check),
                quoted(&check.iana_names),
                joined(what, "; "),
                evidence(check)
            )
        },
    )
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{entry, record, said_of};
    use appleports_model::Transport::Tcp;

    #[test]
    fn a_name_is_offered_where_the_registry_has_one() {
        let entries = || vec![entry("hpvirtgrp", "5223", Tcp, 2)];
        assert_eq!(
            said_of(run, record("5223", &[Tcp], ""), entries()),
            [
                "14: 5223/tcp has no name here; the registry has `hpvirtgrp`, HPVIRTGRP (iana/2020-01-01 line 2)"
            ]
        );
        let other = record("5224", &[Tcp], "");
        assert_eq!(said_of(run, other, entries()), Vec::<String>::new());
    }
}
