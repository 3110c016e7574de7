//! The loss of a column: it is empty, says the same in each row, or holds something else.

use appleports_store::Figure;

use super::extent::{COLUMNS, Extent};
use super::figure::{DIFFERENT, PRODUCTS};
use super::rules::LOST_COLUMN;
use super::{Known, figure, largest};

/// The fewest products of a capture that can be missed.
const MIN_PRODUCTS: usize = 10;

/// The columns that have lost their cells, or else what these say.
pub(super) fn lost(new: &Extent, known: &[Known<'_>]) -> Vec<Figure> {
    let columns = 0..COLUMNS.len();
    columns
        .filter_map(|at| lost_cells(new, known, at).or_else(|| lost_values(new, known, at)))
        .collect()
}

/// That a column has less than a fifth of the share that it had: rows that were added or removed
/// are no reason.
fn lost_cells(new: &Extent, known: &[Known<'_>], at: usize) -> Option<Figure> {
    let share_of = |extent: &Extent| share(extent.filled[at], extent.rows);
    let (_, before) = largest(known, share_of);
    (share_of(new) * 5 < before).then(|| {
        let before = largest(known, |extent| extent.filled[at]);
        figure(&LOST_COLUMN, COLUMNS[at], before, new.filled[at])
    })
}

/// That less than a fifth of a column's different values are left: with one sign for "nothing" in
/// each row it is full, and says nothing.
fn lost_values(new: &Extent, known: &[Known<'_>], at: usize) -> Option<Figure> {
    let most = known
        .iter()
        .max_by_key(|known| known.extent.different[at])?;
    let counts = |extent: &Extent| (extent.different[at], extent.rows);
    let column = format!("{DIFFERENT} {}s", COLUMNS[at]);
    lost_column(most.id, &column, counts(most.extent), counts(new))
}

/// That too few products have a port left that they had, of the newest capture or the oldest: the
/// column is full, but of something else, as where titles are in its place. Half of them must be
/// left; Apple translates few of its names, so of a capture in another language it is a fifth.
pub(super) fn lost_products(new: &Extent, known: &[Known<'_>]) -> Option<Figure> {
    let mut asked = known.first().into_iter().chain(known.last());
    asked.find_map(|known| {
        let before = known.extent.products.len();
        let left = new.kept_products(known.extent);
        let parts = if known.is_same_language { 2 } else { 5 };
        let is_lost = before >= MIN_PRODUCTS && left * parts < before;
        let before = (known.id, before as u64);
        is_lost.then(|| figure(&LOST_COLUMN, PRODUCTS, before, left as u64))
    })
}

/// That a column is nearly empty: it has less than a fifth of its cells, and of its share of the
/// rows. An edition of few rows may have each filled.
pub(crate) fn lost_column(
    compared_with: &str,
    column: &str,
    before: (u64, u64),
    now: (u64, u64),
) -> Option<Figure> {
    let is_lost = now.0 * 5 < before.0 && share(now.0, now.1) * 5 < share(before.0, before.1);
    is_lost.then(|| figure(&LOST_COLUMN, column, (compared_with, before.0), now.0))
}

/// How many of 1,000 rows have it.
fn share(count: u64, rows: u64) -> u64 {
    (count * 1000).checked_div(rows).unwrap_or_default()
}
