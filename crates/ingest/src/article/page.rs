//! Whether a text is a page, and what the first lines of any other text are about.

use crate::article::identity::{is_another_title, is_own_title};

/// The most lines in which a title is looked for.
const MAX_TITLE_LINES: usize = 200;

/// Whether the text is HTML: it begins with a tag, or has a table's tags in it.
pub(crate) fn is_html(text: &str) -> bool {
    let has = |text: &str, tag: &str| {
        text.match_indices('<').any(|(at, _)| {
            let start = text.as_bytes()[at..].get(..tag.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
        })
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

/// The title of a text that is no page, with its line: the first heading of Markdown, or
/// else the first line. `None` where another line has the article's title.
pub(crate) fn title(text: &str) -> Option<(u32, String)> {
    let lines = || (1..).zip(text.lines().take(MAX_TITLE_LINES));
    let heading = |line: &str| line.strip_prefix("# ").map(str::trim).map(str::to_owned);
    let found = lines()
        .find_map(|(number, line)| Some((number, heading(line)?)))
        .or_else(|| {
            lines()
                .map(|(number, line)| (number, without_marks(line)))
                .find(|(_, line)| !line.is_empty())
                .filter(|(_, line)| is_plain_title(line))
                .map(|(number, line)| (number, line.to_owned()))
        })?;
    // A navigation bar may stand above the title.
    let is_below = || {
        lines().any(|(_, line)| {
            let words = line.split_whitespace().count();
            (4..=16).contains(&words) && is_plain_title(line.trim()) && is_own_title(line)
        })
    };
    (!is_another_title(&found.1) || !is_below()).then_some(found)
}

/// A line without the marks of a heading or of bold text around it.
fn without_marks(line: &str) -> &str {
    let line = line.trim().trim_start_matches('#').trim_start();
    let tag = || {
        let (tag, rest) = line.strip_prefix("<h")?.split_once('>')?;
        let (text, end) = rest.rsplit_once("</h")?;
        let is_tag = tag.starts_with(|c: char| c.is_ascii_digit()) && end.ends_with('>');
        is_tag.then(|| text.trim())
    };
    let bold = |sign: &str| {
        let text = line.strip_prefix(sign)?.strip_suffix(sign)?;
        (!text.contains(sign)).then(|| text.trim())
    };
    tag()
        .or_else(|| bold("**"))
        .or_else(|| bold("__"))
        .unwrap_or(line)
}

/// Whether a line of plain text can be a title: it is no row, no heading of one, and no markup.
fn is_plain_title(line: &str) -> bool {
    line.len() < 300
        && line.starts_with(|c: char| c.is_alphanumeric())
        && !line.starts_with(|c: char| c.is_ascii_digit())
        && !line.contains(['|', '\t', ';'])
        && !line.contains("RFC")
        && line.matches(',').count() < 3
}
