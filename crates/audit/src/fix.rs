//! Suggestions to the corrected text.

mod meaning;

use std::ops::Range;

use meaning::Right;

use crate::article::Article;
use crate::judge::{Edit, Judged, judge};
use crate::list::List;
use crate::read::{Notation, read_corrected};

/// How often a correction may make another one possible: a damaged range that is too wide as well.
const MAX_ROUNDS: usize = 8;

/// A corrected list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many findings were corrected.
    pub corrected: usize,
    /// What is left to say about it.
    pub judged: Judged,
}

/// Applies `edits`, the suggestions for a text, and those that follow from them, until there is none;
/// none where nothing can be corrected. All else stays as it is. Where suggestions do not come to an
/// end, the text of the last round is left.
///
/// The list becomes that of the corrected text, so that no more than two are in memory at once.
pub fn fix(
    path: &str,
    text: &str,
    list: &mut List,
    mut edits: Vec<Edit>,
    article: &Article<'_>,
) -> Option<Fixed> {
    // What the text is in stays so, whatever is corrected in it.
    let notation = list.notation;
    let right = Right::of(article);
    let mut fixed: Option<(String, usize, Judged)> = None;
    let mut bytes = tried_bytes(text);
    for _ in 0..MAX_ROUNDS {
        // They are compared by now, and a list has many.
        list.rows = Vec::new();
        let trial = Trial {
            text: fixed.as_ref().map_or(text, |(fixed, ..)| fixed),
            list,
            notation,
            right: &right,
        };
        let Some(done) = trial.safely_applied(&edits, &mut bytes) else {
            break;
        };
        *list = done.list;
        let corrected = fixed.map_or(0, |(_, count, _)| count) + done.count;
        let mut judged = judge(path, &done.text, list, article);
        edits = std::mem::take(&mut judged.edits);
        fixed = Some((done.text, corrected, judged));
    }
    fixed.map(|(text, corrected, judged)| Fixed {
        text,
        corrected,
        judged: Judged { edits, ..judged },
    })
}

/// A text with some edits, how it reads, and their number.
struct Applied {
    text: String,
    list: List,
    count: usize,
}

/// How many bytes are read to find the edits that can be applied, where not all of them can; of a long
/// text more ([`MIN_READINGS`]).
const MAX_TRIED_BYTES: usize = 1 << 19;

/// How often a text is read for it at least, however long it is: its halves, and those of one of them.
const MIN_READINGS: usize = 4;

/// As how many bytes a reading counts at least.
const MIN_TRIED_BYTES: usize = MAX_TRIED_BYTES / 32;

/// How many bytes are read to find the edits of a text.
fn tried_bytes(text: &str) -> usize {
    MAX_TRIED_BYTES.max(MIN_READINGS * text.len())
}

/// A text and its entries, on which edits are tried.
struct Trial<'t> {
    text: &'t str,
    list: &'t List,
    notation: &'static Notation,
    right: &'t Right,
}

impl Trial<'_> {
    /// The text with edits after which all other entries read as before and what was right is still
    /// open; none where it would be the same text.
    fn safely_applied(&self, edits: &[Edit], bytes: &mut usize) -> Option<Applied> {
        let all: Vec<&Edit> = edits.iter().collect();
        let done = self.with(&all).or_else(|| {
            let (mut taken, mut done) = (Vec::new(), None);
            self.halves(&all, &mut taken, &mut done, bytes);
            done
        });
        done.filter(|done| done.count > 0 && done.text != self.text)
    }

    fn with(&self, edits: &[&Edit]) -> Option<Applied> {
        let (text, count) = applied(self.text, edits);
        let list = read_corrected(text.as_bytes(), Some(self.notation)).ok()?;
        let is_kept = keeps_others(self.list, edits, &list) && self.right.keeps(self.list, &list);
        is_kept.then_some(Applied { text, list, count })
    }

    /// Adds to the edits that are taken those that can be applied with them: each half as a whole, or
    /// what can be taken of it.
    fn halves<'e>(
        &self,
        edits: &[&'e Edit],
        taken: &mut Vec<&'e Edit>,
        done: &mut Option<Applied>,
        bytes: &mut usize,
    ) {
        if edits.len() < 2 {
            return;
        }
        let (first, second) = edits.split_at(edits.len() / 2);
        for half in [first, second] {
            let Some(left) = bytes.checked_sub(self.text.len().max(MIN_TRIED_BYTES)) else {
                return;
            };
            *bytes = left;
            let before = taken.len();
            taken.extend(half);
            if let Some(applied) = self.with(taken) {
                *done = Some(applied);
            } else {
                taken.truncate(before);
                self.halves(half, taken, done, bytes);
            }
        }
    }
}

