//! What a cell's text looks like, without a word of any language.

use std::borrow::Cow;

use appleports_model::{SEPARATORS, has_blank_text, is_dash, is_grouped_number, plain_form};

/// The most characters that a cell of ports, transports or names has.
const MAX_SHAPED: usize = 200;

/// The text in plain form, as every question about its shape is asked of it; `None` where
/// it is longer than any such cell.
fn shaped(text: &str) -> Option<Cow<'_, str>> {
    (text.len() <= MAX_SHAPED).then(|| plain_form(text.trim()))
}

fn is_number(word: &str) -> bool {
    (1..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of one to five digits, or two of them with a dash between.
fn is_range(word: &str) -> bool {
    is_number(word)
        || word
            .split_once(is_dash)
            .is_some_and(|(first, last)| is_number(first.trim()) && is_number(last.trim()))
}

/// Whether two neighbouring characters belong to different words: a letter or digit of
/// ASCII beside a letter of a script that is not Latin.
fn parts_words(left: char, right: char) -> bool {
    let is_latin = |c: char| c.is_ascii_alphanumeric();
    let is_other = |c: char| c.is_alphabetic() && u32::from(c) > 0x24f;
    is_latin(left) && is_other(right) || is_other(left) && is_latin(right)
}

/// The words of a text, which also end where the script changes.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| SEPARATORS.contains(&c) || c.is_whitespace())
        .flat_map(|word| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let mut before = rest.chars().next()?;
                let end = rest.char_indices().skip(1).find_map(|(at, c)| {
                    let parts = parts_words(before, c);
                    before = c;
                    parts.then_some(at)
                });
                let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
                rest = after;
                Some(word)
            })
        })
}

/// Whether a text is a port, a range or a list of them, with nothing else in it
/// but separators and short words ("and", "to").
pub(crate) fn is_port_text(text: &str) -> bool {
    let Some(text) = shaped(text) else {
        return false;
    };
    // An invisible sign may have stood behind the space at its end.
    let text = text.trim();
    let is_digit = |c: char| c.is_ascii_digit();
    if !text.starts_with(is_digit) || !text.ends_with(is_digit) {
        return false;
    }
    if is_range(text) || is_grouped_number(text) {
        return true;
    }
    let mut numbers = 0;
    for part in text.split(SEPARATORS).map(str::trim) {
        if is_range(part) {
            numbers += 1;
            continue;
        }
        for word in words(part) {
            let word = word.trim_matches(is_dash);
            if is_range(word) {
                numbers += 1;
            } else if word.chars().count() > 4
                || !word.chars().all(|c| c.is_alphabetic() || !c.is_ascii())
                || is_transport_word(word)
            {
                return false;
            }
        }
    }
    numbers > 0
}

/// Whether a text begins with a digit: a port that cannot be read, such as `7 (all)`, but
/// never the heading of the ports.
pub(crate) fn begins_with_digit(text: &str) -> bool {
    let mut text = text.trim().chars().skip_while(|c| !c.is_alphanumeric());
    text.next().is_some_and(|c| {
        plain_form(c.encode_utf8(&mut [0; 4])).starts_with(|c: char| c.is_ascii_digit())
    })
}

fn is_transport_word(word: &str) -> bool {
    ["TCP", "UDP"]
        .iter()
        .any(|name| word.eq_ignore_ascii_case(name))
}

/// Whether a word ends in the name of a transport: `TCP`, `TCP/UDP`.
pub(crate) fn ends_in_transport(word: &str) -> bool {
    words(&plain_form(word))
        .last()
        .is_some_and(is_transport_word)
}

/// Whether a text names transports and nothing else: TCP or UDP, separators and
/// short words ("or").
pub(crate) fn is_transport_cell(text: &str) -> bool {
    let Some(text) = shaped(text).filter(|text| text.len() <= 80) else {
        return false;
    };
    let mut named = 0;
    for word in words(&text) {
        if is_transport_word(word) {
            named += 1;
        } else if word.chars().count() > 6
            || word
                .chars()
                .any(|c| c.is_ascii() && !c.is_ascii_alphabetic() && !is_dash(c))
        {
            return false;
        }
    }
    named > 0
}

/// Whether a text names transports alone, without any other word.
pub(crate) fn is_only_transports(text: &str) -> bool {
    shaped(text).is_some_and(|text| {
        let mut words = words(&text).filter(|word| !word.is_empty()).peekable();
        words.peek().is_some() && words.all(is_transport_word)
    })
}

/// Whether a text can stand in the RFC column: blank, or numbers that RFCs can have, of
/// at most four digits, with separators.
pub(crate) fn is_rfc_text(text: &str) -> bool {
    has_blank_text(text) || is_rfc_cell(text)
}

/// Whether a text is one or more numbers of RFCs.
pub(crate) fn is_rfc_cell(text: &str) -> bool {
    is_numbers(text, 4)
}

/// The number behind the word RFC.
fn without_rfc(text: &str) -> &str {
    match text.get(..3) {
        Some(word) if word.eq_ignore_ascii_case("RFC") => &text[3..],
        _ => text,
    }
}

/// Whether a text is numbers of at most `digits` digits, with separators and line ends.
pub(crate) fn is_numbers(text: &str, digits: usize) -> bool {
    shaped(text).is_some_and(|text| {
        let ends_in_digit = text.trim_end().ends_with(|c: char| c.is_ascii_digit());
        let mut parts = text
            .split(|c: char| SEPARATORS.contains(&c) || c == '\n')
            .map(|part| without_rfc(part.trim()).trim());
        ends_in_digit && parts.all(|part| (1..=digits).contains(&part.len()) && is_number(part))
    })
}

