//! I007: "unregistered use", but the registry has the service.

use appleports_model::{Finding, Level, Rule};

use super::{At, Context, applying, corrected, finding, values};

pub(super) const RULE: Rule = Rule {
    code: "I007",
    level: Level::Warning,
    title: "the mark of the registration disagrees with the registry",
    why: "A service that is marked as unregistered looks like a squatter; whoever filters by the mark treats it wrongly.",
    example: "5900/tcp is marked as unregistered, and the registry has it as `rfb`, the protocol of VNC.",
    help: "trust the registry; the mark is kept as published",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (record, correction) in applying(context, "registration") {
        let found = finding(
            &RULE,
            record,
            At::Title,
            format!("marked {}", corrected(correction)),
        );
        findings.push(found.with(values(correction)));
    }
}
