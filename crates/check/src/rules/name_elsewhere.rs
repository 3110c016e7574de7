//! I002: the name is registered, but for another port.

use appleports_model::{Finding, IanaStatus, Level, Rule};

use super::{At, Context, evidence, for_status, place, quoted};

pub(super) const RULE: Rule = Rule {
    code: "I002",
    level: Level::Warning,
    title: "the name is registered for another port",
    why: "By name, the other port is found; by number, the other service.",
    example: "465/tcp as `smtp`, which is registered for 25; 465/tcp is `urd`.",
    help: "identify the service by its port number, not by this name",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for_status(
        context,
        IanaStatus::NameElsewhere,
        &RULE,
        At::Name,
        findings,
        |record, check| {
            let name = record.name_at(check.ports.first());
            let mut ports: Vec<String> = context
                .registry
                .named(name)
                .filter_map(|entry| Some(entry.ports?.to_string()))
                .collect();
            ports.dedup();
            let here = if check.iana_names.is_empty() {
                "no name".to_owned()
            } else {
                quoted(&check.iana_names)
            };
            format!(
                "`{name}` on {}: the registry has `{name}` for {} and {here} here ({})",
                place(check),
                ports.join(", "),
                evidence(check)
            )
        },
    );
}
