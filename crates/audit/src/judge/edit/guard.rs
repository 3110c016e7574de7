//! What a place takes: a correction that its program would refuse is none.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use appleports_model::Transport;

use super::{Edit, line};
use crate::list::{Entry, Group, List, Rewrite};
use crate::read::Shape;
use crate::transports::Transports;

/// Whether the places that a correction touches take it.
pub(crate) fn is_taken(text: &str, list: &List, edit: &Edit) -> bool {
    if !keeps_quotes(text, list, edit) {
        return false;
    }
    edit.parts.iter().all(|(span, new)| {
        if joins(text, span, new) {
            return false;
        }
        let until = list
            .entries
            .partition_point(|entry| entry.span.start <= span.end);
        let before = list.entries[..until].iter().rev();
        let end = |entry: &Entry| {
            let transport = entry.transport_span.as_ref().map_or(0, |place| place.end);
            entry.span.end.max(transport)
        };
        let touched = before.take_while(|entry| end(entry) >= span.start);
        let touched: Vec<&Entry> = touched.collect();
        let old = &text[span.clone()];
        touched.iter().all(|entry| {
            let group = &list.groups[entry.group];
            let is_old_one = touched.len() == 1 && !old.contains(',') || is_number(old, new);
            let stays_one = is_one(new) && is_old_one;
            let is_line = new.is_empty() && old.ends_with('\n');
            let is_fixed =
                || group.rewrite == Rewrite::One || !is_line && is_option(text, list, entry);
            takes_ends(group, new) && (stays_one || !is_fixed())
        })
    })
}

/// Whether a correction would make one word of two: of `443/tcp` and `5223` with an invisible sign between
/// them, which belongs to the second.
fn joins(text: &str, span: &Range<usize>, new: &str) -> bool {
    let old = &text[span.clone()];
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    let begins = is_of_word(new.chars().next().or(after)) && !is_of_word(old.chars().next());
    let ends = is_of_word(new.chars().next_back()) && !is_of_word(old.chars().next_back());
    is_of_word(before) && begins || ends && is_of_word(after)
}

/// Which of the corrections would make one word of two if each that touches another is made.
pub(crate) fn joined(text: &str, edits: &[Option<&Edit>]) -> BTreeSet<usize> {
    let parts = parts_of(edits).map(|(span, new, at)| (span.start, span.end, new, at));
    let mut parts: Vec<(usize, usize, &String, usize)> = parts.collect();
    parts.sort_unstable();
    let touching = parts.windows(2).filter(|pair| {
        let ((start, end, one, _), (next, last, other, _)) = (pair[0], pair[1]);
        end == next
            && is_of_word(one.chars().next_back())
            && is_of_word(other.chars().next())
            && !(is_of_word(text[start..end].chars().next_back())
                && is_of_word(text[next..last].chars().next()))
    });
    touching.flat_map(|pair| [pair[0].3, pair[1].3]).collect()
}

/// Which of the corrections add something behind an entry to which another one gives another transport:
/// it would have that one.
pub(crate) fn misled(list: &List, edits: &[Option<&Edit>]) -> BTreeSet<usize> {
    let changed: BTreeMap<usize, (usize, &String)> = parts_of(edits)
        .filter(|(span, ..)| !span.is_empty())
        .map(|(span, new, _)| (span.start, (span.end, new)))
        .collect();
    let is_other = |entry: &Entry| {
        let word = entry.transport_span.as_ref().filter(|_| !entry.is_misspelt);
        let before = word.and_then(|word| Some((changed.range(..word.end).next_back()?, word)));
        before.is_some_and(|((_, (end, new)), word)| {
            let given = Transports::of_word(new.trim_matches(|c: char| !c.is_alphanumeric()));
            *end > word.start && given.is_some_and(|given| given != entry.transports)
        })
    };
    let has_own = |new: &str| Transport::ALL.iter().any(|one| new.contains(one.as_str()));
    let added = parts_of(edits).filter(|(span, new, _)| {
        let starts_before = |entry: &Entry| entry.span.start < span.start;
        let until = list.entries.partition_point(starts_before);
        span.is_empty() && !has_own(new) && list.entries[..until].last().is_some_and(is_other)
    });
    added.map(|(_, _, at)| at).collect()
}

/// The parts of all corrections, each with the place of its correction.
fn parts_of<'e>(
    edits: &[Option<&'e Edit>],
) -> impl Iterator<Item = (&'e Range<usize>, &'e String, usize)> {
    edits.iter().enumerate().flat_map(|(at, edit)| {
        let parts = edit.iter().flat_map(|edit| &edit.parts);
        parts.map(move |(span, new)| (span, new, at))
    })
}

