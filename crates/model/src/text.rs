//! Small pure text helpers that several stages share.

use std::borrow::Cow;
use std::fmt::{Display, Write};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::hidden::is_hidden;
use crate::plain::{is_dash, is_invisible};

/// `text` with every run of white space (line breaks included) as one space, trimmed.
pub fn collapse_whitespace(text: &str) -> String {
    collapsed(text).into_owned()
}

/// As [`collapse_whitespace`], without a copy where there is nothing to collapse.
pub fn collapsed(text: &str) -> Cow<'_, str> {
    if is_collapsed(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

/// As [`collapsed`], of a text that nobody else needs.
fn collapsed_own(text: String) -> String {
    if is_collapsed(text.as_bytes()) {
        text
    } else {
        collapse_whitespace(&text)
    }
}

/// Whether a text is plain ASCII without a white space that [`collapsed`] would touch:
/// most texts are, and need no walk through Unicode.
fn is_collapsed(text: &[u8]) -> bool {
    let mut before = b' ';
    let is_plain = |byte: &u8| {
        let is_plain = byte.is_ascii_graphic() || (*byte == b' ' && before != b' ');
        before = *byte;
        is_plain
    };
    text.is_empty() || (text.iter().all(is_plain) && before != b' ')
}

/// Texts as a sentence lists them: `a`, `a and b`, `a, b and c`.
pub fn and_list<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    match texts.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => texts.concat(),
    }
}

/// JSON that is safe to look at: [hidden](is_hidden) characters are escaped, and `##[`, which
/// is a command in a log of GitHub; the data are the same. Both can only be in strings; the
/// line breaks of indented JSON stay.
pub fn escape_hidden(json: &str) -> Cow<'_, str> {
    let mut json = Cow::Borrowed(json);
    if json.contains(COMMAND) {
        json = Cow::Owned(json.replace(COMMAND, "##\\u005b"));
    }
    if find_hidden(&json).is_none() {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    let mut rest = &*json;
    while let Some(at) = find_hidden(rest) {
        out.push_str(&rest[..at]);
        let hidden = rest[at..].chars().next().unwrap_or_default();
        for unit in hidden.encode_utf16(&mut [0; 2]) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
        rest = &rest[at + hidden.len_utf8()..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// How a command begins anywhere in a line of a log of GitHub.
const COMMAND: &str = "##[";

/// Where the first hidden character but line feed is. Only bytes that can begin one are
/// decoded: control characters, and the first bytes of `\u{80}..`, `\u{340}..`,
/// `\u{600}..`, `\u{1000}..`, `\u{2000}..`, `\u{3000}..`, `\u{f000}..` and of all behind it.
fn find_hidden(text: &str) -> Option<usize> {
    let may_begin = |byte: u8| {
        byte < b' ' && byte != b'\n'
            || matches!(byte, 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef..)
    };
    let mut from = 0;
    loop {
        let at = from + first_of(&text.as_bytes()[from..], may_begin)?;
        let c = text[at..].chars().next()?;
        if is_hidden(c) {
            return Some(at);
        }
        from = at + c.len_utf8();
    }
}

/// Where the first byte stands that `is_wanted`. Most texts have none, so a block is
/// looked at as a whole first, which processors do many bytes at a time.
fn first_of(bytes: &[u8], is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 64;
    let has_one = |block: &[u8]| {
        let any = |found: bool, byte: &u8| found | is_wanted(*byte);
        block.iter().fold(false, any)
    };
    let block = bytes.chunks(BLOCK).position(has_one)? * BLOCK;
    let at = bytes[block..].iter().position(|byte| is_wanted(*byte))?;
    Some(block + at)
}

/// The text on one line: each [hidden](is_hidden) character is a space, and there is one in
/// `##[`, which is a command in a log of GitHub.
pub fn one_line(text: &str) -> String {
    let line = if find_hidden(text).is_none() && !text.contains('\n') {
        text.to_owned()
    } else {
        let spaced = text.chars().map(|c| if is_hidden(c) { ' ' } else { c });
        spaced.collect()
    };
    if line.contains(COMMAND) {
        line.replace(COMMAND, "## [")
    } else {
        line
    }
}

/// What stands for the rest of a text.
const DOTS: &str = "...";

/// At most `most` characters (three or more) of a text that people read, with three dots at the
/// end where it goes on.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if text.char_indices().nth(most).is_none() {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().take(most.saturating_sub(DOTS.len()));
    Cow::Owned(kept.chain(DOTS.chars()).collect())
}

/// As [`cut`], to at most `most` bytes (three or more).
pub fn cut_bytes(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let end = text.floor_char_boundary(most.saturating_sub(DOTS.len()));
    Cow::Owned(text[..end].to_owned() + DOTS)
}

/// A number of things: `1 row`, `2 rows`. For nouns whose plural ends in -s.
pub fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// The items, with the separator between them: `53+443`.
pub fn joined<T: Display>(items: impl IntoIterator<Item = T>, separator: &str) -> String {
    let mut out = String::new();
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push_str(separator);
        }
        // Writing to a String cannot fail.
        let _ = write!(out, "{item}");
    }
    out
}

