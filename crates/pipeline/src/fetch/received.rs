//! What was fetched: stored as it came, read, and made a source if it can be read.

use appleports_fetch::Body;
use appleports_model::{Date, Finding, Series, SourceId, joined, sha256_hex};
use appleports_store::{Figure, Incoming, Manifest, Refused, SourceFolder};

use super::{FetchOptions, shrunken, validators};
use crate::day::{self, Dated};
use crate::failure::{Failure, ResponseError};
use crate::kinds::{Download, Judged, Kind, Received, Unused};

/// Stores the bytes, reads them, and makes them a source if they can be read.
pub(super) fn store(
    sources: &SourceFolder,
    (target, download): (&Series, &Download),
    url: &str,
    body: &Body,
    options: &FetchOptions<'_>,
) -> Result<SourceId, Failure> {
    let date = (download.date)(body);
    if let Some(edition) = date {
        day::check(Dated::Edition(url.to_owned()), edition, options.today)?;
    }
    if let (None, Judged::Edition(_), Some(modified)) =
        (date, &download.judged, &body.last_modified)
        && body.modified_on().is_none()
    {
        let (url, modified) = (url.to_owned(), modified.clone());
        return Err(ResponseError::Modified { url, modified }.into());
    }
    // There is room for it, and it fits the others, until it is a source.
    let _alone = sources.alone()?;
    let id = free_id(sources, target, date, body, options)?;
    let replaces = unused(sources, &id)?.map(|refused| Refused {
        sha256: refused.sha256,
        reason: joined(&refused.findings, "\n"),
    });
    let ending = (download.ending)(&body.bytes);
    let incoming = sources.receive(&id, ending, &body.bytes, replaces)?;
    let manifest = manifest((&id, options.today), download, url, body, &incoming);
    let path = incoming.path.display().to_string();
    let received = Received {
        sources,
        id: &id,
        path: &path,
        body,
        manifest: &manifest,
    };
    let refuse = |failure: Failure| {
        sources.refuse(&incoming, &manifest, &failure.to_string())?;
        Err(failure)
    };
    match (judge(download, &received), options.accept) {
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

/// The id to store under: of the edition's own day, or of the day of the fetch for a page, and for
/// an edition where another one of its day is stored. The stored one may lack its last rows, and
/// nothing in it says so; it stays, and the newer day wins.
fn free_id(
    sources: &SourceFolder,
    target: &Series,
    date: Option<Date>,
    body: &Body,
    options: &FetchOptions<'_>,
) -> Result<SourceId, Failure> {
    let id = |day| SourceId::new(target.clone(), day);
    let Some(dated) = date.map(id) else {
        return Ok(id(options.day()));
    };
    let is_taken = sources.list(dated.kind())?.contains(&dated)
        && sources.manifest(&dated)?.sha256 != sha256_hex(&body.bytes);
    Ok(if is_taken && dated.date() < options.day() {
        id(options.day())
    } else {
        dated
    })
}

/// The stored source of this id, if a guard refuses it and nobody has accepted it.
pub(super) fn unused(sources: &SourceFolder, id: &SourceId) -> Result<Option<Unused>, Failure> {
    if !sources.list(id.kind())?.contains(id) {
        return Ok(None);
    }
    let unused = Kind::of(id.kind()).unused(sources)?;
    Ok(unused.into_iter().find(|source| source.id == *id))
}

/// Refuses a body that may be cut off or is not what it should be, and asks the guard.
fn judge(
    download: &Download,
    received: &Received<'_>,
) -> Result<Option<(Figure, Finding)>, Failure> {
    let (path, body) = (received.path, received.body);
    if !body.has_end {
        let path = path.to_owned();
        return Err(ResponseError::NoLength { path }.into());
    }
    match download.judged {
        Judged::Page(check) => {
            check_charset(path, body)?;
            check(received).map(|()| None)
        }
        Judged::Edition(rows) => shrunken::against(received, rows, download.option),
    }
}

/// Refuses a page that the server says is not in UTF-8.
fn check_charset(path: &str, body: &Body) -> Result<(), ResponseError> {
    match body.charset.as_deref() {
        None | Some("utf-8" | "utf8") => Ok(()),
        Some(other) => Err(ResponseError::Charset {
            path: path.to_owned(),
            charset: other.to_owned(),
        }),
    }
}

fn manifest(
    (id, today): (&SourceId, Date),
    download: &Download,
    url: &str,
    body: &Body,
    incoming: &Incoming,
) -> Manifest {
    let file = incoming.path.file_name().unwrap_or_default();
    let by_way = if body.url == url {
        String::new()
    } else {
        format!(" by way of {}", body.url)
    };
    Manifest {
        url: Some(url.to_owned()),
        article_id: download.article_id.map(str::to_owned),
        obtained: format!("fetched with `appleports fetch`{by_way}"),
        etag: validators::etag(body.etag.as_deref()),
        last_modified: validators::last_modified(body.last_modified.as_deref(), today),
        ..Manifest::of(id, &file.to_string_lossy(), &body.media_type, &body.bytes)
    }
}
