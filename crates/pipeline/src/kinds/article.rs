//! The article: a page in many languages, judged by the guards.

use std::path::Path;
use std::sync::Arc;

use appleports_fetch::Expect;
use appleports_ingest::{Document, ServedPage};
use appleports_model::{SourceInfo, SourceKind};
use appleports_store::{SourceFolder, Stored};

use super::{Compared, Download, Judged, Kind, Received, Unused};
use crate::captures::{Capture, Captures};
use crate::failure::{CaptureError, Failure, ResponseError};
use crate::interpret::{interpret, vocabulary};
use crate::locale;

pub(crate) static KIND: Kind = Kind {
    endings: &["csv", "md", "txt"],
    download: Some(Download {
        option: "locale",
        help: "A locale of the article, such as de-de",
        // Older numbers redirect to today's.
        url: "https://support.apple.com/{locale}/103229",
        expect: Expect::Page,
        article_id: Some("103229"),
        ending: |_| "html",
        // A page of an old day is served today.
        date: |_| None,
        judged: Judged::Page(check),
    }),
    replaced_by: None,
    compared: Some(Compared::Records),
    refused: Some(refused),
};

/// Refuses a page that is cut off, asks for a password, is in another language or has no table.
fn check(received: &Received<'_>) -> Result<(), Failure> {
    let Received {
        sources,
        id,
        path,
        body,
        manifest,
    } = received;
    let name = id.to_string();
    let page = ServedPage::of(&Document::new(&name, path, &body.bytes)?);
    if !page.has_end {
        let path = (*path).to_owned();
        return Err(ResponseError::CutOff { path }.into());
    }
    if page.asks_for_password {
        let path = (*path).to_owned();
        return Err(ResponseError::AsksForPassword { path }.into());
    }
    if let Some(locale) = id.locale() {
        locale::check(path, &page.facts, locale)?;
    }
    let stored = Stored {
        info: SourceInfo {
            url: manifest.url.clone(),
            article_id: manifest.article_id.clone(),
            ..SourceInfo::stored(id, (*path).to_owned(), &body.bytes)
        },
        bytes: body.bytes.clone(),
    };
    let vocabulary = vocabulary(sources)?;
    let read = interpret(&stored, path, &vocabulary)?;
    let capture = Capture::of((*id).clone(), stored, Arc::new(read.normalised));
    let captures = Captures::read(sources, &vocabulary)?;
    if captures.stored(&capture).is_none() {
        captures.check_new(path, &capture)?;
    }
    Ok(())
}

/// The captures that a guard refuses and nobody has accepted.
fn refused(sources: &SourceFolder) -> Result<Vec<Unused>, Failure> {
    if sources.list(SourceKind::Article)?.is_empty() {
        return Ok(Vec::new());
    }
    let captures = Captures::read(sources, &vocabulary(sources)?)?;
    let all = captures.all.iter().enumerate();
    let refused = all.filter(|(_, capture)| !capture.stands());
    Ok(refused
        .map(|(at, capture)| Unused {
            id: capture.id.clone(),
            sha256: capture.info().sha256.clone(),
            findings: captures.findings_against(at),
        })
        .collect())
}

/// Which folder has no capture, and the ways to one that has.
pub(crate) fn no_capture(folder: &Path) -> CaptureError {
    let (exists, folder) = (folder.exists(), folder.display().to_string());
    if exists {
        CaptureError::NoCapture { folder }
    } else {
        CaptureError::NoFolder { folder }
    }
}
