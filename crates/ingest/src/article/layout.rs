//! What a layout is.

use appleports_model::RawTable;

use crate::article::document::Document;
use crate::error::ReadError;

/// A layout: its name, how its captures are stored, and what reads them.
pub(crate) struct Layout {
    pub(crate) name: &'static str,
    /// The name of the file under which a capture is stored.
    pub(crate) file: &'static str,
    pub(crate) media_type: &'static str,
    /// Whether its reader gets the text with Markdown comments left in.
    pub(crate) keeps_comments: bool,
    /// Whether its own reader decides if this is the article; for the others `identity` does.
    pub(crate) knows_article: bool,
    /// The table, or `None` where the text has another layout; an error where no other
    /// reader should try.
    pub(crate) read: fn(&Document<'_>) -> Result<Option<RawTable>, ReadError>,
}
