//! I011: a curated correction of a service name.

use appleports_model::{Column, CorrectedField, Finding, Level, Rule};

use super::{Context, applying, corrected, finding, values};

pub(super) const RULE: Rule = Rule {
    code: "I011",
    level: Level::Warning,
    short: "name of another service",
    title: "the service name is registered for another service",
    why: "The name is in the registry for this port, so automatic comparisons find nothing wrong, but another service runs there.",
    example: "1649/tcp as `kermit` for IP failover; Kermit is a file transfer protocol.",
    help: "do not conclude from the name what is running; the name is kept as published",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (record, correction) in applying(context, CorrectedField::ServiceName) {
        let found = finding(&RULE, record, Column::ServiceName, corrected(correction));
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

    #[test]
    fn a_correction_is_reported_while_its_value_stands() {
        let kermit = || record("1649", &[Tcp], "kermit");
        assert_eq!(
            said_of_corrected(run, kermit(), CorrectedField::ServiceName, ["kermit", ""]),
            ["14: `kermit`: reason (evidence)"]
        );
        assert_eq!(
            said_of_corrected(run, kermit(), CorrectedField::ServiceName, ["other", ""]),
            Vec::<String>::new()
        );
    }
}
