//! How much a dataset may have in it to be a side.
//!
//! Each row and each product is looked for among those of the other side, and what it opens and
//! closes is told: some thousand bytes for the few that a file needs for its name.

use appleports_ingest::MAX_ROWS;
use appleports_model::{Record, SEPARATORS, UnreadRow, claims};

use crate::failure::CompareError;

/// The most products of all rows, with the items of their "used by" texts. An article has at most
/// 10,000 items in its lists, and one may stand for several products.
const MAX_PRODUCTS: usize = 50_000;

/// The most [claims](claims) of all rows, twice those of the largest capture: how each
/// product's ports change is told.
const MAX_CLAIMS: usize = 100_000;

/// Refuses a side that has more rows than a capture may have, or lists more products than any
/// article.
///
/// # Errors
/// How many it has.
pub(crate) fn check_size(
    name: &str,
    records: &[Record],
    unread: &[UnreadRow],
) -> Result<(), CompareError> {
    let rows = records.len() + unread.len();
    if rows > MAX_ROWS {
        return Err(CompareError::TooManyRows {
            name: name.to_owned(),
            count: rows,
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
    let count: usize = listed.chain(of_unread).sum();
    if count > MAX_PRODUCTS {
        return Err(CompareError::TooManyProducts {
            name: name.to_owned(),
            count,
            limit: MAX_PRODUCTS,
        });
    }
    let claims = claims(records, unread);
    if claims > MAX_CLAIMS {
        return Err(CompareError::TooManyClaims {
            name: name.to_owned(),
            count: claims,
            limit: MAX_CLAIMS,
        });
    }
    Ok(())
}
