//! The transport of each port in a line. A word for a transport is for the ports on the side that no
//! separator parts it from: `80 tcp, 53 udp`, `TCP 80, 443 / UDP 53`.

use std::ops::Range;

use super::line::Part;
use crate::scan::Item;
use crate::transports::Transports;

/// A port of a line, with its transport.
pub(super) struct Port {
    pub(super) item: Item,
    /// The transport that the line has for it.
    pub(super) transports: Option<Transports>,
    /// The word for the transport, where it is for this port alone.
    pub(super) word: Option<Range<usize>>,
}

/// Words for transports without a port between.
struct Run {
    words: Vec<(Transports, Range<usize>)>,
    /// How many ports are before them.
    at: usize,
    /// Whether they are for the ports behind them, and not for those before.
    is_before: bool,
}

impl Run {
    fn span(&self) -> Range<usize> {
        let (first, last) = (self.words.first(), self.words.last());
        first.map_or(0, |(_, span)| span.start)..last.map_or(0, |(_, span)| span.end)
    }
}

/// The ports, each with its transport; none where one of them has two.
pub(super) fn bound(text: &str, segment: Vec<Part>) -> Option<Vec<Port>> {
    let is_first = matches!(segment.first(), Some(Part::Transport(..)));
    let mut ports: Vec<Port> = Vec::new();
    let mut runs: Vec<Run> = Vec::new();
    for part in segment {
        let mut words = Vec::new();
        match part {
            Part::Item(mut item) => {
                // In `TCP 80 / UDP 53` the slash parts; in `80 / tcp` it joins.
                let is_apart = |word: &Range<usize>| {
                    let between = text.get(item.span.end..word.start);
                    between.is_some_and(|between| between.contains(' '))
                };
                let apart = item.suffix.take_if(|(_, word)| is_first && is_apart(word));
                words.extend(apart);
                ports.push(Port {
                    transports: item.suffix.as_ref().map(|(set, _)| *set),
                    item,
                    word: None,
                });
            }
            Part::Transport(set, span) => words.push((set, span)),
        }
        match runs.last_mut().filter(|run| run.at == ports.len()) {
            Some(run) => run.words.extend(words),
            None if words.is_empty() => {}
            None => runs.push(Run {
                words,
                at: ports.len(),
                is_before: is_first,
            }),
        }
    }
    let runs = sided(text, &ports, runs, is_first);
    for (index, run) in runs.iter().enumerate() {
        let range = if run.is_before {
            run.at..runs.get(index + 1).map_or(ports.len(), |next| next.at)
        } else {
            index.checked_sub(1).map_or(0, |before| runs[before].at)..run.at
        };
        state(&mut ports[range], run)?;
    }
    share(text, &mut ports);
    Some(ports)
}

/// The runs with their sides. Where separators do not tell it, all of a line have that of the first.
fn sided(text: &str, ports: &[Port], runs: Vec<Run>, is_first: bool) -> Vec<Run> {
    let is_parted = |from: usize, to: usize| {
        let between = text.get(from..to).unwrap_or_default();
        between.contains([',', ';', '|', '&']) || is_first && between.contains('/')
    };
    let mut sided = Vec::new();
    for mut run in runs {
        let span = run.span();
        if run.at == 0 || run.at == ports.len() {
            run.is_before = run.at == 0;
            sided.push(run);
            continue;
        }
        let before = is_parted(ports[run.at - 1].item.whole().end, span.start);
        let behind = is_parted(span.end, ports[run.at].item.span.start);
        let mut pairs = run.words.windows(2);
        let inner = pairs.position(|pair| is_parted(pair[0].1.end, pair[1].1.start));
        if let Some(inner) = inner.filter(|_| !before && !behind) {
            // `80 tcp, udp 53`.
            let words = run.words.split_off(inner + 1);
            let at = run.at;
            run.is_before = false;
            sided.push(run);
            sided.push(Run {
                words,
                at,
                is_before: true,
            });
            continue;
        }
        let joint = &text[span.end..ports[run.at].item.span.start];
        if text[..span.end].ends_with(':') || matches!(joint, "/" | ":") {
            run.is_before = true;
        } else if before != behind {
            run.is_before = before;
        }
        sided.push(run);
    }
    sided
}