/// Whether the entries that no edit changes are read after it as they were, in their order: also those
/// that something is added behind.
fn keeps_others(before: &List, edits: &[&Edit], after: &List) -> bool {
    let parts = edits.iter().flat_map(|edit| &edit.parts);
    let mut spans: Vec<&Range<usize>> = parts.map(|(span, _)| span).collect();
    spans.sort_by_key(|span| span.start);
    let mut first = 0;
    let mut others = after.entries.iter();
    before.entries.iter().all(|entry| {
        let parts = [entry.transport_span.as_ref(), entry.last_span.as_ref()];
        let parts = || parts.iter().flatten();
        let end = parts().fold(entry.span.end, |end, part| end.max(part.end));
        let start = parts().fold(entry.span.start, |start, part| start.min(part.start));
        while spans.get(first).is_some_and(|span| span.end < start) {
            first += 1;
        }
        let near = spans[first..].iter().take_while(|span| span.start <= end);
        let mut near = near.peekable();
        // What is added behind an entry may give it a transport.
        let is_touched = near.peek().is_some();
        let is_edited = near.any(|span| !span.is_empty() || start < span.start && span.start < end);
        is_edited
            || others.any(|other| {
                let gains_one = is_touched && entry.transports.is_empty();
                other.numbers == entry.numbers
                    && (other.transports == entry.transports || gains_one)
            })
    })
}

