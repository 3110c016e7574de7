//! Plain lists: a port or a range a line, or several with commas or spaces between.

mod assignment;
mod bound;
mod line;

use assignment::Assignment;
pub(super) use assignment::assignment;
use bound::Port;
use line::{Reading, reading};

use super::{CLOSED, comment_at, is_not_open};
use crate::expression::{Reader, group};
use crate::read::{Notation, ReadError};
use crate::scan::{Scanner, Token};
use crate::transports::Transports;

pub(super) const NOTATION: Notation = Notation {
    name: "lines",
    is_in: |_| true,
    read,
    is_comment: |line| ["#", ";", "//"].iter().any(|sign| line.starts_with(sign)),
};

/// Why a line is not read in which a transport may be for the ports on either side.
const UNCLEAR: &str = "it has different transports for the same port";

/// Words that may stand beside ports and say nothing else.
const FILLERS: [&str; 12] = [
    "and",
    "or",
    "port",
    "ports",
    "proto",
    "protocol",
    "transport",
    "-",
    "*",
    "•",
    "both",
    "via",
];

fn read(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    let text = reader.text;
    let own = reader.new_group(group("-", Some("\n")));
    let mut section = Transports::NONE;
    let mut several = None;
    let mut number = 1;
    let mut is_closed_section = false;
    for (at, mut span) in reader.lines() {
        if let Some(length) = numbered(&text[span.clone()], number) {
            number += 1;
            span.start += length;
        }
        let line = &text[span.clone()];
        let is_heading = line.trim_start().starts_with('#');
        let end = if is_heading {
            span.end
        } else {
            let slashes = line.find(" //").unwrap_or(line.len());
            span.start + comment_at(line).min(slashes)
        };
        let tokens: Vec<Token> = Scanner::new(text, span.start..end).collect();
        if let Some(set) = heading(text, &tokens, line) {
            section = set;
            reader.leave(at, "the transport of the lines below");
            continue;
        }
        if is_heading {
            continue;
        }
        let variable = assignment(&text[span.start..end]);
        let tokens = match &variable {
            Some(own) => Scanner::new(text, span.start + own.value..end).collect(),
            None => tokens,
        };
        if line.trim_start().starts_with('|') {
            reader.leave(at, "a row of a table among other text");
            continue;
        }
        let is_closed = |token: &Token| matches!(token, Token::Word(span) if is_not_open(text[span.clone()].trim_matches([':', '.'])));
        let is_closing = tokens.iter().any(is_closed);
        let is_title = line.trim_end().ends_with(':')
            && tokens.iter().all(|token| matches!(token, Token::Word(_)));
        if is_title {
            is_closed_section = is_closing;
        }
        if variable.as_ref().is_some_and(|own| own.is_closed) || is_closing || is_closed_section {
            reader.leave(at, CLOSED);
            continue;
        }
        if let Some(own) = variable.as_ref().filter(|_| tokens.is_empty()) {
            section = own.transports;
            reader.leave(at, "the transport of the lines below");
            continue;
        }
        let is_one_end = variable.as_ref().is_some_and(|own| own.is_one_end);
        let ports = match reading(text, &tokens) {
            Reading::Ports(ports) if !is_one_end => ports,
            Reading::Unclear if variable.is_none() => {
                reader.unread(span.start..end, UNCLEAR.to_owned());
                continue;
            }
            _ => {
                let has_port = tokens.iter().any(|own| matches!(own, Token::Item(_)));
                let is_set = |own: &Assignment| has_port || line[..own.value].ends_with('=');
                if let Some(own) = variable.as_ref().filter(|own| is_set(own)) {
                    reader.unread(span.start + own.value..end, own.reason().to_owned());
                } else {
                    reader.leave(at, "words, or numbers that are no ports");
                }
                continue;
            }
        };
        let stated = variable.map_or(section, |own| own.transports);
        let count = ports.len();
        let first = reader.entries.len();
        for Port {
            item,
            transports,
            word,
        } in ports
        {
            let is_added = reader.add(item, transports.unwrap_or(stated), own)?;
            if let Some(entry) = reader.entries.last_mut().filter(|_| is_added) {
                let suffix = entry.transport_span.take();
                entry.transport_span = suffix.or(word);
            }
        }
        let is_several = count > 1 && reader.entries.len() > first + 1;
        if is_several && several.is_none() {
            let before = &reader.entries[first];
            let from = before
                .transport_span
                .clone()
                .map_or(before.span.end, |own| own.end.max(before.span.end));
            let next = reader.entries[first + 1].span.start;
            several = text
                .get(from..next)
                .filter(|sign| {
                    sign.len() <= 4 && sign.chars().all(|c| matches!(c, ',' | ';' | ' ' | '\t'))
                })
                .map(str::to_owned);
        }
    }
    if let Some(sign) = several {
        reader.groups[own].separator = Some(sign);
    }
    Ok(())
}

/// How long the number of a numbered list at the start of a line is: `2. TCP 443`.
fn numbered(line: &str, number: usize) -> Option<usize> {
    let rest = line.trim_start().strip_prefix(&number.to_string())?;
    let rest = rest.strip_prefix(['.', ')'])?;
    let own = rest.trim_start();
    (own.len() < rest.len() && !own.is_empty()).then(|| line.len() - own.len())
}

