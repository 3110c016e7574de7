//! Markdown inside a cell, marks beside a name, and the note after the products.

use appleports_model::collapse_whitespace;
use unicode_normalization::char::is_combining_mark;

use crate::vocabulary::{Mark, Vocabulary};

/// Links to their text, `<url>` to the url, emphasis markers off; line breaks stay.
pub(crate) fn plain_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '<', '*', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (shown, length) = link(rest)
            .or_else(|| autolink(rest))
            .or_else(|| rest.starts_with("**").then_some(("", 2)))
            .or_else(|| escape(rest))
            .unwrap_or((&rest[..1], 1));
        let is_link = length > shown.len() + 2;
        if is_link && are_two_numbers(&out, shown) {
            out.push(' ');
        }
        out.push_str(shown);
        rest = &rest[length..];
        if is_link && are_two_numbers(shown, rest) {
            out.push(' ');
        }
    }
    out.push_str(rest);
    out
}

/// Whether digits stand on both sides of a link's border: they are no one number.
fn are_two_numbers(before: &str, after: &str) -> bool {
    before.ends_with(char::is_numeric) && after.starts_with(char::is_numeric)
}

/// No link is longer; a limit keeps the search for its end from going through the
/// whole text again and again.
const MAX_LINK: usize = 4096;

/// The first [`MAX_LINK`] bytes, or a little less, so that no character is cut.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_LINK)]
}

/// `[text](url)`: the text and the length of the whole.
fn link(text: &str) -> Option<(&str, usize)> {
    let text = head(text);
    let close = text.strip_prefix('[')?.find(']')? + 1;
    let target = text[close + 1..].strip_prefix('(')?;
    let end = target.find(')')?;
    Some((&text[1..close], close + 2 + end + 1))
}

/// `<https://...>`: the address and the length of the whole.
fn autolink(text: &str) -> Option<(&str, usize)> {
    let text = head(text);
    let end = text.find('>')?;
    let inner = &text[1..end];
    let is_address =
        text.starts_with('<') && inner.contains("://") && !inner.contains(char::is_whitespace);
    is_address.then_some((inner, end + 1))
}

/// A backslash before ASCII punctuation: the punctuation alone.
fn escape(text: &str) -> Option<(&str, usize)> {
    let behind = text.strip_prefix('\\')?;
    let is_escaped = behind.starts_with(|next: char| next.is_ascii_punctuation());
    is_escaped.then(|| (&behind[..1], 2))
}

/// Takes the marks off a text: in brackets, at the end of a bracket, on a line of
/// their own, or after a dash at the end. Line breaks become one space.
pub(crate) fn take_marks(text: &str, vocabulary: &Vocabulary) -> (String, Vec<Mark>) {
    let mut marks = Vec::new();
    let mut kept = Vec::new();
    for line in text.lines() {
        if let Some(mark) = vocabulary.mark(line) {
            marks.push(mark);
        } else {
            kept.push(take_bracketed(line, vocabulary, &mut marks));
        }
    }
    (collapse_whitespace(&kept.join(" ")), marks)
}

/// Brackets in which a mark may stand.
const OPEN: [char; 5] = ['(', '（', '[', '【', '〔'];
const CLOSE: [char; 5] = [')', '）', ']', '】', '〕'];

fn take_bracketed(line: &str, vocabulary: &Vocabulary, marks: &mut Vec<Mark>) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(open) = rest.find(OPEN) {
        let inner_at = open + rest[open..].chars().next().map_or(1, char::len_utf8);
        let Some(length) = rest[inner_at..].find(CLOSE) else {
            break;
        };
        let close = inner_at + length;
        let end = close + rest[close..].chars().next().map_or(1, char::len_utf8);
        let inner = &rest[inner_at..close];
        out.push_str(&rest[..open]);
        if let Some(mark) = vocabulary.mark(inner) {
            marks.push(mark);
        } else if let Some((left, mark)) = trailing_mark(inner, vocabulary) {
            marks.push(mark);
            out.push_str(&rest[open..inner_at]);
            out.push_str(left);
            out.push_str(&rest[close..end]);
        } else {
            out.push_str(&rest[open..end]);
        }
        rest = &rest[end..];
    }
    match trailing_mark(rest, vocabulary) {
        Some((left, mark)) => {
            marks.push(mark);
            out.push_str(left);
        }
        None => out.push_str(rest),
    }
    out
}

