//! I004: neither the name nor the port is registered.

use appleports_model::{Finding, IanaStatus, Level, Rule};

use super::{At, Context, evidence, for_status, place};

pub(super) const RULE: Rule = Rule {
    code: "I004",
    level: Level::Warning,
    title: "neither the name nor the port is registered",
    why: "The name means something to Apple only, and anybody may use the port.",
    example: "A name of Apple's own on a port that is free.",
    help: "identify the service by its port number",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for_status(
        context,
        IanaStatus::Unassigned,
        &RULE,
        At::Name,
        findings,
        |record, check| {
            format!(
                "`{}` on {}: not registered ({})",
                record.name_at(check.ports.first()),
                place(check),
                evidence(check)
            )
        },
    );
}
