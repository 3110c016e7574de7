//! Texts: which differences between them are none, and how alike they are.

use appleports_model::{collapse_whitespace, fold};
use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::{ChangeTag, DiffOp, DiffTag};
use unicode_normalization::UnicodeNormalization;

/// The words of a text that count for [`likeness`]; more make no better judgement.
const MAX_WORDS: usize = 24;
/// Longer texts, and those of more words, are shown whole, without marking their words: a comparison
/// may have thousands, and each takes as many steps as the square of its words.
const MAX_MARKED_CHARS: usize = 1000;
const MAX_MARKED_WORDS: usize = 128;

/// The text without what is no change: composed, white space collapsed, quotes and
/// dashes as ASCII, invisible characters dropped. Case and accents stay.
pub(crate) fn tidy(text: &str) -> String {
    // Composed, and without any of these characters.
    if text.is_ascii() {
        return collapse_whitespace(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => out.push('"'),
            '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2039}' | '\u{203a}' => out.push('\''),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            _ => out.push(c),
        }
    }
    collapse_whitespace(&out)
}

/// The folded words of a text, for [`likeness`].
pub(crate) fn words(text: &str) -> Vec<String> {
    let start: String = text.chars().take(MAX_WORDS * 16).collect();
    fold(&start)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS)
        .map(str::to_owned)
        .collect()
}

/// How alike two lists of words are, 0 to 1; the same whichever comes first.
pub(crate) fn likeness(a: &[String], b: &[String]) -> f32 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    let equal = |op: &DiffOp| match op.tag() {
        DiffTag::Equal => op.old_range().len(),
        _ => 0,
    };
    let equal: usize = differences(a, b).iter().map(equal).sum();
    // At most twice `MAX_WORDS` words, so this is exact enough.
    let share = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    2.0 * share(equal) / share(a.len() + b.len())
}

/// What turns one list of words into the other. The algorithm is named, and the words have one
/// type, since the compiler would otherwise make six algorithms for each type of words.
fn differences(old: &[String], new: &[String]) -> Vec<DiffOp> {
    let mut hook = Compact::new(Replace::new(Capture::new()), old, new);
    match myers::diff(&mut hook, old, 0..old.len(), new, 0..new.len()) {
        Ok(()) => hook.into_inner().into_inner().into_ops(),
        Err(never) => match never {},
    }
}

/// Whether two service names could be spellings of one.
pub(crate) fn alike_names(a: &str, b: &str) -> bool {
    let chars = |name: &str| -> Vec<String> {
        let letters = fold(name);
        letters.chars().take(MAX_WORDS).map(String::from).collect()
    };
    likeness(&chars(a), &chars(b)) >= 0.6
}

/// A piece of a text and which side has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Both sides.
    Both,
    /// Only the old text.
    Old,
    /// Only the new text.
    New,
}

/// The two texts as one, word by word, with what only one of them has marked.
pub(crate) fn marked(old: &str, new: &str) -> Vec<(Mark, String)> {
    let whole = || vec![(Mark::Old, old.to_owned()), (Mark::New, new.to_owned())];
    if old.len().max(new.len()) > MAX_MARKED_CHARS {
        return whole();
    }
    let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
    let (before, after) = (words(old), words(new));
    if before.len().max(after.len()) > MAX_MARKED_WORDS {
        return whole();
    }
    let mut pieces: Vec<(Mark, String)> = Vec::new();
    for op in differences(&before, &after) {
        for change in op.iter_changes(&before, &after) {
            let mark = match change.tag() {
                ChangeTag::Equal => Mark::Both,
                ChangeTag::Delete => Mark::Old,
                ChangeTag::Insert => Mark::New,
            };
            match pieces.last_mut() {
                Some((last, text)) if *last == mark => {
                    text.push(' ');
                    text.push_str(&change.value());
                }
                _ => pieces.push((mark, change.value())),
            }
        }
    }
    pieces.retain(|(_, text)| !text.is_empty());
    pieces
}
