//! I011: a curated correction of a service name.

use appleports_model::{Finding, Level, Rule};

use super::{At, Context, applying, corrected, finding, values};

pub(super) const RULE: Rule = Rule {
    code: "I011",
    level: Level::Warning,
    title: "the service name is registered for another service",
    why: "The name is in the registry for this port, so every automatic comparison says that all is well; but the service that runs there is another.",
    example: "1649/tcp as `kermit` for IP failover; Kermit is a file transfer protocol.",
    help: "do not conclude from the name what is running; the name is kept as published",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (record, correction) in applying(context, "service_name") {
        let found = finding(&RULE, record, At::Name, corrected(correction));
        findings.push(found.with(values(correction)));
    }
}
