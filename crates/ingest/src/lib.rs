//! Readers: raw bytes in, spanned tables and registries out.
//!
//! [`read_capture`] recognises the layout of a capture and cuts it into a
//! [`RawTable`]; nothing is interpreted here. [`read_registry`] reads an edition
//! of the IANA registry, [`read_rfc_index`] the RFC index. A bad row is a finding; an
//! error means that the file as a whole is not what it should be, and names file and line.

mod align;
mod article;
mod columns;
mod document;
mod encoding;
mod error;
mod facts;
mod glued;
mod grid;
mod layouts;
mod lines;
mod markdown;
mod page;
mod refusal;
mod registry;
mod repair;
mod rfc;
mod rules;
mod sequence;
mod services;
mod several;
mod shape;
mod siblings;
mod text;
mod xml;

pub use document::{CaptureFacts, Document, MAX_BYTES, is_locale, stored_as};
pub use encoding::to_utf8;
pub use error::ReadError;
pub use facts::asks_for_password;
pub use registry::{is_registry, read_registry};
pub use rfc::{read_rfc_index, rfc_index_date};
pub use rules::RULES;
pub use services::{SERVICES_RULES, read_services};
pub use siblings::read_siblings;

use appleports_model::RawTable;

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
