//! I006: "unregistered use", and the registry agrees.

use appleports_model::{Finding, IanaStatus, Level, Registration, Rule};

use super::{At, Context, applying, description, entries, evidence, finding, place, row};

pub(super) const RULE: Rule = Rule {
    code: "I006",
    level: Level::Note,
    title: "marked as an unregistered use, and the registry agrees",
    why: "The port belongs to another service: its registered name in logs is not what is running.",
    example: "106/tcp is used by a password server; the registry has it as `3com-tsmux`.",
    help: "nothing; expect the registered name in logs",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let disputed = applying(context, "registration");
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
            let found = finding(&RULE, record, At::Title, message);
            findings.push(found.on([row(check)]).with([check.iana_status]));
        }
    }
}
