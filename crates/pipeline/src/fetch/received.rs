//! What was fetched: stored as it came, read, and made a source if it can be read.

use anyhow::anyhow;
use appleports_fetch::Body;
use appleports_ingest::{Document, asks_for_password, rfc_index_date};
use appleports_model::{Form, SourceInfo, SourceKind, sha256_hex};
use appleports_store::{Incoming, Manifest, Refused, SourceFolder, Stored};

use super::{ARTICLE, FetchOptions, Target, shrunken, whole};
use crate::captures::Captures;
use crate::interpret::{interpret, vocabulary};
use crate::{Failure, day, locale};

/// Stores the bytes, reads them, and makes them a source if they can be read.
pub(super) fn store(
    sources: &SourceFolder,
    target: &Target,
    url: &str,
    body: &Body,
    options: &FetchOptions<'_>,
) -> Result<String, Failure> {
    let date = match target {
        Target::Article(_) => None,
        Target::Registry => body.modified_on(),
        Target::RfcIndex => rfc_index_date(&body.bytes).or_else(|| body.modified_on()),
    };
    if let Some(own) = &date {
        day::check(
            &format!("{url}: the date of the edition"),
            own,
            options.today,
        )?;
    }
    let date = date.unwrap_or_else(|| options.day().to_owned());
    let id = format!("{}/{date}", target.key());
    let is_xml = body.bytes.trim_ascii_start().starts_with(b"<");
    let incoming = match target {
        Target::Article(locale) => {
            let replaces = refused(sources, &id)?;
            sources.receive_page(locale, &date, &body.bytes, replaces)?
        }
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
    let manifest = manifest(target, url, body, &date, &incoming);
    let judged = read(sources, target, &id, &manifest, &incoming, body)
        .and_then(|rows| shrunken::against(sources, target, &id, rows));
    let refuse = |failure: Failure| {
        sources.refuse(&incoming, &manifest, &failure.to_string())?;
        Err(failure)
    };
    match (judged, options.accept) {
        (Err(failure), _) => return refuse(failure),
        (Ok(Some((_, finding))), None) => return refuse(Failure::Refused(vec![finding])),
        (Ok(Some((figure, _))), Some(reason)) => {
            sources.accept_source(&id, &body.bytes, reason, vec![figure])?;
        }
        (Ok(None), _) => {}
    }
    sources.accept(&incoming, &manifest)?;
    Ok(id)
}

/// The stored capture of this id, if a guard refuses it and nobody has accepted it.
fn refused(sources: &SourceFolder, id: &str) -> Result<Option<Refused>, Failure> {
    if !sources.captures()?.iter().any(|own| own == id) {
        return Ok(None);
    }
    let captures = Captures::read(sources, &vocabulary(sources)?)?;
    let at = captures.all.iter().position(|own| own.info().id == id);
    Ok(at.filter(|at| !captures.all[*at].stands()).map(|at| {
        let findings = captures.findings_against(at);
        let reasons: Vec<String> = findings.iter().map(ToString::to_string).collect();
        Refused {
            sha256: captures.all[at].info().sha256.clone(),
            reason: reasons.join("\n"),
        }
    }))
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

/// Reads the bytes as what they should be, and counts the rows of an edition.
fn read(
    sources: &SourceFolder,
    target: &Target,
    id: &str,
    manifest: &Manifest,
    incoming: &Incoming,
    body: &Body,
) -> Result<u64, Failure> {
    let path = incoming.path.display().to_string();
    whole::check_body(&path, body)?;
    match target {
        Target::Registry | Target::RfcIndex => shrunken::rows(target, id, &path, &body.bytes),
        Target::Article(locale) => {
            let document = Document::new(id, &path, &body.bytes)?;
            whole::check_page(&document)?;
            if asks_for_password(document.text) {
                return Err(anyhow!("{path}: the page asks for a password").into());
            }
            locale::check(&path, &document.facts(), locale)?;
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
            Ok(0)
        }
    }
}
