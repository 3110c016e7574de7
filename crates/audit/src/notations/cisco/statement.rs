//! One line: what it does, with which transports, and its destination ports.

use appleports_model::is_dash;

use super::names;
use crate::expression::Comparison;
use crate::notations::{slip_of, words};
use crate::transports::Transports;

/// What a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Permit,
    Deny,
    /// It belongs to a group of services.
    Group,
}

/// The destination ports; places are in the line, with their length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    /// `eq 80 443`.
    Equal(usize, usize),
    /// `range 3478 3497`, or one word with a dash.
    Range((usize, usize), Option<(usize, usize)>),
    /// The name of a group of services.
    Group(usize, usize),
    /// `gt 1023`: where the comparison is, and its number.
    Compared(Comparison, (usize, usize), (usize, usize)),
    /// Ports without a comparison: `7000`, `rang 8000 8001`.
    Unknown(usize, usize),
    /// More than a comparison takes: `gt 1023 99x`, `range 3478 3497 9999`.
    Excess(usize, usize),
}

/// A line with a verdict.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) verdict: Verdict,
    pub(super) transports: Transports,
    /// None where it has no comparison.
    pub(super) operand: Option<Operand>,
}

/// The words of a line, from the first to the last.
struct Words<'t> {
    all: Vec<(usize, &'t str)>,
    at: usize,
}

impl<'t> Words<'t> {
    fn peek(&self) -> Option<&'t str> {
        self.all.get(self.at).map(|(_, word)| *word)
    }

    fn next(&mut self) -> Option<(usize, &'t str)> {
        let word = self.all.get(self.at).copied();
        self.at += usize::from(word.is_some());
        word
    }

    fn skip(&mut self, known: &[&str]) {
        if self.peek().is_some_and(|word| known.contains(&word)) {
            self.at += 1;
        }
    }

    /// Skips an address: `any`, `host A`, `A/24`, `A mask`.
    fn address(&mut self) -> Option<()> {
        let (_, word) = self.next()?;
        let has_two = matches!(
            word,
            "host" | "object" | "object-group" | "interface" | "addrgroup"
        );
        let is_one = word.starts_with("any") || word.contains('/');
        if !has_two && !is_one && !word.contains(['.', ':']) {
            return None;
        }
        if !is_one {
            self.next()?;
        }
        Some(())
    }

    /// What a comparison takes.
    fn operand(&mut self) -> Option<Operand> {
        let (from, operator) = self.next()?;
        let (at, word) = self.next()?;
        match operator {
            "eq" => {
                let mut end = at + word.len();
                while let Some(more) = self.peek().filter(|word| is_port(word)) {
                    end = self.next()?.0 + more.len();
                }
                if let Some((last, word)) = self.behind_sign() {
                    end = last + word.len();
                }
                Some(Operand::Equal(at, end - at))
            }
            "range" => {
                let is_whole = word.contains(|c| matches!(c, '-' | ':') || is_dash(c));
                let last = match self.behind_sign() {
                    _ if is_whole => None,
                    None => self.next(),
                    last => last,
                };
                let last = last.map(|(at, word)| (at, word.len()));
                Some(Operand::Range((at, word.len()), last))
            }
            _ => {
                let mut end = at + word.len();
                // `neq 25 110`.
                while let Some(more) = self.peek().filter(|word| is_number(word)) {
                    end = self.next()?.0 + more.len();
                }
                let comparison = Comparison::of(operator)?;
                Some(Operand::Compared(
                    comparison,
                    (from, end - from),
                    (at, end - at),
                ))
            }
        }
    }

    /// The destination ports, behind which only options follow: words that nobody can read are among
    /// the ports, so that they and all behind them are reported.
    fn destination(&mut self) -> Option<Operand> {
        let operand = self.operand()?;
        let begin = self.at;
        while self.is_damaged() || self.at > begin && self.peek().is_some_and(is_port) {
            self.at += 1;
        }
        let (last, word) = self.all.get(self.at.checked_sub(1)?)?;
        let end = last + word.len();
        Some(match operand {
            _ if self.at == begin => operand,
            Operand::Equal(from, _) => Operand::Equal(from, end - from),
            Operand::Range((from, _), _) | Operand::Compared(_, (from, _), _) => {
                Operand::Excess(from, end - from)
            }
            _ => operand,
        })
    }

    /// Whether the next word is meant to be a port: it has digits, or is nearly a name of a port.
    /// Other words begin an option, whose numbers are no ports.
    fn is_damaged(&self) -> bool {
        let Some(word) = self.peek().filter(|word| !OPTIONS.contains(word)) else {
            return false;
        };
        let digits = word.chars().filter(|c| c.is_numeric()).count();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        digits > 0 && digits >= letters || names::is_near(word)
    }

    /// The word behind a sign that people write between the ends of a range: `8000 - 8999`.
    fn behind_sign(&mut self) -> Option<(usize, &'t str)> {
        let sign = self.peek()?;
        let (_, word) = self.all.get(self.at + 1)?;
        let is_sign = matches!(sign, "-" | ":" | "to") || sign.chars().all(is_dash);
        if !is_sign || !is_number(word) {
            return None;
        }
        self.at += 1;
        self.next()
    }

    /// Ports without a word for a comparison before them, or with a misspelt one.
    fn unknown(&mut self) -> Option<Operand> {
        let (from, word) = self.next()?;
        let mut end = from + word.len();
        if !is_number(word) && slip_of(word, &["range"]).is_none() {
            return None;
        }
        while let Some(more) = self.peek().filter(|word| is_number(word)) {
            end = self.next()?.0 + more.len();
        }
        Some(Operand::Unknown(from, end - from))
    }

    fn has_operator(&self) -> bool {
        let known = ["eq", "range", "gt", "lt", "neq"];
        self.peek().is_some_and(|word| known.contains(&word))
    }
}

