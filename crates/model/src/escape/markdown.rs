//! Markdown as GitHub renders it (cmark-gfm, then filters over the rendered text).
//!
//! GitHub links addresses, mentions, references and commits in what is rendered, so
//! neither a backslash nor a character reference stops it. Only code is left alone: a word
//! that could become a link is written as code.

use crate::escape::terminal;
use crate::source::is_publishers;
use crate::text::one_line;

/// The text on one line for a cell of a table or the inside of a line: nothing in it is
/// markup, a link, a picture, a formula, a mention, a reference or an emoji.
pub fn cell(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        if could_become_a_link(word) {
            // A code span ends at the end of a cell, and a pipe ends a cell even in one.
            for (at, part) in word.split('|').enumerate() {
                if at > 0 {
                    out.push_str("\\|");
                }
                if !part.is_empty() {
                    span(part, &mut out);
                }
            }
        } else {
            escape(word, &mut out);
        }
    }
    out
}

/// The text on one line as a code span; hidden characters are made visible. Not for tables.
pub fn code(text: &str) -> String {
    let text = terminal::line(text);
    let mut out = String::with_capacity(text.len() + 2);
    if text.trim().is_empty() {
        out.push_str("*(empty)*");
    } else {
        span(&text, &mut out);
    }
    out
}

/// An address as a link, if it is one of a publisher of our sources; as [`cell`] otherwise.
pub fn address(url: &str) -> String {
    if is_publishers(url) {
        format!("<{url}>")
    } else {
        cell(url)
    }
}

/// Whether a renderer may make a link, an emoji or a formula of a word or of a part of it.
fn could_become_a_link(word: &str) -> bool {
    // `a@b.c`, `@somebody`, `#1`, `:smile:`, `https://`, `$x$`; a colon at the end is none.
    let inner = word.strip_suffix(':').unwrap_or(word);
    if word.contains(['@', '#', '$']) || inner.contains(':') {
        return true;
    }
    let mut parts = word.split(|c: char| !c.is_ascii_alphanumeric()).peekable();
    while let Some(part) = parts.next() {
        let is = |name: &str| part.eq_ignore_ascii_case(name);
        let is_number = |next: &&str| next.starts_with(|c: char| c.is_ascii_digit());
        // `www.`, `GH-3`, `CVE-2020-1`, `GHSA-...`
        if is("www") || is("ghsa") || (is("gh") || is("cve")) && parts.peek().is_some_and(is_number)
        {
            return true;
        }
        // The id of a commit.
        if (7..=64).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return true;
        }
    }
    false
}

/// Escapes what is markup by itself.
fn escape(word: &str, out: &mut String) {
    for c in word.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
}

/// The longest fence that is one: cmark-gfm takes a longer run of backticks for text
/// (`MAXBACKTICKS`), and what is between two of those for Markdown.
const MAX_FENCE: usize = 80;

/// A code span, in a fence longer than any in the text. Of a run that would need too long a fence,
/// some backticks are written as hidden characters are.
fn span(text: &str, out: &mut String) {
    let text = text.replace(
        &"`".repeat(MAX_FENCE),
        &("`".repeat(MAX_FENCE - 1) + "\\u{60}"),
    );
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let is_at_edge = |c: char| c == '`' || c == ' ';
    let pad = if text.starts_with(is_at_edge) || text.ends_with(is_at_edge) {
        " "
    } else {
        ""
    };
    for part in [&fence, pad, &text, pad, &fence] {
        out.push_str(part);
    }
}
