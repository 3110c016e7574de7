//! `ports.schema.json`: the JSON Schema of `ports.json`.

use appleports_model::Dataset;

pub(super) fn write(_: &Dataset) -> (Vec<u8>, Option<u64>) {
    (include_bytes!("ports.schema.json").to_vec(), None)
}
