//! A number or a text of JSON as ports.

use std::ops::Range;

use crate::expression::{NO_PORT, Reader, group, is_name};
use crate::read::ReadError;
use crate::scan::{Scanner, Token};
use crate::transports::Transports;

/// Reads the ports of a number or a text, in the array of a group or by itself.
pub(super) fn scalar(
    reader: &mut Reader<'_>,
    span: &Range<usize>,
    set: Transports,
    group_index: Option<usize>,
) -> Result<(), ReadError> {
    let text = reader.text;
    let group_index = group_index.unwrap_or_else(|| reader.new_group(group("-", None)));
    let tokens: Vec<Token> = Scanner::new(text, span.clone()).collect();
    let mut set = set;
    for token in &tokens {
        match token {
            Token::Transport(named, _) => set = *named,
            Token::Word(_) => return word(reader, span, &tokens, set),
            Token::Item(_) => {}
        }
    }
    for token in tokens {
        if let Token::Item(item) = token {
            let place = item.span.clone();
            if !reader.add(item, set, group_index)? {
                reader.unknown(place, set, NO_PORT.to_owned());
            }
        }
    }
    Ok(())
}

/// A text that is not only ports: a name of one, or words, which are reported where they have a number.
fn word(
    reader: &mut Reader<'_>,
    span: &Range<usize>,
    tokens: &[Token],
    set: Transports,
) -> Result<(), ReadError> {
    let written = &reader.text[span.clone()];
    if tokens.len() == 1 && is_name(written) {
        return reader.named(span.clone(), set);
    }
    if written.contains(char::is_numeric) {
        reader.unknown(span.clone(), set, NO_PORT.to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, shown, unread};

    #[test]
    fn what_is_no_port_is_reported_and_a_name_stands_for_one() {
        let text = "[{\"port\":\"52x3\",\"protocol\":\"tcp\"},{\"port\":\"https\",\"protocol\":\"tcp\"},{\"from\":1,\"to\":\"x9\",\"protocol\":\"udp\"},{\"tcp\":[80,\"abc 3478\"]}]";
        assert_eq!(shown(text).1, ["80/tcp@1:115"]);
        assert_eq!(
            unread(text),
            [
                "1:11 it is not a port",
                "1:77 it is not a range of ports",
                "1:119 it is not a port"
            ]
        );
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        assert!(list.names.iter().any(|(name, _)| name == "https"));
        assert_eq!(unread("[{\"name\": \"Web 2\", \"port\": 80}]"), [""; 0]);
    }

    #[test]
    fn a_key_without_a_value_is_no_port() {
        let text = "[{\"protocol\":\"Tcp\",\"destinationPortRange\":null,\"destinationPortRanges\":[\"443\"]},{\"port\":null,\"tcp_ports\":[80]}]";
        assert_eq!(ports(text), "443/tcp 80/tcp");
        assert_eq!(unread(text), [""; 0]);
        let list = crate::read::read(text.as_bytes(), None).unwrap();
        assert!(list.names.is_empty(), "{:?}", list.names);
    }
}
