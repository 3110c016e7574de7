//! `status`: how old each source is.

use appleports_model::{Date, Form, SourceId, SourceKind, or_empty};
use appleports_store::SourceFolder;
use serde::Serialize;

use crate::failure::{Failure, StatusError};
use crate::kinds::{Kind, article};

/// One source: the newest capture of a locale, or the newest edition; one element of
/// `status --format json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceStatus {
    /// Its id, such as `apple/de-de/2015-10-23`.
    pub id: SourceId,
    /// Whether it is the page or file itself, or facts that somebody wrote down.
    pub form: Form,
    /// The day of the capture or edition, `YYYY-MM-DD`.
    pub captured: String,
    /// The day on which the server was last asked.
    #[serde(with = "or_empty")]
    pub checked: Option<Date>,
    /// Days from the later of the two until the day of the question; never fewer than none.
    pub age: i32,
}

/// The newest source of each series, as of the day `on`.
///
/// # Errors
/// [`Failure::Input`] when the sources cannot be listed or the day is before that of a source.
pub fn status(sources: &SourceFolder, on: Date) -> Result<Vec<SourceStatus>, Failure> {
    let newest = newest(sources)?;
    if newest.is_empty() {
        // Nothing at all is not fresh.
        return Err(article::no_capture(sources.root()).into());
    }
    let checked = sources.checked()?;
    let rows = newest.into_iter().map(|id| {
        let checked = checked.get(id.series()).copied();
        let later = checked.map_or(id.date(), |checked| checked.max(id.date()));
        let age = (on - later).get_days();
        if age < 0 {
            let whose = if later == id.date() {
                id.to_string()
            } else {
                ".checked.toml".to_owned()
            };
            return Err(StatusError {
                series: id.series().clone(),
                later,
                whose,
                on,
            }
            .into());
        }
        Ok(SourceStatus {
            form: sources.manifest(&id)?.form,
            captured: id.date().to_string(),
            id,
            checked,
            age,
        })
    });
    rows.collect()
}

/// The newest used source of each series, in the order of their oldest ones.
fn newest(sources: &SourceFolder) -> Result<Vec<SourceId>, Failure> {
    let mut newest: Vec<SourceId> = Vec::new();
    for kind in SourceKind::ALL {
        let unused = Kind::of(kind).unused(sources)?;
        let is_used = |id: &SourceId| !unused.iter().any(|refused| refused.id == *id);
        for id in sources.list(kind)?.into_iter().filter(is_used) {
            match newest
                .iter_mut()
                .find(|known| known.series() == id.series())
            {
                Some(known) => *known = id,
                None => newest.push(id),
            }
        }
    }
    Ok(newest)
}
