//! The files that a command carries beside the sources and the outputs, as they are committed.

use std::path::Path;

use appleports_emit::FORMATS;
use appleports_store::{SourceFolder, digest_of, visible_files};

use super::Additions;
use crate::assemble::Assembled;
use crate::failure::{BuiltInError, Failure};

/// Where they are in the repository.
pub const BUILT_IN: &str = "crates/cli/built-in";

/// The files below [`BUILT_IN`] by name, for a repository's `sources/` and what is assembled from
/// them. Where nothing can be built in they are empty, and the command assembles its sources.
///
/// # Errors
/// [`Failure::Input`] when the sources cannot be read.
pub fn built_in(
    root: &Path,
    assembled: &Assembled,
) -> Result<[(&'static str, Vec<u8>); 2], Failure> {
    let folder = root.join("sources");
    let Some(additions) = Additions::of(&SourceFolder::new(&folder), assembled)? else {
        return Ok([("additions.json", Vec::new()), ("built-from", Vec::new())]);
    };
    let additions = serde_json::to_vec(&additions).map_err(BuiltInError::from)?;
    let mut sources = assembled.dataset.sources.iter();
    let registry = sources.find(|source| source.id == assembled.registry.edition);
    let registry = registry.ok_or(BuiltInError::NoRegistry)?;
    let files = visible_files(&folder).map_err(|error| BuiltInError::Sources {
        folder: folder.display().to_string(),
        error,
    })?;
    let output = |name: &str| {
        let format = FORMATS.iter().find(|format| format.name == name);
        format.map_or_else(Vec::new, |format| (format.write)(&assembled.dataset).0)
    };
    let (ports, findings) = (output("json"), output("findings"));
    let others = [&*ports, &findings, &additions, registry.path.as_bytes()];
    let sha256 = digest_of(&files, others);
    let from = format!("sha256 {sha256}\nregistry {}\n", registry.path);
    Ok([
        ("additions.json", additions),
        ("built-from", from.into_bytes()),
    ])
}
