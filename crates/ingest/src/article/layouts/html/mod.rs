//! The page itself, in the markup of any year.
//!
//! ```text
//! <div class="table-wrapper gb-table"><table class="gb-table"><tbody>
//! <tr><th class="gb-table-header-cell"><p class="gb-paragraph">Port</p></th> ...
//! <tr><td class="gb-table-cell"><p class="gb-paragraph">25</p></td> ...
//! ```
//!
//! Classes and ids have changed with the years and are not looked at. Of all
//! tables, those are taken whose cells are those of the article. Each block
//! element and each `<br>` ends a line of its cell.

mod elements;
mod spans;
mod tables;

use appleports_model::RawTable;

use crate::article::document::Document;
use crate::article::facts;
use crate::article::identity;
use crate::article::layout::Layout;
use crate::article::layouts::limits;
use crate::article::page::is_html;
use crate::article::refusals;
use crate::article::table::grid_row::GridRow;
use crate::article::table::several;
use crate::article::tree;
use crate::error::ReadError;

/// The layout.
pub(super) static LAYOUT: Layout = Layout {
    name: "html",
    file: "capture.html",
    media_type: "text/html",
    keeps_comments: true,
    knows_article: true,
    read,
};

fn read(document: &Document<'_>) -> Result<Option<RawTable>, ReadError> {
    if !is_html(document.text) {
        return Ok(None);
    }
    let page = tree::parse(document.text)
        .map_err(|(line, kind)| ReadError::at(document.path, line, kind))?;
    let facts = facts::of_page(&page);
    if identity::is_another(&facts) {
        return Err(refusals::another_article(document, &facts));
    }
    let address = facts.url.as_deref().unwrap_or_default();
    let tables = tables::tables(&page, address);
    // Cells that span rows are repeated in each.
    limits::check_cut(document, tables.iter().map(|table| table.rows.len()).sum())?;
    let mut budget = spans::MAX_SHARED;
    let grids = tables
        .into_iter()
        .map(|table| spans::grid(table, document, &mut budget))
        .collect();
    match several::read(grids, document, &LAYOUT) {
        Some(table) => Ok(Some(table)),
        None => Err(refusals::no_table(document)),
    }
}

/// The tables of a page as a browser lays them out: the text of each cell in each of its
/// rows, in the first of its columns. `None` for a row in which two cells overlap.
///
/// # Errors
/// [`ReadError`] where the page is no text, or passes a limit.
pub fn page_tables(text: &str) -> Result<Vec<Vec<Option<Vec<String>>>>, ReadError> {
    let document = Document::new("page", "page", text.as_bytes())?;
    let page =
        tree::parse(text).map_err(|(line, kind)| ReadError::at(document.path, line, kind))?;
    let row = |row: GridRow| match row.problem {
        Some((_, why)) if why.text == spans::OVERLAP => None,
        _ => Some(row.cells.into_iter().map(|cell| cell.text).collect()),
    };
    let mut budget = spans::MAX_SHARED;
    let grid = |table| {
        spans::grid(table, &document, &mut budget)
            .rows
            .into_iter()
            .map(row)
            .collect()
    };
    Ok(tables::tables(&page, "").into_iter().map(grid).collect())
}
