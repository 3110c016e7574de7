//! R003: a cited RFC was obsolete when the page was captured.

use appleports_model::{Finding, Level, Record, RfcEntry, RfcIndex, Rule};

use super::{At, Context, citations, finding, rfc_list};

pub(super) const RULE: Rule = Rule {
    code: "R003",
    level: Level::Warning,
    title: "a cited RFC was obsolete when the page was captured",
    why: "Whoever implements or filters by the old document misses what its successors changed.",
    example: "HTTP with RFC 2616 in 2015; RFC 7230 to 7235 had replaced it in June 2014, today RFC 9110 and its family.",
    help: "read the current successors; the citation is kept as published",
};

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (record, number, index) in citations(context) {
        if let Some((entry, since)) =
            replaced(index, number).filter(|(_, since)| was_so(context, since))
        {
            let message = message(record, entry, since, index);
            let found = finding(&RULE, record, At::Rfc, message);
            let successors = index.successors(number);
            findings.push(found.with([number]).with(successors));
        }
    }
}

/// The entry of a document that has been replaced, and since when.
pub(super) fn replaced(index: &RfcIndex, number: u32) -> Option<(&RfcEntry, &str)> {
    let entry = index.get(number)?;
    (!entry.obsoleted_by.is_empty())
        .then(|| (entry, index.obsolete_since(number).unwrap_or_default()))
}

/// Whether a month lies before that of the capture. A month that is not known,
/// and the month of the capture itself, do not count: no false accusation.
pub(super) fn was_so(context: &Context<'_>, since: &str) -> bool {
    !since.is_empty() && context.captured.get(..7).is_some_and(|month| since < month)
}

/// What replaced the document, and what lives today.
pub(super) fn message(record: &Record, entry: &RfcEntry, since: &str, index: &RfcIndex) -> String {
    let ends = index.successors(entry.number);
    let direct = if ends == entry.obsoleted_by {
        String::new()
    } else {
        format!("{}, today ", rfc_list(&entry.obsoleted_by))
    };
    let when = if since.is_empty() {
        String::new()
    } else {
        format!(" since {since}")
    };
    format!(
        "RFC {} ({}) for {} is replaced{when} by {direct}{} ({} line {})",
        entry.number,
        entry.date,
        subject(record),
        rfc_list(&ends),
        index.edition,
        entry.line
    )
}

/// What the row is about, as it names itself.
pub(super) fn subject(record: &Record) -> String {
    if record.service_name.is_empty() {
        record
            .ports
            .first()
            .map_or_else(String::new, ToString::to_string)
    } else {
        format!("`{}`", record.service_name)
    }
}
