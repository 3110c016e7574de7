//! Words that are no port and have a transport all the same: `52x3/tcp`, `tcp 52x3`.

use std::ops::Range;

use appleports_model::is_dash;

use crate::expression::{NO_PORT, Reader};
use crate::scan::Token;
use crate::transports::Transports;

/// The most bytes between the brackets of a pair.
const MAX_PAIR: usize = 32;

/// Why a port behind a sign for numbers is not read.
const IN_COMMENT: &str = "a `#` begins a comment; write the port without it";

/// Reports pairs of numbers within a list, or on a line of their own, which may be ranges or two
/// ports each: `[(3478, 3497), (16384, 16387)]`, `("udp", 3478, 3497),`. False where there are none.
pub(super) fn report_pairs(reader: &mut Reader<'_>, span: &Range<usize>, set: Transports) -> bool {
    let text = &reader.text[span.clone()];
    let before = reader.text[..span.start].trim_end_matches([' ', '\t']);
    let is_own_line = before.is_empty() || before.ends_with('\n');
    // The last one may have no comma.
    let is_element = |rest: &str| {
        [rest, before]
            .iter()
            .any(|part| part.trim_end().ends_with("),"))
    };
    let is_pair = |at: usize| {
        let inner = &text.as_bytes()[at + 1..];
        let inner = &inner[..inner.len().min(MAX_PAIR)];
        let length = inner.iter().position(|byte| matches!(byte, b'(' | b')'));
        let end = length.map(|length| at + 1 + length)?;
        let before = text[..at].trim_end();
        let is_alone = is_own_line && before.is_empty() && is_element(&text[end..]);
        let is_inside = before.ends_with(['[', ',', '(']) || is_alone;
        pair(text.get(at + 1..end)?).filter(|_| is_inside)
    };
    let found = text.match_indices('(').find_map(|(at, _)| is_pair(at));
    if let Some(transports) = found {
        let reason = "its pairs may be ranges, or two ports each".to_owned();
        reader.unknown(span.clone(), set.and(transports), reason);
    }
    found.is_some()
}

/// The transports of two numbers, with a word for them or without: `"udp", 3478, 3497`.
fn pair(inner: &str) -> Option<Transports> {
    let is_number = |part: &&str| part.parse::<u16>().is_ok();
    let (numbers, words): (Vec<&str>, Vec<&str>) =
        inner.split(',').map(str::trim).partition(is_number);
    let is_quoted = |word: &&str| word.starts_with(['"', '\'']);
    let set = words.iter().filter_map(|word| Transports::of_word(word));
    (numbers.len() == 2 && words.iter().all(is_quoted))
        .then(|| set.fold(Transports::NONE, Transports::and))
}

