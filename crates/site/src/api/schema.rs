//! The schemas of the documents.

use appleports_emit::PORTS_SCHEMA;
use appleports_pipeline::CHANGES_SCHEMA;

use super::FOLDER;
use crate::files::File;

/// The schema of index, port and product; `{{ports}}` is where that of `ports.json` is embedded,
/// whose records they have.
const SCHEMA: &str = include_str!("schema.json");

pub(super) fn files() -> [File; 2] {
    let ports = PORTS_SCHEMA.trim_end().replace('\n', "\n    ");
    let schema = SCHEMA.replace("\"{{ports}}\"", &ports);
    [
        File::new(format!("{FOLDER}schema.json"), schema),
        File::new(format!("{FOLDER}changes.schema.json"), CHANGES_SCHEMA),
    ]
}
