//! R009: the facts about RFCs do not cover a citation.

use appleports_model::{Finding, Level, RfcState, Rule};

use super::{Context, for_citations, subject};

pub(super) const RULE: Rule = Rule {
    code: "R009",
    level: Level::Note,
    short: "unknown RFC",
    title: "nothing is known about a cited RFC",
    why: "Without facts nobody notices that the document was replaced.",
    example: "A new citation of RFC 6762 while sources/rfc/ has no entry for it.",
    help: "check with a whole index (appleports check --rfc-index FILE), and bring the facts up to date with `cargo xtask rfc-facts FILE`",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_citations(context, &RULE, |record, number, index| {
        let applies = !index.complete && !matches!(index.state(number), RfcState::Issued(_));
        applies.then(|| {
            format!(
                "RFC {number} for {}: no entry in {}",
                subject(record),
                index.edition
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{cited, index};
    use super::run;

    #[test]
    fn only_facts_that_are_not_whole_can_lack_one() {
        assert_eq!(
            cited(run, 302, &index(false), "2015-10-23"),
            ["13: RFC 302 for `kermit`: no entry in rfc/2024-08-26"]
        );
        assert_eq!(
            cited(run, 302, &index(true), "2015-10-23"),
            Vec::<String>::new()
        );
    }
}
