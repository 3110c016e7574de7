//! What lines say of others: titles, numbers of a list, and the actions of mappings.

use super::is_filler;
use crate::notations::{ACTIONS, is_not_open};
use crate::scan::Token;
use crate::transports::Transports;

/// The column of the mapping that a line is in, if its action opens nothing: `- action: Deny`.
pub(super) fn denied(line: &str, before: Option<usize>) -> Option<usize> {
    let inner = line.trim_start();
    let indent = line.len() - inner.len();
    let content = inner.trim_start_matches("- ");
    let column = line.len() - content.len();
    let action = content.split_once(": ");
    match action.filter(|(key, _)| ACTIONS.contains(key)) {
        Some((_, word)) => is_not_open(word.trim()).then_some(column),
        None => before.filter(|column| inner.is_empty() || indent >= *column),
    }
}

/// The number of a numbered list at the start of a line, and how much of the line it is:
/// `2. TCP 443`.
pub(super) fn numbered(line: &str) -> Option<(usize, usize)> {
    let (number, rest) = line.trim_start().split_once(['.', ')'])?;
    let content = rest.trim_start();
    let is_number = number.starts_with(|c: char| matches!(c, '1'..='9'));
    let number = number.parse().ok().filter(|_| is_number)?;
    (content.len() < rest.len() && !content.is_empty())
        .then(|| (number, line.len() - content.len()))
}

/// A line that says the transport of those below: `TCP:`, `[udp]`, `# UDP ports`, `FaceTime TCP:`.
pub(super) fn heading(text: &str, tokens: &[Token], line: &str) -> Option<Transports> {
    let is_title = line.trim_end().ends_with(':') && !line.trim_start().starts_with('#');
    let mut set = None;
    for token in tokens {
        match token {
            Token::Transport(stated, _) => set = Some(set.unwrap_or(Transports::NONE).and(*stated)),
            Token::Word(span)
                if is_title
                    || is_filler(&text[span.clone()])
                    || text[span.clone()].trim_matches('#').is_empty() => {}
            _ => return None,
        }
    }
    set.filter(|_| line.len() < 40)
}
