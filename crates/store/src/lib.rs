//! The sources folder, and the publication of outputs.
//!
//! Nothing that is stored under `sources/` is ever changed, and an output file is
//! only ever replaced as a whole.

mod acceptance;
mod archive;
mod checked;
mod error;
mod files;
mod incoming;
mod manifest;
mod place;
mod publish;
mod sources;
mod temporary;

pub use acceptance::{Acceptance, Figure};
pub use error::StoreError;
pub use files::{MAX_OUTPUT, MAX_STORED, read_limited, read_own};
pub use incoming::Incoming;
pub use manifest::{Manifest, manifest_beside};
pub use publish::{publish, write_file};
pub use sources::{SourceFolder, Stored, VocabularyFiles};
pub use temporary::TEMPORARY;
