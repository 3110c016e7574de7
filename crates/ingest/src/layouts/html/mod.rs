//! The page itself, in the markup of any year.
//!
//! ```text
//! <div class="table-wrapper gb-table"><table class="gb-table"><tbody>
//! <tr><th class="gb-table-header-cell"><p class="gb-paragraph">Port</p></th> ...
//! <tr><td class="gb-table-cell"><p class="gb-paragraph">25</p></td> ...
//! ```
//!
//! Classes and ids have changed with the years and are not looked at. Of all
//! tables, that one is taken whose cells are those of the article. Each block
//! element and each `<br>` ends a line of its cell.

mod sink;
mod spans;
mod tables;

use appleports_model::RawTable;

use super::Layout;
use crate::document::Document;
use crate::error::ReadError;
use crate::page::is_html;

/// The layout's reader.
pub(crate) struct HtmlTable;

impl Layout for HtmlTable {
    fn read(&self, document: &Document<'_>) -> Result<Option<RawTable>, ReadError> {
        if !is_html(document.text) {
            return Ok(None);
        }
        let page = sink::parse(document.text).map_err(|line| ReadError::Hostile {
            path: document.path.to_owned(),
            line,
        })?;
        let cut_line = spans::cut_line(document.text);
        let mut best: Option<RawTable> = None;
        for table in tables::tables(&page) {
            let found = spans::grid(table, document, cut_line).into_table(document);
            if let Some(found) = found
                && best
                    .as_ref()
                    .is_none_or(|best| best.rows.len() < found.rows.len())
            {
                best = Some(found);
            }
        }
        match best {
            Some(table) => Ok(Some(table)),
            None => Err(ReadError::no_table(document)),
        }
    }
}
