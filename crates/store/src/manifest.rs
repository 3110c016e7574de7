//! What stands beside a stored source: where it is from, and the hash of its bytes.

use std::path::Path;

use appleports_model::{Form, cut, one_line, sha256_hex};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::files::is_there;
use crate::place::Place;
use crate::toml_error::{MAX_MESSAGE, reason};

/// What `capture.toml` and the `.toml` beside a registry edition say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The file that the manifest is about, beside it.
    pub file: String,
    /// The page or file it came from.
    pub url: String,
    /// The article's id at Apple; empty for other sources.
    #[serde(default)]
    pub article_id: String,
    /// The locale; empty for other sources.
    #[serde(default)]
    pub locale: String,
    /// The date of the capture or edition, `YYYY-MM-DD`.
    pub captured: String,
    /// The media type of the bytes.
    pub media_type: String,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Whether it is the page itself (where nothing is said), or facts that somebody wrote
    /// down.
    #[serde(default, skip_serializing_if = "is_page")]
    pub form: Form,
    /// How the bytes were obtained.
    pub obtained: String,
    /// Whose they are and under which licence.
    #[serde(default)]
    pub licence: String,
    /// The server's `ETag`, for the next conditional request; empty if none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub etag: String,
    /// The server's `Last-Modified`, likewise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub last_modified: String,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn is_page(form: &Form) -> bool {
    *form == Form::Page
}

impl Manifest {
    /// The manifest as TOML, as it is stored.
    ///
    /// # Errors
    /// [`StoreError::Manifest`] when a value cannot be written as TOML.
    pub fn to_toml(&self) -> Result<String, StoreError> {
        toml::to_string(self).map_err(|error| StoreError::Manifest {
            path: self.file.clone(),
            reason: error.to_string(),
        })
    }
}

/// The manifest beside a file that somebody wants to add: `page.toml` beside `page.csv`. None
/// where there is none.
///
/// # Errors
/// [`StoreError`] when it cannot be read, or is about another file or other bytes.
pub fn manifest_beside(file: &Path, bytes: &[u8]) -> Result<Option<Manifest>, StoreError> {
    let path = file.with_extension("toml");
    if path == file || !is_there(&path)? {
        return Ok(None);
    }
    let manifest = parse_manifest(&path, &Place::Folder.read_text(&path)?)?;
    let refuse = |reason: String| StoreError::Manifest {
        path: path.display().to_string(),
        reason,
    };
    if file
        .file_name()
        .is_none_or(|name| name != manifest.file.as_str())
    {
        let reason = format!(
            "this manifest is about `{}`; move one of the two away",
            cut(&one_line(&manifest.file), MAX_MESSAGE)
        );
        return Err(refuse(reason));
    }
    let actual = sha256_hex(bytes);
    if manifest.sha256 != actual {
        return Err(refuse(format!(
            "sha256 is that of other bytes; the file's is {actual}"
        )));
    }
    Ok(Some(manifest))
}

/// The manifest at `path`, of its text.
pub(crate) fn parse_manifest(path: &Path, text: &str) -> Result<Manifest, StoreError> {
    let refuse = |reason: String| StoreError::Manifest {
        path: path.display().to_string(),
        reason,
    };
    let manifest: Manifest = toml::from_str(text).map_err(|error| refuse(reason(text, &error)))?;
    let is_address = ["https://", "http://"]
        .iter()
        .any(|own| manifest.url.starts_with(own));
    if !manifest.url.is_empty() && !is_address {
        return Err(refuse(format!(
            "url is `{}`, which is no address of the web",
            cut(&one_line(&manifest.url), MAX_MESSAGE)
        )));
    }
    let plain = Path::new(&manifest.file)
        .file_name()
        .is_some_and(|name| name == manifest.file.as_str());
    if !plain {
        return Err(refuse(format!(
            "`{}` is not the name of a file beside the manifest",
            cut(&one_line(&manifest.file), MAX_MESSAGE)
        )));
    }
    Ok(manifest)
}
