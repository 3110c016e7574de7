//! One line of a plain list: words part it into segments, which may name what the ports are for or
//! describe them.

use std::ops::Range;

use appleports_model::is_dash;

use super::bold::Bold;
use super::bound::{Port, bound};
use super::is_filler;
use crate::scan::{Item, Token};
use crate::transports::Transports;

/// The most words that may name what ports are for without a colon behind them.
const MAX_NAME: usize = 4;

/// Words that turn a sentence into its contrary.
const NEGATIONS: [&str; 6] = ["not", "never", "no", "except", "without", "don't"];

/// What a line is.
pub(super) enum Reading {
    /// Ports.
    Ports(Vec<Port>),
    /// Words, or numbers that are no ports.
    Words,
    /// Ports, and a transport that may be for those on either side of it.
    Unclear,
}

/// A part of a segment.
#[derive(Clone)]
pub(super) enum Part {
    Item(Item),
    Transport(Transports, Range<usize>),
}

/// Ports and transports without other words between.
#[derive(Clone, Default)]
struct Segment<'t> {
    parts: Vec<Part>,
    /// The words before it.
    words: Vec<&'t str>,
    /// Whether they say that ports follow.
    has_port_word: bool,
    /// Whether a colon is behind them.
    is_labelled: bool,
}

impl Segment<'_> {
    fn has_ports(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Item(_)))
    }

    fn transports(&self) -> Transports {
        let sets = self.parts.iter().map(|part| match part {
            Part::Transport(set, _) => *set,
            Part::Item(_) => Transports::NONE,
        });
        sets.fold(Transports::NONE, Transports::and)
    }

    /// Whether it has ports, and each its transport behind it.
    fn is_glued(&self) -> bool {
        let is_one = |part: &Part| matches!(part, Part::Item(item) if item.suffix.is_some());
        self.has_ports() && self.parts.iter().all(is_one)
    }

    fn starts_with_transport(&self) -> bool {
        matches!(self.parts.first(), Some(Part::Transport(..)))
    }
}

/// Whether a line is a name with a colon and bare ports: `HTTPS: 443`. Alone it may be anything, such
/// as `Version: 2`.
pub(super) fn is_named(text: &str, tokens: &[Token]) -> bool {
    let mut last = Segment::default();
    for segment in Segments::new(text, tokens) {
        if last.is_labelled {
            return false;
        }
        last = segment;
    }
    let is_bare = last.parts.iter().all(|part| match part {
        Part::Item(item) => item.suffix.is_none(),
        Part::Transport(..) => false,
    });
    last.is_labelled && last.has_ports() && is_bare
}

/// Reads a line: ports alone, ports behind a name, or words that describe a port behind its
/// transport. In a list of names and ports, names have bare ports; `bold` says which bold numbers
/// are ports without a transport beside them.
pub(super) fn reading(text: &str, tokens: &[Token], is_of_names: bool, bold: Bold) -> Reading {
    if !tokens.iter().any(|token| matches!(token, Token::Item(_))) {
        return Reading::Words;
    }
    let mut segments = Segments::new(text, tokens).peekable();
    // What is before: `TCP ports for FaceTime: 80`, `iOS 17: 80/tcp`.
    let mut of_name = Transports::NONE;
    let segment = loop {
        let Some(segment) = segments.next() else {
            return Reading::Words;
        };
        let is_behind = segments.peek().is_some_and(|next| next.words == [":"]);
        let is_number_of_name = is_behind && !segment.words.is_empty();
        if segment.has_ports() && !is_number_of_name {
            break segment;
        }
        of_name = of_name.and(segment.transports());
    };
    let is_last = segments.peek().is_none();
    let is_first = segment.starts_with_transport();
    let Segment {
        parts,
        words,
        has_port_word,
        is_labelled,
    } = segment;
    let Some(mut ports) = bound(text, parts) else {
        return Reading::Unclear;
    };
    if is_labelled && !is_first && !of_name.is_empty() {
        for port in &mut ports {
            port.transports.get_or_insert(of_name);
        }
    }
    let mut is_bound = ports.iter().all(|port| port.transports.is_some());
    let is_beside = |port: &Port| port.item.suffix.is_some() || port.word.is_some();
    let is_glued = ports.iter().all(is_beside);
    // **2024**: first list.
    let has_word = || {
        let mut words = segments.clone().filter(|segment| !segment.has_ports());
        words.any(|segment| !segment.transports().is_empty())
    };
    let is_port = |item: &Item| bold.has(text, item) || has_word();
    let is_described = ports
        .last()
        .is_some_and(|port| is_described(text, &port.item) && is_port(&port.item));
    let is_understood = match words.as_slice() {
        [] => is_bound || is_last || is_described,
        _ if is_labelled => is_bound || (has_port_word || is_of_names) && is_last,
        _ => {
            let is_negated = words.iter().any(|word| is_negation(word));
            // `http 80/tcp https 443/tcp`.
            let are_pairs = || {
                segments
                    .clone()
                    .all(|segment| segment.words.len() == 1 && segment.is_glued())
            };
            let is_name = words.len() <= MAX_NAME && !is_negated && (is_last || are_pairs());
            is_name && is_bound && (is_glued || is_first)
        }
    };
    if !is_understood {
        return Reading::Words;
    }
    for segment in segments {
        // `80` – HTTP (TCP).
        let of_words = segment.transports();
        if is_described && !is_bound && !segment.has_ports() && !of_words.is_empty() {
            for port in &mut ports {
                port.transports.get_or_insert(of_words);
            }
            is_bound = true;
        }
        // Other numbers in a description are no ports.
        let segment_ports = bound(text, segment.parts).unwrap_or_default();
        if segment_ports.iter().all(|port| port.transports.is_some()) {
            ports.extend(segment_ports);
        }
    }
    Reading::Ports(ports)
}

