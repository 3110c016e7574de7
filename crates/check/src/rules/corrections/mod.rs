//! The curated corrections, beside the rows that they are about (I, R).

use appleports_model::{CorrectedField, Correction, Record};

use super::{Context, checks, finding};

checks! {
    mark_disagrees
    borrowed_name
    stale_correction
    wrong_citation
}

/// The corrections of a field that stand beside their records.
pub(super) fn applying<'a>(
    context: &Context<'a>,
    field: CorrectedField,
) -> Vec<(&'a Record, &'a Correction)> {
    let all = context.records.iter().flat_map(|record| {
        record
            .corrections
            .iter()
            .map(move |correction| (record, correction))
    });
    all.filter(|(_, correction)| correction.field == field)
        .collect()
}

/// What a correction says, for the key of its finding.
fn values(correction: &Correction) -> [&str; 2] {
    [&correction.published, &correction.value]
}

/// The message of a correction.
fn corrected(correction: &Correction) -> String {
    let Correction {
        published,
        value,
        reason,
        evidence,
        ..
    } = correction;
    let better = if value.is_empty() {
        String::new()
    } else {
        format!(", better `{value}`")
    };
    let published = if published.is_empty() {
        "nothing"
    } else {
        published
    };
    format!("`{published}`{better}: {reason} ({evidence})")
}
