//! R004: a cited RFC has been replaced since the page was captured.

use appleports_model::{Finding, Level, Rule};

use super::obsolete_citation::{message, replaced, was_so};
use super::{At, Context, citations, finding};

pub(super) const RULE: Rule = Rule {
    code: "R004",
    level: Level::Note,
    title: "a cited RFC has been replaced since the page was captured",
    why: "The citation was right at its time; a reader of today wants the successor.",
    example: "IMAP with RFC 3501 in 2015; RFC 9051 replaced it in 2021.",
    help: "read the current successors as well",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (record, number, index) in citations(context) {
        if let Some((entry, since)) =
            replaced(index, number).filter(|(_, since)| !was_so(context, since))
        {
            let message = message(record, entry, since, index);
            let found = finding(&RULE, record, At::Rfc, message);
            let successors = index.successors(number);
            findings.push(found.with([number]).with(successors));
        }
    }
}
