//! Checks that concern the capture as a whole.

use std::collections::HashSet;

use appleports_model::{Column, Finding, RawRow, RawTable, has_blank_text, joined, message};

use crate::characters::visible_form;
use crate::markup::plain_text;
use crate::products::read_parts;
use crate::rules;
use crate::vocabulary::Vocabulary;

/// Whether the text has lost letters of its language, said once.
pub(crate) fn lost_letters(
    table: &RawTable,
    text: &str,
    locale: &str,
    vocabulary: &Vocabulary,
) -> Option<Finding> {
    let language = vocabulary.language_of(locale)?;
    let expected = language.lost_letters.as_ref()?;
    if text.contains(|c: char| expected.letters.contains(c)) {
        return None;
    }
    let known: HashSet<&str> = expected.tells.iter().map(String::as_str).collect();
    let is_tell = |word: &&str| known.contains(word);
    let mut tells = text.lines().zip(1_u32..).flat_map(|(line, number)| {
        line.split(|c: char| !c.is_alphanumeric())
            .filter(is_tell)
            .map(move |word| (number, word))
    });
    let (line, word) = tells.next()?;
    let count = 1 + tells.count();
    let kept: String = text
        .chars()
        .filter(|c| c.is_alphabetic() && !c.is_ascii())
        .collect::<std::collections::BTreeSet<char>>()
        .into_iter()
        .flat_map(|c| [' ', c])
        .collect();
    let missing = joined(expected.letters.chars(), ", ");
    let shown = if kept.is_empty() { " none" } else { &kept };
    let message = message!(
        "no {} anywhere in the capture, but {} words that need one, first `{}`; other letters were kept:{shown}",
        missing,
        count,
        word
    );
    Some(Finding::new(&rules::LOST_LETTERS, &table.source, line, message).with([kept.trim()]))
}

/// Whether the vocabulary lacks the capture's language, said once.
pub(crate) fn unknown_language(
    table: &RawTable,
    locale: &str,
    vocabulary: &Vocabulary,
) -> Option<Finding> {
    let is_known = locale.is_empty() || vocabulary.language_of(locale).is_some();
    (!is_known).then(|| {
        let message = message!("no phrases are known for `{}`", locale);
        Finding::new(&rules::LANGUAGE_UNKNOWN, &table.source, 1, message)
    })
}

/// The most rows that are looked at for columns in each other's place.
const MAX_SAMPLE: usize = 30;

/// The fewest rows that say anything of their columns.
const MIN_SAMPLE: usize = 4;

/// Whether the products stand in the title column and not in that of the products, said once.
pub(crate) fn swapped_columns(table: &RawTable, vocabulary: &Vocabulary) -> Option<Finding> {
    let is_filled = |row: &&RawRow| {
        let columns = [Column::Title, Column::UsedBy];
        !columns
            .iter()
            .any(|column| has_blank_text(row.text(*column)))
    };
    let names_products = |row: &&RawRow, column: Column| {
        let parts = read_parts(&plain_text(&visible_form(row.text(column))), vocabulary);
        !parts.is_empty() && parts.iter().all(|part| part.known)
    };
    let rows: Vec<&RawRow> = table
        .rows
        .iter()
        .filter(is_filled)
        .take(MAX_SAMPLE)
        .collect();
    if rows.len() < MIN_SAMPLE {
        return None;
    }
    // Once half of the titles are others, the rest need not be looked at.
    let others = rows
        .iter()
        .filter(|row| !names_products(row, Column::Title));
    let others = others.take(rows.len().div_ceil(2)).count();
    if others * 2 >= rows.len() {
        return None;
    }
    let titles = rows.len() - others;
    let used_by = rows
        .iter()
        .filter(|row| names_products(row, Column::UsedBy))
        .count();
    (used_by * 2 < titles).then(|| {
        let message = message!(
            "of {} rows, {} have only products in the title cell, and {} in the used-by cell",
            rows.len(),
            titles,
            used_by
        );
        Finding::new(&rules::COLUMNS_SWAPPED, &table.source, 1, message)
    })
}