/// `ARCP - registered use`: the text before the dash, and the mark. A mark may have
/// hyphens of its own.
fn trailing_mark<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<(&'t str, Mark)> {
    let dashes = text
        .char_indices()
        .rev()
        .filter(|(_, c)| matches!(c, '-' | '–' | '—'));
    dashes
        .take(3)
        .filter(|(at, _)| text[..*at].ends_with(char::is_whitespace))
        .find_map(|(at, dash)| {
            let mark = vocabulary.mark(&text[at + dash.len_utf8()..])?;
            Some((text[..at].trim_end(), mark))
        })
}

/// Splits a text at its "Note:", in any language: what stands before and after.
pub(crate) fn split_note<'t>(text: &'t str, vocabulary: &Vocabulary) -> (&'t str, &'t str) {
    for (colon, mark) in text.char_indices().filter(|(_, c)| matches!(c, ':' | '：')) {
        let before = &text[..colon];
        // The phrase is one word or two.
        let two = word_start(before).and_then(|at| word_start(before[..at].trim_end()));
        for start in [word_start(before), two].into_iter().flatten() {
            if vocabulary.is_note(&before[start..]) {
                return (text[..start].trim(), text[colon + mark.len_utf8()..].trim());
            }
        }
    }
    (text.trim(), "")
}

/// Where the last word of a text begins; none where the text does not end in one.
fn word_start(text: &str) -> Option<usize> {
    let is_letter = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let start = text.rfind(|c| !is_letter(c)).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    (start < text.len()).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::new();
        let text = include_str!("../../../sources/vocabulary/phrases/de.toml");
        vocabulary.add_phrases("de.toml", text).unwrap();
        vocabulary
    }

    #[test]
    fn links_become_text() {
        assert_eq!(
            plain_text("OS X [Internet](http://a/b?c=d), x"),
            "OS X Internet, x"
        );
        assert_eq!(
            plain_text("(siehe <http://dmtf.org/a>)"),
            "(siehe http://dmtf.org/a)"
        );
        assert_eq!(plain_text("a < b [c] \\* **d**"), "a < b [c] * d");
        assert_eq!(plain_text("broken [a](b"), "broken [a](b");
        assert_eq!(plain_text("Mail \\é, \\"), "Mail \\é, \\");
        assert_eq!(plain_text("821[1](#fn), [5](x)321"), "821 1, 5 321");
    }

    #[test]
    fn marks_are_taken_wherever_they_stand() {
        use Mark::{Deprecated, Registered, Unregistered};
        let take = |text: &str| take_marks(text, &vocabulary());
        assert_eq!(
            take("Passwortserver\n(Unregistrierte Nutzung)"),
            ("Passwortserver".into(), vec![Unregistered])
        );
        assert_eq!(
            take("(unregistrierte Nutzung)"),
            (String::new(), vec![Unregistered])
        );
        assert_eq!(
            take("Unregistrierte Nutzung"),
            (String::new(), vec![Unregistered])
        );
        assert_eq!(take("smtp (veraltet)"), ("smtp".into(), vec![Deprecated]));
        assert_eq!(
            take("RTSP (Unregistrierte Nutzung)\nRouter Protocol (ARCP - Registrierte Nutzung)"),
            (
                "RTSP Router Protocol (ARCP)".into(),
                vec![Unregistered, Registered]
            )
        );
        assert_eq!(
            take("FTP (File - Transfer)"),
            ("FTP (File - Transfer)".into(), vec![])
        );
    }

    #[test]
    fn the_note_is_split_off() {
        let vocabulary = vocabulary();
        assert_eq!(
            split_note("A, B. Hinweis: Nicht C: D", &vocabulary),
            ("A, B.", "Nicht C: D")
        );
        assert_eq!(split_note("Port: 5", &vocabulary), ("Port: 5", ""));
        assert_eq!(split_note("Hinweis: x", &vocabulary), ("", "x"));
    }
}
