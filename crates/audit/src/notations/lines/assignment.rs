//! Variables whose name says that they have ports: `TCP_PORTS="80,443"`, `udp_ports: 53`.

use appleports_model::cut;

use crate::scan::Token;
use crate::transports::Transports;

/// The most characters of a word that are shown.
const MAX_SHOWN: usize = 30;

/// A variable in a line.
pub(in crate::notations) struct Assignment {
    /// The transports that its name has.
    pub(in crate::notations) transports: Transports,
    /// Whether its name says that the ports are not open.
    pub(in crate::notations) is_closed: bool,
    /// Whether its name says that the value is one end of a range.
    pub(in crate::notations) is_one_end: bool,
    /// Where the value begins.
    pub(in crate::notations) value: usize,
}

impl Assignment {
    /// Why its value is not read.
    pub(in crate::notations) fn reason(&self, text: &str, value: &[Token]) -> String {
        let is_other = |own: &&Token| matches!(own, Token::Word(span) if !super::is_filler(&text[span.clone()]));
        match value.iter().find(is_other) {
            _ if self.is_one_end => "one end of a range".to_owned(),
            Some(Token::Word(span)) => {
                let word = cut(&text[span.clone()], MAX_SHOWN);
                format!("its value has more than ports: `{word}`")
            }
            _ => "its value has more than ports".to_owned(),
        }
    }
}

/// What may be before the name.
const COMMANDS: [&str; 6] = ["export", "readonly", "local", "declare", "set", "typeset"];

/// Parts of a name with which it ends, and those that say what it has.
const PORTS: [&str; 4] = ["port", "ports", "dport", "dports"];
const ENDS: [&str; 5] = ["in", "out", "open", "allow", "allowed"];
const CLOSED: [&str; 6] = ["deny", "denied", "block", "blocked", "closed", "drop"];
const RANGE_ENDS: [&str; 10] = [
    "from", "to", "first", "last", "start", "end", "begin", "min", "max", "high",
];
const SOURCES: [&str; 4] = ["src", "source", "sport", "sports"];

/// The variable that a line sets, if its name says that it has ports.
pub(in crate::notations) fn assignment(line: &str) -> Option<Assignment> {
    let sign = line.find(['=', ':'])?;
    // `tcp:80` and `ports=80` have no name.
    let mut before = line[..sign].split_ascii_whitespace();
    let name = before.next_back()?;
    let is_command = |word: &str| COMMANDS.contains(&word) || word.starts_with('-');
    let is_name = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if !is_name || !before.all(is_command) {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let parts: Vec<&str> = lower
        .split(['_', '-'])
        .filter(|own| !own.is_empty())
        .collect();
    let transports = parts.iter().filter_map(|own| Transports::of_word(own));
    let transports = transports.fold(Transports::NONE, Transports::and);
    let has = |known: &[&str]| parts.iter().any(|own| known.contains(own));
    let last = parts.last()?;
    let is_end = PORTS.contains(last) || ENDS.contains(last) || Transports::of_word(last).is_some();
    let is_known = has(&PORTS) || !transports.is_empty();
    (parts.len() > 1 && is_end && is_known && !has(&SOURCES)).then(|| Assignment {
        transports,
        is_closed: has(&CLOSED),
        is_one_end: has(&RANGE_ENDS),
        value: sign + 1,
    })
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{shown, unread};

    #[test]
    fn variables_of_a_shell_are_lists() {
        let text = "#!/bin/sh\nexport TCP_PORTS=\"80,443\"\nUDP_PORTS='3478:3497 53' # mine\nSRC_PORTS=7\nTIMEOUT_TCP_S=30\nBLOCKED_TCP_PORTS=25\nTCP_OUT = 5223\nopen_ports=(81 82/udp)\nudp_ports:\n- 123\n";
        let expected = [
            "80/tcp@2:19",
            "443/tcp@2:22",
            "3478-3497/udp@3:12",
            "53/udp@3:22",
            "5223/tcp@7:11",
            "81/@8:13",
            "82/udp@8:16",
            "123/udp@10:3",
        ];
        assert_eq!(shown(text), ("lines", expected.map(str::to_owned).to_vec()));
        assert_eq!(unread(text), [""; 0]);
        let text = "TCP_PORTS=80,443\nUDP_PORTS=53,123\n";
        assert_eq!(shown(text).1.len(), 4);
    }

    #[test]
    fn one_end_of_a_range_is_no_port() {
        let text = "from_port = 3478\nto_port = 3497\ntcp_port = 80\n";
        assert_eq!(shown(text).1, ["80/tcp@3:12"]);
        let reason = "one end of a range";
        let expected = [format!("1:12 {reason}"), format!("2:10 {reason}")];
        assert_eq!(unread(text), expected);
    }

    #[test]
    fn a_value_that_is_not_only_ports_is_reported() {
        let text = "TCP_PORTS=\"$WEB 5223\"\nUDP_PORTS=53\n";
        assert_eq!(shown(text).1, ["53/udp@2:11"]);
        assert_eq!(unread(text), ["1:11 its value has more than ports: `$WEB`"]);
    }
}
