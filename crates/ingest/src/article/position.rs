//! Where the parser is in a page.
//!
//! The parser says on which line a tag is, not at which column. What it has not read of a page
//! still lies in its queue, and so its length says how far the parser is.

use html5ever::buffer_queue::BufferQueue;

use appleports_model::MAX_PLAIN_LINE;

/// The bytes that wait in a queue.
pub(super) fn waiting(queue: &BufferQueue) -> usize {
    let Some(first) = queue.pop_front() else {
        return 0;
    };
    // Behind a text that the parser has put back stands the rest; else there is one alone.
    let behind = if queue.is_empty() { 0 } else { waiting(queue) };
    let length = first.len();
    queue.push_front(first);
    length + behind
}

/// A place in a text that moves on through it.
pub(super) struct Position<'t> {
    text: &'t str,
    at: usize,
    /// The 1-based column, in characters.
    column: u32,
    /// Whether the line is one in which the line alone is no place.
    is_long: bool,
}

impl<'t> Position<'t> {
    /// The start of the text.
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            column: 1,
            is_long: is_long(text),
        }
    }

    /// Moves on to a byte of the text. The 1-based column there, if its line is a long one.
    pub(super) fn column(&mut self, to: usize) -> Option<u32> {
        let passed = self.text.get(self.at..to)?;
        let line = match passed.rfind('\n') {
            Some(end) => {
                self.column = 1;
                let line = self.at + end + 1;
                self.is_long = is_long(&self.text[line..]);
                &self.text[line..to]
            }
            None => passed,
        };
        self.at = to;
        if !self.is_long {
            return None;
        }
        let length = u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
        self.column = self.column.saturating_add(length);
        Some(self.column)
    }
}

/// Whether the first line of a text is a long one.
fn is_long(text: &str) -> bool {
    let head = text.as_bytes().get(..=MAX_PLAIN_LINE);
    head.is_some_and(|head| !head.contains(&b'\n'))
}

#[cfg(test)]
mod tests {
    use html5ever::tendril::StrTendril;

    use super::*;

    #[test]
    fn only_a_long_line_has_columns() {
        let long = "ä".repeat(300);
        let text = format!("<p>\n<b>a\n<td>{long}</td>é<i>\n<u>\nend");
        let mut position = Position::new(&text);
        for (tag, column) in [
            ("<p>", None),
            ("<b>", None),
            ("<td>", Some(5)),
            ("<i>", Some(314)),
            ("<u>", None),
            ("end", None),
        ] {
            let end = text.find(tag).unwrap() + tag.len();
            assert_eq!(position.column(end), column, "{tag}");
        }
    }

    #[test]
    fn each_long_line_has_its_own_columns() {
        let long = "a".repeat(MAX_PLAIN_LINE);
        let text = format!("<p>{long}<b>\n<i>{long}<u>");
        let mut position = Position::new(&text);
        for (tag, column) in [("<p>", 4), ("<b>", 507), ("<i>", 4), ("<u>", 507)] {
            let end = text.find(tag).unwrap() + tag.len();
            assert_eq!(position.column(end), Some(column), "{tag}");
        }
    }

    #[test]
    fn a_line_is_long_from_one_length_on() {
        for end in ["", "\n", "\n\n"] {
            assert!(!is_long(&format!("{}{end}", "a".repeat(MAX_PLAIN_LINE))));
            assert!(is_long(&format!("{}{end}", "a".repeat(MAX_PLAIN_LINE + 1))));
        }
    }

    #[test]
    fn what_was_put_back_waits_too() {
        let queue = BufferQueue::default();
        assert_eq!(waiting(&queue), 0);
        queue.push_back(StrTendril::from("rest"));
        queue.push_front(StrTendril::from("é"));
        assert_eq!((waiting(&queue), queue.next()), (6, Some('é')));
        assert_eq!(waiting(&queue), 4);
    }
}
