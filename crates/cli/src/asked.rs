//! What a person types for a port, a range or a name.

use anyhow::anyhow;
use appleports_model::{PortError, PortRange, Transport, plain_form};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A port or a range, perhaps of one transport.
    Ports(PortRange, Option<Transport>),
    /// A product, a service or other words.
    Words(String),
}

/// Takes `5223`, `16384-16472`, either with a transport (`5223/tcp`, `tcp/5223`,
/// `5223 TCP`), and anything else as words.
///
/// # Errors
/// What begins like a port and is none; the error quotes the text.
pub(crate) fn understand(text: &str) -> anyhow::Result<Asked> {
    // Digits of any script and width are digits.
    let plain = plain_form(text);
    let words: Vec<&str> = plain
        .split(|c: char| c.is_whitespace() || c == '/')
        .filter(|word| !word.is_empty())
        .collect();
    let words = match words.as_slice() {
        [first, port, ..]
            if first.eq_ignore_ascii_case("port")
                && port.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            words[1..].to_vec()
        }
        _ => words,
    };
    let transport = |word: Option<&&str>| word.and_then(|word| word.parse::<Transport>().ok());
    let (ports, transport) = if let Some(first) = transport(words.first()) {
        (words[1..].join(" "), Some(first))
    } else if let Some(last) = transport(words.last()) {
        (words[..words.len() - 1].join(" "), Some(last))
    } else {
        (words.join(" "), None)
    };
    if has_port_shape(&ports) {
        let range = ports.parse().map_err(|error| refuse(text, &error))?;
        return Ok(Asked::Ports(range, transport));
    }
    if let Some((_, other)) = text
        .split_once('/')
        .filter(|(ports, _)| has_port_shape(ports))
    {
        other
            .parse::<Transport>()
            .map_err(|error| anyhow!("`{text}`: {error}"))?;
    }
    Ok(Asked::Words(text.to_owned()))
}

/// Whether the text begins with a digit and has only digits, dashes and spaces.
fn has_port_shape(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || "-‐‑‒–—−".contains(c))
}

fn refuse(text: &str, error: &PortError) -> anyhow::Error {
    match error {
        PortError::NotANumber(_) => {
            anyhow!("`{text}` is not one port or range; write 5223, 16384-16472 or 5223/tcp")
        }
        _ => anyhow!("`{text}`: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        understand(text)
            .err()
            .map_or_else(String::new, |error| error.to_string())
    }

    #[test]
    fn a_port_and_a_transport_are_understood_in_either_order() {
        let port = Asked::Ports(PortRange::single(5223), Some(Transport::Tcp));
        for text in [
            "5223/tcp",
            "5223/TCP",
            "tcp/5223",
            "5223 tcp",
            "TCP 5223",
            "５２２３/tcp",
            "port 5223/tcp",
            "Port 5223 TCP",
            " 5223 / tcp ",
        ] {
            assert_eq!(understand(text).ok(), Some(port.clone()), "{text}");
        }
        for text in ["80-90", "80–90", "80 - 90"] {
            let range = PortRange::new(80, 90)
                .ok()
                .map(|range| Asked::Ports(range, None));
            assert_eq!(understand(text).ok(), range, "{text}");
        }
    }

    #[test]
    fn other_texts_are_words() {
        for text in ["face time", "TCP/IP", "tcp", "3d", "802.1x", "6 to 4"] {
            assert_eq!(understand(text).ok(), Some(Asked::Words(text.to_owned())));
        }
    }

    #[test]
    fn errors_quote_what_was_typed() {
        let shape = "is not one port or range; write 5223, 16384-16472 or 5223/tcp";
        for text in ["5223-", "80 443", "1-2-3", "5223-/tcp"] {
            assert_eq!(error(text), format!("`{text}` {shape}"));
        }
        assert_eq!(error("90-80"), "`90-80`: range 90-80 runs backwards");
        assert!(error("53/tpc").starts_with("`53/tpc`: `tpc` is not a transport"));
        assert!(error("70000").starts_with("`70000`: port 70000 is out of range"));
    }
}
