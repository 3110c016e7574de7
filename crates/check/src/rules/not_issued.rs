//! R005: a cited number was never issued.

use appleports_model::{Finding, Level, RfcState, Rule};

use super::obsolete_citation::subject;
use super::{At, Context, citations, finding};

pub(super) const RULE: Rule = Rule {
    code: "R005",
    level: Level::Warning,
    title: "the number of a cited RFC was never issued",
    why: "There is no such document; the number is a typing error.",
    example: "RFC 14, which the index lists as not issued.",
    help: "look for the right number; the citation is kept as published",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (record, number, index) in citations(context) {
        if let RfcState::NotIssued(line) = index.state(number) {
            let message = format!(
                "RFC {number} for {} was never issued ({} line {line})",
                subject(record),
                index.edition
            );
            findings.push(finding(&RULE, record, At::Rfc, message).with([number]));
        }
    }
}
