//! R001: a curated correction of an RFC citation.

use appleports_model::{Finding, Level, Rule};

use super::{At, Context, applying, corrected, finding, values};

pub(super) const RULE: Rule = Rule {
    code: "R001",
    level: Level::Warning,
    title: "the cited RFC is about something else",
    why: "Whoever follows the citation reads about another protocol.",
    example: "echo with RFC 792, which is ICMP; the echo service is RFC 862.",
    help: "read the RFC that the correction names; the citation is kept as published",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (record, correction) in applying(context, "rfcs") {
        let found = finding(
            &RULE,
            record,
            At::Rfc,
            format!("RFC {}", corrected(correction)),
        );
        findings.push(found.with(values(correction)));
    }
}
