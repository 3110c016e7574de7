//! An edition of the article: one capture, and what changed since the one before it.

mod texts;
mod view;
mod words;

use appleports_model::SourceInfo;
use serde::Serialize;

use crate::records::Changes;
pub(crate) use texts::{detail_text, ports_text, users_text};
pub(crate) use view::{ChangedRow, EditionView, UnreadChange, WholeRow};
pub use words::{ChangeInWords, EditionInWords, ProductInWords, RowInWords};

/// One edition of the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// The capture.
    pub capture: SourceInfo,
    /// The capture before it; none for the first one.
    pub previous: Option<SourceInfo>,
    /// How many records it has.
    pub records: usize,
    /// What changed since; nothing for the first one.
    pub changes: Changes,
}
