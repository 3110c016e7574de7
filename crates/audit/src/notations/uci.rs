//! UCI of `OpenWrt`: `option dest_port` in a section with `option proto`.

use super::{CLOSED, is_closing, is_hash_comment, is_idle, words};
use crate::expression::{Reader, group};
use crate::read::{Notation, ReadError};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "uci",
    is_in,
    read,
    is_comment: is_hash_comment,
};

/// The options with the ports that packets go to; in a redirect that is the outer port.
const PORTS: [&str; 2] = ["dest_port", "src_dport"];

fn is_in(text: &str) -> bool {
    let mut lines = text.lines();
    lines.any(|line| {
        let mut words = line.split_ascii_whitespace();
        let option = words
            .next()
            .is_some_and(|word| matches!(word, "option" | "list"));
        option
            && words
                .next()
                .is_some_and(|name| PORTS.contains(&name.trim_matches(['\'', '"'])))
    })
}

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let mut transports = Transports::NONE;
    let mut ports: Vec<std::ops::Range<usize>> = Vec::new();
    let mut is_closed = false;
    let close = |reader: &mut Reader<'_>,
                 ports: &mut Vec<std::ops::Range<usize>>,
                 transports: &mut Transports,
                 is_closed: &mut bool| {
        for own in ports.drain(..) {
            if *is_closed {
                reader.leave(reader.line_of(own.start), CLOSED);
            } else {
                reader.expression(own, *transports, group("-", Some(" ")))?;
            }
        }
        *transports = Transports::NONE;
        *is_closed = false;
        Ok(())
    };
    for (at, span) in reader.lines() {
        let line = &reader.text[span.clone()];
        let mut fields = words(line);
        match fields.next().map(|(_, word)| word) {
            Some("config") => {
                close(reader, &mut ports, &mut transports, &mut is_closed)?;
                reader.leave(at, "a section");
            }
            Some("option" | "list") => {
                let name = fields
                    .next()
                    .map_or("", |(_, word)| word.trim_matches(['\'', '"']));
                let Some((start, value)) = fields.next() else {
                    continue;
                };
                if name == "proto" {
                    for word in line[start..].split_ascii_whitespace() {
                        transports =
                            transports.and(Transports::of_stated(word).unwrap_or_default());
                    }
                } else if name == "target" && (is_closing(value) || is_idle(value))
                    || name == "enabled"
                        && matches!(
                            value.trim_matches(['\'', '"']),
                            "0" | "no" | "off" | "false"
                        )
                {
                    is_closed = true;
                    reader.leave(at, CLOSED);
                } else if PORTS.contains(&name) {
                    ports.push(span.start + start..span.end);
                } else {
                    reader.leave(at, "another option");
                }
            }
            _ => {}
        }
    }
    close(reader, &mut ports, &mut transports, &mut is_closed)
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;

    #[test]
    fn rules_that_open_nothing_are_left_alone() {
        let text = "config rule\n\toption dest_port '80'\n\toption target 'DROP'\nconfig rule\n\toption enabled '0'\n\toption dest_port '81'\nconfig rule\n\toption dest_port '82'\n\toption enabled '1'\n\toption target ACCEPT\nconfig rule\n\toption dest_port '83'\n\toption target 'MARK'\n";
        assert_eq!(shown(text).1, ["82/@8:20"]);
    }

    #[test]
    fn the_transport_may_come_behind_the_ports() {
        let text = "config rule\n\toption name 'Apple 80'\n\toption src_port '1'\n\toption dest_port '3478-3497 5223'\n\toption proto 'tcp udp'\n\nconfig rule\n\tlist dest_port '53'\n";
        assert_eq!(
            shown(text),
            (
                "uci",
                ["3478-3497/tcp+udp@4:20", "5223/tcp+udp@4:30", "53/@8:18"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
    }
}
