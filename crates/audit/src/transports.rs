//! The transports that a list gives for a port.

use std::fmt;

use appleports_model::Transport;

use crate::digits::{Damage, damage};

/// Set while a list is read, where the word for the transports was misspelt.
const MISSPELT: u8 = 1 << 7;

/// A set of transports; empty where the list gives none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Transports(u8);

impl Transports {
    /// No transport is given.
    pub const NONE: Self = Self(0);

    /// The set of one transport.
    pub fn one(transport: Transport) -> Self {
        let at = Transport::ALL
            .iter()
            .position(|listed| *listed == transport);
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
        Transport::ALL
            .into_iter()
            .filter(move |transport| self.has(*transport))
    }

    /// The transports that a word means: `tcp`, `UDP`, `tcp/udp`, `tcp+udp`, `tcpudp`, `both`,
    /// never a part of the word.
    pub fn of_word(word: &str) -> Option<Self> {
        if !word.bytes().all(may_be_in_word) {
            return None;
        }
        let word = word.trim_matches(|c: char| matches!(c, '"' | '\'' | '(' | ')' | '[' | ']'));
        if word.eq_ignore_ascii_case("tcpudp") || word.eq_ignore_ascii_case("both") {
            return Some(Self::one(Transport::Tcp).and(Self::one(Transport::Udp)));
        }
        if word.eq_ignore_ascii_case("tcp/ip") {
            return Some(Self::one(Transport::Tcp));
        }
        Self::of_parts(word, |part| known(part).map(Self::one))
    }

    /// As [`Self::of_word`], also of `TCP-Port`.
    pub(crate) fn of_port_word(word: &str) -> Option<Self> {
        let is_port = |part: &str| {
            ["port", "ports"]
                .iter()
                .any(|name| part.eq_ignore_ascii_case(name))
        };
        let parts = word.rsplit_once('-').filter(|(_, part)| is_port(part));
        Self::of_word(parts.map_or(word, |(transport, _)| transport))
    }

    /// The transport with a protocol number of IP: 6, 17.
    pub(crate) fn of_number(word: &str) -> Option<Self> {
        let transport = match word.trim() {
            "6" => Transport::Tcp,
            "17" => Transport::Udp,
            _ => return None,
        };
        Some(Self::one(transport))
    }

    /// As [`Self::of_stated`], where a number may be given as well.
    pub(crate) fn of_protocol(word: &str) -> Option<Self> {
        Self::of_stated(word).or_else(|| Self::of_number(word.trim_matches(['"', '\''])))
    }

    /// As [`Self::of_word`], where nothing else can be meant: also `utp` and `tpc`, marked so.
    pub(crate) fn of_stated(word: &str) -> Option<Self> {
        let slip = |part: &str| known(part).map(Self::one).or_else(|| Self::slip(part));
        Self::of_word(word).or_else(|| Self::of_parts(word, slip))
    }

    fn of_parts(word: &str, read: impl Fn(&str) -> Option<Self>) -> Option<Self> {
        let mut set = Self::NONE;
        let parts = word.split(['/', '+', ',', '&', ' ', ';', '|']);
        for part in parts.filter(|part| !part.is_empty()) {
            set = set.and(read(part.trim_matches(['"', '\'']))?);
        }
        (!set.is_empty()).then_some(set)
    }

    /// The transports that a misspelt word may mean: `utp`, `tc`, `tccp`.
    fn slip(word: &str) -> Option<Self> {
        let word = word.to_ascii_lowercase();
        let is_near = |name: &str| {
            // `rdp` and `ldp` are protocols of their own.
            let is_typed = word.bytes().all(|byte| b"tcudp".contains(&byte));
            let mut differ = word.bytes().zip(name.bytes()).filter(|(a, b)| a != b);
            let is_other = word.len() == name.len() && differ.nth(1).is_none();
            is_typed && is_other || is_slip(&word, name)
        };
        let near = [Transport::Tcp, Transport::Udp].into_iter();
        let near = near
            .filter(|transport| is_near(transport.as_str()))
            .map(Self::one);
        let set = near.fold(Self::NONE, Self::and);
        (!set.is_empty()).then_some(Self(set.0 | MISSPELT))
    }

    /// A word beside a port that is no other word: `tpc`, `tccp`.
    pub(crate) fn of_typo(word: &str) -> Option<Self> {
        let is_typo = [
            "tpc", "ctp", "ttcp", "tccp", "tcpp", "upd", "uudp", "uddp", "udpp",
        ]
        .iter()
        .any(|typo| word.eq_ignore_ascii_case(typo));
        is_typo.then(|| Self::slip(word)).flatten()
    }

    /// The set, and whether its word was misspelt.
    pub(crate) const fn without_mark(self) -> (Self, bool) {
        (Self(self.0 & !MISSPELT), self.0 & MISSPELT != 0)
    }
}

/// Whether a byte may be in a word for transports: a letter of a name, or a sign beside one. Other
/// words are most of a text.
const fn may_be_in_word(byte: u8) -> bool {
    matches!(
        byte.to_ascii_lowercase(),
        b't' | b'c' | b'p' | b'u' | b'd' | b's' | b'b' | b'o' | b'h' | b'i'
    ) || matches!(
        byte,
        b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'/' | b'+' | b',' | b'&' | b' ' | b';' | b'|'
    )
}

fn known(word: &str) -> Option<Transport> {
    let mut all = Transport::ALL.into_iter();
    all.find(|transport| word.eq_ignore_ascii_case(transport.as_str()))
}

/// Whether one letter is lost or doubled, or two are swapped.
fn is_slip(word: &str, name: &str) -> bool {
    let slips = [Damage::Lost, Damage::Doubled, Damage::Swapped];
    damage(word, name).is_some_and(|slip| slips.contains(&slip))
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
    fn one_slip_of_a_letter_is_a_misspelt_transport() {
        let shown = |word| Transports::of_stated(word).map(Transports::without_mark);
        let set = |word| Transports::of_word(word).unwrap();
        for (word, meant) in [
            ("utp", "udp"),
            ("TPC", "tcp"),
            ("tc", "tcp"),
            ("tcp/uddp", "tcpudp"),
        ] {
            assert_eq!(shown(word), Some((set(meant), true)), "{word}");
        }
        assert_eq!(shown("tcp"), Some((set("tcp"), false)));
        for word in ["rdp", "ldp", "ftp", "icmp", "tcp6", "ip", "tls", "p"] {
            assert_eq!(shown(word), None, "{word}");
        }
        assert_eq!(Transports::of_typo("up"), None);
    }

    #[test]
    fn a_word_is_a_transport_as_a_whole_or_not_at_all() {
        let shown = |word| Transports::of_word(word).map(|set| set.to_string());
        assert_eq!(shown("TCP").as_deref(), Some("tcp"));
        assert_eq!(shown("UDP/tcp").as_deref(), Some("tcp+udp"));
        assert_eq!(shown("tcpudp").as_deref(), Some("tcp+udp"));
        for transport in Transport::ALL {
            let word = format!("(\"{transport}\")").to_uppercase();
            assert_eq!(Transports::of_word(&word), Some(Transports::one(transport)));
        }
        let all = shown("[tcp+'udp'/tcp&udp, tcp;udp|tcp]");
        assert_eq!(all.as_deref(), Some("tcp+udp"));
        assert_eq!(shown("Both").as_deref(), Some("tcp+udp"));
        for word in ["", "tcpdump", "icmp", "tcp/icmp"] {
            assert_eq!(shown(word), None, "{word}");
        }
    }
}
