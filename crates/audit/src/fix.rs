//! Suggestions to the corrected text.

use crate::article::Article;
use crate::judge::{Edit, judge};
use crate::read::{Notation, ReadError, read};

/// How often a correction may make another one possible: a damaged range that is too wide as well.
const MAX_ROUNDS: usize = 8;

/// A corrected list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many findings were corrected.
    pub corrected: usize,
}

/// Applies every suggestion, and those that follow from them, until there is none. All else stays
/// as it is. Where suggestions do not come to an end, the text of the last round is left.
///
/// # Errors
/// [`ReadError`] as for [`read`].
pub fn fix(
    path: &str,
    text: &str,
    notation: Option<&Notation>,
    article: &Article<'_>,
) -> Result<Fixed, ReadError> {
    let mut fixed = Fixed {
        text: text.to_owned(),
        corrected: 0,
    };
    for _ in 0..MAX_ROUNDS {
        let list = read(fixed.text.as_bytes(), notation)?;
        let judged = judge(path, &fixed.text, &list, article);
        let (text, count) = applied(&fixed.text, judged.edits);
        if count == 0 || text == fixed.text {
            break;
        }
        fixed.text = text;
        fixed.corrected += count;
    }
    Ok(fixed)
}

/// The text with the edits that do not touch each other, and their number.
fn applied(text: &str, edits: Vec<Edit>) -> (String, usize) {
    let mut taken: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    let mut parts = Vec::new();
    let mut count = 0;
    for edit in edits {
        let is_free = edit.parts.iter().all(|(span, _)| {
            // Insertions at one place follow each other.
            let before = taken.range(..=span.start).next_back();
            let next = taken.range(span.start..).next();
            before.is_none_or(|(_, end)| *end <= span.start)
                && next.is_none_or(|(start, end)| {
                    *start >= span.end || start == end && *start == span.start
                })
        });
        if is_free {
            count += 1;
            for (span, new) in edit.parts {
                taken
                    .entry(span.start)
                    .and_modify(|end| *end = (*end).max(span.end))
                    .or_insert(span.end);
                parts.push((span, new));
            }
        }
    }
    parts.sort_by_key(|(span, _)| (span.start, span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in parts {
        out.push_str(&text[at..span.start]);
        out.push_str(&new);
        at = span.end;
    }
    out.push_str(&text[at..]);
    (out, count)
}
