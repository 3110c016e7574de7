//! A mapping with a port or a range: its keys, in whatever order, and what they say together.

mod range;

use std::collections::BTreeSet;
use std::ops::Range;

use range::unquoted;

use super::elements;
use super::loops::Loops;
use super::role::{Below, Role, is_every, is_inbound, may_be_end, role};
use super::unknown::{is_template, of_template};
use crate::expression::Reader;
use crate::notations::csv::is_of_others;
use crate::notations::json::{self, plain_key};
use crate::notations::{CLOSED, is_closed_by, is_not_open};
use crate::read::ReadError;
use crate::transports::Transports;

/// A key of a mapping and where its value is in the text.
pub(in crate::notations) struct Member {
    pub(in crate::notations) key: String,
    pub(in crate::notations) value: Range<usize>,
}

/// Whether mappings with these members have ports: one of them a port, with its transport or its end.
pub(in crate::notations) fn have_ports<'m>(members: impl Iterator<Item = &'m Member>) -> bool {
    let (mut has_ports, mut has_first, mut has_last, mut has_transport) =
        (false, false, false, false);
    for member in members {
        let role = role(&member.key);
        // A list may be below the key.
        let is_port = !member.value.is_empty() || member.key.len() > "ports".len();
        has_ports |= matches!(role, Role::Ports | Role::Local) && is_port;
        has_first |= role == Role::First && !member.value.is_empty();
        has_last |= role == Role::Last && !member.value.is_empty();
        has_transport |= role == Role::Transport;
    }
    has_ports && (has_last || has_transport) || has_first && has_last && has_transport
}

/// What a mapping does with its ports.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Effect {
    #[default]
    Opens,
    Closed,
    /// It is of a protocol without ports.
    Other,
    /// It opens every port.
    Every,
}

/// A mapping while it is read.
#[derive(Default)]
pub(in crate::notations) struct Mapping {
    column: usize,
    /// Where its ports are, with the transports that their key gives.
    ports: Vec<(Range<usize>, Transports)>,
    /// As [`Self::ports`], those of this side: read where packets come in, or where it has no others.
    local: Vec<(Range<usize>, Transports)>,
    /// Where a side is open for every port, which says nothing if the other one has ports.
    any: Option<Range<usize>>,
    /// The transports of the last key of ports, and whether it is of this side.
    of_key: Transports,
    is_local: bool,
    first: Option<Range<usize>>,
    last: Option<Range<usize>>,
    transports: Transports,
    effect: Effect,
    /// What is below its last key.
    below: Below,
    /// Whether its key takes one port alone.
    is_single: bool,
    /// Where its keys are.
    pub(super) span: Range<usize>,
    /// Whether it is in braces.
    is_flow: bool,
    /// What a range has around it where a number has nothing: Terraform computes `80-90` otherwise.
    quote: &'static str,
    keys: BTreeSet<String>,
    /// Its keys with their values, and the list that it belongs to.
    content: Vec<String>,
    section: usize,
}

impl Mapping {
    /// One that begins at a column of a list, with the transports of ports for which no key gives any.
    pub(super) fn at(column: usize, section: usize, transports: Transports) -> Self {
        Self {
            column,
            transports,
            section,
            ..Self::default()
        }
    }

    pub(super) const fn column(&self) -> usize {
        self.column
    }

    /// Whether it has a key already, so that another one begins with that key: none has a key twice
    /// (YAML 1.2.2, section 3.2.1.3).
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// One in braces.
    pub(super) fn flow(section: usize, transports: Transports) -> Self {
        Self {
            is_flow: true,
            transports,
            section,
            ..Self::default()
        }
    }

    /// One of a language that computes: it has ranges in quotes alone.
    pub(in crate::notations) fn of_expressions() -> Self {
        Self {
            quote: "\"",
            ..Self::default()
        }
    }

    /// A block within this one, below a word.
    pub(in crate::notations) fn block(&self, word: &str) -> Self {
        let is_closed = self.effect == Effect::Closed || is_not_open(word);
        Self {
            effect: if is_closed {
                Effect::Closed
            } else {
                Effect::Opens
            },
            quote: self.quote,
            ..Self::default()
        }
    }

