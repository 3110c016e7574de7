//! A text as words and braces, and where rules end in it.

use std::ops::Range;

use crate::notations::comment_at;
use crate::notations::value::is_footnote;
use crate::scan::is_between;

/// The words and braces of a text with their places; comments are none.
pub(super) fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let code = &line[..comment_at(line)];
        let mut word: Option<usize> = None;
        let mut quoted = 0;
        for (at, c) in code.char_indices() {
            // A comment in quotes has no rules.
            if at < quoted {
                continue;
            }
            if c == '"'
                && word.is_none()
                && let Some(length) = code[at + 1..].find('"')
            {
                quoted = at + 1 + length;
            }
            let is_word = !(c.is_ascii_whitespace() || matches!(c, '{' | '}' | ';' | ','));
            if !is_word && let Some(from) = word.take() {
                found.push(start + from..start + at);
            }
            if is_word {
                word.get_or_insert(at);
            } else if !c.is_ascii_whitespace() {
                found.push(start + at..start + at + 1);
            }
        }
        if let Some(from) = word {
            found.push(start + from..start + code.len());
        }
        start += line.len();
    }
    found
}

/// The index behind what is in the braces that open at an index, or behind the one word there.
pub(super) fn behind(text: &str, tokens: &[Range<usize>], at: usize) -> usize {
    if tokens.get(at).map(|own| &text[own.clone()]) != Some("{") {
        let mut end = (at + 1).min(tokens.len());
        // Without braces, a comma is part of a number: `5,223`.
        while let Some([before, comma, next]) = tokens.get(end - 1..end + 2)
            && text[before.start..next.end].starts_with(|c: char| c.is_ascii_digit())
            && (&text[comma.clone()], before.end, comma.end) == (",", comma.start, next.start)
        {
            end += 2;
        }
        let end = behind_range(text, tokens, end);
        let has_mark = tokens
            .get(end)
            .is_some_and(|own| is_footnote(&text[own.clone()]));
        return end + usize::from(has_mark);
    }
    // Sets of ports have no braces within; where one is not closed, the next one ends it.
    let ends = |own: &&Range<usize>| matches!(&text[(*own).clone()], "{" | "}");
    let inner = &tokens[at + 1..];
    let length = inner.iter().take_while(|own| !ends(own)).count();
    (at + 1 + length + usize::from(length < inner.len())).min(tokens.len())
}

/// The index behind a range with spaces around its sign, of which the first words end at an index:
/// `3478 - 3497`.
fn behind_range(text: &str, tokens: &[Range<usize>], end: usize) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |own| &text[own.clone()]);
    let is_number = |own: &str| own.starts_with(|c: char| c.is_ascii_digit());
    let first = end.checked_sub(1).map_or("", word);
    if !is_number(first) {
        return end;
    }
    let behind_sign = word(end).strip_prefix('-');
    match behind_sign {
        Some("") if is_number(word(end + 1)) => end + 2,
        None if is_between(word(end)) && is_number(word(end + 1)) => end + 2,
        Some(last) if is_number(last) => end + 1,
        None if first.ends_with('-') && is_number(word(end)) => end + 1,
        _ => end,
    }
}

/// Whether a rule ends between two neighbouring words.
pub(super) fn ends_between(text: &str, before: &Range<usize>, next: &Range<usize>) -> bool {
    let is_continued = &text[before.clone()] == "\\";
    matches!(&text[next.clone()], ";" | "}")
        || !is_continued && text[before.end..next.start].contains('\n')
}
