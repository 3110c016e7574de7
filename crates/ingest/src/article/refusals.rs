//! Why a capture has no table that could be read.

use appleports_model::Quoted;

use crate::article::document::Document;
use crate::article::origin::{CaptureFacts, is_another_address};
use crate::article::{identity, page};
use crate::error::{ReadError, ReadErrorKind};

/// The page is another article, or has lost its table.
pub(crate) fn no_table(document: &Document<'_>) -> ReadError {
    let facts = document.facts();
    let is_other = identity::is_another(&facts)
        || page::is_html(document.text)
            && facts
                .title
                .as_deref()
                .is_some_and(|title| !identity::may_be_own_title(title));
    if is_other {
        return another_article(document, &facts);
    }
    ReadError::new(document.path, ReadErrorKind::NoTable)
}

/// Refuses the address of another article, or of a page of another site.
///
/// # Errors
/// [`ReadErrorKind::AnotherArticle`] with the address.
pub fn check_address(path: &str, url: &str) -> Result<(), ReadError> {
    if !is_another_address(url) {
        return Ok(());
    }
    let kind = ReadErrorKind::AnotherArticle {
        title: Quoted(url).to_string(),
        what: String::new(),
    };
    Err(ReadError::new(path, kind))
}

/// The refusal of another article, by its title and address.
pub(crate) fn another_article(document: &Document<'_>, facts: &CaptureFacts) -> ReadError {
    let kind = ReadErrorKind::AnotherArticle {
        title: Quoted(facts.title.as_deref().unwrap_or("without a title")).to_string(),
        what: match facts.url.as_ref().or(facts.elsewhere.as_ref()) {
            Some(url) => format!(" ({url})"),
            None => String::new(),
        },
    };
    ReadError::at(document.path, facts.title_line.max(1), kind)
}
