//! Why a file is not stored as a capture.

use appleports_model::{Date, SourceId};
use thiserror::Error;

use crate::locale::LocaleError;

/// Why a file is not stored as a capture.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum IngestError {
    /// The file is larger than any capture can be.
    #[error(
        "{path}: more than {limit} bytes; the article has some 20,000: save the page alone, without its pictures"
    )]
    TooLarge {
        /// The file.
        path: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// An option and the manifest beside the file contradict each other.
    #[error("{path}: {option} says `{given}`, the manifest beside the file `{beside}`")]
    Contradiction {
        /// The file.
        path: String,
        /// The option.
        option: &'static str,
        /// What the option says.
        given: String,
        /// What the manifest says.
        beside: String,
    },
    /// With an older capture among them, the guards would refuse a later one.
    #[error(
        "{path}: with this capture of {date}, the guards would refuse {later}, which is used today; an older capture can only be added if the guards still accept the later ones"
    )]
    Unseats {
        /// The file.
        path: String,
        /// The day of the older capture.
        date: Date,
        /// The newest capture that would be refused.
        later: SourceId,
    },
    /// An older capture would be the first of its locale, and opens far more.
    #[error(
        "{path}: this capture of {date} is older than all of its locale and opens {count} ports that {first} does not; an older capture can only be added if the guards still accept the later ones"
    )]
    Opens {
        /// The file.
        path: String,
        /// The day of the older capture.
        date: Date,
        /// How many ports.
        count: u64,
        /// The capture that is the first now.
        first: SourceId,
    },
    /// A table with confirmations has no manifest that says what it is.
    #[error(
        "{path}:1: a table that says when its rows were confirmed is not a page; say what it was read from in a manifest beside it, {manifest}, with form = \"facts\" or \"compiled\" (see sources/README.md)"
    )]
    NeedsForm {
        /// The file.
        path: String,
        /// The manifest that is missing.
        manifest: String,
    },
    /// Nothing says which locale it is.
    #[error(
        "{path}: the capture does not say which locale it is; give --locale, for example --locale de-de"
    )]
    NoLocale {
        /// The file.
        path: String,
    },
    /// Its locale has another form than those of Apple's addresses.
    #[error("{path}: {error}")]
    Locale {
        /// The file.
        path: String,
        /// What is wrong with the locale.
        error: LocaleError,
    },
    /// Nothing says of which day it is.
    #[error("{path}: the capture does not say when it was made; give --captured YYYY-MM-DD")]
    NoDay {
        /// The file.
        path: String,
    },
    /// The address is not one that can be shown.
    #[error("{path}: the address has control characters in it")]
    ControlCharacters {
        /// The file.
        path: String,
    },
}
