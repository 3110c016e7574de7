//! R006: a cited RFC does not exist.

use appleports_model::{Finding, Level, RfcState, Rule};

use super::{Context, for_citations, subject};

pub(super) const RULE: Rule = Rule {
    code: "R006",
    level: Level::Warning,
    short: "no such RFC",
    title: "a cited RFC does not exist",
    why: "The index has higher numbers, but not this one: a typing error, or a footnote digit that stuck to the number.",
    example: "RFC 26161, which is RFC 2616 with the mark of a footnote.",
    help: "look for the right number; the citation is kept as published",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_citations(context, &RULE, |record, number, index| {
        let applies = index.complete && index.state(number) == RfcState::Unlisted;
        applies.then(|| {
            format!(
                "RFC {number} for {} is not in the index, which has higher numbers ({})",
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
    fn just_this_number_is_reported() {
        let index = index(true);
        assert_eq!(
            cited(run, 250, &index, "2015-10-23"),
            [
                "13: RFC 250 for `kermit` is not in the index, which has higher numbers (rfc/2024-08-26)"
            ]
        );
        for other in [150, 302, 100] {
            assert_eq!(
                cited(run, other, &index, "2015-10-23"),
                Vec::<String>::new()
            );
        }
    }
}
