//! Plain lists: a port or a range a line, or several with commas or spaces between.

mod assignment;
mod broken;

use assignment::Assignment;
pub(super) use assignment::assignment;

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
        let Some(read) = understood(text, &tokens).filter(|_| !is_one_end) else {
            let has_port = tokens.iter().any(|own| matches!(own, Token::Item(_)));
            let is_set = |own: &Assignment| has_port || line[..own.value].ends_with('=');
            if let Some(own) = variable.as_ref().filter(|own| is_set(own)) {
                reader.unread(span.start + own.value..end, own.reason(text, &tokens));
            } else if !broken::report(reader, &tokens) {
                reader.leave(at, "words, or numbers that are no ports");
            }
            continue;
        };
        let stated = variable.map_or(read.stated.unwrap_or(section), |own| own.transports);
        let items = read.items;
        let count = items.len();
        let first = reader.entries.len();
        for (token, set) in items {
            let Token::Item(item) = token else { continue };
            let set = set.unwrap_or(stated);
            reader.add(item, set, own)?;
        }
        if count == 1
            && reader.entries.len() > first
            && read.spans.len() == 1
            && reader.entries[first].transport_span.is_none()
        {
            reader.entries[first].transport_span = read.spans.into_iter().next();
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

/// A line of ports.
struct Line {
    items: Vec<(Token, Option<Transports>)>,
    /// The transport that the line has for all of them.
    stated: Option<Transports>,
    spans: Vec<std::ops::Range<usize>>,
}

/// Gives the bare ports that commas alone join to one with a transport the same one, as
/// `80,443/tcp` has it for ufw. Where one of them has its own, each should.
fn share(text: &str, items: &mut [(Token, Option<Transports>)], mut next: usize, set: Transports) {
    let joined = items.iter().rev().take_while(|(token, _)| {
        let Token::Item(item) = token else {
            return false;
        };
        let end = item
            .suffix
            .as_ref()
            .map_or(item.span.end, |(_, own)| own.end);
        let is_joined = text.get(end..next) == Some(",");
        next = item.span.start;
        is_joined
    });
    let joined = joined.count();
    let from = items.len() - joined;
    if items[from..].iter().all(|(_, own)| own.is_none()) {
        for (_, own) in &mut items[from..] {
            *own = Some(set);
        }
    }
}

/// What a line has, if it is one of ports: only ports, transports and fillers, or words that
/// describe a port behind its transport.
fn understood(text: &str, tokens: &[Token]) -> Option<Line> {
    let mut items: Vec<(Token, Option<Transports>)> = Vec::new();
    let mut spans = Vec::new();
    let mut open = None;
    let mut is_prefix = false;
    let mut described = false;
    let mut is_labelled = false;
    for token in tokens {
        match token {
            Token::Item(_) if described => {}
            Token::Item(item) => {
                let own = item.suffix.as_ref().map(|(set, _)| *set);
                if let Some(set) = own {
                    share(text, &mut items, item.span.start, set);
                }
                items.push((token.clone(), own.or(open.filter(|_| is_prefix))));
            }
            Token::Transport(set, span) if !described => {
                if items.is_empty() {
                    is_prefix = true;
                }
                if is_prefix {
                    open = Some(match open {
                        Some(before) if items.is_empty() => set.and(before),
                        _ => *set,
                    });
                } else {
                    let behind = items.iter_mut().rev();
                    let mut found = false;
                    for (item, own) in behind {
                        let has_suffix = matches!(item, Token::Item(item) if item.suffix.is_some());
                        if has_suffix || own.is_some() && !spans.is_empty() && found {
                            break;
                        }
                        if own.is_none() {
                            *own = Some(*set);
                            found = true;
                        } else if !found {
                            // `80 tcp udp`.
                            *own = own.map(|before| before.and(*set));
                            break;
                        } else {
                            break;
                        }
                    }
                }
                spans.push(span.clone());
            }
            Token::Transport(..) => {}
            Token::Word(span) if is_filler(&text[span.clone()]) => {}
            Token::Word(_) if described => {}
            // `FaceTime: 80 (TCP)`: what the ports are for, where each has its transport.
            Token::Word(span)
                if items.is_empty() && !is_labelled && text[span.clone()].ends_with(':') =>
            {
                is_labelled = true;
            }
            Token::Word(_) => {
                let has_transport = items.iter().all(|(_, own)| own.is_some());
                if items.is_empty() || !has_transport {
                    return None;
                }
                described = true;
            }
        }
    }
    let is_plain = !is_labelled || items.iter().all(|(_, own)| own.is_some());
    (!items.is_empty() && is_plain).then_some(Line {
        items,
        stated: None,
        spans,
    })
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
