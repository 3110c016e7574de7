//! `ingest`: a file becomes a stored capture, or is only shown.

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use appleports_ingest::{Document, MAX_BYTES, check_address, is_locale, stored_as, to_utf8};
use appleports_model::{Finding, Form, SourceInfo, SourceKind, is_date, sha256_hex};
use appleports_normalise::Normalised;
use appleports_store::{Manifest, SourceFolder, Stored, manifest_beside};

use crate::captures::{Capture, Captures};
use crate::interpret::{interpret, refused, vocabulary};
use crate::{Failure, day, locale};

/// What is known about a capture besides its bytes.
#[derive(Clone, Debug, Default)]
pub struct IngestOptions {
    /// The address of the page.
    pub url: Option<String>,
    /// The date of the capture, `YYYY-MM-DD`.
    pub captured: Option<String>,
    /// The locale, such as `de-de`.
    pub locale: Option<String>,
    /// Today, `YYYY-MM-DD`: a capture of a later day is refused. Where none is given, only the
    /// calendar is asked.
    pub today: Option<String>,
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
    /// What the guards have against it: until a person accepts it, no command uses it.
    pub refused: Vec<Finding>,
}

/// What was given beside the bytes, and what came of reading them.
struct Read {
    ingested: Ingested,
    manifest: Option<Manifest>,
    has_confirmations: bool,
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
    Ok(read(sources, path, bytes, options)?.ingested)
}

fn read(
    sources: &SourceFolder,
    path: &str,
    bytes: &[u8],
    options: &IngestOptions,
) -> Result<Read, Failure> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(anyhow!("{path}: more than {MAX_BYTES} bytes; the article has some 20,000: save the page alone, without its pictures").into());
    }
    if let Some(day) = options.captured.as_ref().filter(|day| !is_date(day)) {
        return Err(anyhow!("`{day}` is not a day of the calendar, YYYY-MM-DD").into());
    }
    if let Some(error) = options
        .url
        .as_ref()
        .and_then(|url| check_address(path, url).err())
    {
        return Err(refused(path, &error));
    }
    let manifest = manifest_beside(Path::new(path), bytes)?;
    let bytes = &*to_utf8(bytes);
    let facts = Document::new(path, path, bytes)?.facts();
    let beside = manifest.clone();
    let beside = |field: fn(Manifest) -> String| {
        let field = beside.clone().map(field);
        field.filter(|text| !text.is_empty())
    };
    let locale = agreed(
        path,
        "--locale",
        options.locale.as_ref(),
        beside(|own| own.locale),
    )?
    .or_else(|| facts.locale.clone())
    .unwrap_or_default()
    .to_lowercase();
    if !locale.is_empty() {
        locale::check(path, &facts, &locale)?;
    }
    let date = agreed(
        path,
        "--captured",
        options.captured.as_ref(),
        beside(|own| own.captured),
    )?
    .or(facts.captured)
    .unwrap_or_default();
    if let Some(today) = options.today.as_ref().filter(|_| !date.is_empty()) {
        day::check(&format!("{path}: the day of the capture"), &date, today)?;
    }
    let known = !locale.is_empty() && !date.is_empty();
    let url = options.url.clone().or_else(|| beside(|own| own.url));
    let article_id = beside(|own| own.article_id).or(facts.article_id);
    let info = SourceInfo {
        id: if known {
            format!("apple/{locale}/{date}")
        } else {
            path.to_owned()
        },
        kind: SourceKind::Article,
        date,
        url: url.or(facts.url).unwrap_or_default(),
        article_id: article_id.unwrap_or_default(),
        locale,
        form: manifest.as_ref().map_or(Form::Page, |own| own.form),
        path: path.to_owned(),
        sha256: sha256_hex(bytes),
        bytes: bytes.len() as u64,
    };
    let stored = Stored {
        info,
        bytes: bytes.to_vec(),
    };
    let vocabulary = vocabulary(sources)?;
    let read = interpret(&stored, path, &vocabulary)?;
    let capture = Capture::of(stored, read.normalised);
    let mut refused = Vec::new();
    if known {
        let captures = Captures::read(sources, &vocabulary)?;
        if let Some(at) = captures.stored(&capture) {
            refused = captures.findings_against(at);
        } else if let Some(later) = captures.unseated_by(&capture).last() {
            return Err(anyhow!(
                "{path}: with this capture of {}, the guards would refuse {}, which is used today; an older capture can only be added where the later ones fit it",
                capture.info().date,
                later.id
            )
            .into());
        } else {
            let refusal = captures.judge(&capture);
            refused = refusal.map(|own| own.findings).unwrap_or_default();
        }
    }
    let Capture {
        stored, normalised, ..
    } = capture;
    Ok(Read {
        ingested: Ingested {
            info: stored.info,
            normalised: normalised.ok_or_else(|| anyhow!("{path}: no table"))?,
            layout: read.layout,
            refused,
        },
        manifest,
        has_confirmations: read.has_confirmations,
    })
}

/// What an option says, or else the manifest beside the file; they must not contradict each
/// other.
fn agreed(
    path: &str,
    name: &str,
    option: Option<&String>,
    beside: Option<String>,
) -> Result<Option<String>, Failure> {
    match (option, &beside) {
        (Some(option), Some(beside)) if !option.eq_ignore_ascii_case(beside) => Err(anyhow!(
            "{path}: {name} says `{option}`, the manifest beside the file `{beside}`"
        )
        .into()),
        _ => Ok(option.cloned().or(beside)),
    }
}

/// Reads a capture and stores it under `sources/apple/<locale>/<date>/`. A manifest beside the
/// file, `page.toml` beside `page.csv`, is kept.
///
/// # Errors
/// As [`preview`], and when locale or date are not known, the place is taken, or a table of
/// facts has no manifest beside it.
pub fn ingest(
    sources: &SourceFolder,
    path: &str,
    bytes: &[u8],
    options: &IngestOptions,
) -> Result<Ingested, Failure> {
    let read = read(sources, path, bytes, options)?;
    let Ingested { info, layout, .. } = &read.ingested;
    if read.has_confirmations && info.form == Form::Page {
        let beside = Path::new(path).with_extension("toml");
        return Err(anyhow!(
            "{path}:1: a table that says when its rows were confirmed is no page; say what it was read from in a manifest beside it, {}, with form = \"facts\" or \"compiled\" (see sources/README.md)",
            beside.display()
        )
        .into());
    }
    let mut manifest = manifest(info, layout, read.manifest).with_context(|| path.to_owned())?;
    let text = to_utf8(bytes);
    if let Cow::Owned(_) = text {
        let saved = sha256_hex(bytes);
        manifest.obtained = format!(
            "{}; decoded into UTF-8 from a file with the SHA-256 {saved}",
            manifest.obtained
        );
    }
    sources.add_capture(&manifest, &text)?;
    Ok(read.ingested)
}

fn manifest(info: &SourceInfo, layout: &str, beside: Option<Manifest>) -> anyhow::Result<Manifest> {
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
        obtained: beside.as_ref().map_or_else(
            || "added with `appleports ingest`".to_owned(),
            |own| own.obtained.clone(),
        ),
        licence: beside.map(|own| own.licence).unwrap_or_default(),
        etag: String::new(),
        last_modified: String::new(),
    })
}