    /// Takes a key; why nothing more is read from its line, where nothing is.
    pub(in crate::notations) fn take(&mut self, loops: &Loops<'_>, member: Member) -> &'static str {
        let text = loops.text;
        let Member { key, value } = member;
        let key = key.as_str();
        let written = text[value.clone()].trim_matches(['"', '\'']);
        let lower = written.to_ascii_lowercase();
        self.content.push(format!("{key}: {lower}"));
        self.keys.insert(key.to_owned());
        self.span = if self.span.is_empty() {
            value.clone()
        } else {
            self.span.start..value.end.max(self.span.end)
        };
        self.below = Below::Other;
        let role = role(key);
        let is_list = text[value.clone()].starts_with('[');
        match role {
            Role::Ports | Role::Local if !is_list && loops.give(value.clone()) => {
                "a port that a loop gives"
            }
            Role::Ports | Role::Local
                if !written.contains('{') || is_template(written) || is_list =>
            {
                let of_key = key.split(['_', '-']).find_map(Transports::of_word);
                self.of_key = of_key.unwrap_or_default();
                self.is_local = role == Role::Local;
                self.below = match (value.is_empty(), is_open_list(written)) {
                    (true, _) => Below::Items,
                    (false, true) => Below::Brackets,
                    (false, false) => Below::Other,
                };
                self.is_single = matches!(key, "port" | "containerport");
                let is_side = self.is_local || key == "remoteport";
                if is_side && is_every(&lower) {
                    self.any = Some(value);
                } else if is_list && written.contains('{') {
                    // Templates and mappings hide no other elements.
                    let (mut all, _) = elements(text, value);
                    all.retain(|element| !loops.give(element.clone()));
                    for element in all {
                        self.add(element);
                    }
                } else if !value.is_empty() {
                    self.add(value);
                }
                if self.is_local {
                    "a port of this side"
                } else {
                    "no port"
                }
            }
            Role::First if may_be_end(written) => {
                self.first = Some(value);
                "no port"
            }
            Role::Last if may_be_end(written) || key.contains("port") && !value.is_empty() => {
                self.last = Some(value);
                "the last port of a range"
            }
            Role::Transport => {
                self.transports = Transports::of_protocol(written).unwrap_or_default();
                self.effect = match self.effect {
                    Effect::Closed => Effect::Closed,
                    _ if is_of_others(written) => Effect::Other,
                    _ if is_every(&lower) => Effect::Every,
                    effect => effect,
                };
                "the transport of a port"
            }
            _ if is_closed_by(key, written) => {
                self.effect = Effect::Closed;
                CLOSED
            }
            _ => "another key",
        }
    }

    /// Takes a line that may open the list of its last key, below that.
    pub(super) fn open_list(&mut self, line: &str) {
        if self.below == Below::Items && line.trim_start().starts_with('[') {
            self.below = Below::Brackets;
        }
    }

    /// Whether its last key has a list in brackets that goes on in the lines below.
    pub(in crate::notations) const fn has_open_list(&self) -> bool {
        matches!(self.below, Below::Brackets)
    }

    /// Takes elements of that list.
    pub(super) fn elements(&mut self, elements: Vec<Range<usize>>, is_end: bool) {
        for element in elements {
            self.item(element);
        }
        if is_end {
            self.below = Below::Other;
        }
    }

    /// Takes an item of the list below the last key; false where that has no ports.
    pub(in crate::notations) fn item(&mut self, item: Range<usize>) -> bool {
        let is_port = self.below != Below::Other;
        if is_port {
            self.add(item);
        }
        is_port
    }

    /// Adds ports of the last key.
    fn add(&mut self, ports: Range<usize>) {
        let side = if self.is_local {
            &mut self.local
        } else {
            &mut self.ports
        };
        side.push((ports, self.of_key));
    }

    /// Adds the ports of the mapping.
    pub(in crate::notations) fn close(
        mut self,
        reader: &mut Reader<'_>,
        is_kubernetes: bool,
    ) -> Result<(), ReadError> {
        let text = reader.text;
        let is_inbound = self.content.iter().any(|part| is_inbound(part));
        if self.ports.is_empty() || is_inbound && !self.local.is_empty() {
            self.ports = std::mem::take(&mut self.local);
        }
        let first = self
            .ports
            .first()
            .cloned()
            .or_else(|| Some((self.first.clone()?, Transports::NONE)))
            .filter(|_| !self.ports.is_empty() || self.last.is_some());
        if first.is_none() && self.effect == Effect::Opens && self.any.is_some() {
            self.effect = Effect::Every;
        }
        let any = self.any.take().map(|any| (any, Transports::NONE));
        let Some((first, of_first)) = first.or(any) else {
            return Ok(());
        };
        match self.effect {
            Effect::Opens => {}
            Effect::Closed => {
                reader.leave(reader.line_of(first.start), CLOSED);
                return Ok(());
            }
            Effect::Other => {
                reader.leave(reader.line_of(first.start), "a row of another protocol");
                return Ok(());
            }
            Effect::Every => {
                let reason = "it opens every port; list the ports that are meant";
                reader.unknown(first, self.transports, reason.to_owned());
                return Ok(());
            }
        }
        let is_unknown = |span: &Range<usize>| is_template(&text[span.clone()]);
        if let Some(last) = self.last.clone().filter(|_| self.ports.len() < 2)
            && let Some(span) = [&first, &last].into_iter().find(|span| is_unknown(span))
        {
            let reason = of_template(&text[span.clone()]);
            reader.unknown(span.clone(), self.transports_of(of_first), reason);
            return Ok(());
        }
        let mut content = self.content.clone();
        content.sort_unstable();
        reader.row(self.section, self.span.clone(), |_| content.join("\n"));
        if let Some(last) = self.last.clone().filter(|_| self.ports.len() < 2) {
            let mapping = Self {
                transports: self.transports_of(of_first),
                ..self
            };
            return mapping.range(reader, first, last, is_kubernetes);
        }
        let mut keys = self
            .keys
            .iter()
            .map(|key| plain_key(key))
            .filter(|key| key.contains("port"));
        if self.last.is_none() && keys.any(|key| json::FIRST.contains(&key.as_str())) {
            reader.refused(first, "no key of the same mapping has the last port");
        }
        for (ports, of_key) in &self.ports {
            let transports = self.transports_of(*of_key);
            if is_unknown(ports) {
                reader.unknown(ports.clone(), transports, of_template(&text[ports.clone()]));
                continue;
            }
            let group = self.place(text, ports, is_kubernetes);
            // An element that comes again in the list of this mapping.
            let start = self.span.start;
            reader.row(self.section, ports.clone(), |text| {
                format!("{start} {transports} {}", &text[ports.clone()])
            });
            reader.expression(unquoted(text, ports.clone()), transports, group)?;
        }
        Ok(())
    }

    /// The transports of a key's ports: its own, or those of the mapping.
    const fn transports_of(&self, of_key: Transports) -> Transports {
        if of_key.is_empty() {
            self.transports
        } else {
            of_key
        }
    }
}

/// Whether a list in brackets goes on in the lines below.
fn is_open_list(value: &str) -> bool {
    let more = |open: char, close: char| value.matches(open).count() > value.matches(close).count();
    // `["5223[1]",` has a mark in it; what ends in the middle of a mapping is read with that.
    value.starts_with('[') && more('[', ']') && !more('{', '}')
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::ports;
    use crate::rules::testing::audit;

    #[test]
    fn the_transport_of_a_key_wins_over_that_of_its_mapping() {
        let text = "service:\n  name: FaceTime\n  protocol: TCP/UDP/SCTP\n  tcp_portrange: \"80 443\"\n  udp_portrange: \"53 3478-3497\"\n";
        assert_eq!(ports(text), "80/tcp 443/tcp 53/udp 3478-3497/udp");
        let text = "- protocol: udp\n  tcp_ports:\n  - 80\n  ports:\n  - 53\n";
        assert_eq!(ports(text), "80/tcp 53/udp");
    }

    #[test]
    fn an_element_that_comes_again_is_noted() {
        let yaml = "- protocol: tcp\n  destination_ports:\n  - 80\n  - 443\n  - 80\n";
        let hcl = "resource \"azurerm_network_security_rule\" \"a\" {\n  protocol = \"Tcp\"\n  destination_port_ranges = [\n    \"80\",\n    \"443\",\n    \"80\",\n  ]\n}\n";
        for (text, place) in [(yaml, "5:5 L014"), (hcl, "6:6 L014")] {
            let found = audit(&["80/tcp", "443/tcp"], text);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].starts_with(place), "{found:?}");
        }
        // Another rule may have the same ports, and another transport.
        let other = "- protocol: tcp\n  destination_ports:\n  - 80\n  - 443\n  remote: 10.0.0.1\n- protocol: tcp\n  destination_ports:\n  - 80\n- tcp_ports:\n  - 53\n  udp_ports:\n  - 53\n";
        let rows = ["80/tcp", "443/tcp", "53/tcp", "53/udp"];
        assert_eq!(audit(&rows, other), [""; 0]);
    }
}
