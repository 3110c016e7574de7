//! R001: a curated correction of an RFC citation.

use appleports_model::{Column, CorrectedField, Finding, Level, Rule};

use super::{Context, applying, corrected, finding, values};

pub(super) const RULE: Rule = Rule {
    code: "R001",
    level: Level::Warning,
    short: "wrong RFC",
    title: "the cited RFC is about something else",
    why: "Whoever follows the citation reads about another protocol.",
    example: "echo with RFC 792, which is ICMP; the echo service is RFC 862.",
    help: "read the RFC that the correction names; the citation is kept as published",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (record, correction) in applying(context, CorrectedField::Rfcs) {
        let found = finding(
            &RULE,
            record,
            Column::Rfc,
            format!("RFC {}", corrected(correction)),
        );
        findings.push(found.with(values(correction)));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::testing::{citing, record, said_of_corrected};
    use appleports_model::CorrectedField;
    use appleports_model::Transport::Tcp;

    #[test]
    fn the_better_rfc_is_named() {
        let row = citing(792, record("7", &[Tcp], "echo"));
        assert_eq!(
            said_of_corrected(run, row, CorrectedField::Rfcs, ["792", "862"]),
            ["13: RFC `792`, better `862`: reason (evidence)"]
        );
    }
}
