//! What a person accepts although a guard refuses it.

use std::collections::BTreeSet;

use appleports_emit::Document;
use appleports_model::{Dataset, SourceKind};
use appleports_store::{Acceptance, Figure, SourceFolder};

use super::{Captures, Refusal, Standing, gone};
use crate::failure::Failure;
use crate::guards::{self, Extent};
use crate::interpret::vocabulary;

/// How a capture stands, given what the guards have against it and what a person accepted. The
/// acceptance is one of these very bytes, so it also holds where the capture is compared with
/// another one since, because an older capture was found.
pub(crate) fn standing(refusal: Option<Refusal>, acceptance: Option<Acceptance>) -> Standing {
    let is_covered = |accepted: &Acceptance| {
        let figures = refusal.iter().flat_map(|refusal| &refusal.figures);
        figures.into_iter().all(|figure| {
            let is_same = |known: &Figure| known.code == figure.code && known.what == figure.what;
            accepted.figures.iter().any(is_same)
        })
    };
    match (acceptance.filter(is_covered), refusal) {
        (Some(acceptance), _) if !acceptance.figures.is_empty() => Standing::Accepted {
            text: text(&acceptance),
            is_loss: acceptance.figures.iter().any(guards::is_loss),
        },
        (_, Some(refusal)) => Standing::Refused(refusal),
        (_, None) => Standing::Passed,
    }
}

/// The reason with what was accepted, as outputs show it.
fn text(acceptance: &Acceptance) -> String {
    let figures = acceptance.figures.iter().map(|figure| {
        let finding = guards::finding("", figure, "");
        format!("{}: {}", finding.code, finding.message)
    });
    let figures: Vec<String> = figures.collect();
    if figures.is_empty() {
        acceptance.reason.clone()
    } else {
        format!("{} ({})", acceptance.reason, figures.join("; "))
    }
}

/// Stores beside the capture with the id `wanted`, or the newest one of `locale` that a guard
/// refused, that a person accepts it. Where no guard refuses, there is nothing to accept. Gives the
/// captures that stood before and that the guards refuse beside what was accepted.
///
/// # Errors
/// [`Failure::Refused`] where the capture has no table, which nobody can accept.
pub(crate) fn accept(
    sources: &SourceFolder,
    wanted: Option<&str>,
    locale: Option<&str>,
    reason: &str,
) -> Result<Vec<String>, Failure> {
    let vocabulary = vocabulary(sources)?;
    let captures = Captures::read(sources, &vocabulary)?;
    let named = |id: &str| {
        captures
            .all
            .iter()
            .position(|capture| capture.info().id == id)
    };
    let at = match wanted {
        Some(id) => named(id),
        None => match captures.choose(None, locale) {
            Ok(choice) => choice.passed_over.first().copied(),
            Err(Failure::Refused(findings)) => {
                findings.first().and_then(|finding| named(&finding.source))
            }
            Err(failure) => return Err(failure),
        },
    };
    let Some(capture) = at.map(|at| &captures.all[at]) else {
        return Ok(Vec::new());
    };
    match &capture.standing {
        Standing::Refused(refusal) if refusal.figures.is_empty() => {
            return Err(Failure::Refused(refusal.findings.clone()));
        }
        Standing::Refused(refusal) => {
            let figures: Vec<Figure> = refusal.figures.clone();
            sources.accept_source(&capture.id, &capture.stored.bytes, reason, figures)?;
        }
        Standing::Passed | Standing::Accepted { .. } => return Ok(Vec::new()),
    }
    let then = Captures::read(sources, &vocabulary)?;
    let stands = |captures: &Captures| -> BTreeSet<String> {
        let standing = captures.all.iter().filter(|capture| capture.stands());
        standing.map(|capture| capture.info().id.clone()).collect()
    };
    Ok(stands(&captures)
        .difference(&stands(&then))
        .cloned()
        .collect())
}

/// What the guards have against replacing the outputs of a capture that is not in the sources.
/// One that is there was compared already.
pub(crate) fn against_output(
    sources: &SourceFolder,
    previous: &Document<'_>,
    dataset: &Dataset,
) -> Result<Option<Refusal>, Failure> {
    let before = previous
        .sources
        .iter()
        .find(|source| source.kind == SourceKind::Article);
    let (Some(before), Some(capture)) = (before, dataset.capture()) else {
        return Ok(None);
    };
    let stored = sources.list(SourceKind::Article)?;
    if before.source_id().is_some_and(|id| stored.contains(&id)) {
        return Ok(None);
    }
    let (extent, new) = (Extent::of(&previous.records), Extent::of(&dataset.records));
    let known = [guards::Known {
        id: &before.id,
        extent: &extent,
        is_same_language: before.language() == capture.language(),
    }];
    let before = guards::Before {
        ever: vec![&extent],
        settled: vec![&extent],
        measure: Some((&before.id, &extent)),
    };
    let figures = guards::figures(&dataset.totals, &new, &known, &before);
    // What the capture itself is refused or accepted for was settled before.
    let figures: Vec<Figure> = figures
        .into_iter()
        .filter(|figure| !figure.compared_with.is_empty())
        .collect();
    if figures.is_empty() {
        return Ok(None);
    }
    let gone = gone::gone(&previous.records, &dataset.records);
    let findings = figures
        .iter()
        .map(|figure| guards::finding(&capture.id, figure, &gone));
    Ok(Some(Refusal {
        findings: findings.collect(),
        figures: figures.clone(),
    }))
}
