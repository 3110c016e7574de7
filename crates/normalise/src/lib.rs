//! Raw table to records: ports, transports, names, markers, products.
//!
//! [`normalise`] never fails and never panics: a row that cannot be read is
//! rejected with a finding, and [`Totals::balance`] holds.

mod brackets;
mod capture_checks;
mod catalogue;
mod characters;
mod confirmed;
mod items;
mod joiners;
mod lines;
mod markup;
mod ports;
mod products;
mod relations;
mod rfcs;
mod row;
mod rules;
mod service_name;
mod titles;
mod transports;
mod unread;
mod vocabulary;

pub use confirmed::confirm;
pub use products::read_parts;
pub use rules::RULES;
pub use vocabulary::{Vocabulary, VocabularyError};

use std::collections::HashMap;

use appleports_model::{
    Coverage, Finding, Overlap, Place, RawTable, Record, Totals, UnreadRow, assign_ids,
};

/// The result of [`normalise`].
#[derive(Clone, Debug)]
pub struct Normalised {
    /// The records in the order of the article.
    pub records: Vec<Record>,
    /// The findings of the reader and of this stage, not yet sorted.
    pub findings: Vec<Finding>,
    /// The rows that the reader or this stage rejected, by line.
    pub unread: Vec<UnreadRow>,
    /// The accounts of the rows.
    pub totals: Totals,
    /// Pairs of records that claim the same ports.
    pub overlaps: Vec<Overlap>,
    /// The union of the ports per transport.
    pub coverage: Coverage,
}

/// Interprets the rows of `table`. `text` is the whole capture and `locale` its
/// locale, for the checks that concern the capture as a whole.
pub fn normalise(
    table: &RawTable,
    text: &str,
    locale: &str,
    vocabulary: &Vocabulary,
) -> Normalised {
    let mut findings = table.findings.clone();
    findings.extend(capture_checks::lost_letters(
        table, text, locale, vocabulary,
    ));
    findings.extend(capture_checks::unknown_language(table, locale, vocabulary));
    findings.extend(capture_checks::swapped_columns(table, vocabulary));
    let joiners = vocabulary.joiners(locale);
    let mut drafts = Vec::with_capacity(table.rows.len());
    let mut unread = unread::of_reader(table, text);
    for raw in &table.rows {
        match row::interpret(&table.source, raw, vocabulary, &joiners) {
            Ok(draft) => drafts.push(draft),
            Err(finding) => {
                unread.push(unread::of_row(
                    &table.source,
                    raw,
                    &finding.message,
                    vocabulary,
                    &joiners,
                ));
                findings.push(*finding);
            }
        }
    }
    let rejected = unread.len();
    unread.sort();
    let emitted_or_merged = drafts.len();
    relations::merge_duplicates(&mut drafts, &mut findings);
    let mut records: Vec<Record> = Vec::with_capacity(drafts.len());
    let mut about: Vec<Vec<Finding>> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        records.push(draft.record);
        about.push(draft.findings);
    }
    assign_ids(&mut records);
    for (record, record_findings) in records.iter().zip(about) {
        findings.extend(
            record_findings
                .into_iter()
                .map(|finding| finding.about(&record.id)),
        );
    }
    name_records(&mut findings, &records);
    relations::link_same_ports(&mut records, &mut findings);
    let overlaps = relations::overlaps(&records, &mut findings);
    let coverage = relations::coverage(&records);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let totals = Totals {
        rows_read: count(table.rows.len() + table.rejected.len()),
        rows_emitted: count(records.len()),
        rows_merged: count(emitted_or_merged - records.len()),
        rows_rejected: count(rejected),
        port_rows: count(records.iter().map(|record| record.rows().count()).sum()),
    };
    Normalised {
        records,
        findings,
        unread,
        totals,
        overlaps,
        coverage,
    }
}

/// Findings of the reader know their place, not their record: names it for them.
/// Records stand in the order of their lines.
fn name_records(findings: &mut [Finding], records: &[Record]) {
    let owners = by_place(records);
    for finding in findings
        .iter_mut()
        .filter(|finding| finding.record.is_none())
    {
        if finding.column.is_some() {
            if let Some(Some(record)) = owners.get(&finding.place()) {
                finding.record = Some(record.id.clone());
            }
            continue;
        }
        let after = records.partition_point(|record| record.provenance.line_first <= finding.line);
        let covers = |record: &&Record| finding.line <= record.provenance.line_last;
        let mut owners = records[..after].iter().rev().take(2).filter(covers);
        // Where several rows stand on one line, the line names none of them.
        if let (Some(record), None) = (owners.next(), owners.next()) {
            finding.record = Some(record.id.clone());
        }
    }
}

/// The record of each cell that has a column; `None` where two records share the cell.
fn by_place(records: &[Record]) -> HashMap<Place, Option<&Record>> {
    let mut owners = HashMap::new();
    for record in records {
        let place = &record.provenance;
        for at in 0..place.cell_columns.len() {
            let owner = owners.entry(place.cell_place(at)).or_insert(Some(record));
            if owner.is_some_and(|owner| owner.id != record.id) {
                *owner = None;
            }
        }
    }
    owners
}
