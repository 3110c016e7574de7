//! What all lines of a list say together of each of them.

use super::line::{is_bold_port, is_named};
use crate::expression::Reader;
use crate::notations::comment_at;
use crate::read::MAX_WORDS;
use crate::scan::{Scanner, Token};

/// What the lines of a list have in common.
pub(super) struct Whole {
    /// Whether every line is a name with ports, so that the ports need no transport to be some.
    pub(super) is_of_names: bool,
    /// Whether bold numbers are ports: one of them has its transport.
    pub(super) has_bold_ports: bool,
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
        let mut bold = lines().filter(|span| text[span.clone()].contains('*'));
        Self {
            is_of_names,
            has_bold_ports: bold.any(|span| is_bold_port(text, &tokens(span))),
        }
    }
}
