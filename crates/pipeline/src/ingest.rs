//! `ingest`: a file becomes a stored capture, or is only shown.

use anyhow::{Context, anyhow, bail};
use appleports_ingest::{Document, MAX_BYTES, is_locale, stored_as};
use appleports_model::{Form, SourceInfo, SourceKind, is_date, sha256_hex};
use appleports_normalise::Normalised;
use appleports_store::{Manifest, SourceFolder, Stored};

use crate::Failure;
use crate::assemble::{interpret_with_layout, vocabulary};

/// What is known about a capture besides its bytes.
#[derive(Clone, Debug, Default)]
pub struct IngestOptions {
    /// The address of the page.
    pub url: Option<String>,
    /// The date of the capture, `YYYY-MM-DD`.
    pub captured: Option<String>,
    /// The locale, such as `de-de`.
    pub locale: Option<String>,
}

/// A capture that was read.
#[derive(Clone, Debug)]
pub struct Ingested {
    /// What the dataset would say about the source.
    pub info: SourceInfo,
    /// Records, findings and totals.
    pub normalised: Normalised,
    /// The name of the layout that was read, such as `bold-lines`.
    pub layout: &'static str,
}

/// Reads a capture without storing anything.
///
/// # Errors
/// [`Failure::Refused`] for a page without its table, [`Failure::Input`] otherwise.
pub fn preview(
    sources: &SourceFolder,
    path: &str,
    bytes: &[u8],
    options: &IngestOptions,
) -> Result<Ingested, Failure> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(anyhow!("{path}: more than {MAX_BYTES} bytes; the article has some 20,000, so this is not a capture of it").into());
    }
    let facts = Document::new(path, path, bytes)?.facts();
    let locale = options
        .locale
        .clone()
        .or(facts.locale)
        .unwrap_or_default()
        .to_lowercase();
    let date = options
        .captured
        .clone()
        .or(facts.captured)
        .unwrap_or_default();
    let known = !locale.is_empty() && !date.is_empty();
    let info = SourceInfo {
        id: if known {
            format!("apple/{locale}/{date}")
        } else {
            path.to_owned()
        },
        kind: SourceKind::Article,
        date,
        url: options.url.clone().or(facts.url).unwrap_or_default(),
        article_id: facts.article_id.unwrap_or_default(),
        locale,
        form: Form::Page,
        path: path.to_owned(),
        sha256: sha256_hex(bytes),
        bytes: bytes.len() as u64,
    };
    let stored = Stored {
        info,
        bytes: bytes.to_vec(),
    };
    let (normalised, layout) = interpret_with_layout(&stored, path, &vocabulary(sources)?)?;
    Ok(Ingested {
        info: stored.info,
        normalised,
        layout,
    })
}

/// Reads a capture and stores it under `sources/apple/<locale>/<date>/`.
///
/// # Errors
/// As [`preview`], and when locale or date are not known, or the place is taken.
pub fn ingest(
    sources: &SourceFolder,
    path: &str,
    bytes: &[u8],
    options: &IngestOptions,
) -> Result<Ingested, Failure> {
    let ingested = preview(sources, path, bytes, options)?;
    let manifest = manifest(&ingested.info, ingested.layout).with_context(|| path.to_owned())?;
    sources.add_capture(&manifest, bytes)?;
    Ok(ingested)
}

fn manifest(info: &SourceInfo, layout: &str) -> anyhow::Result<Manifest> {
    if info.locale.is_empty() {
        bail!(
            "the capture does not say which locale it is; give --locale, for example --locale de-de"
        );
    }
    if info.date.is_empty() {
        bail!("the capture does not say when it was made; give --captured YYYY-MM-DD");
    }
    if !is_locale(&info.locale) {
        bail!(
            "`{}` is not a locale as in Apple's addresses, such as de-de",
            info.locale
        );
    }
    if !is_date(&info.date) {
        bail!("`{}` is not a day of the calendar, YYYY-MM-DD", info.date);
    }
    if info.url.contains(char::is_control) {
        bail!("the address has control characters in it");
    }
    let (file, media_type) = stored_as(layout);
    Ok(Manifest {
        file: file.to_owned(),
        url: info.url.clone(),
        article_id: info.article_id.clone(),
        locale: info.locale.clone(),
        captured: info.date.clone(),
        media_type: media_type.to_owned(),
        sha256: info.sha256.clone(),
        form: info.form,
        obtained: "added with `appleports ingest`".to_owned(),
        licence: String::new(),
        etag: String::new(),
        last_modified: String::new(),
    })
}