/// A line that says the transport of those below: `TCP:`, `[udp]`, `# UDP ports`.
fn heading(text: &str, tokens: &[Token], line: &str) -> Option<Transports> {
    let mut set = None;
    for token in tokens {
        match token {
            Token::Transport(own, _) => set = Some(set.unwrap_or(Transports::NONE).and(*own)),
            Token::Word(span)
                if is_filler(&text[span.clone()])
                    || text[span.clone()].trim_matches('#').is_empty() => {}
            _ => return None,
        }
    }
    set.filter(|_| line.len() < 40)
}

pub(super) fn is_filler(word: &str) -> bool {
    let word = word.trim_matches([':', '=', '.']);
    word.is_empty() || FILLERS.iter().any(|own| word.eq_ignore_ascii_case(own))
}

#[cfg(test)]
mod tests {
    use super::super::testing::shown;

    fn entries(text: &str) -> Vec<String> {
        let (notation, entries) = shown(text);
        assert_eq!(notation, "lines", "{text}");
        entries
            .into_iter()
            .map(|own| own.split('@').next().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn transports_stand_before_behind_or_above() {
        assert_eq!(
            entries("80/tcp\ntcp 443\n53 udp\nproto=udp ports 3478-3497\n"),
            ["80/tcp", "443/tcp", "53/udp", "3478-3497/udp"]
        );
        assert_eq!(
            entries("TCP: 80, 443 UDP: 53 to 54\n"),
            ["80/tcp", "443/tcp", "53-54/udp"]
        );
        assert_eq!(
            entries("80, 443 tcp, 53 udp\n"),
            ["80/tcp", "443/tcp", "53/udp"]
        );
        assert_eq!(
            entries("TCP:\n80\n[udp]\n53\n# TCP ports\n443\n"),
            ["80/tcp", "53/udp", "443/tcp"]
        );
        assert_eq!(
            entries("5223 TCP Apple Push 2\n123 udp ntp\n"),
            ["5223/tcp", "123/udp"]
        );
    }

    #[test]
    fn a_transport_is_for_all_ports_that_commas_join() {
        assert_eq!(
            entries("80,443,5223/tcp\n53-54,123/udp\n"),
            ["80/tcp", "443/tcp", "5223/tcp", "53-54/udp", "123/udp"]
        );
        assert_eq!(
            entries("80/tcp,443,5223/tcp\n80, 53/udp\n"),
            ["80/tcp", "443/", "5223/tcp", "80/", "53/udp"]
        );
    }

    #[test]
    fn a_transport_may_stand_before_a_slash() {
        assert_eq!(
            entries(
                "tcp/5223 // APNs 2010\nudp/53, udp/123 tcp/80\n443 // 2010\n3478 through 3497/udp\n"
            ),
            [
                "5223/tcp",
                "53/udp",
                "123/udp",
                "80/tcp",
                "443/",
                "3478-3497/udp"
            ]
        );
    }

    #[test]
    fn a_word_with_a_colon_may_say_what_the_ports_are_for() {
        assert_eq!(
            entries(
                "FaceTime: 80 (TCP), 443 (TCP), 3478 through 3497 (UDP)\nAPNs: 5223/tcp\nVersion: 2\n"
            ),
            ["80/tcp", "443/tcp", "3478-3497/udp", "5223/tcp"]
        );
    }

    #[test]
    fn the_numbers_of_a_numbered_list_are_no_ports() {
        let text = "1. TCP 80\n2. TCP 443\n3) UDP 53\n";
        assert_eq!(entries(text), ["80/tcp", "443/tcp", "53/udp"]);
        assert_eq!(entries("1\n2\n80. 443\n"), ["1/", "2/", "80/", "443/"]);
    }

    #[test]
    fn what_is_not_open_is_left_alone() {
        let text = "443/tcp deny\n80/tcp filtered http\nblocked: 53/udp\n5223/tcp open # denied\n";
        assert_eq!(entries(text), ["5223/tcp"]);
        let text = "Blocked:\n443/tcp\nAllowed:\n80/tcp\n";
        assert_eq!(entries(text), ["80/tcp"]);
    }

    #[test]
    fn ports_may_be_code_of_markdown() {
        assert_eq!(
            entries("- **53**/udp\n- **54/udp**\n- **DNS** 7\n"),
            ["53/udp", "54/udp"]
        );
        assert_eq!(
            entries("- `5223`\n* `443/tcp`\n- `3478-3497` udp\n- `80`/tcp, `81`\n"),
            ["5223/", "443/tcp", "3478-3497/udp", "80/tcp", "81/"]
        );
    }

    #[test]
    fn other_numbers_are_left_alone() {
        let text = "# 99\n17.0.0.0/8\n2026-10-11\nen0\nVLAN 20 guests\nupdated 3 times\n255.255.255.0\nrule 7: web\n";
        assert_eq!(entries(text), [""; 0]);
    }
}
