//! I009: a range goes beyond the ports that its name is registered for.

use appleports_model::{Column, Finding, IanaStatus, Level, PortSet, Rule};

use super::{Context, finding, place};

pub(super) const RULE: Rule = Rule {
    code: "I009",
    level: Level::Note,
    short: "wider than its registration",
    title: "a range goes beyond the registration of its name",
    why: "Only the registered ports belong to the name; on the others it means something else to everybody else.",
    example: "8000-8999 as `irdmi`, which is registered for 8000 alone.",
    help: "do not use the name for the range",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for record in context.records {
        let mut reported = None;
        for check in &record.cross_check {
            let is_named_range = check.iana_status == IanaStatus::Match && !check.ports.is_single();
            let Some(transport) = check
                .transport
                .filter(|_| is_named_range && reported != Some(check.ports))
            else {
                continue;
            };
            let name = record.name_at(check.ports.first());
            let registered: PortSet = context
                .registry
                .named(name)
                .filter(|entry| entry.transport == Some(transport))
                .filter_map(|entry| entry.ports?.intersection(check.ports))
                .collect();
            let beyond = check.ports.count() - registered.count();
            if beyond > 0 {
                let message = format!(
                    "`{name}` is registered for {} of the {} ports from {} on ({})",
                    registered.count(),
                    check.ports.count(),
                    place(check),
                    check.edition
                );
                let same = record.cross_check.iter().filter(|other| {
                    other.ports == check.ports && other.iana_status == IanaStatus::Match
                });
                let rows = same.map(|other| (other.ports, other.transport));
                let found = finding(&RULE, record, Column::Port, message);
                findings.push(found.on(rows).with([name]));
                reported = Some(check.ports);
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{entry, record, said_of};
    use appleports_model::Transport::Tcp;

    #[test]
    fn only_what_goes_beyond_the_registration_is_reported() {
        let range = record("8000-8999", &[Tcp], "irdmi");
        assert_eq!(
            said_of(run, range, vec![entry("irdmi", "8000", Tcp, 2)]),
            [
                "10: `irdmi` is registered for 1 of the 1000 ports from 8000/tcp on (iana/2020-01-01)"
            ]
        );
        let whole = record("6000-6063", &[Tcp], "x11");
        let entries = vec![entry("x11", "6000-6063", Tcp, 2)];
        assert_eq!(said_of(run, whole, entries), Vec::<String>::new());
    }
}
