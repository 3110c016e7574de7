//! Tables of TOML and sections of INI, whose protocol may stand below their ports.

use std::collections::BTreeMap;

use crate::transports::Transports;

/// The transport that each table or section gives for all of it, by the index of its heading; none
/// where it gives none.
pub(super) fn tables(text: &str) -> BTreeMap<usize, Transports> {
    let mut tables = BTreeMap::new();
    let mut last = None;
    for (at, line) in text.lines().enumerate() {
        if is_heading(line) {
            tables.insert(at, Transports::NONE);
            last = Some(at);
        } else if let (Some(last), Some(stated)) = (last, protocol(line)) {
            tables.insert(last, stated);
        }
    }
    tables
}

/// `[lan]`, `[[rule]]`: a heading that is no list of ports and no transport.
fn is_heading(line: &str) -> bool {
    let inner = line.trim().strip_prefix('[');
    let inner = inner.and_then(|inner| inner.strip_suffix(']'));
    inner.is_some_and(|inner| {
        let name = inner.trim_matches(['[', ']']);
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        is_name && Transports::of_word(name).is_none()
    })
}

/// The transports of a line such as `protocol = "udp"`.
fn protocol(line: &str) -> Option<Transports> {
    let (key, value) = line.split_once(['=', ':'])?;
    let is_key = ["protocol", "proto", "transport"]
        .iter()
        .any(|name| key.trim().eq_ignore_ascii_case(name));
    let value = value.trim().trim_matches(['"', '\'']);
    Transports::of_word(value).filter(|_| is_key)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::shown;
    use crate::rules::testing::{audit, fixed};

    #[test]
    fn a_protocol_is_for_its_whole_table() {
        let rows = [
            "80/tcp",
            "443/tcp",
            "5223/tcp",
            "3478-3497/udp",
            "16384-16387/udp",
        ];
        for text in [
            "[a]\nports=443,80\nprotocol=tcp\n[b]\nports=3478-3497,16384-16387\nprotocol=udp\n[c]\nports=5223\nprotocol=tcp\n",
            "[a]\nprotocol=tcp\nports=443,80\n[b]\nports=3478-3497,16384-16387\nprotocol=udp\n[c]\nprotocol=tcp\nports=5223\n",
            "[[rule]]\nports = [80, 443]\nprotocol = \"tcp\"\n[[rule]]\nports = [\"3478-3497\", \"16384-16387\"]\nprotocol = \"udp\"\n[[rule]]\nprotocol = \"tcp\"\nports = [5223]\n",
        ] {
            assert_eq!(audit(&rows, text), [""; 0], "{text}");
            assert_eq!(fixed(&rows, text), text);
        }
    }

    #[test]
    fn a_title_of_a_transport_holds_below_names() {
        let text = "# TCP ports\n[lan]\n443\n[guest]\n80\n";
        assert_eq!(shown(text).1, ["443/tcp@3:1", "80/tcp@5:1"]);
        let text = "[udp]\n53\n[tcp]\n80\n";
        assert_eq!(shown(text).1, ["53/udp@2:1", "80/tcp@4:1"]);
    }
}
