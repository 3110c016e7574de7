//! `fetch`: from the servers into the sources folder.

use appleports_fetch::{Body, Expect, Fetched, Fetcher, Request};
use appleports_ingest::{
    Document, asks_for_password, is_locale, read_registry, read_rfc_index, rfc_index_date,
};
use appleports_model::{Form, SourceInfo, SourceKind, sha256_hex};
use appleports_store::{Incoming, Manifest, SourceFolder, Stored};

use crate::Failure;
use crate::interpret::{interpret, vocabulary};

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

/// What came of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new source with this id.
    Stored(String),
    /// The server has nothing newer than the source with this id.
    Unchanged(String),
}

/// Fetches one target into the sources. `today` is the day of the fetch, `YYYY-MM-DD`.
///
/// The raw bytes are stored before they are read; what cannot be read is kept with
/// a note, and is no source.
///
/// # Errors
/// [`Failure::Refused`] for a page without its table; [`Failure::Input`] when the
/// download fails, the bytes are not what they should be, or cannot be stored.
pub fn fetch(
    sources: &SourceFolder,
    fetcher: &Fetcher,
    target: &Target,
    url: Option<&str>,
    today: &str,
) -> Result<Outcome, Failure> {
    if let Target::Article(locale) = target
        && !is_locale(locale)
    {
        return Err(anyhow::anyhow!(
            "`{locale}` is not a locale as in Apple's addresses, such as de-de"
        )
        .into());
    }
    let known = newest(sources, target)?;
    let url = target.url(url);
    let mut request = Request {
        url: url.clone(),
        expect: match target {
            Target::Article(_) => Expect::Page,
            _ => Expect::Data,
        },
        ..Request::default()
    };
    // What the server said of other bytes at another address says nothing here.
    if let Some((_, manifest)) = known.as_ref().filter(|(_, manifest)| manifest.url == url) {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        request.etag = given(&manifest.etag);
        request.last_modified = given(&manifest.last_modified);
    }
    let outcome = match (fetcher.fetch(&request)?, known) {
        (Fetched::NotModified, Some((id, _))) => Outcome::Unchanged(id),
        (Fetched::NotModified, None) => {
            return Err(anyhow::anyhow!(
                "{url}: the server says 304 to a request without a condition"
            )
            .into());
        }
        (Fetched::Body(body), Some((id, manifest)))
            if sha256_hex(&body.bytes) == manifest.sha256 =>
        {
            Outcome::Unchanged(id)
        }
        (Fetched::Body(body), _) => Outcome::Stored(store(sources, target, &url, &body, today)?),
    };
    sources.mark_checked(&target.key(), today)?;
    Ok(outcome)
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

/// Stores the bytes, reads them, and makes them a source if they can be read.
fn store(
    sources: &SourceFolder,
    target: &Target,
    url: &str,
    body: &Body,
    today: &str,
) -> Result<String, Failure> {
    let date = match target {
        Target::Article(_) => None,
        Target::Registry => body.modified_on(),
        Target::RfcIndex => rfc_index_date(&body.bytes).or_else(|| body.modified_on()),
    };
    let date = date.unwrap_or_else(|| today.to_owned());
    let is_xml = body.bytes.trim_ascii_start().starts_with(b"<");
    let incoming = match target {
        Target::Article(locale) => sources.receive_page(locale, &date, &body.bytes)?,
        Target::Registry => sources.receive_edition(
            "iana",
            &date,
            if is_xml { "xml" } else { "csv" },
            &body.bytes,
        )?,
        Target::RfcIndex => sources.receive_edition(
            "rfc",
            &date,
            if is_xml { "xml" } else { "txt" },
            &body.bytes,
        )?,
    };
    let id = format!("{}/{date}", target.key());
    let manifest = manifest(target, url, body, &date, &incoming);
    if let Err(failure) = read(sources, target, &id, &manifest, &incoming, body) {
        sources.refuse(&incoming, &manifest, &failure.to_string())?;
        return Err(failure);
    }
    sources.accept(&incoming, &manifest)?;
    Ok(id)
}

fn manifest(target: &Target, url: &str, body: &Body, date: &str, incoming: &Incoming) -> Manifest {
    let (locale, article_id) = match target {
        Target::Article(locale) => (locale.as_str(), ARTICLE),
        _ => ("", ""),
    };
    let file = incoming
        .path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let by_way = if body.url == url {
        String::new()
    } else {
        format!(" by way of {}", body.url)
    };
    Manifest {
        file,
        url: url.to_owned(),
        article_id: article_id.to_owned(),
        locale: locale.to_owned(),
        captured: date.to_owned(),
        media_type: body.media_type.clone(),
        sha256: sha256_hex(&body.bytes),
        form: Form::Page,
        obtained: format!("fetched with `appleports fetch`{by_way}"),
        licence: String::new(),
        etag: body.etag.clone().unwrap_or_default(),
        last_modified: body.last_modified.clone().unwrap_or_default(),
    }
}

/// Whether the bytes can be read as what they should be.
fn read(
    sources: &SourceFolder,
    target: &Target,
    id: &str,
    manifest: &Manifest,
    incoming: &Incoming,
    body: &Body,
) -> Result<(), Failure> {
    let path = incoming.path.display().to_string();
    match target {
        Target::Registry => read_registry(id, &path, &body.bytes).map(drop)?,
        Target::RfcIndex => read_rfc_index(id, &path, &body.bytes).map(drop)?,
        Target::Article(locale) => {
            // A page in another language than asked for would be stored under the wrong name.
            let document = Document::new(id, &path, &body.bytes)?;
            if asks_for_password(document.text) {
                return Err(anyhow::anyhow!("{path}: the page asks for a password").into());
            }
            let facts = document.facts();
            let language = |locale: &str| locale.split('-').next().unwrap_or_default().to_owned();
            if let Some(own) = facts.locale.filter(|own| language(own) != language(locale)) {
                return Err(
                    anyhow::anyhow!("{path}: the page is in `{own}`, not in `{locale}`").into(),
                );
            }
            let stored = Stored {
                info: SourceInfo {
                    id: id.to_owned(),
                    kind: SourceKind::Article,
                    date: manifest.captured.clone(),
                    url: manifest.url.clone(),
                    article_id: manifest.article_id.clone(),
                    locale: locale.clone(),
                    form: Form::Page,
                    path: path.clone(),
                    sha256: manifest.sha256.clone(),
                    bytes: body.bytes.len() as u64,
                },
                bytes: body.bytes.clone(),
            };
            interpret(&stored, &path, &vocabulary(sources)?).map(drop)?;
        }
    }
    Ok(())
}
