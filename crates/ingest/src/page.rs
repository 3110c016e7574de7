//! What a page says of itself: title, language, address, date of publication.
//!
//! Only the start of the page is looked at, tag by tag, without building a tree.

use appleports_model::{collapse_whitespace, is_date};

use crate::document::{self, CaptureFacts, is_locale};

/// How much of a page is searched for what it says of itself.
const HEAD: usize = 512 * 1024;

fn head(text: &str) -> &str {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether the text is HTML: it begins with a tag, or has a table's tags in it.
pub(crate) fn is_html(text: &str) -> bool {
    let has = |text: &str, needle: &str| {
        text.as_bytes()
            .windows(needle.len())
            .any(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
    };
    let start: String = text.trim_start().chars().take(2000).collect();
    let begins = start.starts_with('<')
        && [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<table",
            "<div",
        ]
        .iter()
        .any(|tag| has(&start, tag));
    begins || has(text, "<table") && has(text, "<td")
}

/// A start tag: its name, its attributes, and what stands after it.
struct Tag<'t> {
    name: String,
    inner: &'t str,
    at: usize,
    after: &'t str,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<String> {
        let lower = self.inner.to_ascii_lowercase();
        let mut from = 0;
        while let Some(at) = lower[from..].find(name).map(|at| at + from) {
            from = at + name.len();
            let rest = self.inner[from..].trim_start();
            let is_whole = lower[..at].ends_with(|c: char| c.is_whitespace() || "\"'".contains(c));
            let Some(value) = rest.strip_prefix('=').filter(|_| is_whole) else {
                continue;
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| "\"'".contains(*c));
            let end = match quote {
                Some(quote) => value[1..].find(quote).map(|end| &value[1..=end]),
                None => value.split(char::is_whitespace).next(),
            };
            return end.map(str::to_owned);
        }
        None
    }
}

/// The start tags of the text.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + text.get(from..)?.find('<')?;
            let inner = &text[at + 1..];
            from = at + 1;
            if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let end = inner.find('>')?;
            from = at + 2 + end;
            let name = inner[..end]
                .split(|c: char| c.is_whitespace() || c == '/')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            return Some(Tag {
                name,
                inner: &inner[..end],
                at,
                after: &text[from..],
            });
        }
    })
}

/// The title with its line: of a page its `<title>` or else its first `<h1>` with
/// text; of Markdown its first `# ` line. `None` where there is none.
pub(crate) fn title(text: &str) -> Option<(u32, String)> {
    let text = head(text);
    if !is_html(text) {
        let (line, title) = (1..)
            .zip(text.lines())
            .find_map(|(number, line)| Some((number, line.strip_prefix("# ")?.trim())))?;
        // A short or lost title in a text about these ports says nothing.
        let is_about = text.contains("TCP") && text.contains("UDP");
        return (!is_about || title.contains("TCP") && title.contains("UDP"))
            .then(|| (line, title.to_owned()));
    }
    let found = |name: &'static str| {
        tags(text)
            .filter(move |tag| tag.name == name)
            .find_map(|tag| {
                let end = tag.after.find("</")?;
                let inner = decode(&collapse_whitespace(&tag.after[..end]));
                let line = text[..tag.at].bytes().filter(|byte| *byte == b'\n').count() + 1;
                (!inner.is_empty() && inner.len() < 1000 && !inner.contains('<'))
                    .then(|| (u32::try_from(line).unwrap_or(u32::MAX), inner))
            })
    };
    found("title").or_else(|| found("h1"))
}

/// The few entities that titles have.
fn decode(text: &str) -> String {
    text.replace("&nbsp;", " ")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// What an HTML page says of its origin.
pub(crate) fn facts(text: &str) -> CaptureFacts {
    let head = head(text);
    let mut facts = CaptureFacts {
        title: title(text).map(|(_, title)| title),
        ..CaptureFacts::default()
    };
    let mut language = None;
    for tag in tags(head) {
        let is = |name: &str, value: &str| {
            tag.attribute(name)
                .is_some_and(|own| own.eq_ignore_ascii_case(value))
        };
        match tag.name.as_str() {
            "html" => language = language.or_else(|| tag.attribute("lang")),
            "link" if facts.url.is_none() && is("rel", "canonical") => {
                if let Some(url) = tag.attribute("href") {
                    facts.address(&decode(&url));
                }
            }
            "meta" if facts.url.is_none() && is("property", "og:url") => {
                if let Some(url) = tag.attribute("content") {
                    facts.address(&decode(&url));
                }
            }
            "time" if facts.published.is_none() => {
                facts.published = tag
                    .attribute("datetime")
                    .and_then(|date| date.get(..10).map(str::to_owned))
                    .filter(|date| is_date(date));
            }
            _ => {}
        }
    }
    let claimed = facts.locale.as_ref().or(language.as_ref());
    facts.language = claimed.map(|own| document::language(own));
    if facts.locale.is_none() {
        facts.locale = language
            .map(|language| language.to_ascii_lowercase())
            .filter(|language| is_locale(language));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_what_it_is() {
        let page = "<!DOCTYPE html>\n<html lang=\"de-DE\"><head>\n<title>TCP&amp;UDP</title><link rel=canonical href='https://support.apple.com/de-at/103229'></head><h1></h1><time datetime=\"2024-05-06T07:00\">";
        let facts = facts(page);
        assert_eq!(facts.locale.as_deref(), Some("de-at"));
        assert_eq!(facts.article_id.as_deref(), Some("103229"));
        assert_eq!(facts.published.as_deref(), Some("2024-05-06"));
        assert_eq!(title(page), Some((3, "TCP&UDP".into())));
        let bare = super::facts("<html lang=\"en-US\"><h1></h1><h1 class=x>Ports</h1>");
        assert_eq!(
            (bare.locale.as_deref(), bare.title.as_deref()),
            (Some("en-us"), Some("Ports"))
        );
    }
}
