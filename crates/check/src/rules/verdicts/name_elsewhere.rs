//! I002: the name is registered, but for another port.

use appleports_model::{Column, Finding, IanaStatus, Level, Rule};

use super::{Context, evidence, for_status, place, quoted};

pub(super) const RULE: Rule = Rule {
    code: "I002",
    level: Level::Warning,
    short: "name of another port",
    title: "the name is registered for another port",
    why: "A look-up by name finds the other port; a look-up by number finds the other service.",
    example: "465/tcp as `smtp`, which is registered for 25; 465/tcp is `urd`.",
    help: "identify the service by its port number, not by this name",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_status(
        context,
        IanaStatus::NameElsewhere,
        &RULE,
        Column::ServiceName,
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
    )
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{entry, record, said_of};
    use appleports_model::Transport::Tcp;

    #[test]
    fn both_ports_are_named_with_their_lines() {
        let entries = vec![entry("smtp", "25", Tcp, 2), entry("urd", "465", Tcp, 3)];
        assert_eq!(
            said_of(run, record("465", &[Tcp], "smtp"), entries),
            [
                "14: `smtp` on 465/tcp: the registry has `smtp` for 25 and `urd` here (iana/2020-01-01 lines 3, 2)"
            ]
        );
    }
}
