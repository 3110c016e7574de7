//! The sources folder, and the publication of outputs.
//!
//! Nothing that is stored under `sources/` is ever changed, and an output file is
//! only ever replaced as a whole.

mod checked;
mod error;
mod incoming;
mod publish;
mod sources;

pub use error::StoreError;
pub use incoming::Incoming;
pub use publish::{TEMPORARY, publish, write_file};
pub use sources::{MAX_STORED, Manifest, SourceFolder, Stored, VocabularyFiles, read_limited};