/// Gives the ports the transport of a run; none where one has another already.
fn state(ports: &mut [Port], run: &Run) -> Option<()> {
    let sets = run.words.iter().map(|(set, _)| *set);
    let set = sets.fold(Transports::NONE, Transports::and);
    let from = if run.is_before {
        0
    } else {
        // `80/tcp, 53 udp`.
        let has_own = |port: &Port| port.item.suffix.is_some();
        ports.iter().rposition(has_own).map_or(0, |at| at + 1)
    };
    if from == ports.len() && !run.is_before {
        return (ports.last()?.transports == Some(set)).then_some(());
    }
    let word = match (run.words.as_slice(), ports.len() - from) {
        ([(_, span)], 1) if !span.is_empty() => Some(span.clone()),
        _ => None,
    };
    for port in &mut ports[from..] {
        if port.transports.is_some_and(|stated| stated != set) {
            return None;
        }
        if port.item.suffix.is_some() {
            continue;
        }
        port.transports = Some(set);
        port.word.clone_from(&word);
    }
    Some(())
}

/// Gives bare ports the transport behind the last of their list: `80,443/tcp`, `80, 443 and 5223/tcp`.
/// Behind the first that has one, each should have its own.
fn share(text: &str, ports: &mut [Port]) {
    let is_joined = |one: &Port, other: &Port| {
        let between = text.get(one.item.whole().end..other.item.span.start);
        between
            .is_some_and(|between| !between.trim().is_empty() && !between.contains([';', '/', '|']))
    };
    for list in ports.chunk_by_mut(is_joined) {
        let Some(end) = list.iter().position(|port| port.transports.is_some()) else {
            continue;
        };
        let set = list[end].item.suffix.as_ref().map(|(set, _)| *set);
        for port in &mut list[..end] {
            port.transports = set;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{ports, unread};

    fn read(line: &str) -> String {
        ports(&format!("{line}\n"))
    }

    #[test]
    fn separators_part_transports_from_ports() {
        for (line, ports) in [
            (
                "TCP 80, 443, 5223 / UDP 3478-3497, 53",
                "80/tcp 443/tcp 5223/tcp 3478-3497/udp 53/udp",
            ),
            ("TCP: 80, 443; UDP: 53", "80/tcp 443/tcp 53/udp"),
            ("TCP 80,443 UDP 53", "80/tcp 443/tcp 53/udp"),
            ("TCP (80, 443), UDP (53)", "80/tcp 443/tcp 53/udp"),
            ("80, 443 TCP; 53 UDP", "80/tcp 443/tcp 53/udp"),
            ("80 tcp, udp 53", "80/tcp 53/udp"),
            ("80 tcp, 443, udp 53", "80/tcp 443/ 53/udp"),
            ("80 tcp udp, 53 udp", "80/tcp+udp 53/udp"),
            ("80 / tcp, 53 / udp", "80/tcp 53/udp"),
            ("tcp/80, udp/53 tcp/443", "80/tcp 53/udp 443/tcp"),
            ("80 (TCP) / 53 (UDP)", "80/tcp 53/udp"),
            ("TCP | 80 | 443", "80/tcp 443/tcp"),
            ("80, 443 and 5223/tcp", "80/tcp 443/tcp 5223/tcp"),
            ("80, 443/tcp, 53/udp", "80/tcp 443/tcp 53/udp"),
            ("80, 443/tcp, 5223/tcp", "80/tcp 443/tcp 5223/tcp"),
            ("80; 53/udp", "80/ 53/udp"),
            ("80 53/udp", "80/ 53/udp"),
        ] {
            assert_eq!(read(line), ports, "{line}");
            assert_eq!(unread(&format!("{line}\n")), [""; 0], "{line}");
        }
    }

    #[test]
    fn what_may_have_two_transports_is_not_read() {
        for line in [
            "tcp 80, 443 udp",
            "TCP 80/UDP 53",
            "80/tcp udp, 53/udp",
            "80,443/tcp udp",
        ] {
            assert_eq!(read(line), "", "{line}");
            let reason = "it has different transports for the same port";
            assert_eq!(
                unread(&format!("{line}\n")),
                [format!("1:1 {reason}")],
                "{line}"
            );
        }
        assert_eq!(read("5223/tcp (TCP)"), "5223/tcp");
        assert_eq!(read("tcp tcp5223"), "5223/tcp");
    }
}
