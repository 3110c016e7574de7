//! I004: neither the name nor the port is registered.

use appleports_model::{Column, Finding, IanaStatus, Level, Rule};

use super::{Context, evidence, for_status, place};

pub(super) const RULE: Rule = Rule {
    code: "I004",
    level: Level::Warning,
    short: "not registered",
    title: "neither the name nor the port is registered",
    why: "Only Apple knows the name, and anybody may use the port.",
    example: "A name of Apple's own on an unassigned port.",
    help: "identify the service by its port number",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_status(
        context,
        IanaStatus::Unassigned,
        &RULE,
        Column::ServiceName,
        |record, check| {
            format!(
                "`{}` on {}: not registered ({})",
                record.name_at(check.ports.first()),
                place(check),
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
    fn a_name_that_nobody_registered() {
        let unregistered = || record("123", &[Tcp], "own");
        assert_eq!(
            said_of(run, unregistered(), vec![]),
            ["14: `own` on 123/tcp: not registered (iana/2020-01-01 has no row)"]
        );
        let elsewhere = vec![entry("own", "123", Udp, 2)];
        assert_eq!(
            said_of(run, unregistered(), elsewhere),
            Vec::<String>::new()
        );
    }
}
