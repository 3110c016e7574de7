//! Texts of others in markup.

use appleports_model::escape::html as escape;
use maud::{Markup, PreEscaped, html};

/// A text as content or attribute: nothing in it is markup, and hidden characters are shown.
pub(crate) fn t(text: impl AsRef<str>) -> Markup {
    PreEscaped(escape::text(text.as_ref()))
}

/// A sentence of ours with texts of others between backticks, which become code.
pub(crate) fn prose(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        // A backtick has no partner: it may be anybody's.
        return t(text);
    }
    html! {
        @for (at, part) in parts.into_iter().enumerate() {
            @if at % 2 == 0 { (t(part)) } @else { code { (t(part)) } }
        }
    }
}

/// A text of ours on several lines, as the content of `pre`.
pub(crate) fn lines(text: &str) -> Markup {
    PreEscaped(escape::markup(text))
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
