//! R007: a cited RFC is newer than the index.

use appleports_model::{Finding, Level, RfcState, Rule};

use super::{Context, for_citations, subject};

pub(super) const RULE: Rule = Rule {
    code: "R007",
    level: Level::Note,
    short: "RFC newer than the index",
    title: "a cited RFC is newer than the index",
    why: "It may well exist; this index cannot tell.",
    example: "RFC 9700 and an index of 2018.",
    help: "check with a newer index: appleports check --rfc-index FILE",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_citations(context, &RULE, |record, number, index| {
        let applies = index.complete && index.state(number) == RfcState::NewerThanIndex;
        applies.then(|| {
            format!(
                "RFC {number} for {} is higher than all numbers of {}",
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
            cited(run, 302, &index, "2015-10-23"),
            ["13: RFC 302 for `kermit` is higher than all numbers of rfc/2024-08-26"]
        );
        for other in [150, 250, 100] {
            assert_eq!(
                cited(run, other, &index, "2015-10-23"),
                Vec::<String>::new()
            );
        }
    }
}
