//! R005: a cited number was never issued.

use appleports_model::{Finding, Level, RfcState, Rule};

use super::{Context, for_citations, subject};

pub(super) const RULE: Rule = Rule {
    code: "R005",
    level: Level::Warning,
    short: "RFC never issued",
    title: "the number of a cited RFC was never issued",
    why: "There is no such document; the number is a typing error.",
    example: "RFC 14, which the index lists as not issued.",
    help: "look for the right number; the citation is kept as published",
};

pub(super) fn run(context: &Context<'_>) -> Vec<Finding> {
    for_citations(context, &RULE, |record, number, index| {
        match index.state(number) {
            RfcState::NotIssued(line) => Some(format!(
                "RFC {number} for {} was never issued ({} line {line})",
                subject(record),
                index.edition
            )),
            _ => None,
        }
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
            cited(run, 150, &index, "2015-10-23"),
            ["13: RFC 150 for `kermit` was never issued (rfc/2024-08-26 line 1500)"]
        );
        for other in [250, 302, 100] {
            assert_eq!(
                cited(run, other, &index, "2015-10-23"),
                Vec::<String>::new()
            );
        }
    }
}
