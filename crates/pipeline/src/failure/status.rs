//! Why the age of a source is not known.

use appleports_model::{Date, Series};
use thiserror::Error;

/// Why the age of a source is not known: one of its days is after that of the question.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{series}: {later} in {whose} is after {on}, so its age is not known; set the clock, or correct `--on` or the day"
)]
pub struct StatusError {
    /// What the source is an edition of.
    pub series: Series,
    /// The later day.
    pub later: Date,
    /// What has the later day: the id of the source, or the file of the days on which servers were
    /// asked.
    pub whose: String,
    /// The day of the question.
    pub on: Date,
}
