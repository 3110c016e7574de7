//! Commands and texts of several lines: another line among them would be a part of one, or cut it in two.

use std::ops::Range;

use super::line;

/// Whether a line goes on in the next: in a shell, in a batch file, and, behind a space, in PowerShell.
fn goes_on(line: &str) -> bool {
    let line = line.strip_suffix('\r').unwrap_or(line);
    line.ends_with(['\\', '^'])
        || line.ends_with(" `")
        || line.ends_with("\t`")
        || awaits_command(line.trim_end())
}

/// Whether a command of a shell has to follow: `[ -n "$FT" ] &&`, `while !`. A row of Markdown ends with
/// a bar too.
fn awaits_command(line: &str) -> bool {
    let last = line.rsplit(char::is_whitespace).next();
    line.ends_with("&&")
        || line.ends_with('|') && !line.trim_start().starts_with('|')
        || last.is_some_and(|word| ["if", "elif", "while", "until", "!"].contains(&word))
}

/// Whether the line that begins at a place is a part of the one above.
pub(super) fn is_continued(text: &str, start: usize) -> bool {
    let above = start.checked_sub(1).and_then(|end| line(text, end));
    above.is_some_and(|above| goes_on(&text[above]))
}

/// Whether a line is one of several: of a command, or of what quotes or brackets hold that begin above
/// it or end below.
pub(super) fn is_joined(text: &str, line: &Range<usize>) -> bool {
    let written = &text[line.clone()];
    let count = |sign: char| written.matches(sign).count();
    let has_pairs = |(open, close)| count(open) == count(close);
    let has_quotes = |quote| quotes(written, quote).is_multiple_of(2);
    !([('[', ']'), ('{', '}'), ('(', ')')].into_iter().all(has_pairs)
        && [b'"', b'\'', b'`'].into_iter().all(has_quotes))
        // The text of a shell's here-document follows.
        || written.contains("<<")
        || goes_on(written)
        || is_continued(text, line.start)
}

/// How many of a quote a line has; one between letters is an apostrophe.
fn quotes(line: &str, quote: u8) -> usize {
    let line = line.as_bytes();
    let is_letter = |at: Option<usize>| {
        let byte = at.and_then(|at| line.get(at));
        byte.is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
    };
    let is_quote = |at: &usize| {
        line[*at] == quote && !(is_letter(at.checked_sub(1)) && is_letter(Some(at + 1)))
    };
    (0..line.len()).filter(is_quote).count()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::fixed;

    #[test]
    fn a_joined_range_of_a_continued_line_stays() {
        let rows = ["80/tcp", "16384-16387/udp", "16393-16402/udp"];
        for text in [
            "ssh fw 'iptables -A O -p tcp --dport 80 -j ACCEPT\niptables -A O -p udp --dport 16384:16402 -j ACCEPT'\n",
            "X=$(\niptables -A O -p udp --dport 16384:16402 -j ACCEPT)\n",
            "iptables -A O -p udp --dport 16384:16402 -j ACCEPT <<EOF\nx\nEOF\n",
            "iptables -A O -p udp --dport 16384:16402 -j ACCEPT -m comment --comment 'RTP\nmedia'\n",
            "f 80/tcp \\\n  16384-16402/udp\necho ok\n",
            "iptables -A OUTPUT -p udp \\\n  --dport 16384:16402 -j ACCEPT\n",
            "iptables -A OUTPUT -p udp --dport 16384:16402 \\\n  -j ACCEPT\n",
            "[ -n \"$FT\" ] &&\niptables -A OUTPUT -p udp --dport 16384:16402 -j ACCEPT\n",
            "iptables -A OUTPUT -p udp --dport 16384:16402 -j ACCEPT ||\nexit 1\n",
            "while !\niptables -A OUTPUT -p udp --dport 16384:16402 -j ACCEPT\ndo sleep 1; done\n",
        ] {
            assert_eq!(fixed(&rows, text), text);
        }
        let alone = "16384-16402/udp\n";
        assert_eq!(
            fixed(&rows[1..], alone),
            "16384-16387/udp\n16393-16402/udp\n"
        );
    }
}
