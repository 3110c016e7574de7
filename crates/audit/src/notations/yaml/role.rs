//! What the keys of a mapping are about.

use crate::notations::json::{self, plain_key};

/// What a key says of its value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Ports, where the key has one: `port`, `destination_port_ranges`, `from_port`.
    Ports,
    /// The ports of this side, beside those of the other one: `LocalPort`.
    Local,
    /// The first port, if another key has the last one: `from`.
    First,
    /// The last port: `endPort`, `to_port`, and `to`.
    Last,
    Transport,
    Other,
}

/// What the lines below a key may have.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Below {
    /// No ports of it.
    #[default]
    Other,
    /// The items of a list of ports.
    Items,
    /// The rest of such a list in brackets.
    Brackets,
}

pub(super) fn role(key: &str) -> Role {
    let key = plain_key(key);
    let key = key.as_str();
    if key == "localport" {
        Role::Local
    } else if key == "port" || key == "ports" || key == "portrange" || json::is_port_key(key) {
        Role::Ports
    } else if json::FIRST.contains(&key) {
        if key.contains("port") {
            Role::Ports
        } else {
            Role::First
        }
    } else if json::LAST.contains(&key) {
        Role::Last
    } else if json::TRANSPORTS.contains(&key) {
        Role::Transport
    } else {
        Role::Other
    }
}

/// Whether the value of a key such as `from` may be a port, and no day and no address.
pub(super) fn may_be_end(value: &str) -> bool {
    let is_short = value.chars().count() <= "65,535*".len();
    let is_address = value.contains('/') || value.matches('.').count() > 1;
    is_short && value.starts_with(char::is_numeric) && !is_address
}

/// Whether a value opens every port, or is of a protocol that has all of them.
pub(super) fn is_every(protocol: &str) -> bool {
    matches!(protocol, "-1" | "all" | "any")
}

/// Whether a pair of a key and its value says that packets come in.
pub(super) fn is_inbound(pair: &str) -> bool {
    let pair = pair.split_once(": ");
    pair.is_some_and(|(key, value)| matches!(key, "direction" | "dir") && value.starts_with("in"))
}

#[cfg(test)]
mod tests {
    use crate::notations::testing::{ports, unread};

    #[test]
    fn the_keys_of_a_mapping_may_come_in_another_order_in_the_next() {
        let rule = |name, first, second| {
            format!("Rule Name: {name}\n-----\n{first}\n{second}\nAction: Allow\n\n")
        };
        let one = rule("a", "LocalPort: Any\nProtocol: TCP", "RemotePort: 80,443");
        let other = rule("b", "Protocol: UDP\nLocalPort: Any", "RemotePort: 53");
        assert_eq!(
            ports(&format!("{one}{other}")),
            "80/tcp 443/tcp 53/udp",
            "as netsh shows rules"
        );
        let inbound = one.replace("LocalPort: Any", "Direction: In\nLocalPort: 22");
        assert_eq!(ports(&format!("{inbound}{other}")), "22/tcp 53/udp");
        let outbound = inbound.replace(": In", ": Out");
        assert_eq!(
            ports(&format!("{outbound}{other}")),
            "80/tcp 443/tcp 53/udp"
        );
        let inbound = inbound.replace("80,443", "Any");
        assert_eq!(ports(&inbound), "22/tcp");
        assert_eq!(unread(&inbound), [""; 0]);
        let task = "- ansible.builtin.iptables:\n";
        let udp = "    chain: OUTPUT\n    protocol: udp\n    destination_ports:\n      - \"53\"\n";
        let tcp = "    protocol: tcp\n    destination_ports: [ \"80\" ]\n    jump: ACCEPT\n";
        let text = format!("{task}{udp}{task}{tcp}");
        assert_eq!(ports(&text), "53/udp 80/tcp");
        // A task that gives no protocol takes none from its neighbour.
        let bare = udp.replace("    protocol: udp\n", "");
        assert_eq!(ports(&format!("{task}{bare}{task}{tcp}")), "53/ 80/tcp");
    }

    #[test]
    fn rules_of_windows_in_yaml_are_read() {
        let text = "- name: web\n  win_firewall_rule:\n    remoteport: 80,443\n    protocol: tcp\n- name: old\n  win_firewall_rule:\n    remoteport: 81\n    protocol: tcp\n    enabled: false\n";
        assert_eq!(ports(text), "80/tcp 443/tcp");
    }

    #[test]
    fn a_rule_without_ports_on_both_sides_opens_every_one() {
        let rest = "- protocol: udp\n  remoteport: 53\n";
        for keys in [
            "direction: out\n  protocol: udp\n  remoteport: any",
            "protocol: udp\n  localport: Any\n  remoteport: Any",
            "remoteport: any\n  protocol: any",
        ] {
            let text = format!("- {keys}\n{rest}");
            assert_eq!(ports(&text), "53/udp", "{text}");
            let found = unread(&text);
            assert_eq!(found.len(), 1, "{text}{found:?}");
            assert!(found[0].contains("every port"), "{found:?}");
            let closed = format!("- action: block\n  {keys}\n{rest}");
            assert_eq!(unread(&closed), [""; 0]);
        }
        let icmp = "- protocol: icmpv4\n  localport: any\n  remoteport: any\n";
        assert_eq!(unread(&format!("{icmp}{rest}")), [""; 0]);
    }

    #[test]
    fn the_ports_of_this_side_may_be_a_list() {
        for list in [
            " [80,\n    443]",
            "\n  - 80\n  - 443",
            "\n    [80,\n    443]",
        ] {
            let text = format!(
                "- protocol: tcp\n  direction: in\n  remoteport: any\n  localport:{list}\n"
            );
            assert_eq!(ports(&text), "80/tcp 443/tcp", "{text}");
            assert_eq!(unread(&text), [""; 0]);
            let text = text.replace("any", "22").replace(": in", ": out");
            assert_eq!(ports(&text), "22/tcp", "{text}");
        }
    }
}
