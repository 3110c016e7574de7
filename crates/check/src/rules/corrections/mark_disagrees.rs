//! I007: "unregistered use", but the registry has the service.

use appleports_model::{Column, CorrectedField, Finding, Level, Rule};

use super::{Context, applying, corrected, finding, values};

pub(super) const RULE: Rule = Rule {
    code: "I007",
    level: Level::Warning,
    short: "mark disagrees",
    title: "the registration mark disagrees with the registry",
    why: "A service that is marked as unregistered looks like a squatter; whoever filters by the mark misjudges it.",
    example: "5900/tcp is marked as unregistered, and the registry has it as `rfb`, the protocol of VNC.",
    help: "trust the registry; the mark is kept as published",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (record, correction) in applying(context, CorrectedField::Registration) {
        let found = finding(
            &RULE,
            record,
            Column::Title,
            format!("marked {}", corrected(correction)),
        );
        findings.push(found.with(values(correction)));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{record, said_of_corrected};
    use appleports_model::CorrectedField;
    use appleports_model::Transport::Tcp;
    use appleports_model::{Record, Registration};

    #[test]
    fn a_disputed_mark_is_reported_with_the_better_one() {
        let row = Record {
            registration: Registration::Unregistered,
            ..record("7777", &[Tcp], "cbt")
        };
        assert_eq!(
            said_of_corrected(
                run,
                row,
                CorrectedField::Registration,
                ["unregistered", "registered"]
            ),
            ["12: marked `unregistered`, better `registered`: reason (evidence)"]
        );
    }
}
