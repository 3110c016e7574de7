//! R006: a cited RFC does not exist.

use appleports_model::{Finding, Level, RfcState, Rule};

use super::obsolete_citation::subject;
use super::{At, Context, citations, finding};

pub(super) const RULE: Rule = Rule {
    code: "R006",
    level: Level::Warning,
    title: "a cited RFC does not exist",
    why: "The index has higher numbers, but not this one: a typing error, or a footnote digit that stuck to the number.",
    example: "RFC 26161, which is RFC 2616 with the mark of a footnote.",
    help: "look for the right number; the citation is kept as published",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (record, number, index) in citations(context) {
        if index.complete && index.state(number) == RfcState::Unlisted {
            let message = format!(
                "RFC {number} for {} is not in the index, which has higher numbers ({})",
                subject(record),
                index.edition
            );
            findings.push(finding(&RULE, record, At::Rfc, message).with([number]));
        }
    }
}
