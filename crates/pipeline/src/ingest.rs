//! `ingest`: a file becomes a stored capture, or is only shown.

use std::borrow::Cow;
use std::fmt::Display;
use std::path::Path;
use std::sync::Arc;

use appleports_ingest::{Document, MAX_BYTES, check_address, stored_as, to_utf8};
use appleports_model::{Date, Finding, Form, Locale, SourceId, SourceInfo, SourceKind, sha256_hex};
use appleports_normalise::{Normalised, Vocabulary};
use appleports_store::{Manifest, SourceFolder, Stored, manifest_beside};

use crate::captures::{Capture, Captures};
use crate::day::{self, Dated};
use crate::failure::{Failure, IngestError};
use crate::interpret::{interpret, refused, vocabulary};
use crate::locale::{self, LocaleError};

/// The name of standard input in messages.
pub const STDIN: &str = "<stdin>";

/// What is known about a capture besides its bytes.
#[derive(Clone, Debug, Default)]
pub struct IngestOptions {
    /// The address of the page.
    pub url: Option<String>,
    /// The day of the capture.
    pub captured: Option<Date>,
    /// The locale, such as `de-de`.
    pub locale: Option<String>,
    /// Today: a capture of a later day is refused. Where none is given, any day is taken.
    pub today: Option<Date>,
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
    stored: Stored,
    normalised: Arc<Normalised>,
    layout: &'static str,
    manifest: Option<Manifest>,
    has_confirmations: bool,
}

impl Read {
    /// It as a capture, where its locale and day are known.
    fn capture(&self) -> Option<Capture> {
        let id = self.stored.info.source_id()?;
        Some(Capture::of(
            id,
            self.stored.clone(),
            self.normalised.clone(),
        ))
    }

    /// What is told of it, with what the guards have against it.
    fn told(self, refused: Vec<Finding>) -> Ingested {
        Ingested {
            info: self.stored.info,
            normalised: Arc::unwrap_or_clone(self.normalised),
            layout: self.layout,
            refused,
        }
    }
}

/// Files that are read one after the other, each to be stored or only shown. The stored captures are
/// interpreted once for all of them; what changes in the folder in the meantime is seen all the same.
pub struct Ingestion<'s> {
    sources: &'s SourceFolder,
    vocabulary: Vocabulary,
    captures: Captures,
}

impl<'s> Ingestion<'s> {
    /// For the captures of this folder.
    ///
    /// # Errors
    /// [`Failure::Input`] where its vocabulary cannot be read.
    pub fn new(sources: &'s SourceFolder) -> Result<Self, Failure> {
        Ok(Self {
            sources,
            vocabulary: vocabulary(sources)?,
            captures: Captures::default(),
        })
    }

    /// Reads a capture without storing anything.
    ///
    /// # Errors
    /// [`Failure::Refused`] for a page without its table, [`Failure::Input`] otherwise.
    pub fn preview(
        &mut self,
        path: &str,
        bytes: &[u8],
        options: &IngestOptions,
    ) -> Result<Ingested, Failure> {
        let read = read(path, bytes, options, &self.vocabulary)?;
        let refused = self.ask_guards(path, &read)?;
        Ok(read.told(refused))
    }

    /// Reads a capture and stores it under `sources/apple/<locale>/<date>/`. A manifest beside the
    /// file, `page.toml` beside `page.csv`, is kept.
    ///
    /// # Errors
    /// As [`Self::preview`], and when locale or date are not known, the place is taken, or a table of
    /// facts has no manifest beside it.
    pub fn store(
        &mut self,
        path: &str,
        bytes: &[u8],
        options: &IngestOptions,
    ) -> Result<Ingested, Failure> {
        let read = read(path, bytes, options, &self.vocabulary)?;
        // There is room for it, and it fits the others, until it is stored.
        let _alone = self.sources.alone()?;
        let refused = self.ask_guards(path, &read)?;
        let info = &read.stored.info;
        if read.has_confirmations && info.form == Form::Page {
            let beside = Path::new(path).with_extension("toml");
            return Err(IngestError::NeedsForm {
                path: path.to_owned(),
                manifest: beside.display().to_string(),
            }
            .into());
        }
        let id = id_of(path, info)?;
        let text = to_utf8(bytes);
        let mut manifest = manifest(&id, info, &read, &text);
        if let Cow::Owned(_) = text {
            let saved = sha256_hex(bytes);
            manifest.obtained = format!(
                "{}; decoded into UTF-8 from a file with the SHA-256 {saved}",
                manifest.obtained
            );
        }
        self.sources.add(&id, &manifest, &text)?;
        Ok(read.told(refused))
    }

    /// What the guards have against a capture, where its locale and day are known.
    fn ask_guards(&mut self, path: &str, read: &Read) -> Result<Vec<Finding>, Failure> {
        let Some(capture) = &read.capture() else {
            return Ok(Vec::new());
        };
        let known = std::mem::take(&mut self.captures);
        self.captures = known.read_again(self.sources, &self.vocabulary)?;
        if let Some(at) = self.captures.stored(capture) {
            return Ok(self.captures.findings_against(at));
        }
        self.captures.check_new(path, capture)?;
        let refusal = self.captures.judge(capture);
        Ok(refusal.map(|refusal| refusal.findings).unwrap_or_default())
    }
}

