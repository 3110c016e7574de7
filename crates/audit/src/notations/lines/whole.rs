//! What all lines of a list say together of each of them.

use super::bold::Bold;
use super::line::is_named;
use crate::expression::Reader;
use crate::notations::comment_at;
use crate::read::MAX_WORDS;
use crate::scan::{Scanner, Token};

/// What the lines of a list have in common.
pub(super) struct Whole {
    /// Whether every line is a name with ports, so that the ports need no transport to be some.
    pub(super) is_of_names: bool,
    /// Which bold numbers are ports.
    pub(super) bold: Bold,
}

impl Whole {
    pub(super) fn of(reader: &Reader<'_>) -> Self {
        let text = reader.text;
        let lines = || {
            let lines = reader.lines().map(|(_, span)| {
                let line = &text[span.clone()];
                span.start..span.start + comment_at(line)
            });
            lines.filter(|span| !text[span.clone()].trim().is_empty())
        };
        let tokens = |span| -> Vec<Token> { Scanner::new(text, span).take(MAX_WORDS).collect() };
        let mut count = 0;
        let mut named = lines().map(|span| {
            count += 1;
            is_named(text, &tokens(span))
        });
        let is_of_names = named.all(|is_named| is_named) && count > 1;
        let has_bold = text.contains('*');
        let of_lines = || lines().map(|span| Bold::of(text, &tokens(span)));
        let bold = if has_bold && of_lines().any(|bold| bold == Bold::All) {
            Bold::All
        } else if has_bold && of_lines().any(|bold| bold == Bold::Likely) {
            Bold::Likely
        } else {
            Bold::None
        };
        Self { is_of_names, bold }
    }
}
