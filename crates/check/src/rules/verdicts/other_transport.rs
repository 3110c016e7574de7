//! I003: the name is registered for this port, but for another transport.

use appleports_model::{Column, Finding, IanaStatus, Level, Rule, joined};

use super::{Context, evidence, for_status, place};

pub(super) const RULE: Rule = Rule {
    code: "I003",
    level: Level::Warning,
    short: "name of another transport",
    title: "the name is registered for another transport",
    why: "Either the article lists a transport that the service does not use, or the service goes beyond its registration.",
    example: "123/tcp as `ntp`, if the registry had it for UDP only.",
    help: "open only the transport that the service needs; consult the service's documentation",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_status(
        context,
        IanaStatus::OtherTransport,
        &RULE,
        Column::ServiceName,
        |record, check| {
            let port = check.ports.first();
            let name = record.name_at(port);
            let transports = context
                .registry
                .named(name)
                .filter(|entry| entry.ports.is_some_and(|ports| ports.contains(port)))
                .filter_map(|entry| entry.transport);
            format!(
                "`{name}` on {}: registered for {port} over {} only ({})",
                place(check),
                joined(transports, " and "),
                evidence(check)
            )
        },
    )
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{entry, record, said_of};
    use appleports_model::Transport::{Tcp, Udp};

    #[test]
    fn the_registered_transport_is_named() {
        let entries = vec![entry("ntp", "123", Udp, 2)];
        assert_eq!(
            said_of(run, record("123", &[Tcp], "ntp"), entries),
            ["14: `ntp` on 123/tcp: registered for 123 over udp only (iana/2020-01-01 line 2)"]
        );
    }
}