/// How long the port behind a sign for numbers at the start of a text is: `#5223/tcp`.
fn signed(text: &str) -> Option<usize> {
    let is_port = text
        .strip_prefix('#')?
        .starts_with(|c: char| c.is_ascii_digit());
    is_port.then(|| text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Reports a port that a sign for numbers makes a comment: `Push: #5223/tcp`, `tcp #5223`. False
/// where there is none, or only words before it.
pub(super) fn report_sign(
    reader: &mut Reader<'_>,
    line: &str,
    code: &Range<usize>,
    tokens: &[Token],
) -> bool {
    let text = reader.text;
    let Some(length) = line.get(code.len()..).and_then(signed) else {
        return false;
    };
    let is_about_ports = tokens.iter().all(|token| match token {
        Token::Word(span) => super::is_filler(&text[span.clone()]),
        Token::Transport(..) => true,
        Token::Item(_) => false,
    });
    let is_label = text[code.clone()].trim_end().ends_with(':');
    let has_words = !text[code.clone()].trim().is_empty();
    let is_port = has_words && (is_label || is_about_ports);
    if is_port {
        reader.unknown(
            code.end..code.end + length,
            Transports::NONE,
            IN_COMMENT.to_owned(),
        );
    }
    is_port
}

/// Reports the first port of a list of which each line is a comment.
pub(super) fn report_comments(reader: &mut Reader<'_>) {
    let text = reader.text;
    if !reader.entries.is_empty() {
        return;
    }
    let mut ports = reader.lines().filter_map(|(_, span)| {
        let start = span.end - text[span.clone()].trim_start().len();
        signed(&text[start..span.end]).map(|length| start..start + length)
    });
    if let Some(place) = ports.next() {
        reader.unknown(place, Transports::NONE, IN_COMMENT.to_owned());
    }
}

/// Whether a word is one end of a range with its sign: `16384-`, `:3497`.
pub(super) fn is_open(word: &str) -> bool {
    let is_sign = |c: char| is_dash(c) || matches!(c, ':' | '-');
    let number = word.trim_matches(is_sign);
    let is_number = (2..=5).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_number && number.len() < word.len()
}

/// Reports ranges without an end: in a line of ports any of them, in another line the last word, or
/// what has a transport. False where there are none.
pub(super) fn report_open(reader: &mut Reader<'_>, tokens: &[Token], has_ports: bool) -> bool {
    let text = reader.text;
    let mut is_reported = false;
    for (at, token) in tokens.iter().enumerate() {
        let Token::Word(span) = token else {
            continue;
        };
        let (number, transport) = split(&text[span.clone()]);
        let is_last = at + 1 == tokens.len() && number.starts_with(|c: char| c.is_ascii_digit());
        if is_open(number) && (has_ports || is_last || transport.is_some()) {
            let place = span.start..span.start + number.len();
            reader.unread(place, "the range has no end in this line".to_owned());
            is_reported = true;
        }
    }
    is_reported
}

/// Reports a word in the place of a port, in a line of a section for transports or of none; false
/// where there is none.
pub(super) fn report(reader: &mut Reader<'_>, tokens: &[Token], section: Transports) -> bool {
    if report_open(reader, tokens, false) {
        return true;
    }
    let coded = coded(reader.text, tokens).map(|place| (place, section));
    let below = alone(reader.text, tokens).filter(|_| !section.is_empty());
    let broken = broken(reader.text, tokens).or(below.map(|place| (place, section)));
    let Some((place, set)) = broken.or(coded) else {
        return false;
    };
    reader.unknown(place, set, NO_PORT.to_owned());
    true
}

/// The first word with a digit in a line of a transport and nothing else, and the transport.
fn broken(text: &str, tokens: &[Token]) -> Option<(Range<usize>, Transports)> {
    let mut broken: Option<Range<usize>> = None;
    let mut transports = None;
    for token in tokens {
        match token {
            Token::Item(item) => {
                transports = transports.or(item.suffix.as_ref().map(|suffix| suffix.0));
            }
            Token::Transport(set, _) => transports = transports.or(Some(*set)),
            Token::Word(span) if super::is_filler(&text[span.clone()]) => {}
            Token::Word(span) => {
                let (number, word) = split(&text[span.clone()]);
                if !number.contains(|c: char| c.is_ascii_digit()) {
                    // A word of a sentence, or what describes a port behind its transport.
                    let found = broken.zip(transports);
                    return found.filter(|(place, _)| is_mostly_digits(&text[place.clone()]));
                }
                transports = transports.or(word);
                broken.get_or_insert(span.start..span.start + number.len());
            }
        }
    }
    broken.zip(transports)
}

/// The word in code that begins a bullet and is nearly a port, where others have what they are for
/// behind a dash: "`52x3` – APNs".
fn coded(text: &str, tokens: &[Token]) -> Option<Range<usize>> {
    let is_bullet = |span: &Range<usize>| matches!(&text[span.clone()], "-" | "*" | "•");
    let mut words = tokens
        .iter()
        .map(Token::span)
        .filter(|span| !is_bullet(span));
    let (first, next) = (words.next()?, words.next()?);
    let is_code = text[..first.start].ends_with('`') && text[first.end..].starts_with('`');
    let is_dash = text[next].starts_with(is_dash);
    let word = &text[first.clone()];
    let is_near = word.len() <= "16384-16387".len() && !word.contains('.');
    (is_code && is_dash && is_near && is_mostly_digits(word)).then_some(first)
}

/// The one word of a line, if it is a number with letters in it: `52x3`.
fn alone(text: &str, tokens: &[Token]) -> Option<Range<usize>> {
    let is_filler = |token: &&Token| super::is_filler(&text[token.span()]);
    let mut tokens = tokens.iter().filter(|token| !is_filler(token));
    let (Some(Token::Word(span)), None) = (tokens.next(), tokens.next()) else {
        return None;
    };
    let word = &text[span.clone()];
    let has_letter = word.contains(char::is_alphabetic) && word.starts_with(char::is_numeric);
    (has_letter && is_mostly_digits(word)).then(|| span.clone())
}

/// Whether a word is a number with a slip rather than a name or a date: `x478-3497`.
pub(super) fn is_mostly_digits(word: &str) -> bool {
    let count = |is_one: fn(char) -> bool| word.chars().filter(|c| is_one(*c)).count();
    let numbers = word
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty());
    numbers.count() < 3 && count(|c| c.is_ascii_digit()) > count(char::is_alphabetic)
}

/// A word without the transport behind its slash.
pub(super) fn split(word: &str) -> (&str, Option<Transports>) {
    let parts = word.rsplit_once('/');
    let parts = parts.and_then(|(number, suffix)| Some((number, Transports::of_word(suffix)?)));
    parts.map_or((word, None), |(number, set)| (number, Some(set)))
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, shown, unread};
    use crate::rules::testing::audit;

    #[test]
    fn a_number_with_letters_below_a_transport_is_reported() {
        for (text, place) in [
            ("udp:\n  - \"3478:3497\"\n  - \"55x5\"\n", "3:6"),
            ("UDP\n3478-3497\n55x5 # push\n", "3:1"),
        ] {
            assert_eq!(ports(text), "3478-3497/udp", "{text}");
            assert_eq!(unread(text), [format!("{place} it is not a port")]);
        }
        let other = "UDP:\n3478-3497\n2026-10-11\nen0\n4th floor\n10.0.0.1\n";
        assert_eq!(unread(other), [""; 0]);
    }

    #[test]
    fn what_may_be_a_range_is_not_read_as_two_ports() {
        let text = "TCP = [80, 443]\nUDP = [(3478, 3497), (16384, 16387)]\n";
        assert_eq!(shown(text).1, ["80/tcp@1:8", "443/tcp@1:12"]);
        assert_eq!(
            unread(text),
            ["2:1 its pairs may be ranges, or two ports each"]
        );
        assert_eq!(shown("UDP (53, 54)\n").1, ["53/udp@1:6", "54/udp@1:10"]);
        let rows = ["80/tcp", "3478-3497/udp", "16384-16387/udp"];
        for text in [
            "UDP = [\n    (3478, 3497),\n    (16384, 16387)\n]\nTCP = [80]\n",
            "ALLOWED = [\n    (\"udp\", 3478, 3497),\n    (\"udp\", 16384, 16387),\n    (\"tcp\", 80, 80),\n]\n",
        ] {
            let found = audit(&rows, text);
            assert!(
                found.iter().all(|finding| finding.contains("L017")),
                "{text}{found:?}"
            );
            assert!(found.len() > 1, "{text}{found:?}");
        }
    }

    #[test]
    fn a_range_that_a_line_cuts_is_reported() {
        let reason = "the range has no end in this line";
        for (text, place) in [
            ("80/tcp\n16384-\n16403/udp\n", "2:1"),
            ("TCP 80; UDP 53, 16384-\n", "1:17"),
            ("UDP 53, :16403, 123\n", "1:9"),
            ("80/tcp\nstun -16403/udp\n", "2:6"),
        ] {
            assert_eq!(unread(text), [format!("{place} {reason}")], "{text}");
        }
    }

    #[test]
    fn a_word_in_the_place_of_a_port_is_reported() {
        let text = "80/tcp\n52x3/tcp\ntcp 5x\nudp 1-2-3, 53\n";
        assert_eq!(shown(text).1, ["80/tcp@1:1"]);
        let reason = "it is not a port";
        assert_eq!(
            unread(text),
            [
                format!("2:1 {reason}"),
                format!("3:5 {reason}"),
                format!("4:5 {reason}")
            ]
        );
        let text = "80/tcp\nx478-3497 UDP for STUN\n";
        assert_eq!(unread(text), [format!("2:1 {reason}")]);
        let text = "TCP:\n- `80` – HTTP\n- `52x3` – APNs\n- `v2.15` – beta\n- `abc` – x\n";
        assert_eq!(unread(text), [format!("3:4 {reason}")]);
        for text in [
            "80/tcp\nRFC793 TCP is old\n2026-05-01 tcp opened\n",
            "80/tcp\ntcp is on en0\nsee tcp in RFC793\n",
            "80/tcp\nen0\n17.0.0.0/8\n",
        ] {
            assert_eq!(unread(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_port_behind_a_sign_for_numbers_is_reported() {
        let reason = "a `#` begins a comment; write the port without it";
        for (text, at) in [
            ("80/tcp\ntcp #443\n", "2:5"),
            ("80/tcp\nWeb TLS: #443/tcp\n", "2:10"),
            ("80/tcp\nPort #443 TCP\n", "2:6"),
            ("#80\n#443\n", "1:1"),
        ] {
            assert_eq!(unread(text), [format!("{at} {reason}")], "{text}");
        }
        // A port that is switched off, and numbers of other things.
        for text in ["80/tcp\n#443/tcp\n", "80/tcp\nbug #443\n", "80/tcp #443\n"] {
            assert_eq!(unread(text), [""; 0], "{text}");
            assert_eq!(ports(text), "80/tcp");
        }
    }
}
