//! Captures of the article: their bytes as text, what they say of themselves, and their
//! table in one of the [`layouts`].

mod comments;
mod document;
mod encoding;
mod end;
mod facts;
mod identity;
mod layout;
mod layouts;
mod origin;
mod page;
mod page_limits;
mod position;
mod refusals;
mod rules;
mod served;
mod table;
mod tree;

pub use self::document::{Document, MAX_BYTES};
pub use self::encoding::to_utf8;
pub use self::layouts::limits::MAX_ROWS;
pub use self::layouts::{page_tables, stored_as};
pub use self::origin::{CaptureFacts, is_locale};
pub use self::refusals::check_address;
pub use self::rules::RULES;
pub use self::served::ServedPage;

use appleports_model::RawTable;

use crate::error::ReadError;

/// Reads the capture with the id `source` into a raw table.
///
/// # Errors
/// [`ReadError`] when the bytes are no text, or when the text has no table in a
/// known layout.
pub fn read_capture(source: &str, path: &str, bytes: &[u8]) -> Result<RawTable, ReadError> {
    let bytes = to_utf8(bytes);
    let document = Document::new(source, path, &bytes)?;
    layouts::read(&document)
}
