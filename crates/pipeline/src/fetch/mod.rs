//! `fetch`: from the servers into the sources folder.

mod received;
mod shrunken;
mod validators;

use appleports_fetch::{Fetched, Fetcher, Request};
use appleports_model::{Date, Finding, Series, SourceId, sha256_hex};
use appleports_store::{Manifest, SourceFolder};

use crate::day::Dated;
use crate::failure::{Failure, RequestError, ResponseError};
use crate::kinds::{Download, Judged, Kind, fetched_editions};
use crate::{day, locale};

/// How to fetch, besides the defaults.
#[derive(Clone, Copy, Debug)]
pub struct FetchOptions<'a> {
    /// Another address than the usual one.
    pub url: Option<&'a str>,
    /// The day to store a page under, instead of today.
    pub captured: Option<Date>,
    /// The day of the fetch.
    pub today: Date,
    /// Why an edition is taken although it has far fewer rows than the one before.
    pub accept: Option<&'a str>,
}

impl FetchOptions<'_> {
    /// The day to store under.
    fn day(&self) -> Date {
        self.captured.unwrap_or(self.today)
    }

    fn check(&self, download: &Download) -> Result<(), Failure> {
        day::check(Dated::Option("--captured"), self.day(), self.today)?;
        match (&download.judged, self.accept) {
            (Judged::Page(_), Some(_)) => {
                let editions = fetched_editions().map(|edition| format!("--{}", edition.option));
                let editions = editions.collect();
                Err(RequestError::AcceptedCapture { editions }.into())
            }
            (_, Some(reason)) if reason.trim().is_empty() => Err(RequestError::NoReason.into()),
            _ => Ok(()),
        }
    }
}

/// What came of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new source with this id.
    Stored(SourceId),
    /// A new capture with this id, against which the guards have something: no command uses it
    /// until a person accepts it, or another page of its day takes its place.
    Refused(SourceId, Vec<Finding>),
    /// The server has nothing newer than the source with this id.
    Unchanged(SourceId),
}

/// Fetches the newest source of a series into the sources.
///
/// The raw bytes are stored before they are read; what cannot be read or may be cut off is kept
/// with a note, and is no source.
///
/// # Errors
/// [`Failure::Refused`] for a page without its table, and for an edition that shrank;
/// [`Failure::Input`] when the download fails, the bytes are not what they should be, cannot be
/// stored, or a day is after today.
pub fn fetch(
    sources: &SourceFolder,
    fetcher: &Fetcher,
    target: &Series,
    options: &FetchOptions<'_>,
) -> Result<Outcome, Failure> {
    let Some(download) = &Kind::of(target.kind()).download else {
        return Err(RequestError::NotOnAServer(target.clone()).into());
    };
    if let Some(locale) = target.locale() {
        locale::of_address(locale.as_str())?;
    }
    options.check(download)?;
    let known = newest(sources, target)?;
    if let Some((id, _)) = known.as_ref().filter(|_| options.captured.is_none()) {
        day::check(Dated::Source(id.clone()), id.date(), options.today)?;
    }
    let url = options.url.unwrap_or(download.url);
    let url = match target.locale() {
        Some(locale) => url.replace("{locale}", locale.as_str()),
        None => url.to_owned(),
    };
    let mut request = Request {
        url: url.clone(),
        expect: download.expect,
        today: Some(options.today),
        ..Request::default()
    };
    // What the server said of other bytes at another address says nothing here, and what a guard
    // refused may be cut off: it is asked for again.
    if let Some((id, manifest)) = &known
        && manifest.url.as_ref() == Some(&url)
        && received::unused(sources, id)?.is_none()
    {
        request.etag = validators::etag(manifest.etag.as_deref());
        request.last_modified =
            validators::last_modified(manifest.last_modified.as_deref(), options.today);
    }
    let outcome = match (fetcher.fetch(&request)?, known) {
        (Fetched::NotModified, Some((id, _))) => Outcome::Unchanged(id),
        // Without a source there was no condition, and the fetcher refuses such an answer.
        (Fetched::NotModified, None) => {
            return Err(ResponseError::NothingToCompare { url }.into());
        }
        (Fetched::Body(body), Some((id, manifest)))
            if sha256_hex(&body.bytes) == manifest.sha256 =>
        {
            used_or(sources, id, Outcome::Unchanged)?
        }
        (Fetched::Body(body), _) => {
            let id = received::store(sources, (target, download), &url, &body, options)?;
            used_or(sources, id, Outcome::Stored)?
        }
    };
    // What no command uses, refused or older than another, says nothing of the one that they use.
    let is_used = match &outcome {
        Outcome::Refused(..) => false,
        Outcome::Stored(id) | Outcome::Unchanged(id) => {
            newest(sources, target)?.is_some_and(|(used, _)| used == *id)
        }
    };
    if is_used {
        sources.mark_checked(target, options.today)?;
    }
    Ok(outcome)
}

/// What came of a source that is stored: `outcome`, unless a guard refuses it.
fn used_or(
    sources: &SourceFolder,
    id: SourceId,
    outcome: fn(SourceId) -> Outcome,
) -> Result<Outcome, Failure> {
    Ok(match received::unused(sources, &id)? {
        None => outcome(id),
        Some(unused) => Outcome::Refused(id, unused.findings),
    })
}

/// The newest stored source of a series, with its manifest.
fn newest(
    sources: &SourceFolder,
    target: &Series,
) -> Result<Option<(SourceId, Manifest)>, Failure> {
    let ids = sources.list(target.kind())?;
    match ids.into_iter().rfind(|id| id.series() == target) {
        None => Ok(None),
        Some(id) => {
            let manifest = sources.manifest(&id)?;
            Ok(Some((id, manifest)))
        }
    }
}
