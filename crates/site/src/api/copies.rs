//! The files of `output/` that the API has as they are.

use appleports_emit::FORMATS;

use super::FOLDER;
use crate::context::Site;
use crate::files::File;

/// The formats by the names that `export` knows.
const COPIED: [&str; 5] = ["json", "schema", "csv", "services", "findings"];

pub(super) fn files(site: &Site<'_>) -> Vec<File> {
    let copied = FORMATS
        .iter()
        .filter(|format| COPIED.contains(&format.name));
    let files = copied.map(|format| {
        let (bytes, _) = (format.write)(site.dataset);
        File::new(format!("{FOLDER}{}", format.file), bytes)
    });
    files.collect()
}
