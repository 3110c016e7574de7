//! What stands beside a stored source: where it is from, and the hash of its bytes.

use std::path::Path;

use appleports_model::{Date, Form, Locale, SourceId, cut, one_line, or_empty, sha256_hex};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::files::{MAX_TOML, is_there};
use crate::storage::Storage;
use crate::toml_error::{MAX_MESSAGE, reason};

/// What `capture.toml` and the `.toml` beside a registry edition say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The file that the manifest is about, beside it.
    pub file: String,
    /// The page or file it came from.
    #[serde(with = "or_empty")]
    pub url: Option<String>,
    /// The article's id at Apple.
    #[serde(default, with = "or_empty")]
    pub article_id: Option<String>,
    /// The locale.
    #[serde(default, with = "or_empty")]
    pub locale: Option<Locale>,
    /// The day of the capture or edition; none only beside a file that is not stored yet.
    #[serde(with = "or_empty")]
    pub captured: Option<Date>,
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
    #[serde(default, with = "or_empty")]
    pub licence: Option<String>,
    /// The server's `ETag`, for the next conditional request.
    #[serde(default, with = "or_empty", skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The server's `Last-Modified`, likewise.
    #[serde(default, with = "or_empty", skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
fn is_page(form: &Form) -> bool {
    *form == Form::Page
}

impl Manifest {
    /// The manifest of a page or file that becomes this source: `file`, with these bytes.
    pub fn of(id: &SourceId, file: &str, media_type: &str, bytes: &[u8]) -> Self {
        Self {
            file: file.to_owned(),
            url: None,
            article_id: None,
            locale: id.locale().cloned(),
            captured: Some(id.date()),
            media_type: media_type.to_owned(),
            sha256: sha256_hex(bytes),
            form: Form::Page,
            obtained: String::new(),
            licence: None,
            etag: None,
            last_modified: None,
        }
    }

    /// The manifest as TOML, as it is stored.
    ///
    /// # Errors
    /// [`StoreError::Manifest`] when a value cannot be written as TOML, or it would be too long to be
    /// read again.
    pub fn to_toml(&self) -> Result<String, StoreError> {
        let refuse = |reason: String| StoreError::Manifest {
            path: self.file.clone(),
            reason,
        };
        let text = toml::to_string(self).map_err(|error| refuse(error.to_string()))?;
        if text.len() as u64 > MAX_TOML {
            let reason = format!("its manifest would have more than {MAX_TOML} bytes");
            return Err(refuse(reason));
        }
        Ok(text)
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
    let manifest = parse_manifest(&path, &Storage::Folder.read_text(&path)?)?;
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

/// Locale and day as a manifest has them, whatever they are.
#[derive(Deserialize)]
struct Stated {
    #[serde(default)]
    locale: String,
    captured: String,
}

/// Refuses the text of a manifest at `path` that is about another locale or day than its place.
pub(crate) fn check_place(path: &Path, text: &str, id: &SourceId) -> Result<(), StoreError> {
    // What cannot be read at all has errors of its own.
    let Ok(stated) = toml::from_str::<Stated>(text) else {
        return Ok(());
    };
    let (locale, day) = (or_empty::text(id.locale()), id.date().to_string());
    if stated.locale == locale && stated.captured == day {
        return Ok(());
    }
    let shown = |locale: &str, day: &str| {
        let both = format!("{locale}/{day}");
        both.trim_start_matches('/').to_owned()
    };
    Err(StoreError::Manifest {
        path: path.display().to_string(),
        reason: format!(
            "locale and date are `{}`, its place says `{}`; correct one of them",
            shown(&stated.locale, &stated.captured),
            shown(&locale, &day)
        ),
    })
}

/// The manifest at `path`, of its text.
pub(crate) fn parse_manifest(path: &Path, text: &str) -> Result<Manifest, StoreError> {
    let refuse = |reason: String| StoreError::Manifest {
        path: path.display().to_string(),
        reason,
    };
    let manifest: Manifest = toml::from_str(text).map_err(|error| refuse(reason(text, &error)))?;
    let is_address = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    if let Some(url) = manifest.url.as_ref().filter(|url| !is_address(url)) {
        return Err(refuse(format!(
            "url is `{}`, which is not a web address",
            cut(&one_line(url), MAX_MESSAGE)
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

#[cfg(test)]
mod tests {
    use super::{MAX_TOML, Manifest};
    use appleports_model::SourceId;

    #[test]
    fn no_manifest_is_written_that_is_not_read_again() {
        let id: SourceId = "iana/2026-08-17".parse().unwrap();
        let mut manifest = Manifest::of(&id, "2026-08-17.csv", "text/csv", b"");
        assert!(manifest.to_toml().is_ok());
        manifest.obtained = "x".repeat(usize::try_from(MAX_TOML).unwrap());
        let error = manifest.to_toml().unwrap_err().to_string();
        assert!(error.contains("more than 262144 bytes"), "{error}");
    }
}
