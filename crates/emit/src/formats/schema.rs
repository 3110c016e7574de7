//! `ports.schema.json`: the JSON Schema of `ports.json`.

use appleports_model::Dataset;

/// The schema, for other schemas to embed.
pub const PORTS_SCHEMA: &str = include_str!("ports.schema.json");

pub(super) fn write(_: &Dataset) -> (Vec<u8>, Option<u64>) {
    (PORTS_SCHEMA.into(), None)
}