/// The text with the edits that do not touch each other, and their number.
fn applied(text: &str, edits: &[&Edit]) -> (String, usize) {
    let mut taken: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    let mut parts = Vec::new();
    let mut count = 0;
    for edit in edits {
        let is_free = edit.parts.iter().all(|(span, _)| {
            // Of those that begin before its end, the last one ends last. Insertions at one place follow
            // each other.
            let until = span.end.max(span.start + 1);
            let before = taken.range(..until).next_back();
            before.is_none_or(|(_, end)| *end <= span.start)
        });
        if is_free {
            count += 1;
            for (span, new) in &edit.parts {
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
        out.push_str(new);
        at = span.end;
    }
    out.push_str(&text[at..]);
    (out, count)
}

#[cfg(test)]
mod tests {
    use super::{Edit, MAX_TRIED_BYTES, MIN_TRIED_BYTES, Right, Trial, tried_bytes};
    use crate::rules::testing::{audit, fixed, with_article};

    /// That of an article with port 80, and more than any list here has.
    fn right() -> Right {
        let mut right = None;
        with_article(
            &["80/tcp", "80/udp", "3478-3497/tcp", "3478-3497/udp"],
            |article| {
                right = Some(Right::of(article));
            },
        );
        right.unwrap()
    }

    #[test]
    fn one_edit_that_changes_others_keeps_none_of_the_rest_from_being_made() {
        let lines: Vec<String> = (0..200).map(|at| format!("{}\n", 1000 + at)).collect();
        let text = format!("TCP:\n{}", lines.concat());
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        let edits: Vec<Edit> = (0..200)
            .step_by(2)
            .map(|at| {
                let start = 5 + 5 * at;
                // The title would be that of all lines below.
                let new = if at == 78 { "UDP:" } else { "80" };
                Edit::one(start..start + 4, new.to_owned())
            })
            .collect();
        let trial = Trial {
            text: &text,
            list: &list,
            notation: list.notation,
            right: &right(),
        };
        let mut bytes = MAX_TRIED_BYTES;
        let done = trial.safely_applied(&edits, &mut bytes).unwrap();
        assert_eq!(done.count, 99);
        assert!(done.text.contains("1078\n"));
        assert!(MAX_TRIED_BYTES - bytes < 20 * MIN_TRIED_BYTES);
    }

    #[test]
    fn one_edit_that_cannot_be_made_keeps_not_all_of_a_long_list() {
        let line = format!("80 # {}\n", "-".repeat(MAX_TRIED_BYTES / 1_000));
        let lines = format!("TCP:\n{}", line.repeat(1_000));
        let text = format!("{lines}3478–3497\n");
        assert!(text.len() > MAX_TRIED_BYTES);
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        let trial = Trial {
            text: &text,
            list: &list,
            notation: list.notation,
            right: &right(),
        };
        // The title would be that of all lines below.
        let edits = [
            Edit::one(0..3, "UDP".to_owned()),
            Edit::one(lines.len()..text.len(), "3478-3497\n".to_owned()),
        ];
        let mut bytes = tried_bytes(&text);
        let done = trial.safely_applied(&edits, &mut bytes).unwrap();
        assert_eq!(done.text, format!("{lines}3478-3497\n"));
    }

    #[test]
    fn no_correction_changes_another_entry() {
        // The word for its transport goes with it, and is not that of the entry before.
        let text = "80 tcp, 53 udp, 80 tcp\n";
        assert_eq!(fixed(&["80/tcp", "53/udp"], text), "80 tcp, 53 udp\n");
        for text in ["[\"80, 3478–3497\"]\n", "[80, \"443/tcp\"]\n"] {
            let rows = ["80/tcp", "443/tcp", "3478-3497/udp"];
            let after = fixed(&rows, text);
            assert!(
                serde_json::from_str::<serde_json::Value>(&after).is_ok(),
                "{after}"
            );
        }
        // A row of the article for something else is no slip of another.
        assert!(!audit(&["5900/udp"], "500/udp\n").is_empty());
    }

    /// What is missing is written beside entries that stay what they are.
    #[test]
    fn no_addition_changes_the_entry_before_it() {
        let rows = ["443/tcp", "5223/tcp", "3478-3497/udp"];
        for (text, right) in [
            ("5223tcp/udp 443\n", "5223/tcp/udp 443/tcp 3478-3497/udp\n"),
            ("TCP 5223 / UDP 443\n", "TCP 5223 / TCP 443\n"),
            ("TCP: 443/tcp\n80\n", "TCP: 443/tcp, 5223/tcp\n80\n"),
            // Nothing is between the first two, which is no way to part others.
            (
                "443/tcp\u{2060}80/tcp\n3478-3499/udp\n",
                "443/tcp\u{2060}80/tcp, 5223/tcp\n3478-3497/udp\n",
            ),
        ] {
            assert_eq!(fixed(&rows, text), right);
        }
    }

    /// Two are added at places of which a third one removes the second.
    #[test]
    fn no_addition_is_within_what_is_removed() {
        let rows = ["80/tcp", "443/tcp", "5223/tcp", "3478-3497/udp"];
        for text in [
            "443/tcp\n80; \"443/tcp\"\n",
            "443/tcp; 80; \"443/tcp\"\n",
            "\"443/tcp\"; 80; \"443/tcp\"\n",
            "443/tcp\n80, 5223; \"443/tcp\"\n",
            "443/tcp; 80; '443/tcp'\n",
            "80;\"5223/tcp\";\"5223/tcp\"\n",
        ] {
            let after = fixed(&rows, text);
            let quotes = |quote: char| after.matches(quote).count();
            assert!(quotes('"').is_multiple_of(2), "{after}");
            assert!(quotes('\'').is_multiple_of(2), "{after}");
            for part in after.trim_end().split([';', '\n']) {
                assert!(part.trim().len() > 1, "{text}{after}");
            }
        }
    }

    #[test]
    fn a_list_as_long_as_any_is_corrected_as_a_whole() {
        let text = "478–3497/udp\n".repeat(crate::read::MAX_ENTRIES);
        let after = fixed(&["80/tcp", "3478-3497/udp"], &text);
        assert!(
            !after.contains('–') && after.ends_with("80/tcp\n"),
            "{after:.100}"
        );
    }

    #[test]
    fn entries_come_in_any_order() {
        let text = "table inet t { set a { type inet_service; elements = { 80 } } \
                    chain c { tcp dport @a accept; tcp dport 53 accept } }\n";
        assert_eq!(audit(&["80/tcp", "53/tcp"], text), [""; 0]);
    }
}
