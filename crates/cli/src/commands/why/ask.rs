//! What `why` is asked: ports and ranges, each perhaps of one transport.

use std::fmt;

use anyhow::anyhow;
use appleports_model::{PortRange, Record, Transport};

use crate::asked::{Asked, understand};

/// A port or a range, and the transport if one was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ask {
    pub(super) ports: PortRange,
    pub(super) transport: Option<Transport>,
}

impl Ask {
    /// Whether a row of the record shares a port with it. A record without a transport may
    /// have any.
    pub(super) fn is_covered(self, record: &Record) -> bool {
        let mut ranges = record.ports.iter();
        ranges.any(|range| range.intersection(self.ports).is_some())
            && self.transport.is_none_or(|transport| {
                record.has_no_transport() || record.transports.contains(&transport)
            })
    }

    /// Whether a transport is asked for, or none in particular.
    pub(super) fn has(self, transport: Transport) -> bool {
        self.transport.is_none_or(|asked| asked == transport)
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.ports)?;
        match self.transport {
            Some(transport) => write!(f, "/{transport}"),
            None => Ok(()),
        }
    }
}

/// Takes `80 443`, `5223/tcp`, `5223 tcp 3478-3497`, commas as well; each once.
///
/// # Errors
/// Words, with the command that looks them up; a text that is no port, quoted.
pub(super) fn parse(arguments: &[String]) -> anyhow::Result<Vec<Ask>> {
    let mut asks = Vec::new();
    for group in groups(&arguments.join(" ")) {
        match understand(&group)? {
            Asked::Ports(ports, transport) => {
                let ask = Ask { ports, transport };
                if !asks.contains(&ask) {
                    asks.push(ask);
                }
            }
            Asked::Words(text) => {
                return Err(anyhow!(
                    "`{text}` is not a port; look up products and names with `appleports find {text}`"
                ));
            }
        }
    }
    if asks.is_empty() {
        return Err(anyhow!(
            "no port is given; write 5223, 16384-16472 or 5223/tcp"
        ));
    }
    Ok(asks)
}

/// The text cut before each word that begins another question. A transport belongs to the
/// port before it, or to the one after it where there is none before; words that are no
/// ports stay together.
fn groups(text: &str) -> Vec<String> {
    let words = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty());
    let mut groups: Vec<String> = Vec::new();
    for word in words {
        match groups.last_mut() {
            Some(group) if goes_on(group, word) => {
                group.push(' ');
                group.push_str(word);
            }
            _ => groups.push(word.to_owned()),
        }
    }
    groups
}

/// Whether a word belongs to what stands before it.
fn goes_on(group: &str, word: &str) -> bool {
    let begins_port = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let is_transport = |text: &str| text.parse::<Transport>().is_ok();
    let has_port = group.split([' ', '/']).any(begins_port);
    let has_transport = group.split([' ', '/']).any(is_transport);
    if begins_port(word) {
        return group.ends_with(['-', '/', '–']) || (has_transport && !has_port);
    }
    if word.starts_with(['-', '/', '–']) {
        return true;
    }
    if is_transport(word) {
        return has_port && !has_transport;
    }
    !has_port && !is_transport(group)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> String {
        let arguments: Vec<String> = text.split(' ').map(str::to_owned).collect();
        match parse(&arguments) {
            Ok(asks) => {
                let asks: Vec<String> = asks.iter().map(|ask| format!("{ask};")).collect();
                asks.concat()
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn several_ports_are_taken_apart_and_each_is_asked_once() {
        for (text, expected) in [
            ("80", "80;"),
            ("80 443", "80;443;"),
            ("80,443, 5223/tcp", "80;443;5223/tcp;"),
            ("80 443 5223/tcp 3478-3497", "80;443;5223/tcp;3478-3497;"),
            ("5223 tcp 80", "5223/tcp;80;"),
            ("tcp 5223 80 udp", "5223/tcp;80/udp;"),
            ("tcp/5223 udp/53", "5223/tcp;53/udp;"),
            ("3478 - 3497 80", "3478-3497;80;"),
            ("3478- 3497/udp 80", "3478-3497/udp;80;"),
            ("80 / tcp 443", "80/tcp;443;"),
            ("80 80/tcp 80", "80;80/tcp;"),
        ] {
            assert_eq!(parsed(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_port_is_quoted() {
        let words = "look up products and names with `appleports find";
        for (text, expected) in [
            (
                "face time",
                format!("`face time` is not a port; {words} face time`"),
            ),
            (
                "80 facetime",
                format!("`facetime` is not a port; {words} facetime`"),
            ),
            ("tcp", format!("`tcp` is not a port; {words} tcp`")),
            (
                ",",
                "no port is given; write 5223, 16384-16472 or 5223/tcp".to_owned(),
            ),
            ("90-80", "`90-80`: range 90-80 runs backwards".to_owned()),
        ] {
            assert_eq!(parsed(text), expected, "{text}");
        }
    }
}
