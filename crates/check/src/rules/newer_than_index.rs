//! R007: a cited RFC is newer than the index.

use appleports_model::{Finding, Level, RfcState, Rule};

use super::obsolete_citation::subject;
use super::{At, Context, citations, finding};

pub(super) const RULE: Rule = Rule {
    code: "R007",
    level: Level::Note,
    title: "a cited RFC is newer than the index",
    why: "It may well exist; this index cannot tell.",
    example: "RFC 9700 and an index of 2018.",
    help: "check with a newer index: appleports check --rfc-index FILE",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (record, number, index) in citations(context) {
        if index.complete && index.state(number) == RfcState::NewerThanIndex {
            let message = format!(
                "RFC {number} for {} is higher than all numbers of {}",
                subject(record),
                index.edition
            );
            findings.push(finding(&RULE, record, At::Rfc, message).with([number]));
        }
    }
}
