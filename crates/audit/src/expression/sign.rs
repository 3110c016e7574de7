//! Signs between ports that a program does not take: `80;443`.

use super::Reader;
use crate::list::Entry;

/// Signs that people write between ports, and that no program of theirs takes instead of its own.
const SIGNS: [char; 6] = [';', '&', '+', '|', '、', '，'];

/// The first of them in what stands between two ports. A text in quotes has none: it is a comment of
/// the entry before it.
fn sign(written: &str) -> Option<(usize, char)> {
    let mut text_end = 0;
    written.char_indices().find(|(at, c)| {
        if *at >= text_end && *c == '"' {
            let text = written[at + 1..].split_once('"').map(|(text, _)| text);
            let text = text.filter(|text| text.contains(char::is_alphabetic));
            text_end = text.map_or(text_end, |text| at + text.len() + 2);
        }
        *at >= text_end && SIGNS.contains(c)
    })
}

impl Reader<'_> {
    /// Reports the first sign that parts entries of a group, those from `first` on, and is none of its
    /// program's.
    pub(super) fn report_sign(&mut self, first: usize, group: usize) {
        let text = self.text;
        let group = &self.groups[group];
        let Some(separator) = group
            .separator
            .as_deref()
            .filter(|_| !group.signs.is_empty())
        else {
            return;
        };
        let end = |entry: &Entry| {
            let word = entry.transport_span.as_ref();
            word.map_or(entry.span.end, |word| word.end.max(entry.span.end))
        };
        let between = |pair: &[Entry]| {
            let from = end(&pair[0]);
            let written = text.get(from..pair[1].span.start)?;
            let (at, sign) = sign(written)?;
            (!separator.contains(sign)).then(|| from + at..from + at + sign.len_utf8())
        };
        let Some(place) = self.entries[first..].windows(2).find_map(between) else {
            return;
        };
        let right = match separator.trim() {
            "" => "a space".to_owned(),
            sign => format!("`{sign}`"),
        };
        let reason = format!("this sign parts no ports here; write {right}");
        self.refused(place, &reason);
    }
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};

    #[test]
    fn a_sign_that_a_program_does_not_take_is_reported() {
        for (rule, right) in [
            (
                "-A O -p tcp -m multiport --dports \"80;443\" -j ACCEPT\n",
                "`,`",
            ),
            ("tcp dport { 80;443 } accept\n", "`,`"),
            ("add action=accept protocol=tcp dst-port=80;443\n", "`,`"),
            ("pass out proto tcp to port { 80;443 }\n", "`,`"),
            (
                "config rule\n option proto tcp\n option dest_port '80;443'\n",
                "a space",
            ),
        ] {
            for sign in [";", "&", "+", "|"] {
                let text = rule.replace(';', sign);
                assert_eq!(ports(&text), "80/tcp 443/tcp", "{text}");
                let found = unread(&text);
                let reason = format!("this sign parts no ports here; write {right}");
                assert!(
                    found.iter().any(|found| found.ends_with(&reason)),
                    "{text}{found:?}"
                );
            }
        }
        for right in [
            "-A O -p tcp -m multiport --dports 80,443 -j ACCEPT\n",
            "[a]\ntitle=a\nports=80,443/tcp|53/udp\n",
            "80/tcp; 443/tcp\n",
            "tcp dport { 80 comment \"http; web\", 443 comment \"tls | quic\", 5223 } accept\n",
        ] {
            assert_eq!(unread(right), [""; 0], "{right}");
        }
    }
}
