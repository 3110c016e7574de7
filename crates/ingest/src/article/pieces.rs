//! A page in the pieces in which the parser gets it.
//!
//! The parser says on which line a tag is, not at which column. In a long line each piece
//! ends where a tag may end: what the parser says of a tag is said at the column behind it.

use appleports_model::MAX_PLAIN_LINE;

/// The most bytes of a piece.
const CHUNK: usize = 32 * 1024;

/// The pieces of a page, each with the 1-based column behind it if it ends in a long line.
pub(super) struct Pieces<'t> {
    rest: &'t str,
    /// Inside a long line: the column of the rest.
    column: Option<u32>,
}

impl<'t> Pieces<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self {
            rest: text,
            column: None,
        }
    }

    /// The first bytes of the rest, at most so many.
    fn head(&self, bytes: usize) -> &'t str {
        &self.rest[..self.rest.floor_char_boundary(bytes.min(self.rest.len()))]
    }

    /// The short lines that come next, whole; nothing where a long one does.
    fn short_lines(&self) -> &'t str {
        let head = self.head(CHUNK);
        let mut end = 0;
        loop {
            let line = &head[end..];
            match line.find('\n') {
                Some(length) if length <= MAX_PLAIN_LINE => end += length + 1,
                None if line.len() <= MAX_PLAIN_LINE && head.len() == self.rest.len() => {
                    return head;
                }
                _ => return &head[..end],
            }
        }
    }

    /// The rest of a long line up to where a tag may end.
    fn tag(&self) -> &'t str {
        let head = self.head(CHUNK);
        let end = head.find(['>', '\n']).map_or(head.len(), |at| at + 1);
        &head[..end]
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = (&'t str, Option<u32>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let mut piece = "";
        if self.column.is_none() {
            piece = self.short_lines();
        }
        if piece.is_empty() {
            piece = self.tag();
            let length = u32::try_from(piece.chars().count()).unwrap_or(u32::MAX);
            let column = self.column.unwrap_or(1).saturating_add(length);
            self.column = (!piece.ends_with('\n')).then_some(column);
        }
        self.rest = &self.rest[piece.len()..];
        Some((piece, self.column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_go_together_and_long_ones_tag_by_tag() {
        let long = "ä".repeat(300);
        let text = format!("<p>\n<b>a\n<td>{long}</td>é<i>\n<u>\nend");
        let pieces: Vec<_> = Pieces::new(&text).collect();
        let closed = format!("{long}</td>");
        let expected = [
            ("<p>\n<b>a\n", None),
            ("<td>", Some(5)),
            (closed.as_str(), Some(310)),
            ("é<i>", Some(314)),
            ("\n", None),
            ("<u>\nend", None),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn the_pieces_are_the_text() {
        for length in [0, 1, 499, 500, 501, 40_000, 70_000] {
            for end in ["", "\n", ">", "ä"] {
                let text = format!("{}{end}\n<a>{end}", "é".repeat(length));
                let pieces: String = Pieces::new(&text).map(|(piece, _)| piece).collect();
                assert_eq!(pieces, text);
            }
        }
    }
}