fn is_of_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Whether a correction leaves the quotes of a line as pairs, if they are.
fn keeps_quotes(text: &str, list: &List, edit: &Edit) -> bool {
    let quotes = |part: &str| part.matches('"').count();
    let parts = edit.parts.iter();
    let changed = parts.map(|(span, new)| quotes(&text[span.clone()]) + quotes(new));
    let first = edit.parts.first();
    let line = first.and_then(|(span, _)| line(text, span.start));
    let are_pairs = line.is_none_or(|line| quotes(&text[line]).is_multiple_of(2));
    // A value of XML goes on to the line where its quote is closed.
    let is_alone = !are_pairs && list.notation.name != "firewalld";
    changed.sum::<usize>().is_multiple_of(2) || is_alone
}

/// Whether an entry is alone in an option of a command, which is written once for each:
/// `--add-port=443/tcp`.
fn is_option(text: &str, list: &List, entry: &Entry) -> bool {
    let is_plain = list.notation.shape == Shape::Plain;
    let Some(line) = line(text, entry.span.start).filter(|_| is_plain) else {
        return false;
    };
    let before = &text[line.start..entry.span.start];
    let value = before.trim_end_matches(|c: char| !c.is_whitespace());
    let word = &before[value.len()..];
    let option = word.split_once('=').map_or_else(
        || {
            value
                .split_ascii_whitespace()
                .next_back()
                .filter(|_| word.trim_matches(['"', '\'']).is_empty())
        },
        |(name, _)| Some(name),
    );
    let is_option = option.is_some_and(|option| {
        let name = option.trim_start_matches('-');
        name.len() < option.len() && name.starts_with(|c: char| c.is_ascii_alphabetic())
    });
    let rest = &text[entry.span.end..line.end];
    let rest = rest.split_whitespace().next().unwrap_or_default();
    is_option && !word.contains(',') && !rest.contains(',')
}

/// Whether a text is one port, one range or a transport.
fn is_one(new: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '/');
    !new.is_empty() && new.replace(" through ", "-").chars().all(is_part)
}

/// Whether a text is the new one with signs within its numbers: `5,223`, `16,384-16,387`.
fn is_number(old: &str, new: &str) -> bool {
    let is_kept = |c: &char| c.is_ascii_digit() || matches!(c, '-' | ':');
    old.chars().filter(is_kept).eq(new.chars())
}

/// Whether the place has room for the ends of a range, where the new text has some.
fn takes_ends(group: &Group, new: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let ends = new.split_once(group.range_sign.as_ref());
    let has_ends =
        ends.is_some_and(|(first, last)| first.ends_with(is_digit) && last.starts_with(is_digit));
    group.slots > 1 || group.range_sign.ends_with(": ") || !has_ends
}

#[cfg(test)]
mod tests {
    use super::Edit;
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn quotes_stay_pairs() {
        let is_taken = |text: &str, old: &str, new: &str| {
            let list = crate::read::read(text.as_bytes(), None).unwrap();
            let start = text.find(old).unwrap();
            let edit = Edit::one(start..start + old.len(), new.to_owned());
            super::is_taken(text, &list, &edit)
        };
        let text = "TCP = [\"80\", \"5.223\", \"443\"]\n";
        assert!(is_taken(text, "5.223", "5223"));
        assert!(!is_taken(text, "5.223\"", "5223"));
        assert!(is_taken("80\n5223\"\n", "5223\"", "5223"));
    }

    #[test]
    fn an_option_of_a_command_takes_one_port() {
        let rows = ["443/tcp", "5223/tcp", "16384-16387/udp", "16393-16402/udp"];
        for text in [
            "firewall-cmd --add-port=80/tcp --add-port=443/tcp\n",
            "firewall-cmd --add-port 443/tcp\n",
            "firewall-cmd --add-port=16384-16402/udp\n",
        ] {
            assert_ne!(audit(&rows, text), [""; 0], "{text}");
            assert_eq!(fixed(&rows, text), text);
        }
        let text = "firewall-cmd --add-port=16384–16387/udp\n";
        assert_eq!(fixed(&rows, text), text.replace('–', "-"));
        let text = "open --ports=443/tcp,16384-16402/udp\n";
        assert!(fixed(&rows, text).contains("443/tcp"), "{text}");
    }

    #[test]
    fn a_list_of_another_transport_takes_no_port() {
        let rows = ["80/tcp", "443/tcp", "5223/tcp", "3478-3497/udp"];
        for text in [
            "[apple-auth]\nport = 80,443\nprotocol = tcp\n",
            "nmap -p 80,443 host\nnmap -sU -p 3478-3490 host\n",
        ] {
            let after = fixed(&rows, text);
            assert!(!after.contains("443,3478"), "{after}");
            assert!(!after.contains("3497,5223"), "{after}");
            assert!(!after.contains("3490,5223"), "{after}");
        }
        let text = "nmap -p 80,443 host\nnmap -sU -p 3478-3497 host\n";
        assert_eq!(fixed(&rows, text), text.replace("443", "443,5223"));
    }
}
