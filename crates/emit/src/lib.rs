//! Dataset to bytes: one file per output format.
//!
//! Every format is a pure function of the [`Dataset`](appleports_model::Dataset):
//! the same dataset gives the same bytes on any machine, whatever its locale,
//! time zone or directory order.

mod columns;
mod columns_doc;
mod expand;
mod exports;
mod formats;
mod openers;
mod reports;
mod rows;
mod rust_table;

pub use columns_doc::columns_doc;
pub use expand::{TooLong, expanded};
pub use exports::EXPORTS;
pub use formats::explorer::{FOLDER_LINKS, THEME, content_policy, site_explorer};
pub use formats::json::{Document, SCHEMA_VERSION, Summary};
pub use formats::{
    FORMATS, Format, NestedBlock, Output, PORTS_SCHEMA, RegistryServices, merge_services,
    output_set, registry_services, services_base,
};
pub use openers::{
    Direction, OPENERS, Opener, Refusal, RuleOptions, Table, TableError, opens_nothing,
};
pub use reports::{Findings, REPORTS, Report, SourceText};
pub use rust_table::{UnknownTransport, rust_table};