/// The words that IOS, NX-OS and ASA have behind the ports of a rule. One that is not here ends the
/// ports as well, unless it looks like one: `psh` is nearly `rsh`.
const OPTIONS: [&str; 28] = [
    "ack",
    "capture",
    "counter",
    "dscp",
    "established",
    "fin",
    "flow-label",
    "fragments",
    "inactive",
    "interval",
    "log",
    "log-input",
    "match-all",
    "match-any",
    "option",
    "packet-length",
    "police",
    "precedence",
    "psh",
    "reflect",
    "rst",
    "syn",
    "tcp-flags-mask",
    "time-range",
    "tos",
    "ttl",
    "urg",
    "vlan",
];

/// Whether a word is a port, by number or by name.
fn is_port(word: &str) -> bool {
    is_number(word) || names::port(word, Transports::NONE).is_some()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a word begins what a device prints of its own behind a rule: `(12 matches)`,
/// `(hitcnt=7)`, `[match=12]`. A number alone in brackets is none.
fn begins_counter(word: &str) -> bool {
    let inner = word.strip_prefix(['(', '[']);
    inner.is_some_and(|inner| !inner.strip_suffix([')', ']']).is_some_and(is_number))
}

/// `tcp`, `tcp-udp`; none for `ip`.
pub(super) fn transports(word: &str) -> Transports {
    let word = if word == "tcp-udp" { "tcpudp" } else { word };
    Transports::of_stated(word).unwrap_or_default()
}

/// A line that permits or denies, or has ports of a group whose transports are `section`.
pub(super) fn parsed(line: &str, section: Transports) -> Option<Statement> {
    let all = words(line).take_while(|(_, word)| !begins_counter(word));
    let all = all.collect();
    let mut words = Words { all, at: 0 };
    match words.peek()? {
        "port-object" => {
            words.next();
            let operand = words.destination()?;
            return Some(of_group(section, Some(operand)));
        }
        // A line of `object-group port` of IOS-XR.
        "eq" | "range" if !section.is_empty() => {
            let operand = words.destination()?;
            return Some(of_group(section, Some(operand)));
        }
        "service-object" => {
            words.next();
        }
        // `service timestamps` and others are no ports.
        "service"
            if words
                .all
                .get(1)
                .is_some_and(|(_, word)| !transports(word).is_empty()) =>
        {
            words.next();
        }
        _ => {}
    }
    if words.at == 1 || !transports(words.peek()?).is_empty() {
        // `service-object tcp destination eq 443`, `tcp eq 443`.
        let set = transports(words.next()?.1);
        if words.peek() == Some("source") {
            words.next();
            words.operand()?;
        }
        words.skip(&["destination"]);
        let operand = if words.has_operator() {
            Some(words.destination()?)
        } else {
            None
        };
        return (words.at > 1).then(|| of_group(set, operand));
    }
    rule(words)
}

const fn of_group(transports: Transports, operand: Option<Operand>) -> Statement {
    Statement {
        verdict: Verdict::Group,
        transports,
        operand,
    }
}

/// `access-list 101 permit tcp any any eq 5223`, `10 permit tcp any any eq 5223`.
fn rule(mut words: Words<'_>) -> Option<Statement> {
    if words.peek() == Some("access-list") {
        words.at += 2;
        if words.peek() == Some("line") {
            words.at += 2;
        }
        words.skip(&["extended"]);
    } else if words.peek().is_some_and(is_number) {
        words.at += 1;
    }
    let verdict = match words.next()?.1 {
        "permit" => Verdict::Permit,
        "deny" => Verdict::Deny,
        _ => return None,
    };
    let (_, protocol) = words.next()?;
    let transports = match Transports::of_number(protocol) {
        Some(set) => set,
        None => transports(protocol),
    };
    if matches!(protocol, "object-group" | "object") {
        // The protocol and the ports are those of a group.
        let (at, name) = words.next()?;
        return Some(Statement {
            verdict,
            transports,
            operand: Some(Operand::Group(at, name.len())),
        });
    }
    words.address()?;
    if words.has_operator() {
        words.operand()?;
    }
    words.address()?;
    let operand = if words.has_operator() {
        Some(words.destination()?)
    } else if matches!(words.peek(), Some("object-group" | "port-group")) {
        words.next();
        words
            .next()
            .map(|(at, name)| Operand::Group(at, name.len()))
    } else {
        words.unknown()
    };
    let is_inactive = words
        .all
        .last()
        .is_some_and(|(_, word)| *word == "inactive");
    let verdict = if is_inactive { Verdict::Deny } else { verdict };
    Some(Statement {
        verdict,
        transports,
        operand,
    })
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::shown;
    use crate::rules::testing::audit;

    #[test]
    fn groups_of_ports_are_read_or_reported() {
        let rule = "ipv4 access-list FT\n 10 permit tcp any any eq www\n 20 permit tcp any any port-group PUSH\n";
        let group = "object-group port PUSH\n eq 5223\n range 8000 8001\n";
        let expected = ["80/tcp@2:27", "5223/tcp@5:5", "8000-8001/tcp@6:8"];
        assert_eq!(shown(&format!("{rule}{group}")).1, expected);
        let found = audit(&["80/tcp", "5223/tcp"], rule);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("3:35 L017 `PUSH`"), "{found:?}");
    }

    #[test]
    fn a_rule_that_ends_in_its_comparison_is_reported() {
        let open = "permit tcp any any eq 80\n";
        for rule in [
            "permit tcp any any range 5223",
            "permit udp any any range 5223",
        ] {
            let text = format!("{open}{rule}\n");
            assert_eq!(crate::notations::testing::unread(&text).len(), 1, "{text}");
        }
    }
}
