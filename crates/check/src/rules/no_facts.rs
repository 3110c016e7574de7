//! R009: the facts about RFCs do not cover a citation.

use appleports_model::{Finding, Level, RfcState, Rule};

use super::obsolete_citation::subject;
use super::{At, Context, citations, finding};

pub(super) const RULE: Rule = Rule {
    code: "R009",
    level: Level::Note,
    title: "nothing is known about a cited RFC",
    why: "Without facts nobody notices that the document was replaced.",
    example: "A new citation of RFC 6762 while sources/rfc/ has no entry for it.",
    help: "check with a whole index (appleports check --rfc-index FILE), and bring the facts up to date with `cargo xtask rfc-facts FILE`",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (record, number, index) in citations(context) {
        if !index.complete && !matches!(index.state(number), RfcState::Issued(_)) {
            let message = format!(
                "RFC {number} for {}: no entry in {}",
                subject(record),
                index.edition
            );
            findings.push(finding(&RULE, record, At::Rfc, message).with([number]));
        }
    }
}
