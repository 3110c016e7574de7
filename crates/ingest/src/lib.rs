//! Readers: raw bytes in, spanned tables and registries out.
//!
//! [`read_capture`] recognises the layout of a capture and cuts it into a
//! [`RawTable`](appleports_model::RawTable); nothing is interpreted here. [`read_registry`] reads an edition
//! of the IANA registry, [`read_rfc_index`] the RFC index. A bad row is a finding; an
//! error means that the file as a whole is not what it should be, and names file and line.

mod article;
mod error;
mod lines;
mod refusal;
mod registry;
mod rfc;
mod services;
mod siblings;
mod xml;

pub use article::{
    CaptureFacts, Document, MAX_BYTES, MAX_ROWS, RULES, ServedPage, check_address, is_locale,
    page_tables, read_capture, stored_as, to_utf8,
};
pub use error::{ReadError, ReadErrorKind};
pub use registry::{is_registry, read_registry, read_registry_part};
pub use rfc::{read_rfc_index, rfc_index_date};
pub use services::{SERVICES_RULES, check_names_of_ports, read_services, read_services_entries};
pub use siblings::read_siblings;
