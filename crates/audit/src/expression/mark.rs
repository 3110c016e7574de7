//! Signs of a page or a text beside a port, in the files of a program, which does not read them:
//! `**5223**`, `'5223`, `5223.`, a no-break space.

use std::ops::Range;

/// The most bytes of a line in which the other quote or bracket of a pair is sought.
const MAX_LINE: usize = 4_096;

/// Whether no program takes a character beside a port.
fn is_mark(c: char) -> bool {
    let is_space = c.is_whitespace() && !c.is_ascii();
    is_space || matches!(c, '*' | '_' | '~' | '°' | '<' | '>')
}

/// The sign that ends what another one begins.
fn closing(c: char) -> Option<char> {
    Some(match c {
        '(' => ')',
        '[' => ']',
        '"' | '\'' | '`' => c,
        _ => return None,
    })
}

/// Whether the sign that opens at the end of one text is closed in the other, and not only there.
fn is_closed(behind: &str, close: char) -> bool {
    let mut line = behind.chars().take(MAX_LINE).take_while(|c| *c != '\n');
    line.any(|c| c == close)
}

/// Whether the sign at the start of what is behind a text was opened in it.
fn is_opened(before: &str, close: char) -> bool {
    let line = before
        .chars()
        .rev()
        .take(MAX_LINE)
        .take_while(|c| *c != '\n');
    let mut signs = line.filter(|c| *c == close || closing(*c) == Some(close));
    signs.next().is_some_and(|c| closing(c) == Some(close))
}

/// The place of a port with the marks around it; none where there are none.
pub(super) fn marked(text: &str, port: &Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut end) = (port.start, port.end);
    loop {
        let before = text[..start].chars().next_back();
        let behind = text[end..].chars().next();
        let opens = before.and_then(closing);
        let closes = behind.filter(|c| matches!(c, ')' | ']' | '"' | '\'' | '`'));
        // Quotes around a value are the program's own.
        let is_pair = opens.is_some() && opens == behind && !matches!(behind, Some('"' | '\''));
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
