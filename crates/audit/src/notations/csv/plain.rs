//! Rows that are no rows: lines of a plain list, and commands.

use std::ops::Range;

use super::cells::Row;
use crate::scan::{Scanner, Token};
use crate::transports::Transports;

/// Whether a row is a line of a plain list, such as `TCP: 80, 443` or `80, 443 # web`.
pub(super) fn is_list(text: &str, row: &Row) -> bool {
    let tokens = |cell: &Range<usize>| Scanner::new(text, cell.clone());
    let is_port = |token: &Token| matches!(token, Token::Item(_));
    // `proto=tcp ports=80` has words for what it is.
    let is_filler = |token: &Token| matches!(token, Token::Word(span) if crate::notations::lines::is_filler(&text[span.clone()]));
    let is_ports = |cell: &Range<usize>| {
        let mut tokens = tokens(cell).filter(|token| !is_filler(token));
        tokens.all(|token| is_port(&token) || matches!(token, Token::Transport(..)))
    };
    let begins = row.first().is_some_and(|cell| {
        let mut tokens = tokens(cell).filter(|token| !is_filler(token)).peekable();
        let has_transport = matches!(tokens.next(), Some(Token::Transport(..)));
        has_transport && tokens.peek().is_some() && tokens.all(|token| is_port(&token))
    });
    // `tcp/80,Web,7` is a row.
    let is_slashed = row
        .first()
        .is_some_and(|cell| text[cell.clone()].contains('/'));
    let begins = begins && (!is_slashed || row.iter().all(is_ports));
    let ends = row.last().is_some_and(|cell| {
        let written = &text[cell.clone()];
        let has_comment = [" #", " //"].iter().any(|sign| written.contains(sign));
        has_comment && tokens(cell).next().as_ref().is_some_and(is_port)
    });
    // `80, 443, 5223 TCP`.
    let ends_in_transport = row.last().is_some_and(|cell| {
        let mut tokens = tokens(cell);
        let has_port = tokens.next().as_ref().is_some_and(is_port);
        has_port && tokens.any(|token| matches!(token, Token::Transport(..)))
    });
    let is_line = ends_in_transport && row.len() > 2 && row[1..].iter().all(is_ports);
    // `TCP_PORTS=80,443`.
    let is_variable = row.first().is_some_and(|cell| {
        crate::notations::lines::assignment(&text[cell.clone()], Transports::NONE).is_some()
    });
    begins || ends || is_line || is_variable || is_named(text, row)
}

/// Whether a row is a line of a list with words before its transport: `Web: TCP 80, 443`.
fn is_named(text: &str, row: &Row) -> bool {
    let [first, rest @ ..] = row.as_slice() else {
        return false;
    };
    let mut before = [None, None];
    let mut words = 0;
    for token in Scanner::new(text, first.clone()) {
        words += usize::from(matches!(token, Token::Word(_)));
        before = [before[1].take(), Some(token)];
    }
    let has_port = matches!(before, [Some(Token::Transport(..)), Some(Token::Item(_))]);
    let is_ports = |cell: &Range<usize>| {
        let is_filler = |token: &Token| matches!(token, Token::Word(span) if crate::notations::lines::is_filler(&text[span.clone()]));
        let tokens = Scanner::new(text, cell.clone());
        let mut tokens = tokens.filter(|token| !is_filler(token)).peekable();
        tokens.peek().is_some() && tokens.all(|token| matches!(token, Token::Item(_)))
    };
    has_port && words > 0 && !rest.is_empty() && rest.iter().all(is_ports)
}

/// Whether a row is a command with a list of ports: `add rule dir=out remoteport=80,443`.
pub(super) fn is_command(text: &str, row: &Row) -> bool {
    let first = row.first().map_or("", |cell| &text[cell.clone()]);
    let lower = first.to_ascii_lowercase();
    let Some((before, number)) = lower.rsplit_once("port") else {
        return false;
    };
    let number = number.strip_prefix('s').unwrap_or(number);
    let is_number =
        number.starts_with(['=', ':', ' ']) && number.ends_with(|c: char| c.is_ascii_digit());
    is_number && before.contains(' ') && !before.ends_with("air")
}
