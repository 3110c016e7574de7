//! `export --format services --base FILE`: into the services file of a system.

use std::path::Path;

use appleports_emit::{merge_services, services_base};
use appleports_ingest::read_services;
use appleports_model::Dataset;
use appleports_store::{MAX_STORED, read_limited};

use crate::failure::Failure;

/// The services file at `path` with the dataset's entries after its own lines.
///
/// # Errors
/// [`Failure::Input`] when the file cannot be read or is no services(5) file.
pub fn merge_into_services(dataset: &Dataset, path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read_limited(path, MAX_STORED)?;
    let base = services_base(&bytes);
    let file = read_services(&path.display().to_string(), &base)?;
    Ok(merge_services(dataset, &base, &file))
}
