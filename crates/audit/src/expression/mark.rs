//! Signs of a page or a text beside a port, in the files of a program, which does not read them:
//! `**5223**`, `'5223`, `5223.`, a no-break space.

use std::ops::Range;

use memchr::{memchr, memchr2_iter, memrchr, memrchr_iter, memrchr2, memrchr3_iter};

use super::COMMANDS;
use super::pairs::Pairs;
use super::variables::BEFORE;

/// The most bytes of a line in which the other quote or bracket of a pair is sought.
const MAX_LINE: usize = 4_096;

/// The most bytes in which the words before the name of a variable are sought.
const MAX_WORDS: usize = 64;

/// The most bytes of a value in which the quote is sought that ends it.
const MAX_VALUE: usize = 1 << 16;

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

const fn is_close(c: u8) -> bool {
    matches!(c, b')' | b']' | b'"' | b'\'' | b'`')
}

/// The sign that begins what another one ends.
const fn opening(c: u8) -> u8 {
    match c {
        b')' => b'(',
        b']' => b'[',
        _ => c,
    }
}

/// The most lines, joined, in which it is sought.
const MAX_JOINED: usize = 32;

/// Whether a line goes on in the next: in a shell and its like, in PowerShell, and in a batch file.
fn continues(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    matches!(line.last(), Some(b'\\' | b'`' | b'^'))
}

/// Whether the sign that opens at the end of one text is closed in the other, and not only there.
/// There may be a sign at each port of a line, so this must be quick.
fn is_closed(behind: &str, close: u8) -> bool {
    let line = &behind.as_bytes()[..behind.len().min(MAX_LINE)];
    let ends = memchr2_iter(close, b'\n', line).take(MAX_JOINED);
    let mut ends = ends.skip_while(|at| line[*at] != close && continues(&line[..*at]));
    ends.next().is_some_and(|at| line[at] == close)
}

/// Whether the sign at the start of what is behind a text was opened in it.
fn is_opened(before: &str, close: u8) -> bool {
    let line = &before.as_bytes()[before.len().saturating_sub(MAX_LINE)..];
    let open = opening(close);
    let starts = memrchr3_iter(open, close, b'\n', line).take(MAX_JOINED);
    let mut starts = starts.skip_while(|at| line[*at] == b'\n' && continues(&line[..*at]));
    starts.next().is_some_and(|at| line[at] == open)
}

/// Whether a sign at a place is the start of a value, which may have several lines: `TCP="80`, and
/// `TCP=(80` or `@(80`, which are arrays. A quote that nothing closes is none.
fn begins_value(text: &str, at: usize) -> bool {
    let (before, behind) = (text[..at].trim_end_matches(' '), &text[at + 1..]);
    match text.as_bytes()[at] {
        b'(' => before.ends_with('@') || before.strip_suffix('=').is_some_and(is_shell_name),
        quote @ (b'"' | b'\'') if before.ends_with('=') => {
            let value = &behind.as_bytes()[..behind.len().min(MAX_VALUE)];
            let end = memchr(quote, value).map(|length| at + 1 + length);
            end.is_some_and(|end| !text[..end].trim_end_matches(' ').ends_with('='))
        }
        _ => false,
    }
}

/// Whether a line begins with the name of a variable of a shell, and ends with it: an option of a
/// command stands behind others.
fn is_shell_name(before: &str) -> bool {
    let name = before.strip_suffix('+').unwrap_or(before);
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let start = name.trim_end_matches(is_in_name);
    let line = start
        .get(start.len().saturating_sub(MAX_WORDS)..)
        .unwrap_or_default();
    let command = line
        .rsplit(['\n', ';', '&', '|'])
        .next()
        .unwrap_or_default();
    let mut words = command.split_ascii_whitespace();
    let is_before = |word: &str| COMMANDS.contains(&word) || BEFORE.contains(&word);
    start.len() < name.len() && words.all(|word| is_before(word) || word.starts_with('-'))
}

/// Whether a sign directly behind a port ends such a value. What is sought ends at the sign behind an
/// earlier port, so that all ports together take no longer than the text.
fn ends_value(text: &str, port: &Range<usize>, close: u8) -> bool {
    let open = opening(close);
    let start = memrchr2(open, close, &text.as_bytes()[..port.start]);
    start.is_some_and(|at| text.as_bytes()[at] == open && begins_value(text, at))
}

/// Whether a sign directly behind a port ends a text of several lines that a command got:
/// `ssh router "`, `(`, `$(`. What is sought ends at the sign behind an earlier port, as it does there.
fn ends_text(text: &str, pairs: &Pairs<'_>, port: &Range<usize>, close: u8) -> bool {
    let bytes = text.as_bytes();
    let line = port.start.saturating_sub(MAX_LINE);
    let above = memrchr(b'\n', &bytes[line..port.start]).map_or(0, |at| line + at);
    let open = match close {
        b')' | b']' => pairs.opening(port.end),
        quote => memrchr_iter(quote, &bytes[..port.start]).find(|at| !text[..*at].ends_with('\\')),
    };
    let begins = |at: usize| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '$' | '<' | '=' | '('))
    };
    open.is_some_and(|at| at < above && begins(at))
}