/// The most letters of a word between two RFC numbers, such as "and".
const MAX_JOINER: usize = 4;

/// Whether a text has numbers and at most short words between them, apart from a remark in
/// brackets at its end: it may cite RFCs, even if that cannot be read. Other words are no
/// citation, though there is a digit among them.
pub(crate) fn may_cite_rfcs(text: &str) -> bool {
    let Some(text) = shaped(text) else {
        return false;
    };
    let bare = match text.find('(') {
        Some(at) if text.ends_with(')') => &text[..at],
        _ => &*text,
    };
    let is_short = |word: &str| {
        !word.is_ascii() || word.contains(|c: char| c.is_ascii_digit()) || word.len() <= MAX_JOINER
    };
    bare.contains(|c: char| c.is_ascii_digit()) && words(bare).all(is_short)
}

/// Whether a text has words that are no service names: several of them outside brackets.
pub(crate) fn is_prose(text: &str) -> bool {
    let bare = text.split('(').next().unwrap_or_default();
    let words = bare.split_whitespace();
    words.filter(|word| !word.chars().all(is_dash)).count() > 1 && !may_be_name(text)
}

/// Whether a word has the form of a service name in lower case. Names are ASCII (RFC
/// 6335, section 5.1); translators have put letters with marks into some.
pub(crate) fn is_name_word(word: &str) -> bool {
    has_name_form(word) && !word.contains(char::is_uppercase)
}

/// As [`is_name_word`], in letters of any case: RFC 6335 compares names without it.
fn has_name_form(word: &str) -> bool {
    word.chars().count() <= 40
        && word.starts_with(|c: char| c.is_alphanumeric())
        && word.contains(|c: char| c.is_ascii_alphabetic())
        && word
            .chars()
            .all(|c| c.is_alphanumeric() && u32::from(c) <= 0x24f || "-_.+*".contains(c))
}

/// Whether a text is a service name in lower case, or a list or range of them,
/// with or without a mark in brackets.
pub(crate) fn is_name_cell(text: &str) -> bool {
    are_names(text, is_name_word)
}

/// Whether a text can be a service name, or several, in letters of any case.
pub(crate) fn may_be_name(text: &str) -> bool {
    are_names(text, has_name_form)
}

fn are_names(text: &str, is_name: fn(&str) -> bool) -> bool {
    let Some(text) = shaped(text) else {
        return false;
    };
    let bare = match text.find('(') {
        Some(at) if text.ends_with(')') => &text[..at],
        _ => &*text,
    };
    let mut names = 0;
    for part in bare.split(SEPARATORS) {
        let mut is_behind_name = false;
        for word in part.split_whitespace() {
            if word.chars().all(is_dash) {
                is_behind_name = false;
            } else if is_behind_name || !is_name(word) {
                return false;
            } else {
                is_behind_name = true;
                names += 1;
            }
        }
    }
    names > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_known_by_their_shape() {
        for port in [
            "7",
            "1099 & 8043",
            "3478–3497",
            "1 und 2",
            "8000 - 8999",
            "\u{200f}53",
            "5,223",
            "5223 \u{200b}",
            "８０、４４３",
            "8821和8826",
            "1099\n8043",
            "3478-\n3497",
        ] {
            assert!(is_port_text(port), "{port}");
        }
        for other in [
            "",
            "-",
            "TCP",
            "7 TCP",
            "802.11",
            "iChat 2",
            "123456",
            "7 TCP/UDP echo 792",
        ] {
            assert!(!is_port_text(other), "{other}");
        }
        for transport in [
            "TCP",
            "TCP/UDP",
            "TCP, UDP",
            "TCP oder UDP",
            "udp",
            "TCP和UDP",
            "TCPหรือUDP",
            "\u{200f}TCP و UDP",
            "TCP\nUDP",
        ] {
            assert!(is_transport_cell(transport), "{transport}");
        }
        for other in [
            "",
            "-",
            "TCPP",
            "TCP and UDP ports used by products",
            "TCP 7",
        ] {
            assert!(!is_transport_cell(other), "{other}");
        }
        for name in [
            "ssh",
            "dec_dlm",
            "smtp (legacy)",
            "connected, -",
            "nat-stun-port - ipether232port",
            "3com-tsmux",
            "domän",
        ] {
            assert!(is_name_cell(name), "{name}");
        }
        for other in [
            "",
            "-",
            "Mail",
            "792",
            "web server",
            "iChat",
            "(legacy)",
            "远程管理",
        ] {
            assert!(!is_name_cell(other), "{other}");
        }
    }

    #[test]
    fn digits_among_words_cite_nothing() {
        for citation in [
            "1057 and 1831",
            "1O57",
            "see 1057",
            "1057 (obsolete)",
            "[1]",
        ] {
            assert!(may_cite_rfcs(citation), "{citation}");
        }
        for prose in ["Kerberos 5 admin", "Post Office (POP3)", "echo", "-"] {
            assert!(!may_cite_rfcs(prose), "{prose}");
        }
        assert!(is_rfc_cell("rfc1057, RFC 1831"));
        assert!(is_only_transports("TCP/UDP") && !is_only_transports("TCP port"));
        assert!(is_prose("Mac OS X Server (10.6)") && !is_prose("smtp (legacy)"));
        assert!(!is_prose("nat-stun-port - ipether232port") && !is_prose("-"));
    }
}
