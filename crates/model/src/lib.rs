//! The types that `appleports` passes from stage to stage.
//!
//! ```text
//! capture -> RawTable -> Record -> Dataset -> findings / outputs / changes
//! ```
//!
//! One direction, one type at each joint. This crate holds those types and the
//! small pure functions that belong to them; it does no I/O, reads no clock and
//! no environment, and depends on no other crate of the workspace.

mod correction;
mod dataset;
mod date;
mod digest;
pub mod escape;
mod finding;
mod finding_key;
mod hidden;
mod ident;
mod intervals;
mod json;
mod message;
mod name;
mod never_empty;
pub mod or_empty;
mod place;
mod plain;
mod port;
mod product;
mod raw;
mod record;
mod registry;
mod rfc;
mod row_findings;
mod services;
mod services_lines;
mod shown;
mod siblings;
mod slug;
mod source;
mod text;
mod transport;
mod unread;

pub use correction::{CorrectedField, Correction};
pub use dataset::{Coverage, Dataset, Former, Overlap, Totals, TransportCoverage};
pub use date::{Period, is_date, parse_date};
pub use digest::{fnv1a_64, sha256_hex};
pub use finding::{Finding, Level, Rule};
pub use hidden::is_hidden;
pub use ident::assign_ids;
pub use jiff::civil::Date;
pub use json::{to_json, write_json};
pub use message::{Message, Quoted};
pub use name::{NameError, is_service_name, service_name_error};
pub use place::{Columns, MAX_PLAIN_LINE, Place};
pub use plain::{SEPARATORS, is_dash, is_grouped_number, is_invisible, plain_form};
pub use port::{PortError, PortRange, PortSet};
pub use product::{Product, resolve_product};
pub use raw::{Column, RawCell, RawRow, RawTable, Rejected};
pub use record::{
    CrossCheck, FormerField, Formerly, IanaStatus, PortName, Provenance, Record, Registration,
    Seen, UsedByPart,
};
pub use registry::{Assignment, Registry, RegistryEntry};
pub use rfc::{RfcEntry, RfcFacts, RfcIndex, RfcState};
pub use row_findings::RowFindings;
pub use services::{ServicesEntry, ServicesFile, ServicesUnread};
pub use services_lines::{MAX_ALIAS_BYTES, Oddity, ServicesLine, ServicesLines};
pub use shown::Shown;
pub use siblings::{Sibling, SiblingFact, Siblings};
pub use slug::slug;
pub use source::{
    Form, Locale, PUBLISHERS, Series, SourceId, SourceInfo, SourceKind, SourceNameError,
    is_publishers,
};
pub use text::{
    and_list, collapse_whitespace, collapsed, counted, cut, cut_bytes, escape_hidden, fold,
    has_blank_text, joined, one_line,
};
pub use transport::{Transport, TransportError};
pub use unread::{UnreadRow, claims};
