//! What the ports of a line are for: two sites, or two interfaces, may have the same ones.

use std::collections::BTreeMap;
use std::ops::Range;

use appleports_model::cut;

use super::is_filler;
use crate::expression::COMMANDS;
use crate::list::Entry;
use crate::transports::Transports;

/// The most characters that tell scopes apart.
const MAX_SHOWN: usize = 200;

/// The scopes of a list: lines below the same title, with the same words.
#[derive(Default)]
pub(super) struct Scopes {
    title: usize,
    numbers: BTreeMap<(usize, String), usize>,
}

impl Scopes {
    /// Takes a line into account: it is a title if it has words and no ports.
    pub(super) fn line(&mut self, text: &str, line: Range<usize>, entries: &mut [Entry]) {
        if entries.is_empty() {
            // A comment may head what is below it, as any other line without ports.
            self.title += usize::from(!text[line].trim().is_empty());
            return;
        }
        self.title += usize::from(sets(text, &line, entries));
        let mut words = Vec::new();
        let mut from = line.start;
        let spans = entries.iter().map(|entry| entry.span.clone());
        for span in spans.chain(std::iter::once(line.end..line.end)) {
            let between = text.get(from..span.start).unwrap_or_default();
            let all = between.split(|c: char| !c.is_alphanumeric() && !"_-".contains(c));
            words.extend(all.filter(|word| {
                let has_letter = word.contains(char::is_alphabetic);
                has_letter && !is_filler(word) && Transports::of_word(word).is_none()
            }));
            from = span.end;
        }
        let next = self.numbers.len() + 1;
        let key = (self.title, cut(&words.join(" "), MAX_SHOWN).into_owned());
        let scope = *self.numbers.entry(key).or_insert(next);
        for entry in entries {
            entry.scope = scope;
        }
    }
}

/// Whether a line with entries sets a variable to them and to nothing else: what it had before is gone
/// then, where `+=` adds to it.
fn sets(text: &str, line: &Range<usize>, entries: &[Entry]) -> bool {
    let spans = || entries.iter().map(|entry| &entry.span);
    let first = spans().map(|span| span.start).min().unwrap_or(line.start);
    let last = spans().map(|span| span.end).max().unwrap_or(line.end);
    let before = text.get(line.start..first).unwrap_or_default();
    let behind = text.get(last..line.end).unwrap_or_default();
    let opening = |c: char| c.is_ascii_whitespace() || "\"'([{".contains(c);
    let Some(names) = before.trim_end_matches(opening).strip_suffix('=') else {
        return false;
    };
    let mut words = names.split_ascii_whitespace();
    let name = words.next_back().unwrap_or_default();
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !name.is_empty()
        && name.bytes().all(is_of_name)
        && words.all(|word| COMMANDS.contains(&word) || word.starts_with('-'))
        && !behind.contains('=')
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn lists_for_several_things_may_have_the_same_ports() {
        let rows = ["443/tcp", "5223/tcp"];
        for text in [
            "LAN_TCP=\"443 5223\"\nGUEST_TCP=\"443 5223\"\n",
            "eth0 tcp 443 5223\neth1 tcp 443 5223\n",
            "tcp 443 5223\ntcp 443 5223 # guest\n",
            "# Berlin\n443/tcp\n5223/tcp\n# Paris\n443/tcp\n5223/tcp\n",
            "Inbound:\n443/tcp\n5223/tcp\nOutbound:\n443/tcp\n5223/tcp\n",
            "lan_tcp: [443, 5223]\nguest_tcp: [443, 5223]\n",
            "TCP=443/tcp,5223/tcp\nTCP=443/tcp,5223/tcp\nload $TCP\n",
            "export TCP_PORTS=(443 5223)\nexport TCP_PORTS=(443 5223)\n",
        ] {
            assert_eq!(audit(&rows, text), [""; 0], "{text}");
            assert_eq!(fixed(&rows, text), text);
        }
        for text in [
            "443/tcp\n5223/tcp\n443/tcp\n",
            "lan tcp 443 5223\nlan tcp 443\n",
            "TCP_PORTS=\"443 5223\"\nTCP_PORTS+=\" 443\"\n",
        ] {
            let found = audit(&rows, text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].contains("L014"), "{found:?}");
        }
    }
}
