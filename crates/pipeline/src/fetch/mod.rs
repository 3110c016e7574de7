//! `fetch`: from the servers into the sources folder.

mod received;
mod shrunken;
mod whole;

use anyhow::{anyhow, bail};
use appleports_fetch::{Expect, Fetched, Fetcher, Request};
use appleports_ingest::is_locale;
use appleports_model::{Finding, SourceKind, sha256_hex};
use appleports_store::{Manifest, SourceFolder};

use crate::captures::Captures;
use crate::interpret::vocabulary;
use crate::{Failure, day};

/// The article's number at Apple today; older numbers redirect to it.
const ARTICLE: &str = "103229";

const REGISTRY: &str =
    "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.csv";
const RFC_INDEX: &str = "https://www.rfc-editor.org/rfc-index.txt";

/// What to fetch.
#[derive(Clone, Debug)]
pub enum Target {
    /// The article in a locale.
    Article(String),
    /// The registry.
    Registry,
    /// The RFC index.
    RfcIndex,
}

impl Target {
    /// The key under which the day of the last check is kept.
    pub fn key(&self) -> String {
        match self {
            Self::Article(locale) => format!("apple/{locale}"),
            Self::Registry => "iana".to_owned(),
            Self::RfcIndex => "rfc".to_owned(),
        }
    }

    /// The address where the target lives; `{locale}` in an address is replaced.
    fn url(&self, given: Option<&str>) -> String {
        let usual = match self {
            Self::Article(_) => &format!("https://support.apple.com/{{locale}}/{ARTICLE}"),
            Self::Registry => REGISTRY,
            Self::RfcIndex => RFC_INDEX,
        };
        let url = given.unwrap_or(usual);
        match self {
            Self::Article(locale) => url.replace("{locale}", locale),
            _ => url.to_owned(),
        }
    }
}

/// How to fetch, besides the defaults.
#[derive(Clone, Copy, Debug, Default)]
pub struct FetchOptions<'a> {
    /// Another address than the usual one.
    pub url: Option<&'a str>,
    /// The day to store a page under, `YYYY-MM-DD`, instead of today.
    pub captured: Option<&'a str>,
    /// The day of the fetch, `YYYY-MM-DD`.
    pub today: &'a str,
    /// Why an edition is taken although it has far fewer rows than the one before.
    pub accept: Option<&'a str>,
}

impl FetchOptions<'_> {
    /// The day to store under.
    fn day(&self) -> &str {
        self.captured.unwrap_or(self.today)
    }

    fn check(&self, target: &Target) -> anyhow::Result<()> {
        day::check("--captured", self.day(), self.today)?;
        match (target, self.accept) {
            (Target::Article(_), Some(_)) => bail!(
                "--accept is for --iana and --rfc-index; a capture is accepted with `appleports build --accept REASON`"
            ),
            (_, Some(reason)) if reason.trim().is_empty() => {
                bail!("--accept needs a reason; it is recorded beside the edition")
            }
            _ => Ok(()),
        }
    }
}

/// What came of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new source with this id.
    Stored(String),
    /// A new capture with this id, against which the guards have something: no command uses it
    /// until a person accepts it, or another page of its day takes its place.
    Refused(String, Vec<Finding>),
    /// The server has nothing newer than the source with this id.
    Unchanged(String),
}

/// Fetches one target into the sources.
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
    target: &Target,
    options: &FetchOptions<'_>,
) -> Result<Outcome, Failure> {
    if let Target::Article(locale) = target
        && !is_locale(locale)
    {
        return Err(
            anyhow!("`{locale}` is not a locale as in Apple's addresses, such as de-de").into(),
        );
    }
    options.check(target)?;
    let known = newest(sources, target)?;
    if let Some((id, manifest)) = known.as_ref().filter(|_| options.captured.is_none()) {
        day::check(id, &manifest.captured, options.today)?;
    }
    let url = target.url(options.url);
    let mut request = Request {
        url: url.clone(),
        expect: match target {
            Target::Article(_) => Expect::Page,
            _ => Expect::Data,
        },
        today: Some(options.today.to_owned()),
        ..Request::default()
    };
    // What the server said of other bytes at another address says nothing here, and what a guard
    // refused may be cut off: it is asked for again.
    if let Some((id, manifest)) = known.as_ref().filter(|(_, manifest)| manifest.url == url)
        && findings_against(sources, target, id)?.is_empty()
    {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        request.etag = given(&manifest.etag);
        request.last_modified = given(&manifest.last_modified);
    }
    let outcome = match (fetcher.fetch(&request)?, known) {
        (Fetched::NotModified, Some((id, _))) => Outcome::Unchanged(id),
        // Without a source there was no condition, and the fetcher refuses such an answer.
        (Fetched::NotModified, None) => {
            return Err(anyhow!("{url}: nothing to compare with").into());
        }
        (Fetched::Body(body), Some((id, manifest)))
            if sha256_hex(&body.bytes) == manifest.sha256 =>
        {
            Outcome::Unchanged(id)
        }
        (Fetched::Body(body), _) => {
            let id = received::store(sources, target, &url, &body, options)?;
            match findings_against(sources, target, &id)? {
                findings if findings.is_empty() => Outcome::Stored(id),
                findings => Outcome::Refused(id, findings),
            }
        }
    };
    sources.mark_checked(&target.key(), options.today)?;
    Ok(outcome)
}

/// What the guards have against a stored source: an edition that they refuse is not stored.
fn findings_against(
    sources: &SourceFolder,
    target: &Target,
    id: &str,
) -> Result<Vec<Finding>, Failure> {
    if !matches!(target, Target::Article(_)) {
        return Ok(Vec::new());
    }
    let captures = Captures::read(sources, &vocabulary(sources)?)?;
    let at = captures.all.iter().position(|own| own.info().id == id);
    Ok(at.map_or_else(Vec::new, |at| captures.findings_against(at)))
}

/// The newest stored source of the target, with its manifest.
fn newest(sources: &SourceFolder, target: &Target) -> Result<Option<(String, Manifest)>, Failure> {
    let prefix = format!("{}/", target.key());
    let ids = match target {
        Target::Article(_) => sources.captures()?,
        Target::Registry => sources.list(SourceKind::Iana)?,
        Target::RfcIndex => sources.list(SourceKind::Rfc)?,
    };
    match ids.into_iter().rfind(|id| id.starts_with(&prefix)) {
        None => Ok(None),
        Some(id) => {
            let manifest = sources.manifest(&id)?;
            Ok(Some((id, manifest)))
        }
    }
}
