//! Signs of a page or a text beside a port, in the files of a program, which does not read them:
//! `**5223**`, `'5223`, `5223.`, a no-break space.

use std::ops::Range;

use memchr::{memchr2, memrchr3};

/// The most bytes of a line in which the other quote or bracket of a pair is sought.
const MAX_LINE: usize = 4_096;

/// Whether no program takes a character beside a port.
fn is_mark(c: char) -> bool {
    let is_space = c.is_whitespace() && !c.is_ascii();
    is_space || matches!(c, '*' | '_' | '~' | '°' | '<' | '>')
}

/// The sign that ends what another one begins.
fn closing(c: u8) -> Option<u8> {
    Some(match c {
        b'(' => b')',
        b'[' => b']',
        b'"' | b'\'' | b'`' => c,
        _ => return None,
    })
}

/// The sign that begins what another one ends.
const fn opening(c: u8) -> u8 {
    match c {
        b')' => b'(',
        b']' => b'[',
        _ => c,
    }
}

/// Whether the sign that opens at the end of one text is closed in the other, and not only there.
/// There may be a sign at each port of a line, so this must be quick.
fn is_closed(behind: &str, close: u8) -> bool {
    let line = &behind.as_bytes()[..behind.len().min(MAX_LINE)];
    memchr2(close, b'\n', line).is_some_and(|at| line[at] == close)
}

/// Whether the sign at the start of what is behind a text was opened in it.
fn is_opened(before: &str, close: u8) -> bool {
    let line = &before.as_bytes()[before.len().saturating_sub(MAX_LINE)..];
    let open = opening(close);
    memrchr3(open, close, b'\n', line).is_some_and(|at| line[at] == open)
}

/// The place of a port with the marks around it; none where there are none.
pub(super) fn marked(text: &str, port: &Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut end) = (port.start, port.end);
    loop {
        let before = text[..start].chars().next_back();
        let behind = text[end..].chars().next();
        let sign = |c: char| u8::try_from(c).ok();
        let opens = before.and_then(sign).and_then(closing);
        let closes = behind.and_then(sign);
        let closes = closes.filter(|c| matches!(c, b')' | b']' | b'"' | b'\'' | b'`'));
        // Quotes around a value are the program's own.
        let is_pair = opens.is_some() && opens == closes && !matches!(closes, Some(b'"' | b'\''));
        let is_lone = |close| !is_closed(&text[end..], close);
        let is_before = before.is_some_and(is_mark) || is_pair || opens.is_some_and(is_lone);
        let is_lone = |close| !is_opened(&text[..start], close);
        let is_sign = |c: char| is_mark(c) || c == '.';
        let is_behind = behind.is_some_and(is_sign) || is_pair || closes.is_some_and(is_lone);
        if !is_before && !is_behind {
            break;
        }
        if let Some(c) = before.filter(|_| is_before) {
            start -= c.len_utf8();
        }
        if let Some(c) = behind.filter(|_| is_behind) {
            end += c.len_utf8();
        }
    }
    let marked = start..end;
    (marked != *port).then_some(marked)
}
