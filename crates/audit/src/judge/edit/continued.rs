//! Commands of several lines: another line among them would be a part of one, or cut it in two.

use std::ops::Range;

/// Whether a line goes on in the next: in a shell, in a batch file, and, behind a space, in PowerShell.
fn goes_on(line: &str) -> bool {
    let line = line.strip_suffix('\r').unwrap_or(line);
    line.ends_with(['\\', '^']) || line.ends_with(" `") || line.ends_with("\t`")
}

/// Whether the line that begins at a place is a part of the one above.
pub(super) fn is_continued(text: &str, start: usize) -> bool {
    let above = &text[..start];
    goes_on(above.strip_suffix('\n').unwrap_or(above))
}

/// Whether a line is one of several of a command.
pub(super) fn is_joined(text: &str, line: &Range<usize>) -> bool {
    goes_on(&text[line.clone()]) || is_continued(text, line.start)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::fixed;

    #[test]
    fn a_joined_range_of_a_continued_line_stays() {
        let rows = ["80/tcp", "16384-16387/udp", "16393-16402/udp"];
        for text in [
            "f 80/tcp \\\n  16384-16402/udp\necho ok\n",
            "iptables -A OUTPUT -p udp \\\n  --dport 16384:16402 -j ACCEPT\n",
            "iptables -A OUTPUT -p udp --dport 16384:16402 \\\n  -j ACCEPT\n",
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