/// Reads a capture that is only compared with something: no guard is asked whether it could be
/// stored.
pub(crate) fn read_alone(
    sources: &SourceFolder,
    path: &str,
    bytes: &[u8],
) -> Result<Ingested, Failure> {
    let options = IngestOptions::default();
    let read = read(path, bytes, &options, &vocabulary(sources)?)?;
    Ok(read.told(Vec::new()))
}

fn read(
    path: &str,
    bytes: &[u8],
    options: &IngestOptions,
    vocabulary: &Vocabulary,
) -> Result<Read, Failure> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(IngestError::TooLarge {
            path: path.to_owned(),
            limit: MAX_BYTES,
        }
        .into());
    }
    if let Some(error) = options
        .url
        .as_ref()
        .and_then(|url| check_address(path, url).err())
    {
        return Err(refused(path, &error));
    }
    // Beside standard input there is none, whatever the folder has.
    let manifest = match path {
        STDIN => None,
        _ => manifest_beside(Path::new(path), bytes)?,
    };
    let bytes = &*to_utf8(bytes);
    let facts = Document::new(path, path, bytes)?.facts();
    let beside = manifest.as_ref();
    let asked = options
        .locale
        .as_deref()
        .map(stored_as_locale)
        .transpose()?;
    let locale = agreed(
        path,
        "--locale",
        asked,
        beside.and_then(|manifest| manifest.locale.clone()),
    )?;
    let claimed = facts.locale.as_deref().map(stored_as_locale).transpose()?;
    let locale = locale.or(claimed);
    if let Some(locale) = &locale {
        locale::check(path, &facts, locale)?;
    }
    let captured = beside.and_then(|manifest| manifest.captured);
    let date = agreed(path, "--captured", options.captured, captured)?.or(facts.captured);
    if let (Some(date), Some(today)) = (date, options.today) {
        day::check(Dated::Capture(path.to_owned()), date, today)?;
    }
    let url = options.url.clone();
    let url = url.or_else(|| beside.and_then(|manifest| manifest.url.clone()));
    let article_id = beside.and_then(|manifest| manifest.article_id.clone());
    let kind = SourceKind::Article;
    let info = SourceInfo {
        url: url.or(facts.url),
        article_id: article_id.or(facts.article_id),
        form: beside.map_or(Form::Page, |manifest| manifest.form),
        ..SourceInfo::foreign(kind, locale, date, path.to_owned(), bytes)
    };
    let stored = Stored {
        info,
        bytes: bytes.to_vec(),
    };
    let read = interpret(&stored, path, vocabulary)?;
    Ok(Read {
        stored,
        normalised: Arc::new(read.normalised),
        layout: read.layout,
        manifest,
        has_confirmations: read.has_confirmations,
    })
}

/// A locale as it is stored, in lower case.
fn stored_as_locale(text: &str) -> Result<Locale, LocaleError> {
    let locale = text.to_lowercase().parse();
    locale.map_err(|_| LocaleError::form(text))
}

/// What an option says, or else the manifest beside the file; they must not contradict each
/// other.
fn agreed<T: PartialEq + Display>(
    path: &str,
    option: &'static str,
    given: Option<T>,
    beside: Option<T>,
) -> Result<Option<T>, IngestError> {
    match (given, beside) {
        (Some(given), Some(beside)) if given != beside => Err(IngestError::Contradiction {
            path: path.to_owned(),
            option,
            given: given.to_string(),
            beside: beside.to_string(),
        }),
        (given, beside) => Ok(given.or(beside)),
    }
}

/// The id under which a capture is stored.
fn id_of(path: &str, info: &SourceInfo) -> Result<SourceId, IngestError> {
    let path = || path.to_owned();
    let locale = info.locale.as_ref();
    let locale = locale.ok_or_else(|| IngestError::NoLocale { path: path() })?;
    let id = info.source_id();
    let id = id.ok_or_else(|| IngestError::NoDay { path: path() })?;
    locale::of_address(locale.as_str()).map_err(|error| IngestError::Locale {
        path: path(),
        error,
    })?;
    if info.url.iter().any(|url| url.contains(char::is_control)) {
        return Err(IngestError::ControlCharacters { path: path() });
    }
    Ok(id)
}

fn manifest(id: &SourceId, info: &SourceInfo, read: &Read, bytes: &[u8]) -> Manifest {
    let (file, media_type) = stored_as(read.layout);
    let beside = read.manifest.as_ref();
    Manifest {
        url: info.url.clone(),
        article_id: info.article_id.clone(),
        form: info.form,
        obtained: beside.map_or_else(
            || "added with `appleports ingest`".to_owned(),
            |manifest| manifest.obtained.clone(),
        ),
        licence: beside.and_then(|manifest| manifest.licence.clone()),
        ..Manifest::of(id, file, media_type, bytes)
    }
}
