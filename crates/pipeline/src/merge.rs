//! `export --format services --base FILE`: into the services file of a system.

use std::path::Path;

use appleports_emit::{NestedBlock, merge_services, services_base};
use appleports_ingest::read_services;
use appleports_model::Dataset;
use appleports_store::{MAX_STORED, read_limited};

use crate::failure::{Failure, MergeError};

/// The services file at `path` with the dataset's entries after its own lines.
///
/// # Errors
/// [`Failure::Input`] when the file cannot be read or is no services(5) file, or has a block of an
/// earlier merge with another one in it.
pub fn merge_into_services(dataset: &Dataset, path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read_limited(path, MAX_STORED)?;
    let base = services_base(&bytes).map_err(|NestedBlock { line }| MergeError {
        path: path.display().to_string(),
        line,
    })?;
    let file = read_services(&path.display().to_string(), &base)?;
    Ok(merge_services(dataset, &base, &file))
}
