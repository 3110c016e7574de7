//! How much a dataset may have in it to be a side.
//!
//! Each row and each product is looked for among those of the other side, and what it opens and
//! closes is told: some thousand bytes for the few that a file needs for its name.

use appleports_ingest::MAX_ROWS;
use appleports_model::{Record, SEPARATORS, UnreadRow, claims, cut};

use crate::failure::CompareError;

/// The most products of all rows, with the items of their "used by" texts. A capture may have
/// 3,000 items in its lists, and some stand for several products.
const MAX_PRODUCTS: usize = 20_000;

/// The most [claims](claims) of all rows, four times those of the largest capture: how each product's
/// ports change is told.
const MAX_CLAIMS: usize = 10_000;

/// The most names of single ports, four times those of the largest capture: they are compared with
/// those of many rows.
const MAX_NAMES: usize = 10_000;

/// The most bytes of text of a row, some thirty cells of the longest: it is told again with each row
/// that it may be.
const MAX_TEXT: usize = 64 * 1024;

/// The most bytes of text of all rows. A capture has 500 kB in its cells, and each of them is told
/// four times at most.
const MAX_TEXTS: usize = 4 * 1024 * 1024;

/// The most bytes of an id, of a row or of its source, five times those of the longest that is made.
const MAX_ID: usize = 1_000;

/// Refuses a side that has more rows than a capture may have, or more in them than any article.
///
/// # Errors
/// What it has more of.
pub(crate) fn check_size(
    name: &str,
    records: &[Record],
    unread: &[UnreadRow],
) -> Result<(), CompareError> {
    if records.len() + unread.len() > MAX_ROWS {
        return Err(CompareError::TooManyRows {
            name: name.to_owned(),
            limit: MAX_ROWS,
        });
    }
    let items = |used_by: &str| used_by.matches(SEPARATORS).count();
    let listed = records
        .iter()
        .map(|record| record.products.len() + items(&record.used_by));
    let of_unread = unread
        .iter()
        .map(|row| row.products.len() + items(&row.used_by));
    let products = listed.chain(of_unread).sum();
    let claims = claims(records, unread);
    let names = records.iter().map(|record| record.port_names.len()).sum();
    let read = records.iter().map(|record| (text_of(record), &record.id));
    let of_unread = unread.iter().map(|row| (text_of_unread(row), &row.source));
    let texts_of_rows: Vec<(usize, &String)> = read.chain(of_unread).collect();
    let texts = texts_of_rows.iter().map(|(length, _)| length).sum();
    for (count, limit, what) in [
        (products, MAX_PRODUCTS, "products in their lists"),
        (claims, MAX_CLAIMS, "ports and ranges of their products"),
        (names, MAX_NAMES, "names of single ports"),
        (texts, MAX_TEXTS, "bytes of text"),
    ] {
        if count > limit {
            return Err(CompareError::TooMany {
                name: name.to_owned(),
                what,
                limit,
            });
        }
    }
    let ids = records
        .iter()
        .flat_map(|record| [&record.id, &record.provenance.source]);
    let ids = ids.map(|id| (id.len(), id, MAX_ID));
    let texts = texts_of_rows
        .into_iter()
        .map(|(length, id)| (length, id, MAX_TEXT));
    let too_long = |(length, _, limit): &(usize, &String, usize)| length > limit;
    if let Some((length, id, limit)) = ids.chain(texts).find(too_long) {
        return Err(CompareError::LongText {
            name: name.to_owned(),
            id: cut(id, 60).into_owned(),
            length,
            limit,
        });
    }
    Ok(())
}

/// The bytes of all texts of a row that are compared or told, and of what becomes text.
fn text_of(record: &Record) -> usize {
    let texts = [
        &record.service_name,
        &record.title,
        &record.used_by,
        &record.note,
    ];
    let names = record.port_names.iter().map(|entry| &entry.name);
    let checks = record.cross_check.iter();
    let names = names.chain(checks.flat_map(|check| &check.iana_names));
    let parts = record.used_by_parts.iter();
    let parts = parts.flat_map(|part| {
        [&part.text, &part.qualifier]
            .into_iter()
            .chain(&part.products)
    });
    let corrections = record.corrections.iter().map(|entry| &entry.value);
    let texts = texts.into_iter().chain(names).chain(parts);
    let texts = texts.chain(&record.products).chain(&record.confirmed);
    let texts = texts.chain(corrections).chain(&record.provenance.cells);
    // What a row says of each of its ports is short, and so is an RFC.
    let others = 10 * (record.cross_check.len() + record.rfcs.len());
    texts.map(String::len).sum::<usize>() + others
}

/// Those of a row that could not be read.
fn text_of_unread(row: &UnreadRow) -> usize {
    let texts = [
        &row.source,
        &row.service_name,
        &row.title,
        &row.used_by,
        &row.reason,
    ];
    let texts = texts.into_iter().chain(&row.products).chain(&row.cells);
    texts.map(String::len).sum()
}
