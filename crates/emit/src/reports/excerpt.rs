//! The part of a source that a finding is about.

use appleports_model::{cut, joined};

/// No more characters of a source are shown.
const MAX_CHARS: usize = 100;

/// A cell is sought in so many bytes of a long line: thousands of findings may be in one.
const MAX_CELL: usize = 4_096;

/// The tags that end a cell.
const ENDS: [&str; 7] = ["</td", "</th", "</tr", "</table", "<td", "<th", "<tr"];

/// What stands at a place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The text in at most [`MAX_CHARS`] characters.
    pub(super) text: String,
    /// The column behind the cell.
    pub(super) end: Option<u32>,
    /// Where the part of the text is that the finding is about, and its length, in characters.
    mark: Option<(usize, usize)>,
}

/// How many characters of a line are shown before a place that is far to the right.
const BEFORE: usize = 30;

impl Excerpt {
    /// A line.
    pub(super) fn of_line(line: &str) -> Self {
        Self {
            text: cut(line, MAX_CHARS).trim_end().to_owned(),
            end: None,
            mark: None,
        }
    }

    /// The word of a line at a column, with the line around it.
    pub(super) fn of_place(line: &str, column: u32) -> Self {
        let line = line.trim_end();
        let at = usize::try_from(column).unwrap_or(1).max(1) - 1;
        let length = line.chars().skip(at).take_while(|c| is_in_word(*c)).count();
        if length == 0 {
            return Self::of_line(line);
        }
        let from = if at + length + 3 > MAX_CHARS {
            at.saturating_sub(BEFORE)
        } else {
            0
        };
        let before = if from > 0 { "..." } else { "" };
        let rest = line.chars().skip(from);
        let rest = rest.map(|c| if c == '\t' { ' ' } else { c });
        let text: String = before.chars().chain(rest).collect();
        let mark = (at - from + before.len(), length.min(MAX_CHARS - BEFORE - 6));
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        Self {
            text: cut(&text, MAX_CHARS).into_owned(),
            end: Some(column.saturating_add(length)),
            mark: Some(mark),
        }
    }

    /// The cell with which the rest of a line begins, without the tags in it; where it ends is told
    /// only of one that is not too long.
    pub(super) fn of_cell(rest: &str, column: u32) -> Self {
        let is_whole = rest.len() <= MAX_CELL;
        let rest = &rest[..rest.floor_char_boundary(MAX_CELL)];
        let ends_cell = |at: &usize| {
            let begins = |tag: &str| {
                let bytes = rest.as_bytes().get(*at..*at + tag.len());
                bytes.is_some_and(|bytes| bytes.eq_ignore_ascii_case(tag.as_bytes()))
            };
            ENDS.iter().any(|tag| begins(tag))
        };
        let mut tags = rest.match_indices('<').map(|(at, _)| at);
        let end = tags.find(ends_cell).or(is_whole.then_some(rest.len()));
        let cell = &rest[..end.unwrap_or(rest.len())];
        let text = without_tags(cell);
        let length = u32::try_from(cell.chars().count()).unwrap_or(u32::MAX);
        Self {
            text: cut(&text, MAX_CHARS).into_owned(),
            end: (end > Some(0)).then(|| column.saturating_add(length)),
            mark: None,
        }
    }

    /// How many characters are before what is marked: the text without blanks, or a word of it.
    pub(super) fn indent(&self) -> usize {
        if let Some((at, _)) = self.mark {
            return at;
        }
        self.text.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// How many characters are marked; at least one.
    pub(super) fn width(&self) -> usize {
        if let Some((_, length)) = self.mark {
            return length.max(1);
        }
        (self.text.chars().count() - self.indent()).max(1)
    }
}

/// Whether a character belongs to a word as lists of ports have it: `3478-3497/udp`.
fn is_in_word(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(
            c,
            ',' | ';' | '{' | '}' | '"' | '\'' | '<' | '>' | '(' | ')' | ']'
        )
}

/// The words of a cell, whatever tags stand between them.
fn without_tags(cell: &str) -> String {
    let mut parts = cell.split('<');
    let first = parts.next().unwrap_or_default();
    let behind = parts.map(|part| part.split_once('>').map_or("", |(_, text)| text));
    let texts = std::iter::once(first).chain(behind);
    joined(texts.flat_map(str::split_whitespace), " ")
}

#[cfg(test)]
mod tests {
    use appleports_model::Columns;

    use super::*;

    #[test]
    fn a_word_is_marked_in_its_line() {
        let shown = |line: &str, column| {
            let excerpt = Excerpt::of_place(line, column);
            let mut marked = excerpt.text.chars().skip(excerpt.indent());
            let marked: String = marked.by_ref().take(excerpt.width()).collect();
            (marked, excerpt.end, excerpt.text.chars().count())
        };
        let expected = ("3478–3497".to_owned(), Some(22), 24);
        assert_eq!(shown("\tudp dport {3478–3497,5} ", 13), expected);
        let long = format!("{} 3478-3497,{}", "x".repeat(300), "y".repeat(300));
        assert_eq!(shown(&long, 302).0, "3478-3497");
        assert_eq!(shown(&"1".repeat(300), 1).2, MAX_CHARS);
        // Nothing is at the place.
        assert_eq!(Excerpt::of_place("a b", 2), Excerpt::of_line("a b"));
    }

    #[test]
    fn a_cell_is_shown_without_its_tags() {
        let line = "<tr><td>ä</td><TD><p>Wi-Fi <b>Calls</b></p>\u{a0}<p>Mail &amp; x</p></TD></tr>";
        let of_cell = |column| Excerpt::of_cell(Columns::new(line).from(line, column), column);
        let excerpt = of_cell(19);
        assert_eq!(excerpt.text, "Wi-Fi Calls Mail &amp; x");
        assert_eq!((excerpt.indent(), excerpt.width()), (0, 24));
        assert_eq!(excerpt.end, Some(64));
        assert_eq!(of_cell(9).text, "ä");
        assert_eq!(of_cell(10).end, None, "an empty cell");
        assert_eq!(of_cell(900).text, "");
        let long = Excerpt::of_cell(&"a ".repeat(MAX_CELL), 3);
        assert_eq!((long.end, long.text.len()), (None, MAX_CHARS));
    }

    #[test]
    fn nothing_is_shown_at_any_length() {
        let line = "x".repeat(200_000);
        for excerpt in [Excerpt::of_line(&line), Excerpt::of_cell(&line, 3)] {
            assert_eq!(excerpt.text.len(), MAX_CHARS);
            assert!(excerpt.text.ends_with("x..."));
        }
    }
}
