//! A capture that was made, for scenes of a task's own.

use appleports_model::{Form, sha256_hex};
use appleports_store::Manifest;

/// The manifest of `apple/en-us/2024-01-01`, with these bytes in `capture.csv`.
pub(crate) fn manifest(bytes: &[u8]) -> Manifest {
    Manifest {
        file: "capture.csv".to_owned(),
        url: String::new(),
        article_id: String::new(),
        locale: "en-us".to_owned(),
        captured: "2024-01-01".to_owned(),
        media_type: "text/csv".to_owned(),
        sha256: sha256_hex(bytes),
        form: Form::Page,
        obtained: String::new(),
        licence: String::new(),
        etag: String::new(),
        last_modified: String::new(),
    }
}
