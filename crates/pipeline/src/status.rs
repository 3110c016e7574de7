//! `status`: how old each source is.

use anyhow::{Context, bail};
use appleports_model::{Form, SourceKind};
use appleports_store::SourceFolder;
use jiff::civil::Date;
use serde::Serialize;

use crate::Failure;
use crate::assemble::no_capture;
use crate::captures::Captures;
use crate::interpret::vocabulary;

/// One source: the newest capture of a locale, or the newest edition; one element of
/// `status --format json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceStatus {
    /// Its id, such as `apple/de-de/2015-10-23`.
    pub id: String,
    /// Whether it is the page or file itself, or facts that somebody wrote down.
    pub form: Form,
    /// The day of the capture or edition, `YYYY-MM-DD`.
    pub captured: String,
    /// The day on which the server was last asked; empty if never.
    pub checked: String,
    /// Days from the later of the two until the day of the question; never fewer than none.
    pub age: i32,
}

/// The days from one day to another, both `YYYY-MM-DD`; none where one is no day.
pub fn days_between(from: &str, to: &str) -> Option<i32> {
    let (from, to): (Date, Date) = (from.parse().ok()?, to.parse().ok()?);
    Some((to - from).get_days())
}

/// The captures that a guard refuses and nobody has accepted: no command uses them, so they are
/// not fresh.
fn refused(sources: &SourceFolder) -> Result<Vec<String>, Failure> {
    if sources.captures()?.is_empty() {
        return Ok(Vec::new());
    }
    let captures = Captures::read(sources, &vocabulary(sources)?)?;
    let refused = captures.all.iter().filter(|own| !own.stands());
    Ok(refused.map(|own| own.info().id.clone()).collect())
}

/// The newest source of each kind and locale, as of the day `on`, `YYYY-MM-DD`.
///
/// # Errors
/// [`Failure::Input`] when the sources cannot be listed or a date is none.
pub fn status(sources: &SourceFolder, on: &str) -> Result<Vec<SourceStatus>, Failure> {
    let on: Date = on
        .parse()
        .with_context(|| format!("`{on}` is not a day of the calendar, YYYY-MM-DD"))?;
    let checked = sources.checked()?;
    let mut newest: Vec<(String, String)> = Vec::new();
    let ids = SourceKind::ALL.map(|kind| sources.list(kind));
    let ids = ids.into_iter().collect::<Result<Vec<_>, _>>()?;
    let refused = refused(sources)?;
    for id in ids.concat() {
        if refused.contains(&id) {
            continue;
        }
        let (key, date) = id.rsplit_once('/').unwrap_or((id.as_str(), ""));
        match newest.iter_mut().find(|(other, _)| other == key) {
            Some((_, newest)) => date.clone_into(newest),
            None => newest.push((key.to_owned(), date.to_owned())),
        }
    }
    if newest.is_empty() {
        // Nothing at all is not fresh.
        return Err(no_capture(sources.root()));
    }
    let rows = newest.into_iter().map(|(key, captured)| {
        let checked = checked.get(&key).cloned().unwrap_or_default();
        let later = captured.as_str().max(checked.as_str());
        let seen: Date = later.parse().with_context(|| {
            format!("{key}: `{later}` is not a day of the calendar, YYYY-MM-DD")
        })?;
        let id = format!("{key}/{captured}");
        let age = (on - seen).get_days();
        if age < 0 {
            let whose = if later == captured { &id } else { ".checked.toml" };
            bail!(
                "{key}: {later} in {whose} is after {on}, so its age is not known; set the clock, or correct `--on` or the day"
            );
        }
        Ok(SourceStatus {
            form: sources.manifest(&id)?.form,
            id,
            captured,
            checked,
            age,
        })
    });
    Ok(rows.collect::<anyhow::Result<Vec<_>>>()?)
}
