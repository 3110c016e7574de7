//! S024: a services file has a name where the article gives none.

use appleports_model::{Finding, Level, Rule};

use super::{At, Context, for_services};
use crate::services::Outcome;

pub(super) const RULE: Rule = Rule {
    code: "S024",
    level: Level::Note,
    title: "a services file has a name where the article gives none",
    why: "The name is what the system shows for the port; whether it means the same service is another question.",
    example: "5223/tcp without a name; the file has `hpvirtgrp`.",
    help: "nothing; the name is offered, not adopted",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for_services(context, &RULE, At::Name, findings, |row, outcome| {
        let Outcome::Offered(entries) = outcome else {
            return None;
        };
        Some(format!("{row}: {} has {}", row.path(), row.names(entries)))
    });
}
