//! nmap: `-p T:80,443,U:53`.

use std::ops::Range;

use appleports_model::Transport;

use super::comments::Comments;
use super::{is_hash_comment, value, words};
use crate::expression::{Reader, program_group};
use crate::read::{Notation, ReadError, Shape};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "nmap",
    shape: Shape::List,
    is_tcp_by_default: false,
    is_in,
    read,
    is_comment: is_hash_comment,
    comments: Comments::Kept,
};

/// The letters for transports.
const LETTERS: [(&str, &str); 3] = [("T:", "tcp"), ("U:", "udp"), ("S:", "sctp")];

/// What follows `-p`, with a letter or in a line about nmap.
fn list(line: &str) -> Option<&str> {
    let mut words = words(line).map(|(_, word)| word);
    let mut is_nmap = false;
    while let Some(word) = words.next() {
        is_nmap |= word == "nmap" || word.ends_with("/nmap");
        let list = match word.strip_prefix("-p") {
            Some("") => words.next()?,
            Some(list) if list.starts_with(|c: char| c.is_ascii_digit() || "TUS".contains(c)) => {
                list
            }
            _ => continue,
        };
        let has_letter = LETTERS.iter().any(|(letter, _)| list.contains(letter));
        if has_letter || is_nmap {
            return Some(list);
        }
    }
    bare(line)
}

/// A list without `-p`: `T:80,443,U:53`.
fn bare(line: &str) -> Option<&str> {
    let written = line.trim();
    let option = written.strip_prefix("-p").map(str::trim_start);
    let is_plain = |list: &&str| list.contains([',', '-']) && !list.contains([':', ' ']);
    if let Some(list) = option.filter(is_plain) {
        return list
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(list);
    }
    let begins = LETTERS.iter().any(|(letter, _)| {
        let list = written.strip_prefix(letter);
        list.is_some_and(|list| list.starts_with(|c: char| c.is_ascii_digit()))
    });
    // With letters that look like digits, and the marks of a copy.
    let is_list = |c: char| !c.is_whitespace() && (!c.is_alphabetic() || "TUSOoIl".contains(c));
    (begins && written.chars().all(is_list)).then_some(written)
}

fn is_in(text: &str) -> bool {
    text.lines().any(|line| list(line).is_some())
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    for (at, span) in reader.lines() {
        let line = &reader.text[span.clone()];
        let Some(list) = list(line) else {
            reader.leave(at, "no list for -p");
            continue;
        };
        let start = list.as_ptr() as usize - line.as_ptr() as usize;
        let value = value::value(line, start..start + list.len());
        value.report_space(reader, span.start);
        let list = &line[value.span.clone()];
        // Numbers before the first letter are for every transport that is scanned.
        let scanned = scanned(&reader.text[span.clone()]);
        let mut starts: Vec<(usize, Transports)> = Vec::new();
        for (letter, name) in LETTERS {
            let transports = Transports::of_word(name).unwrap_or_default();
            starts.extend(list.match_indices(letter).map(|(at, _)| (at, transports)));
        }
        starts.sort_unstable_by_key(|(at, _)| *at);
        let from = span.start + value.span.start;
        let bare = starts.first().map_or(list.len(), |(first, _)| *first);
        let scanned = if starts.is_empty() {
            scanned
        } else {
            Transports::NONE
        };
        if bare > 0 {
            ports(reader, from..from + bare, scanned)?;
        }
        for (index, (start, transports)) in starts.iter().enumerate() {
            let end = starts.get(index + 1).map_or(list.len(), |(next, _)| *next);
            ports(reader, from + start + 2..from + end, *transports)?;
        }
    }
    Ok(())
}

/// The transport that a command scans: TCP, or UDP with `-sU`. None where that is not known, or it
/// is more than one.
fn scanned(line: &str) -> Transports {
    let is_nmap = |word: &str| word == "nmap" || word.ends_with("/nmap");
    if !words(line).any(|(_, word)| is_nmap(word)) {
        return Transports::NONE;
    }
    let kinds = words(line).filter_map(|(_, word)| word.strip_prefix("-s"));
    let kinds: String = kinds.collect();
    let is_udp = kinds.contains('U');
    if kinds.contains(['Y', 'Z', 'O']) || is_udp && kinds.contains(|c: char| "STAWMNFX".contains(c))
    {
        return Transports::NONE;
    }
    Transports::one(if is_udp {
        Transport::Udp
    } else {
        Transport::Tcp
    })
}

/// `80,443`, the part of a list for one letter.
fn ports(
    reader: &mut Reader<'_>,
    span: Range<usize>,
    transports: Transports,
) -> Result<(), ReadError> {
    let group = program_group(&["-"], Some(","));
    if !value::read_spaced(reader, &span, transports, &group)? {
        reader.open_list(span, transports, group)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{shown, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_range_may_lack_an_end() {
        let (_, entries) = shown("nmap -p -100,T:60000-,U:-,8x host\n");
        let expected = ["1-100/@1:9", "60000-65535/tcp@1:16", "1-65535/udp@1:25"];
        assert_eq!(entries, expected);
        assert_eq!(unread("nmap -p 80,8x host\n"), ["1:12 it is not a port"]);
    }

    #[test]
    fn a_list_that_a_space_cuts_is_read_and_reported() {
        let text = "nmap -p T:80, 443,U:53, 10.0.0.1\n";
        assert_eq!(
            shown(text).1,
            ["80/tcp@1:11", "443/tcp@1:15", "53/udp@1:21"]
        );
        let reason = "a space ends the list here; write the ports without spaces";
        assert_eq!(unread(text), [format!("1:15 {reason}")]);
        let text = "nmap -p 80, 443 host\n";
        assert_eq!(
            crate::rules::testing::fixed(&["80/tcp", "443/tcp"], text),
            text
        );
    }

    #[test]
    fn letters_are_transports() {
        assert_eq!(
            shown("-p T:80,443,U:3478-3497\n"),
            (
                "nmap",
                ["80/tcp@1:6", "443/tcp@1:9", "3478-3497/udp@1:15"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
    }

    #[test]
    fn the_list_may_stand_alone() {
        let (notation, entries) = shown("T:80,443,U:3478-3497,34783497\n");
        assert_eq!((notation, entries.len()), ("nmap", 4));
        assert_eq!(entries[2], "3478-3497/udp@1:12");
        assert_ne!(shown("T: 80 and more\n80/tcp\n").0, "nmap");
    }

    #[test]
    fn a_command_scans_one_transport() {
        assert_eq!(
            shown("nmap --privileged -sS -p80,443 host\n").1,
            ["80/tcp@1:25", "443/tcp@1:28"]
        );
        assert_eq!(shown("nmap -p 22,U:53 -oX x.xml\n").1.len(), 2);
    }

    #[test]
    fn an_option_may_stand_by_itself() {
        let rows = ["80/tcp", "443/tcp", "5223/tcp"];
        let text = "-p 80,4O43,5223\n";
        let found = audit(&rows, text);
        assert!(found[0].starts_with("1:7 L007"), "{found:?}");
        assert_eq!(fixed(&rows, text), "-p 80,443,5223\n");
        assert_eq!(audit(&rows, "-p80,443,5223\n"), [""; 0]);
        assert_ne!(shown("80/tcp\n-p 22\n-p 80:80\n").0, "nmap");
    }
}
