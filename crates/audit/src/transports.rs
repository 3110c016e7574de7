//! The transports that a list gives for a port.

use std::fmt;

use appleports_model::Transport;

/// A set of transports; empty where the list gives none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Transports(u8);

impl Transports {
    /// No transport is given.
    pub const NONE: Self = Self(0);

    /// The set of one transport.
    pub fn one(transport: Transport) -> Self {
        let at = Transport::ALL.iter().position(|own| *own == transport);
        Self(1 << at.unwrap_or_default())
    }

    /// Whether no transport is given.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the set has the transport.
    pub fn has(self, transport: Transport) -> bool {
        self.0 & Self::one(transport).0 != 0
    }

    /// The transports of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The transports, in the order of outputs.
    pub fn iter(self) -> impl Iterator<Item = Transport> {
        Transport::ALL.into_iter().filter(move |own| self.has(*own))
    }

    /// The transports that a word means: `tcp`, `UDP`, `tcp/udp`, `tcp+udp`, `tcpudp`, `both`,
    /// `6`, never a part of the word.
    pub fn of_word(word: &str) -> Option<Self> {
        let word = word.trim_matches(|c: char| matches!(c, '"' | '\'' | '(' | ')' | '[' | ']'));
        if word.eq_ignore_ascii_case("tcpudp") || word.eq_ignore_ascii_case("both") {
            return Some(Self::one(Transport::Tcp).and(Self::one(Transport::Udp)));
        }
        let mut set = Self::NONE;
        for part in word.split(['/', '+', ',', '&', ' ', ';', '|']) {
            if part.is_empty() {
                continue;
            }
            let known = Transport::ALL;
            let known = known
                .into_iter()
                .find(|own| part.eq_ignore_ascii_case(own.as_str()));
            set = set.and(Self::one(known?));
        }
        (!set.is_empty()).then_some(set)
    }
}

impl fmt::Display for Transports {
    /// `tcp`, `tcp+udp`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Transport::as_str).collect();
        f.write_str(&names.join("+"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_transport_as_a_whole_or_not_at_all() {
        let shown = |word| Transports::of_word(word).map(|own| own.to_string());
        assert_eq!(shown("TCP").as_deref(), Some("tcp"));
        assert_eq!(shown("UDP/tcp").as_deref(), Some("tcp+udp"));
        assert_eq!(shown("tcpudp").as_deref(), Some("tcp+udp"));
        for word in ["", "tcpdump", "icmp", "tcp/icmp"] {
            assert_eq!(shown(word), None, "{word}");
        }
    }
}
