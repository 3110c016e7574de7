//! I006: "unregistered use", and the registry agrees.

use appleports_model::{Column, CorrectedField, Finding, IanaStatus, Level, Registration, Rule};

use super::{Context, applying, description, entries, evidence, finding, place, row};

pub(super) const RULE: Rule = Rule {
    code: "I006",
    level: Level::Note,
    short: "unregistered use",
    title: "marked as an unregistered use, and the registry agrees",
    why: "The port belongs to another service: its registered name in logs is not what is running.",
    example: "106/tcp is used by a password server; the registry has it as `3com-tsmux`.",
    help: "nothing; expect the registered name in logs",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let disputed = applying(context, CorrectedField::Registration);
    for record in context.records {
        let is_marked = matches!(
            record.registration,
            Registration::Unregistered | Registration::Mixed
        );
        if !is_marked || disputed.iter().any(|(other, _)| other.id == record.id) {
            continue;
        }
        for check in &record.cross_check {
            let message = match check.iana_status {
                IanaStatus::Match => {
                    let owners = entries(context, check);
                    let owner = owners.first().map_or("", |entry| description(*entry));
                    let reported = owners
                        .iter()
                        .find(|entry| !entry.unauthorized_use.is_empty());
                    let reported = reported.map_or(String::new(), |entry| {
                        format!("; it reports: {}", entry.unauthorized_use)
                    });
                    format!(
                        "{} is registered for another service, {owner} ({}){reported}",
                        place(check),
                        evidence(check)
                    )
                }
                IanaStatus::NoNameUnassigned | IanaStatus::Unassigned => {
                    format!(
                        "{} is not registered for any service ({})",
                        place(check),
                        evidence(check)
                    )
                }
                _ => continue,
            };
            let found = finding(&RULE, record, Column::Title, message);
            findings.push(found.on([row(check)]).with([check.iana_status]));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{entry, record, said_of, said_of_corrected};
    use appleports_model::CorrectedField;
    use appleports_model::Transport::{Tcp, Udp};
    use appleports_model::{Record, Registration};

    fn marked(record: Record) -> Record {
        Record {
            registration: Registration::Unregistered,
            ..record
        }
    }

    #[test]
    fn a_mark_agrees_with_another_owner_and_with_none() {
        let mut owner = entry("cbt", "7777", Tcp, 2);
        owner.unauthorized_use = "Known Unauthorized Use on port 7777";
        assert_eq!(
            said_of(run, marked(record("7777", &[Tcp], "cbt")), vec![owner]),
            [
                "12: 7777/tcp is registered for another service, CBT (iana/2020-01-01 line 2); it reports: Known Unauthorized Use on port 7777"
            ]
        );
        assert_eq!(
            said_of(run, marked(record("5897", &[Udp], "")), vec![]),
            ["12: 5897/udp is not registered for any service (iana/2020-01-01 has no row)"]
        );
    }

    #[test]
    fn a_disputed_mark_agrees_with_nothing() {
        let disputed = ["unregistered", "registered"];
        let row = marked(record("5897", &[Udp], ""));
        assert_eq!(
            said_of_corrected(run, row, CorrectedField::Registration, disputed),
            Vec::<String>::new()
        );
    }
}
