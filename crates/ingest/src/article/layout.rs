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
    /// The table, or `None` where the text has another layout; an error where no other
    /// reader should try.
    pub(crate) read: fn(&Document<'_>) -> Result<Option<RawTable>, ReadError>,
}
