//! The sources folder, and the publication of outputs.
//!
//! Nothing that is stored under `sources/` is ever changed, and an output file is
//! only ever replaced as a whole.

mod error;
mod publish;
mod sources;

pub use error::StoreError;
pub use publish::{publish, write_file};
pub use sources::{MAX_STORED, Manifest, SourceFolder, Stored, VocabularyFiles, read_limited};
