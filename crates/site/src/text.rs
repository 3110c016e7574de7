//! Texts of others in markup.

use appleports_model::escape::html;
use maud::{Markup, PreEscaped};

/// A text as content or attribute: nothing in it is markup, and hidden characters are shown.
pub(crate) fn t(text: impl AsRef<str>) -> Markup {
    PreEscaped(html::text(text.as_ref()))
}

/// A text of ours on several lines, as the content of `pre`.
pub(crate) fn lines(text: &str) -> Markup {
    PreEscaped(html::markup(text))
}

/// The text with a capital at its beginning.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next();
    first.map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// The most characters of a description: search engines show no more.
const MAX_DESCRIPTION: usize = 150;

/// A text as the description of a page.
pub(crate) fn description(text: &str) -> String {
    appleports_model::cut(text, MAX_DESCRIPTION).into_owned()
}
