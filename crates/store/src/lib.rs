//! The sources folder, and the publication of outputs.
//!
//! Nothing that is stored under `sources/` is ever changed, and an output file is
//! only ever replaced as a whole.

mod acceptance;
#[cfg(target_os = "linux")]
mod acl;
mod answers;
mod archive;
mod checked;
mod created;
mod curated;
mod digest_of;
mod error;
mod evidence;
mod files;
mod incoming;
mod layout;
mod list;
mod lock;
mod manifest;
mod named;
mod notes;
mod owned_folder;
mod place;
mod private;
mod publish;
mod published;
mod rights;
mod sources;
mod stamp;
mod storage;
mod temporary;
mod toml_error;

pub use acceptance::{Acceptance, Figure};
pub use answers::Answers;
pub use curated::VocabularyFiles;
pub use digest_of::{digest_of, visible_files};
pub use error::StoreError;
pub use files::{
    MAX_OUTPUT, MAX_STORED, files_below, link_below, open_plain, read_limited, read_own,
};
pub use incoming::{Incoming, Refused};
pub use lock::when_waiting;
pub use manifest::{Manifest, manifest_beside};
pub use named::{check_holds_no_source, final_path, rewrite_file, write_file};
pub use owned_folder::{FILES, replace_folder};
pub use private::{read_private, write_private};
pub use publish::publish;
pub use published::Published;
pub use sources::{SourceFolder, Stored};
pub use stamp::{FileStamp, Stamp};
pub use temporary::TEMPORARY;
