//! What the elements of a page are: blocks, hidden, raised or set apart.

use scraper::node::Element;

/// Whether an element ends a line of text.
#[rustfmt::skip]
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div" | "br" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "h1" | "h2" | "h3" | "h4"
            | "section" | "blockquote" | "pre"
    )
}

/// Whether an element sets its text apart from the text beside it.
pub(super) fn sets_apart(name: &str) -> bool {
    matches!(name, "a" | "small" | "button" | "label")
}

/// Whether the text of an element is not shown: the browser hides it (HTML, section 15.3.1), or
/// would show it only if it did not know the element.
#[rustfmt::skip]
fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "template" | "noscript" | "head" | "svg" | "textarea" | "select"
            | "title" | "datalist" | "rp" | "noembed" | "noframes"
            | "iframe" | "canvas" | "audio" | "video"
    )
}

/// An attribute's value. `Element::attr` makes an interned name of each name that it is asked
/// for, which costs more than looking through the few that an element has.
pub(super) fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    let mut attributes = element.attrs();
    attributes
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

pub(super) fn is_hidden(element: &Element) -> bool {
    if is_unseen(element.name()) || attribute(element, "hidden").is_some() {
        return true;
    }
    has_style(
        element,
        &["display:none", "visibility:hidden", "visibility:collapse"],
    )
}

/// Whether the element's own style sets one of these, written without spaces.
fn has_style(element: &Element, wanted: &[&str]) -> bool {
    attribute(element, "style").is_some_and(|style| {
        let style: String = style
            .chars()
            .take(1000)
            .filter(|c| !c.is_whitespace())
            .collect();
        let style = style.to_ascii_lowercase();
        wanted.iter().any(|setting| style.contains(setting))
    })
}

/// Whether an element raises or lowers its text: `sup`, `sub`, or by its style.
pub(super) fn is_raised(element: &Element) -> bool {
    matches!(element.name(), "sup" | "sub")
        || attribute(element, "role") == Some("doc-noteref")
        || has_style(element, &["vertical-align:super", "vertical-align:sub"])
}

/// A number as HTML reads one (section 2.3.4.2): white space before it and anything
/// behind it are skipped.
pub(super) fn non_negative(text: &str) -> Option<usize> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let text = text.strip_prefix('+').unwrap_or(text);
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    (end > 0).then(|| text[..end].parse().unwrap_or(usize::MAX))
}
