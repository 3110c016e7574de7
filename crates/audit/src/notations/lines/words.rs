//! Words of a line that are ports, or are meant to be some: `443-tcp`, `https/tcp`, `80, 52x3, 443`.

use std::ops::Range;

use super::broken::{is_open, split};
use super::fillers::read_ranges_in_words;
use super::is_filler;
use crate::expression::{NO_PORT, Reader, is_name};
use crate::list::Oddity;
use crate::read::ReadError;
use crate::scan::{Item, Token, braced};
use crate::transports::Transports;

/// Takes such words out of a line; true where nothing else is in it. `stated` is the transport that
/// it has from above.
pub(super) fn take(
    reader: &mut Reader<'_>,
    (at, group): (usize, usize),
    tokens: &mut Vec<Token>,
    stated: Transports,
) -> Result<bool, ReadError> {
    let text = reader.text;
    read_ranges_in_words(text, tokens);
    let before = tokens.len();
    let mut sets = tokens.iter().filter_map(|token| match token {
        Token::Transport(set, _) => Some(*set),
        _ => None,
    });
    let set = sets.next().unwrap_or(stated);
    for (name, set) in services(text, tokens) {
        reader.leave(at, "names of services");
        reader.used(&name, set, group);
        reader.named(name, set)?;
    }
    for word in words_in_list(text, tokens) {
        reader.unknown(word, set, NO_PORT.to_owned());
    }
    Ok(tokens.is_empty() && before > 0)
}

/// The port with a hyphen before its transport: `443-tcp`. Elsewhere it may be a name.
fn dashed(text: &str, span: &Range<usize>) -> Option<Item> {
    let (number, word) = text[span.clone()].rsplit_once('-')?;
    if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let number = span.start..span.start + number.len();
    let mut item = Item::of_cell(text, &number).filter(|item| item.suffix.is_none())?;
    item.suffix = Some((Transports::of_word(word)?, number.end + 1..span.end));
    item.oddity = item.oddity.max(Some(Oddity::Glued));
    Some(item)
}

/// Takes the names of services out of a line: `https/tcp`. Each has a transport behind it, where a
/// word beside ports has none.
fn services(text: &str, tokens: &mut Vec<Token>) -> Vec<(Range<usize>, Transports)> {
    let mut found = Vec::new();
    // `${port}/tcp` is one word.
    tokens.dedup_by(|behind, before| {
        let (name, suffix) = (before.span(), behind.span());
        let is_suffix = text[suffix.clone()].starts_with('/') && name.end == suffix.start;
        let is_one = is_suffix && braced(&text[name.clone()]) == Some(name.len());
        if is_one {
            *before = Token::Word(name.start..suffix.end);
        }
        is_one
    });
    for token in tokens.iter_mut() {
        if let Token::Word(span) = token
            && let Some(item) = dashed(text, span)
        {
            *token = Token::Item(item);
        }
    }
    tokens.retain(|token| {
        let service = match token {
            Token::Word(span) => Some(span.start).zip(Some(split(&text[span.clone()]))),
            _ => None,
        };
        let Some((start, (name, Some(set)))) = service.filter(|(_, (name, _))| is_name(name))
        else {
            return true;
        };
        found.push((start..start + name.len(), set));
        false
    });
    found
}

/// Takes the words out of a list with commas that are meant to be ports: `80, 52x3, 443`. A line with
/// other words is none.
fn words_in_list(text: &str, tokens: &mut Vec<Token>) -> Vec<Range<usize>> {
    // Reported as such later.
    let is_end = |word: &str| is_open(split(word).0);
    let is_broken = |span: &Range<usize>| {
        let word = &text[span.clone()];
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let is_listed =
            text[..span.start].trim_end().ends_with(',') || text[span.end..].starts_with(',');
        let is_word = |part: &str| part.starts_with(|c: char| c.is_ascii_digit()) && digits > 2;
        let is_range = word.matches('-').count() < 2;
        is_word(word) && is_listed && !word.contains('.') && is_range && !is_end(word)
    };
    let is_plain = |token: &Token| match token {
        Token::Word(span) => {
            let word = &text[span.clone()];
            is_filler(word) || is_end(word) || is_broken(span)
        }
        _ => true,
    };
    let has_port = tokens.iter().any(|token| matches!(token, Token::Item(_)));
    if !has_port || !tokens.iter().all(is_plain) {
        return Vec::new();
    }
    let mut found = Vec::new();
    tokens.retain(|token| match token {
        Token::Word(span) if is_broken(span) => {
            found.push(span.clone());
            false
        }
        _ => true,
    });
    found
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_word_in_a_list_is_reported_and_the_others_are_read() {
        let text = "udp: 53, 16384-16x87, 123\n";
        assert_eq!(ports(text), "53/udp 123/udp");
        assert_eq!(unread(text), ["1:10 it is not a port"]);
        for text in [
            "443/tcp, 17.0.0.0/8\n",
            "443/tcp, 2026-10-11\n",
            "443/tcp, 2nd line\n",
        ] {
            assert_eq!(unread(text), [""; 0], "{text}");
        }
        let rows = ["53/udp", "3478-3497/udp"];
        let found = audit(&rows, "udp: 3478--3479, 53\n");
        assert!(found[0].starts_with("1:6 L005"), "{found:?}");
        assert_eq!(
            fixed(&rows, "udp: 3478--3479, 53\n"),
            "udp: 3478-3497, 53\n"
        );
        for sign in ["---", " -- ", "--"] {
            let text = format!("udp: 53, 3478{sign}3497\n");
            assert!(audit(&rows, &text)[0].starts_with("1:10 L006"));
            assert_eq!(fixed(&rows, &text), "udp: 53, 3478-3497\n");
        }
    }

    #[test]
    fn a_service_may_be_written_by_its_name() {
        let rows = ["80/tcp", "443/tcp", "25/tcp"];
        assert_eq!(audit(&rows, "80/tcp\nhttps/tcp, smtp/tcp\n"), [""; 0]);
        let found = audit(&rows[..2], "80/tcp\n443/tcp\nfoo/tcp\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("3:1 L017 `foo`"), "{found:?}");
    }

    #[test]
    fn ports_and_transports_may_be_joined_in_other_ways() {
        let rows = ["80/tcp", "443/tcp"];
        for line in [
            "443/TCP/IP",
            "TCP/IP 443",
            "443 TCP/IP",
            "TCP-Port 443",
            "TCP-Ports: 443",
        ] {
            assert_eq!(
                audit(&rows, &format!("80/tcp\n{line}\n")),
                [""; 0],
                "{line}"
            );
        }
        let text = "80/tcp\n443-tcp\n";
        assert!(audit(&rows, text)[0].starts_with("2:1 L016"));
        assert_eq!(fixed(&rows, text), "80/tcp\n443/tcp\n");
    }

    #[test]
    fn names_and_ports_may_take_turns() {
        let text = "http 80/tcp https 443/tcp\nntp 123/udp\n";
        assert_eq!(ports(text), "80/tcp 443/tcp 123/udp");
        assert_eq!(ports("TCP: 80, 443 / UDP: 53\n"), "80/tcp 443/tcp 53/udp");
    }
}
