//! The layouts that a capture can have: one file each, one line here.

mod bold_lines;
mod delimited;
mod further_columns;
mod html;
mod joined_rows;
mod pipe_table;
mod plain_lines;
mod quotes;

pub use self::html::page_tables;

use appleports_model::RawTable;

use crate::article::document::Document;
use crate::article::identity;
use crate::article::layout::Layout;
use crate::article::refusals;
use crate::error::{ReadError, ReadErrorKind};

/// All layouts, the most specific first.
static LAYOUTS: &[&Layout] = &[
    &html::LAYOUT,
    &bold_lines::LAYOUT,
    &pipe_table::LAYOUT,
    &delimited::LAYOUT,
    &plain_lines::LAYOUT,
    &joined_rows::LAYOUT,
];

/// There are no more ports.
const MOST_ROWS: usize = 65_536;

/// Reads the document with the first layout that recognises it.
pub(crate) fn read(document: &Document<'_>) -> Result<RawTable, ReadError> {
    for layout in LAYOUTS {
        if let Some(table) = (layout.read)(document)? {
            // A page is judged by its own reader, which has its tree.
            if layout.name != html::LAYOUT.name {
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
    let own = LAYOUTS.iter().find(|own| own.name == layout);
    own.map_or(("capture.txt", "text/plain"), |own| {
        (own.file, own.media_type)
    })
}
