//! The layouts that a capture can have: one file each, one line here.

mod bold_lines;
mod delimited;
mod further_columns;
pub(crate) mod html;
mod joined_rows;
mod pipe_table;
mod plain_lines;
mod quotes;

use appleports_model::RawTable;

use crate::article;
use crate::document::Document;
use crate::error::ReadError;

/// A layout: recognises its captures and reads them.
pub(crate) trait Layout: Sync {
    /// The table, or `None` where the text has another layout.
    ///
    /// # Errors
    /// [`ReadError`] where the text has this layout and no other reader should try.
    fn read(&self, document: &Document<'_>) -> Result<Option<RawTable>, ReadError>;
}

/// All layouts, the most specific first.
static LAYOUTS: &[&dyn Layout] = &[
    &html::HtmlTable,
    &bold_lines::BoldLines,
    &pipe_table::PipeTable,
    &delimited::Delimited,
    &plain_lines::PlainLines,
    &joined_rows::JoinedRows,
];

/// There are no more ports.
const MOST_ROWS: usize = 65_536;

/// Reads the document with the first layout that recognises it.
pub(crate) fn read(document: &Document<'_>) -> Result<RawTable, ReadError> {
    for layout in LAYOUTS {
        if let Some(table) = layout.read(document)? {
            // A page is judged by its own reader, which has its tree.
            if table.layout != "html" {
                let facts = document.facts();
                if article::is_another(&facts) {
                    return Err(ReadError::another_article(document, &facts));
                }
            }
            let rows = table.rows.len() + table.rejected.len();
            return if rows > MOST_ROWS {
                Err(ReadError::TooManyRows {
                    path: document.path.to_owned(),
                    rows,
                })
            } else {
                Ok(table)
            };
        }
    }
    Err(ReadError::no_table(document))
}
