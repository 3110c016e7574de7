//! The RFCs that the article cites (R).

#[cfg(test)]
mod testing;

use std::collections::BTreeMap;

use appleports_model::{
    Column, CorrectedField, Correction, Finding, Record, RfcEntry, RfcIndex, Rule,
};

use super::corrections::applying;
use super::verdicts::{entries, place};
use super::{Context, checks, finding, row};

checks! {
    registry_cites_another
    obsolete
    obsolete_since
    not_issued
    no_such_rfc
    newer_than_index
    unrelated_title
    no_facts
}

/// The citations of all records with what the index knows of them, each once per
/// record, without those that a correction has taken up.
fn citations<'a>(context: &Context<'a>) -> Vec<(&'a Record, u32, &'a RfcIndex)> {
    let Some(index) = context.rfcs else {
        return Vec::new();
    };
    let corrected = applying(context, CorrectedField::Rfcs);
    let all = context.records.iter().flat_map(|record| {
        record
            .rfcs
            .iter()
            .map(move |number| (record, *number, index))
    });
    all.filter(|(record, number, _)| {
        let is_cited = |correction: &Correction| {
            correction
                .published
                .split(' ')
                .any(|word| word.parse() == Ok(*number))
        };
        !corrected
            .iter()
            .any(|(other, correction)| other.id == record.id && is_cited(correction))
    })
    .collect()
}

/// A finding for each citation of which there is something to say.
fn for_citations(
    context: &Context<'_>,
    rule: &Rule,
    mut message: impl FnMut(&Record, u32, &RfcIndex) -> Option<String>,
) -> Vec<Finding> {
    let said = citations(context)
        .into_iter()
        .filter_map(|(record, number, index)| {
            let message = message(record, number, index)?;
            Some(finding(rule, record, Column::Rfc, message).with([number]))
        });
    said.collect()
}

/// A finding for each citation that has been replaced: before the page was captured, or not.
fn for_replaced(context: &Context<'_>, rule: &Rule, was_before: bool) -> Vec<Finding> {
    // The chains of a document are followed once, however many rows cite it.
    let mut known: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let said = citations(context)
        .into_iter()
        .filter_map(|(record, number, index)| {
            let (entry, since) = replaced(index, number)
                .filter(|(_, since)| was_obsolete(context, since) == was_before)?;
            let ends = known
                .entry(number)
                .or_insert_with(|| index.successors(number));
            let message = message(record, (entry, since), ends, index);
            let found = finding(rule, record, Column::Rfc, message);
            Some(found.with([number]).with(ends.iter()))
        });
    said.collect()
}

/// `RFC 9110 and RFC 9112`.
fn rfc_list(numbers: &[u32]) -> String {
    let numbers: Vec<String> = numbers
        .iter()
        .map(|number| format!("RFC {number}"))
        .collect();
    match numbers.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The entry of a document that has been replaced, and since when.
fn replaced(index: &RfcIndex, number: u32) -> Option<(&RfcEntry, &str)> {
    let entry = index.get(number)?;
    (!entry.obsoleted_by.is_empty())
        .then(|| (entry, index.obsolete_since(number).unwrap_or_default()))
}

/// Whether a month lies before that of the capture. A month that is not known,
/// and the month of the capture itself, do not count: no false accusation.
fn was_obsolete(context: &Context<'_>, since: &str) -> bool {
    let month = context
        .captured
        .map(|day| day.strftime("%Y-%m").to_string());
    !since.is_empty() && month.is_some_and(|month| *since < *month)
}

/// What replaced the document, and what lives today.
fn message(
    record: &Record,
    (entry, since): (&RfcEntry, &str),
    ends: &[u32],
    index: &RfcIndex,
) -> String {
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
        rfc_list(ends),
        index.edition,
        entry.line
    )
}

/// What the row is about, as it names itself.
fn subject(record: &Record) -> String {
    if record.service_name.is_empty() {
        record
            .ports
            .first()
            .map_or_else(String::new, ToString::to_string)
    } else {
        format!("`{}`", record.service_name)
    }
}

/// The numbers in `[RFC3948][RFC7296]`.
fn rfc_numbers(reference: &str) -> impl Iterator<Item = u32> {
    reference.split("[RFC").skip(1).filter_map(|part| {
        part.split(']')
            .next()?
            .split(',')
            .next()?
            .trim()
            .parse()
            .ok()
    })
}