/// An answer that holds for a sign, as long as the text on the other side of the port is the same.
#[derive(Default)]
struct Answer(Option<(u8, usize, bool)>);

impl Answer {
    fn of(&mut self, sign: u8, place: usize, ask: impl FnOnce() -> bool) -> bool {
        let known = self.0.filter(|known| (known.0, known.1) == (sign, place));
        let answer = known.map_or_else(ask, |known| known.2);
        self.0 = Some((sign, place, answer));
        answer
    }
}

/// The place of a port with the marks around it; none where there are none.
pub(super) fn marked(text: &str, pairs: &Pairs<'_>, port: &Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut end) = (port.start, port.end);
    // It is asked once: there may be many marks before the port.
    let close = text.as_bytes().get(end).copied().filter(|c| is_close(*c));
    let ends = |close| ends_value(text, port, close) || ends_text(text, pairs, port, close);
    let is_last = close.is_some_and(ends);
    let mut in_text_behind = Answer::default();
    let mut in_text_before = Answer::default();
    loop {
        let before = text[..start].chars().next_back();
        let behind = text[end..].chars().next();
        let sign = |c: char| u8::try_from(c).ok();
        let opens = before.and_then(sign).and_then(closing);
        let opens = opens.filter(|_| !begins_value(text, start - 1));
        let closes = behind.and_then(sign);
        let closes = closes.filter(|c| is_close(*c) && !(is_last && end == port.end));
        // Quotes around a value are the program's own.
        let is_pair = opens.is_some() && opens == closes && !matches!(closes, Some(b'"' | b'\''));
        let is_lone = |sign| !in_text_behind.of(sign, end, || is_closed(&text[end..], sign));
        let is_before = before.is_some_and(is_mark) || is_pair || opens.is_some_and(is_lone);
        let is_lone = |sign| !in_text_before.of(sign, start, || is_opened(&text[..start], sign));
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

#[cfg(test)]
mod tests {
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn quotes_and_brackets_of_a_value_are_no_marks() {
        let shell = |value: &str| {
            format!("{value}\niptables -A O -p tcp -m multiport --dports \"$TCP\" -j ACCEPT\n")
        };
        let array = |value: &str| {
            format!(
                "{value}\nfor p in \"${{TCP[@]}}\"; do\n  iptables -A O -p tcp --dport \"$p\" -j ACCEPT\ndone\n"
            )
        };
        for text in [
            shell("TCP=\"80,\\\n443,\\\n5223\""),
            shell("TCP='80,443,5223'"),
            shell("TCP=80,\\\n443,\\\n5223"),
            "iptables -A O -p tcp -m multiport --dports 80,\\\n443,5223 -j ACCEPT\n".to_owned(),
            "ufw allow out 80,\\\n443,5223/tcp\nufw allow out to any port 80,\\\n443 proto tcp\n".to_owned(),
            array("TCP=(80)\nTCP+=(443)\nTCP+=(5223)"),
            array("TCP=(80\n443\n5223)"),
            array("TCP=(80 443 5223)"),
            array("declare -A TCP=([web]=80)\nTCP+=([tls]=443)\nTCP[push]=5223"),
            array("TCP[0]=80\nTCP[1]=443\nTCP[2]=5223"),
            array("declare -a TCP=(80); TCP+=(443); true && TCP+=(5223)"),
            "TCP=\"80\n443\n5223\"\nfor p in $TCP; do\n  ufw allow out $p/tcp\ndone\n".to_owned(),
            "ssh fw \"\nufw allow out 80/tcp\nufw allow out 443/tcp # \\\"tls\\\"\nufw allow out to any proto tcp port 5223\"\necho done\n".to_owned(),
            "(\nufw allow out 80/tcp # (web)\nufw allow out 443/tcp\nufw allow out proto tcp to any port 5223)\n".to_owned(),
            "X=$(\nufw allow out 80/tcp\nufw allow out 443/tcp\nufw allow out proto tcp to any port 5223)\n".to_owned(),
            "X=`\nufw allow out 80/tcp\nufw allow out 443/tcp\nufw allow out proto tcp to any port 5223`\n".to_owned(),
            "ssh admin@router '\n/ip firewall filter\nadd chain=forward action=accept protocol=tcp dst-port=80\nadd chain=forward action=accept protocol=tcp dst-port=443,5223'\necho done\n".to_owned(),
            "p = \"80, 443, \\\n5223\"\npass out proto tcp to port { $p }\n".to_owned(),
            "/ip firewall filter\nadd chain=forward action=accept protocol=tcp dst-port=\"80,\\\n443,\\\n5223\"\n".to_owned(),
            "iptables -A O -p tcp -m multiport --dports \"80,\\\n443,\\\n5223\" -j ACCEPT\n".to_owned(),
        ] {
            let rows = ["80/tcp", "443/tcp", "5223/tcp"];
            assert_eq!(audit(&rows, &text), [""; 0], "{text}");
            assert_eq!(fixed(&rows, &text), text);
        }
    }
}