/// The form in which phrases are compared: compatibility-decomposed, without
/// combining marks, in lower case, ß as ss, typographic quotes and dashes as
/// ASCII, invisible characters dropped, white space collapsed.
///
/// Two spellings that differ only by lost umlauts ("fur", "für") fold alike.
/// The result is for comparison only and is never written to an output.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return collapsed_own(text.to_ascii_lowercase());
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        match c {
            _ if is_combining_mark(c) => {}
            'ß' => out.push_str("ss"),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => out.push('"'),
            '\u{2018}' | '\u{2019}' | '\u{201a}' => out.push('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{feff}' => {}
            _ => out.extend(c.to_lowercase()),
        }
    }
    collapsed_own(out)
}

/// Whether a cell's text says "nothing here": empty, or only dashes.
pub fn has_blank_text(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || is_dash(c) || is_invisible(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_collapsed_wherever_it_is() {
        let signs = ['a', '~', ' ', '\t', 'é'];
        for number in 0..signs.len().pow(4) {
            let sign = |at: u32| signs[number / signs.len().pow(at) % signs.len()];
            let some: String = (0..4).map(sign).collect();
            for (before, after) in [(0, 0), (12, 0), (15, 20), (30, 1)] {
                let text = format!("{}{some}{}", "b".repeat(before), "c".repeat(after));
                let words: Vec<&str> = text.split_whitespace().collect();
                assert_eq!(collapsed(&text), words.join(" "), "{text:?}");
            }
        }
        assert_eq!(collapsed(""), "");
    }

    #[test]
    fn folds_lost_umlauts_and_typography() {
        assert_eq!(fold("Anrufe über  WLAN"), fold("Anrufe uber WLAN"));
        assert_eq!(fold("Anrufe u\u{308}ber WLAN"), fold("Anrufe über WLAN"));
        assert_eq!(fold("„Größe“ – \u{200b}x"), "\"grosse\" - x");
    }

    #[test]
    fn collapses_every_white_space() {
        let cases = [
            ("", ""),
            (" ", ""),
            ("a b", "a b"),
            ("a  b", "a b"),
            (" a", "a"),
            ("a ", "a"),
            ("a\r\n b\tc", "a b c"),
            ("ü\u{a0}\u{2003}b", "ü b"),
        ];
        for (text, collapsed) in cases {
            assert_eq!(collapse_whitespace(text), collapsed, "{text:?}");
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "a million characters")]
    fn escapes_just_the_hidden_characters() {
        for c in '\0'..=char::MAX {
            let text = format!("ä{c}ü{c}");
            let escaped = escape_hidden(&text);
            if is_hidden(c) && c != '\n' {
                let mut buffer = [0; 2];
                let units = c.encode_utf16(&mut buffer).iter();
                let units = units.map(|unit| format!("\\u{unit:04x}"));
                let units = units.collect::<Vec<_>>().concat();
                assert_eq!(escaped, format!("ä{units}ü{units}"));
            } else {
                assert_eq!(escaped, text);
            }
        }
    }

    #[test]
    fn separators_stand_between_items_alone() {
        assert_eq!(joined([53, 443], "+"), "53+443");
        assert_eq!(joined(["tcp"], " and "), "tcp");
        assert_eq!(joined([0; 0], ", "), "");
    }

    #[test]
    fn one_is_no_plural() {
        assert_eq!(
            [0, 1, 2].map(|count| counted(count, "row")),
            ["0 rows", "1 row", "2 rows"]
        );
    }

    #[test]
    fn knows_blank_cells() {
        for blank in ["", "-", " — ", "–", "\u{a0}"] {
            assert!(has_blank_text(blank), "{blank:?}");
        }
        assert!(!has_blank_text("- x"));
    }
}
