//! The layouts that a capture can have: one file each, one line here.

mod bold_lines;

use appleports_model::RawTable;

use crate::document::Document;
use crate::error::ReadError;

/// A layout: recognises its captures and reads them.
pub(crate) trait Layout: Sync {
    /// The table, or `None` where the text has another layout.
    fn read(&self, document: &Document<'_>) -> Option<RawTable>;
}

/// All layouts, the most specific first.
static LAYOUTS: &[&dyn Layout] = &[&bold_lines::BoldLines];

/// Reads the document with the first layout that recognises it.
pub(crate) fn read(document: &Document<'_>) -> Result<RawTable, ReadError> {
    LAYOUTS
        .iter()
        .find_map(|layout| layout.read(document))
        .ok_or_else(|| ReadError::NoTable {
            path: document.path.to_owned(),
        })
}