/// Whether an item is code or bold in Markdown, and a dash or a colon behind it begins what it is for:
/// "`80` – HTTP".
pub(super) fn is_described(text: &str, item: &Item) -> bool {
    let whole = item.whole();
    let is_mark = |c: char| matches!(c, '`' | '*');
    let behind = text[whole.end..].trim_start_matches(is_mark);
    let is_marked = text[..whole.start].ends_with(is_mark) || text[..whole.end].ends_with('*');
    let is_closed = behind.len() < text.len() - whole.end || text[..whole.end].ends_with('*');
    let behind = behind.trim_start_matches(' ');
    is_marked && is_closed && behind.starts_with(|c: char| is_dash(c) || matches!(c, '-' | ':'))
}

/// The segments of a line, one after the other.
#[derive(Clone)]
struct Segments<'t, 'k> {
    text: &'t str,
    tokens: std::iter::Peekable<std::vec::IntoIter<&'k Token>>,
}

impl<'t, 'k> Segments<'t, 'k> {
    fn new(text: &'t str, tokens: &'k [Token]) -> Self {
        Self {
            text,
            tokens: without_remarks(text, tokens).into_iter().peekable(),
        }
    }
}

/// The parts of a line without the remarks in brackets behind a port: of `3478 (STUN, RFC 8489), 443`,
/// those of `3478, 443`. What has a transport in a remark is a port, and a negation may be of one.
fn without_remarks<'k>(text: &str, tokens: &'k [Token]) -> Vec<&'k Token> {
    let mut kept: Vec<&Token> = Vec::new();
    let mut opened = None;
    let mut has_port = false;
    for token in tokens {
        let span = token.span();
        if text[..span.start].ends_with('(') {
            opened = Some(kept.len()).filter(|_| has_port);
        }
        kept.push(token);
        has_port |= matches!(token, Token::Item(_));
        if text[span.end..].starts_with(')')
            && let Some(first) = opened.take()
        {
            let words = kept[first..].iter().filter_map(|token| match token {
                Token::Word(span) => Some(&text[span.clone()]).filter(|word| !is_filler(word)),
                _ => None,
            });
            let words: Vec<&str> = words.collect();
            if !words.is_empty() && !words.iter().any(|word| is_negation(word)) {
                let inner = kept.split_off(first).into_iter();
                kept.extend(inner.filter(|token| token.has_transport()));
            }
        }
    }
    kept
}

fn is_negation(word: &str) -> bool {
    NEGATIONS
        .iter()
        .any(|negation| word.eq_ignore_ascii_case(negation))
}

