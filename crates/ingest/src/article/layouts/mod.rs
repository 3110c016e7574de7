//! The layouts that a capture can have: one file each, one line here.

mod bold_lines;
mod delimited;
mod further_columns;
mod html;
mod joined_rows;
mod pipe_table;
mod plain_lines;
mod quotes;

use appleports_model::RawTable;

use crate::article::document::Document;
use crate::article::identity;
use crate::article::refusals;
use crate::error::{ReadError, ReadErrorKind};

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
                if identity::is_another(&facts) {
                    return Err(refusals::another_article(document, &facts));
                }
            }
            let rows = table.rows.len() + table.rejected.len();
            return if rows > MOST_ROWS {
                let kind = ReadErrorKind::TooManyRows { rows };
                Err(ReadError::new(document.path, kind))
            } else {
                Ok(table)
            };
        }
    }
    Err(refusals::no_table(document))
}

/// The file name and the media type under which a capture is stored, by the
/// layout that was read.
pub fn stored_as(layout: &str) -> (&'static str, &'static str) {
    match layout {
        "html" => ("capture.html", "text/html"),
        "bold-lines" | "pipe-table" => ("capture.md", "text/markdown"),
        "csv" => ("capture.csv", "text/csv"),
        _ => ("capture.txt", "text/plain"),
    }
}
