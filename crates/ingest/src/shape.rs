//! What a cell's text looks like, without a word of any language.

use appleports_model::has_blank_text;

use crate::align::is_rfc_text;

/// Signs that stand between two ports, names or transports.
const SEPARATORS: [char; 7] = [',', ';', '&', '/', '、', '，', '+'];

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Marks of direction and characters without width.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// A number of one to five digits, or two of them with a dash between.
fn is_range(word: &str) -> bool {
    let parts: Vec<&str> = word.split(is_dash).map(str::trim).collect();
    parts.len() <= 2
        && parts
            .iter()
            .all(|part| (1..=5).contains(&part.chars().count()) && part.chars().all(is_digit))
}

/// Whether a text is a port, a range or a list of them, with nothing else in it
/// but separators and short words ("and").
pub(crate) fn is_port_text(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let text = text.trim();
    if is_range(text) {
        return true;
    }
    let mut numbers = 0;
    for part in text.split(SEPARATORS).map(str::trim) {
        if is_range(part) {
            numbers += 1;
            continue;
        }
        for word in part.split_whitespace() {
            if is_range(word) {
                numbers += 1;
            } else if word.chars().count() > 4
                || !word.chars().all(char::is_alphabetic)
                || is_transport_word(word)
            {
                return false;
            }
        }
    }
    numbers > 0 && text.starts_with(is_digit) && text.ends_with(is_digit)
}

fn is_transport_word(word: &str) -> bool {
    ["TCP", "UDP"]
        .iter()
        .any(|name| word.eq_ignore_ascii_case(name))
}

/// Whether a word ends in the name of a transport: `TCP`, `TCP/UDP`.
pub(crate) fn ends_in_transport(word: &str) -> bool {
    word.rsplit(SEPARATORS)
        .next()
        .is_some_and(is_transport_word)
}

/// Whether a text names transports and nothing else: TCP or UDP, separators and
/// short words ("or").
pub(crate) fn is_transport_cell(text: &str) -> bool {
    if text.len() > 80 {
        return false;
    }
    let mut named = 0;
    for word in text
        .split(|c: char| SEPARATORS.contains(&c) || c.is_whitespace() || is_invisible(c))
        .filter(|word| !word.is_empty())
    {
        if is_transport_word(word) {
            named += 1;
        } else if word.chars().count() > 6 || !word.chars().all(|c| c.is_alphabetic() || is_dash(c))
        {
            return false;
        }
    }
    named > 0 || text.trim() == "TCP和UDP"
}

/// Whether a text is one or more numbers of RFCs.
pub(crate) fn is_rfc_cell(text: &str) -> bool {
    !has_blank_text(text) && is_rfc_text(text)
}

/// Whether a word has the form of a service name in lower case.
pub(crate) fn is_name_word(word: &str) -> bool {
    word.chars().count() <= 40
        && word.starts_with(char::is_alphanumeric)
        && word.contains(char::is_alphabetic)
        && word
            .chars()
            .all(|c| c.is_alphanumeric() && !c.is_uppercase() || "-_.+*".contains(c))
}

/// Whether a text is a service name in lower case, or a list or range of them,
/// with or without a mark in brackets.
pub(crate) fn is_name_cell(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    let bare = match text.find(['(', '（']) {
        Some(at) if text.trim_end().ends_with([')', '）']) => &text[..at],
        _ => text,
    };
    let mut names = 0;
    for part in bare.split(SEPARATORS) {
        let words: Vec<&str> = part.split_whitespace().collect();
        for name in words.split(|word| word.chars().all(is_dash)) {
            match name {
                [] => {}
                [word] if is_name_word(word) => names += 1,
                _ => return false,
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
        for transport in ["TCP", "TCP/UDP", "TCP, UDP", "TCP oder UDP", "udp"] {
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
        for other in ["", "-", "Mail", "792", "web server", "iChat", "(legacy)"] {
            assert!(!is_name_cell(other), "{other}");
        }
    }
}