impl<'t> Iterator for Segments<'t, '_> {
    type Item = Segment<'t>;

    fn next(&mut self) -> Option<Segment<'t>> {
        let text = self.text;
        let mut segment = Segment::default();
        while let Some(token) = self.tokens.peek() {
            match token {
                Token::Item(item) => segment.parts.push(Part::Item(item.clone())),
                Token::Transport(set, span) => {
                    // `FaceTime TCP: 80`.
                    let has_colon = text[span.clone()].ends_with(':');
                    segment.is_labelled |=
                        has_colon && !segment.words.is_empty() && segment.parts.is_empty();
                    segment.parts.push(Part::Transport(*set, span.clone()));
                }
                Token::Word(span) => {
                    let word = &text[span.clone()];
                    let bare_word = word.trim_matches([':', '.', '=']);
                    let is_port_word = bare_word.eq_ignore_ascii_case("port")
                        || bare_word.eq_ignore_ascii_case("ports");
                    let is_label = word == ":" || is_port_word && word.ends_with(':');
                    if !is_filler(word) || is_label {
                        if !segment.parts.is_empty() {
                            return Some(segment);
                        }
                        segment.words.push(word);
                        segment.is_labelled = word.ends_with(':');
                    }
                    segment.has_port_word |= is_port_word;
                }
            }
            self.tokens.next();
        }
        let is_some = !segment.words.is_empty() || !segment.parts.is_empty();
        is_some.then_some(segment)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{ports, shown};

    fn read(line: &str) -> String {
        ports(&format!("{line}\n"))
    }

    #[test]
    fn words_may_say_what_the_ports_are_for() {
        for (line, ports) in [
            ("Apple Push: 5223/tcp", "5223/tcp"),
            ("Apple Push (APNs): 443/tcp, 5223/tcp", "443/tcp 5223/tcp"),
            ("iOS 17: 443/tcp", "443/tcp"),
            ("FaceTime TCP: 80, 443 UDP: 53", "80/tcp 443/tcp 53/udp"),
            ("TCP ports for FaceTime: 80, 443", "80/tcp 443/tcp"),
            ("FaceTime ports: 80, 443", "80/ 443/"),
            ("FaceTime UDP 3478-3497, 53", "3478-3497/udp 53/udp"),
            ("Apple Push 5223/tcp", "5223/tcp"),
            ("nat-stun  3478-3497  UDP", "3478-3497/udp"),
            (
                "TCP 80 (HTTP), 443 (HTTPS, too), 5223",
                "80/tcp 443/tcp 5223/tcp",
            ),
            ("UDP 3478 (STUN, RFC 8489), 53", "3478/udp 53/udp"),
            ("3478/udp (RFC 8489, STUN), 443/tcp", "3478/udp 443/tcp"),
            ("443 (TCP, RFC 9110)", "443/tcp"),
            ("443 (HTTPS)", "443/"),
            ("5223/tcp (falls back to 443/tcp)", "5223/tcp 443/tcp"),
            ("443/tcp (not 80/tcp)", "443/tcp 80/tcp"),
            ("TCP: 80 (443)", "80/tcp 443/tcp"),
            ("TCP: 80, 443 und 5223", "80/tcp 443/tcp 5223/tcp"),
            (
                "firewall-cmd --permanent --add-port=80/tcp --add-port=53/udp",
                "80/tcp 53/udp",
            ),
            ("allow 443/tcp", "443/tcp"),
            ("80/tcp http, 443/tcp https", "80/tcp 443/tcp"),
            ("80 TCP (http), 443 TCP (https)", "80/tcp 443/tcp"),
            ("5223 TCP Apple Push 2", "5223/tcp"),
            ("- `80` – HTTP 1.1, RFC 2616", "80/"),
            ("* `80`, `443`: web (TCP)", "80/tcp 443/tcp"),
            ("- **3478-3497** - STUN (UDP)", "3478-3497/udp"),
            ("- `5223/tcp` — APNs", "5223/tcp"),
        ] {
            assert_eq!(read(line), ports, "{line}");
        }
    }

    #[test]
    fn a_list_may_have_names_and_bare_ports() {
        let text = "# mine\nHTTP: 80\nApple Push: 443, 5223\n\nSTUN: 3478-3497\n";
        let all = ["80/@2:7", "443/@3:13", "5223/@3:18", "3478-3497/@5:7"];
        assert_eq!(shown(text).1, all);
        assert_eq!(shown("HTTP: 80\nnot so\n").1, [""; 0]);
    }

    #[test]
    fn prose_is_no_list() {
        for line in [
            "Version: 2",
            "rule 7: web",
            "it is never 25/tcp",
            "VLAN 20 guests",
            "updated 3 times in 2026",
            "Tel: 1 800 692 7753",
            "if it does not work on 25/tcp",
            "- **3** new rules",
            "- 3 - three",
            "- `3` of them",
            "- **1** – Open the settings",
            "**2024**: first list",
            "**2020-2024** – three lists",
        ] {
            assert_eq!(read(line), "", "{line}");
        }
    }
}
